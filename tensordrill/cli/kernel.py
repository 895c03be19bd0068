"""Whether this runs in a notebook: in its kernel, or in a process that a cell's `!` started."""

from __future__ import annotations

import os
import re
import sys
import time
from collections.abc import Mapping
from typing import Any

_ANSWER_SECONDS = 1.0
"""The time that a terminal has to report where its cursor is; one in a browser answers over the network."""
_CURSOR = b"\x1b[6n"
_POSITION = re.compile(rb"\x1b\[\d+;\d+R")
"""The question and the answer of DSR 6, ECMA-48 8.3.35 and 8.3.14."""


def ipython_shell() -> Any:
    """Return IPython's shell, or None where this does not run in one."""
    ipython = sys.modules.get("IPython")
    return ipython.get_ipython() if ipython is not None else None


def kernel_shell() -> Any:
    """Return IPython's shell where its cells have outputs: in a kernel, not at a terminal's prompt."""
    shell = ipython_shell()
    return shell if getattr(shell, "kernel", None) is not None else None


def is_below_a_cell(environ: Mapping[str, str]) -> bool:
    """Whether a cell's `!` started this process: with a terminal that looks real, and that nobody can type in.

    The variables of a kernel do not prove it, for a terminal that was opened beside a notebook, or by a program that
    a cell started, can have them as well. There a program draws the screen, which knows where its cursor is.
    """
    return _has_kernel_variables(environ) and not _terminal_answers()


def _has_kernel_variables(environ: Mapping[str, str]) -> bool:
    """Whether jupyter_client, Colab or ipykernel's `init_environment` has set its variables."""
    is_ipykernel = (environ.get("TERM"), environ.get("GIT_PAGER")) == ("xterm-color", "cat")
    return is_ipykernel or "JPY_PARENT_PID" in environ or "COLAB_RELEASE_TAG" in environ


def _terminal_answers() -> bool:
    """Ask the terminal for its cursor's position; return whether it answered. Text that was typed before is dropped."""
    if sys.platform == "win32":  # where a cell's `!` has pipes
        return True
    import select
    import termios
    import tty

    source, target = sys.stdin.fileno(), sys.stdout.fileno()
    before = termios.tcgetattr(source)
    try:
        tty.setcbreak(source, termios.TCSANOW)
        os.write(target, _CURSOR)
        answer, end = b"", time.monotonic() + _ANSWER_SECONDS
        while not _POSITION.search(answer):
            ready, _, _ = select.select([source], [], [], max(0, end - time.monotonic()))
            read = os.read(source, 1024) if ready else b""
            if not read:
                return False
            answer += read
        return True
    finally:
        termios.tcsetattr(source, termios.TCSANOW, before)
