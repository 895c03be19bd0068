"""`tensordrill run`: a script of the user's own in a process of its own, as `python FILE`, explained where it fails."""

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
    file: Annotated[Path, typer.Argument(metavar="FILE", help="run-file")],
    arguments: Annotated[
        list[str] | None, typer.Argument(metavar="[ARGUMENTS]...", help="run-arguments")
    ] = None,
    *,
    lang: options.Lang = "en",
) -> int:
    """Become the process that runs the script; return its exit code where a process cannot become another one."""
    try:
        file.open("rb").close()
    except OSError as error:
        raise TensordrillError(message("script-not-read", path=file, reason=error.strerror)) from error
    command = [sys.executable, str(_PROGRAM), lang, str(file), *(arguments or ())]
    if sys.platform != "win32":  # where `execv` starts another process and ends this one at once
        sys.stdout.flush()
        os.execv(sys.executable, command)  # noqa: S606 (this very Python)
    return subprocess.call(command)  # noqa: S603 (this very Python)
