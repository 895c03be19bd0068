"""Exceptions in the worker processes of a DataLoader, whose tracebacks reach their parent as text alone.

A worker catches what its dataset raises and sends it as a `torch._utils.ExceptionWrapper`, which the parent raises
again. In a worker that was forked, `watch` has each such object take along what the exception shows; the object is in
a frame of the parent's traceback.
"""

from __future__ import annotations

import sys
from contextlib import suppress
from traceback import walk_tb
from typing import Any

_WRAPPER = "ExceptionWrapper"
_REPORT = "tensordrill_report"
_MOST_CAUSES = 20


def watch(since: float) -> None:
    """Add a report to each exception that is wrapped from now on in this process, where it has torch."""
    wrapper = getattr(sys.modules.get("torch._utils"), _WRAPPER, None)
    if wrapper is None:
        return
    initialize = wrapper.__init__

    def with_report(self: Any, *arguments: Any, **named: Any) -> None:
        initialize(self, *arguments, **named)
        with suppress(BaseException):
            from tensordrill.sandbox.in_process import report_of

            error = sys.exc_info()[1]
            setattr(self, _REPORT, None if error is None else report_of(error, since))

    wrapper.__init__ = with_report


def sent_report(error: BaseException) -> str | None:
    """Return the report that came from a worker with an exception, or with one that led to it; None where none did."""
    cause: BaseException | None = error
    for _ in range(_MOST_CAUSES):
        if cause is None:
            break
        for frame, _line in walk_tb(cause.__traceback__):
            sender = frame.f_locals.get("self")
            if type(sender).__name__ == _WRAPPER and isinstance(report := vars(sender).get(_REPORT), str):
                return report
        cause = cause.__cause__ or cause.__context__
    return None
