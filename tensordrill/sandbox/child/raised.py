"""An exception as a `protocol.Raised`, in plain dicts."""

from __future__ import annotations

from typing import Any

from encode import text
from module_path import entries
from refusals import refusal
from wire import MAX_CLASSES


def raised(error: BaseException, stage: str, file: str, *, is_confined: bool = True) -> dict[str, Any]:
    """Describe an exception; `file` is the program's, as its tracebacks name it.

    Where the process is not confined, nothing is a refusal.
    """
    try:
        message = text(str(error))
    except BaseException:
        message = ""
    classes = [text(c.__name__) for c in type(error).__mro__ if c not in (BaseException, object)]
    return {
        "classes": classes[:MAX_CLASSES] or ["BaseException"],
        "message": message,
        "line": _line(error, file),
        "where": stage,
        "refusal": _refusal(error) if is_confined else None,
    }


def _refusal(error: BaseException) -> str | None:
    try:
        return refusal(error)
    except BaseException:  # an exception of the program's own may do anything when it is looked at
        return None


def _line(error: BaseException, file: str) -> int | None:
    line = error.lineno if isinstance(error, SyntaxError) and error.filename == file else None
    for trace in entries(error):
        if trace.tb_frame.f_code.co_filename == file:
            line = trace.tb_lineno
    return line if type(line) is int and 0 < line < 2**31 else None  # a program may put anything there
