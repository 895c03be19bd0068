"""A bug becomes a log file and one sentence."""

from __future__ import annotations

import platform
import sys
import tempfile
import traceback

from tensordrill.version import __version__


def report() -> str:
    """Write the traceback of the exception being handled to a log file and say where it is."""
    error = sys.exception() if sys.version_info >= (3, 12) else sys.exc_info()[1]
    lines = [
        f"tensordrill {__version__}, Python {platform.python_version()}, {platform.platform()}",
        f"command: {sys.argv[1:]!r}",
        "",
        traceback.format_exc(),
    ]
    said = f"tensordrill: this is a bug ({type(error).__name__}: {str(error)[:200]})"
    try:
        with tempfile.NamedTemporaryFile(
            "w", prefix="tensordrill-", suffix=".log", delete=False, encoding="utf-8", errors="replace"
        ) as log:
            log.write("\n".join(lines))
    except OSError:
        return f"{said}; its log could not be written"
    return f"{said}; please report it with the log at {log.name}"
