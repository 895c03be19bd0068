"""Why an operation failed, in terms of this program: from shapes, strides and dtypes, not from torch's words."""

from __future__ import annotations

from collections.abc import Mapping

from tensordrill.lab.protocol import Raised
from tensordrill.lab.traced import Failure
from tensordrill.text import Language


def reason(failure: Failure, raised: Raised, sources: Mapping[str, str], language: Language) -> str | None:
    """Give the reason as a sentence or two; None where the operands do not tell it."""
    return None
