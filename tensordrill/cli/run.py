"""`tensordrill run`: a program of the user's own runs as Python runs it, and is explained where it fails."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Annotated

import typer

from tensordrill.cli import options
from tensordrill.cli.commands import Command
from tensordrill.errors import TensordrillError
from tensordrill.messages import message

_PROGRAM = Path(__file__).parents[1] / "in_process" / "__main__.py"

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


@app.command(
    "run",
    cls=Command,
    help="run-help",
    epilog="run-examples",
    context_settings={"allow_interspersed_args": False},
)
def run(
    program: Annotated[str, typer.Argument(metavar="FILE|MODULE", help="run-file")],
    arguments: Annotated[
        list[str] | None, typer.Argument(metavar="[ARGUMENTS]...", help="run-arguments")
    ] = None,
    *,
    is_module: Annotated[bool, typer.Option("-m", help="run-module")] = False,
    is_deep: Annotated[bool, typer.Option("--deep", help="run-deep")] = False,
    lang: options.Lang = "en",
) -> int:
    """Become the process that runs the program; return its exit code where a process cannot become another one."""
    if not is_module:
        try:
            Path(program).open("rb").close()
        except OSError as error:
            raise TensordrillError(message("script-not-read", path=program, reason=error.strerror)) from error
    how = "deep-" * is_deep + ("module" if is_module else "file")
    command = [sys.executable, str(_PROGRAM), lang, how, program, *(arguments or ())]
    if sys.platform != "win32":  # where `execv` starts another process and ends this one at once
        sys.stdout.flush()
        os.execv(sys.executable, command)  # noqa: S606 (this very Python)
    return subprocess.call(command)  # noqa: S603 (this very Python)
