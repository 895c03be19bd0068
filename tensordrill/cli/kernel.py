"""Whether this runs in IPython, and there in a notebook's kernel."""

from __future__ import annotations

import sys
from typing import Any


def ipython_shell() -> Any:
    """Return IPython's shell, or None where this does not run in one."""
    ipython = sys.modules.get("IPython")
    return ipython.get_ipython() if ipython is not None else None


def kernel_shell() -> Any:
    """Return IPython's shell where its cells have outputs: in a kernel, not at a terminal's prompt."""
    shell = ipython_shell()
    return shell if getattr(shell, "kernel", None) is not None else None
