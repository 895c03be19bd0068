"""A bug becomes a log file and one sentence."""

from __future__ import annotations

import platform
import sys
import tempfile
import traceback

from tensordrill.messages import Language, say
from tensordrill.version import __version__


def report(language: Language) -> str:
    """Write the traceback of the exception being handled to a log file and return a sentence that names it."""
    return f"tensordrill: {sentence(language)}"


def sentence(language: Language) -> str:
    """Write the traceback of the exception being handled to a log file; the sentence stands without our name."""
    error = sys.exception() if sys.version_info >= (3, 12) else sys.exc_info()[1]
    problem = f"{type(error).__name__}: {str(error)[:200]}"
    log = write_log(traceback.format_exc())
    return (
        say("bug", language, problem=problem, log=log)
        if log
        else say("bug-no-log", language, problem=problem)
    )


def write_log(text: str) -> str | None:
    """Write a log file that begins with what runs where, and return its name; None where it cannot be written."""
    lines = [
        f"tensordrill {__version__}, Python {platform.python_version()}, {platform.platform()}",
        f"command: {sys.argv[1:]!r}",
        "",
        text,
    ]
    try:
        with tempfile.NamedTemporaryFile(
            "w", prefix="tensordrill-", suffix=".log", delete=False, encoding="utf-8", errors="replace"
        ) as log:
            log.write("\n".join(lines))
    except OSError:
        return None
    return log.name
