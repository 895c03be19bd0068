"""Command lines as people paste them into their shell."""

from __future__ import annotations

import shlex
import subprocess
import sys
from collections.abc import Iterable


def join(words: Iterable[str]) -> str:
    """Return the words as one line, quoted for this system's shell: cmd and PowerShell know no single quotes."""
    return subprocess.list2cmdline(words) if sys.platform == "win32" else shlex.join(words)
