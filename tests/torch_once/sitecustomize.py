"""Python imports this as it starts where this folder is on PYTHONPATH: a zygote is then a fork of `server`.

So torch is imported once for all programs that tests start, not once for each. A fork is without bubblewrap: tests of
isolation and of the start itself ask for `torch_anew`.
"""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from importlib.machinery import ModuleSpec, PathFinder
from typing import Any

VARIABLE = "TORCH_ONCE"
"""Its value is the path of the server's socket, a colon, and the folder that the server imports torch from."""
_MODULE = "tensordrill.sandbox.start"


class _Finder:
    """Finds the module that starts zygotes, and puts another way to start them into it."""

    def find_spec(self, name: str, path: Any = None, target: Any = None) -> ModuleSpec | None:
        """Return where that module is; other finders find all others."""
        if name != _MODULE:
            return None
        spec = PathFinder.find_spec(name, path, target)
        assert spec
        assert spec.loader
        execute = spec.loader.exec_module

        def exec_module(module: Any) -> None:
            execute(module)
            module.zygote = fork_zygotes(module)

        spec.loader.exec_module = exec_module  # type: ignore[method-assign]
        return spec


def fork_zygotes(start: Any) -> Any:
    """Return a function that has the server fork a zygote, in place of the one that is in the module `start`."""
    usual = start.zygote
    path, _, folder = os.environ[VARIABLE].partition(":")

    def zygote(way: Any, control: socket.socket, own: Any, scratch: str | None) -> Any:
        if start.import_folders()["torch"] != folder:  # another torch than the server's
            return usual(way, control, own, scratch)
        config = start._bare_config("fork", own, scratch)
        if way.becomes != "never":
            config |= {"uid": start.next_uid(), "reads_all": True}
            if scratch is not None:
                os.chown(scratch, config["uid"], config["uid"])
        return _asked(path, json.dumps(config), control), None

    return zygote


def _asked(path: str, config: str, control: socket.socket) -> subprocess.Popen[bytes]:
    """Have the server fork a zygote; return a process that ends when that one does."""
    with socket.socket(socket.AF_UNIX) as line:
        line.connect(path)
        socket.send_fds(line, [config.encode()], [control.fileno()])
        return subprocess.Popen(
            ["cat"],
            stdin=line.fileno(),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            start_new_session=True,
        )


if __name__ == "sitecustomize" and VARIABLE in os.environ:
    sys.meta_path.insert(0, _Finder())
