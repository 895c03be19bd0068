"""Why one submission could not be graded, whatever failed: it is that submission's, and the class goes on."""

from __future__ import annotations

import traceback

from msgspec import Struct

from tensordrill.errors import TensordrillError
from tensordrill.messages import Language, say


class Fault(Struct, frozen=True):
    """The reason as a sentence, and the traceback where it is a fault of the grader's own."""

    reason: str
    traceback: str = ""


def fault(error: Exception, language: Language) -> Fault:
    """Return what an exception means for the submission that was looked at when it came."""
    if isinstance(error, TensordrillError):
        return Fault(error.text(language))
    what = f"{type(error).__name__}: {str(error)[:200]}" if str(error) else type(error).__name__
    lines = traceback.format_exception(error)
    return Fault(say("not-graded-bug", language, what=what), "".join(lines))
