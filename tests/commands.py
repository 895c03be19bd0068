"""Imports all of tensordrill and runs commands, each in this process: `python commands.py [[[WORD, …], INPUT], …]`.

It prints one JSON object: the modules that cannot be imported and why, the exit code, output and errors of each
command, and the processes that were started where `machines` simulates another system.
"""

from __future__ import annotations

import importlib
import io
import json
import pkgutil
import sys
from contextlib import redirect_stderr, redirect_stdout
from functools import cache
from pathlib import Path
from typing import Any

ENCODING = "cp949"
"""The encoding of standard streams on a Korean Windows; it knows neither `✓` nor `›`."""


def unimportable() -> dict[str, str]:
    """Return the modules of tensordrill that cannot be imported, with the reason; the child's are no modules of it."""
    import tensordrill

    reasons = {}
    for module in pkgutil.walk_packages(tensordrill.__path__, "tensordrill."):
        if module.name.startswith("tensordrill.sandbox.child."):
            continue
        try:
            importlib.import_module(module.name)
        except Exception as error:
            reasons[module.name] = f"{type(error).__name__}: {error}"
    return reasons


class UnclosedEngine:
    """An engine that goes on when the command that has it ends."""

    def __init__(self, engine: Any) -> None:
        self._engine = engine

    def __getattr__(self, name: str) -> Any:
        return getattr(self._engine, name)

    def close(self) -> None:
        """Leave the processes to the next command."""


def run(arguments: list[str], typed: str) -> dict[str, Any]:
    """Run one command to its end; `replace` is the editor of the one who types."""
    if arguments[0] == "replace":
        file, old, new = arguments[1:]
        Path(file).write_text(Path(file).read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
        return {"code": 0, "out": "", "err": ""}
    from tensordrill.cli.app import main

    out, err = io.BytesIO(), io.BytesIO()
    code: object = None
    sys.argv, sys.stdin = (
        ["tensordrill", *arguments],
        _stream(io.BytesIO(typed.encode("utf-8" if "--json" in arguments else ENCODING))),
    )
    with redirect_stdout(_stream(out)) as printed, redirect_stderr(_stream(err)) as complained:
        try:
            main()
        except SystemExit as ended:
            code = ended.code
        printed.flush()
        complained.flush()
    encoding = "utf-8" if "--json" in arguments else ENCODING
    return {"code": code, "out": out.getvalue().decode(encoding), "err": err.getvalue().decode(ENCODING)}


def _stream(content: io.BytesIO) -> io.TextIOWrapper:
    return io.TextIOWrapper(content, encoding=ENCODING, newline="\n")


def main() -> None:
    """Print what came of it all; torch is started once for all commands that need no folder of their own."""
    from tensordrill.sandbox import client

    unimported = unimportable()
    start, engines = client._engine, []

    @cache
    def kept(*wanted: Any) -> Any:
        engines.append(start(*wanted))
        return UnclosedEngine(engines[-1])

    client._engine = kept
    ran = [run(arguments, typed) for arguments, typed in json.loads(sys.argv[1])]
    for engine in engines:
        engine.close()
    started = globals().get("STARTED", [])  # `machines` puts it there
    print(json.dumps({"unimportable": unimported, "ran": ran, "started": started}))


if __name__ == "__main__":
    main()
