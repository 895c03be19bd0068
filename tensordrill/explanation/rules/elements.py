"""The elements of a tensor that were reported."""

from __future__ import annotations

from tensordrill.explanation.call import Argument
from tensordrill.explanation.dtypes import COMPLEX, kind
from tensordrill.kinds.numbers import elements

LARGEST = 2**63 - 1
"""The largest int64, for an upper limit that is none."""


def outside(argument: Argument, low: int, high: int) -> int | None:
    """Return the first element that is not from `low` to `high`: all of a small tensor, the corners of a large one."""
    values = argument.fact.values
    if values is None or kind(values.dtype) in (None, COMPLEX):
        return None
    numbers = (each.real for each in elements(values))
    return next((int(each) for each in numbers if not low <= each <= high and each == each), None)
