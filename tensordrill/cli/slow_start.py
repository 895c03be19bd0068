"""The hint, once an installation, that torch starts slowly because it has no bytecode."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from contextlib import suppress

from tensordrill import command_line
from tensordrill.drill.folder import data_folder
from tensordrill.errors import TensordrillError
from tensordrill.messages import Language, say

_NOTED_FILE = "slow-start"
"""Beside the learner's answers; it names the torch of which all was said."""


def slow_start(environ: Mapping[str, str], language: Language) -> str | None:
    """Return why a start takes long, and the remedy; None where it does not, or where that was printed before."""
    from tensordrill.sandbox.bytecode import can_be_made, starts_slowly
    from tensordrill.sandbox.packages import packages

    try:
        torch = packages()["torch"]
        if not starts_slowly() or not _is_news(environ, str(torch)):
            return None
    except TensordrillError:  # no torch, or no folder to note it in, which others report
        return None
    if can_be_made():
        return say("uncompiled", language)
    command = command_line.join([sys.executable, "-m", "compileall", "-q", str(torch)])
    return say("uncompiled-for-ever", language, command=command)


def _is_news(environ: Mapping[str, str], torch: str) -> bool:
    """Whether a file of the learner's does not name this torch yet; it does from now on."""
    noted = data_folder(environ) / _NOTED_FILE
    with suppress(OSError):
        if noted.read_text(encoding="utf-8", errors="replace") == torch:
            return False
    with suppress(OSError):
        noted.parent.mkdir(parents=True, exist_ok=True)
        noted.write_text(torch, encoding="utf-8", errors="replace")
    return True
