"""`python forked.py`: Python that has torch, of which each script begins in a fork instead of starting torch anew.

A line of JSON on standard input is a command: the file that Python is to run, and its arguments. The fork runs it as
its own main module and ends as Python ends: what it raises goes up to the top, where one frame of this file is left.
"""

from __future__ import annotations

import builtins
import gc
import json
import os
import re
import subprocess
import sys
from pathlib import Path
from types import ModuleType, TracebackType
from typing import Self

if __name__ != "__main__":  # which the forks do without
    from tests.cli.conftest import Ran

_PROGRAM = "tensordrill/in_process/__main__.py"
_FRAME = re.compile(rf'  File "{re.escape(__file__)}", line \d+, in <module>\n    .*\n(    [~^]+\n)?')


class Forked:
    """A process that has torch, and what its forks print."""

    def __enter__(self) -> Self:
        self._process = subprocess.Popen(
            [sys.executable, __file__], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.communicate()

    def python(self, file: str, folder: Path) -> Ran:
        """Run `python FILE` in a folder."""
        return self._run([file], folder)

    def tensordrill_run(self, lang: str, *words: str, folder: Path, how: str = "file") -> Ran:
        """Run what `tensordrill run` becomes, with `deep-file` what `run --deep` does."""
        import tensordrill

        return self._run([str(Path(tensordrill.__file__).parents[1] / _PROGRAM), lang, how, *words], folder)

    def _run(self, command: list[str], folder: Path) -> Ran:
        assert self._process.stdin
        assert self._process.stdout
        json.dump([str(folder), command], self._process.stdin)
        self._process.stdin.write("\n")
        self._process.stdin.flush()
        code = int(self._process.stdout.readline())
        out, err = ((folder / name).read_text(encoding="utf-8") for name in ("out", "err"))
        return Ran(code, out, _FRAME.sub("", err))


def _file(folder: str, command: list[str]) -> str:
    """Become the fork of a command: its streams, words and folder; return the file that it is to run."""
    os.chdir(folder)
    for number, (name, mode) in enumerate([(os.devnull, "r"), ("out", "w"), ("err", "w")]):
        with open(name, mode) as stream:
            os.dup2(stream.fileno(), number)
    sys.argv = command
    sys.path[0] = os.path.dirname(os.path.realpath(command[0]))
    return os.path.join(folder, command[0])


if __name__ == "__main__":
    import torch  # noqa: F401 (for all forks, as is what an explanation needs)

    import tensordrill.in_process.explained  # noqa: F401

    gc.freeze()  # what the forks share stays shared when they end
    for line in sys.stdin:
        folder, command = json.loads(line)
        pid = os.fork()
        if not pid:
            break
        status = os.waitpid(pid, 0)[1]
        print(os.waitstatus_to_exitcode(status), flush=True)
    else:
        sys.exit()
    file = _file(folder, command)
    main = sys.modules["__main__"] = ModuleType("__main__")
    vars(main).update(__file__=file, __builtins__=builtins)
    code = compile(Path(file).read_bytes(), file, "exec", dont_inherit=True)
    exec(code, vars(main))  # noqa: S102 (the program of a test)
