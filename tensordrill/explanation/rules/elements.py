"""The elements of a tensor that were reported."""

from __future__ import annotations

from collections.abc import Callable

from tensordrill.explanation.call import Argument
from tensordrill.explanation.dtypes import COMPLEX, kind
from tensordrill.kinds.numbers import elements

LARGEST = 2**63 - 1
"""The largest int64, for an upper limit that is none."""


def outside(argument: Argument, low: int, high: int) -> int | None:
    """Return the first element that is not from `low` to `high`: all of a small tensor, the corners of a large one."""
    value = first(argument, lambda each: each == each and not low <= each <= high)
    return None if value is None else int(value)


def first(argument: Argument, holds: Callable[[float], bool]) -> float | None:
    """Return the first element of which something holds."""
    values = argument.fact.values
    if values is None or kind(values.dtype) in (None, COMPLEX):
        return None
    numbers = (each.real for each in elements(values))
    return next((each for each in numbers if holds(each)), None)


def picked(x: Argument, mask: Argument) -> int | None:
    """Return how many elements a mask of a tensor's own shape picks from it; None where that is not known."""
    values = mask.fact.values
    if values is None or values.dtype != "bool" or not mask.fact.is_whole or mask.shape != x.shape:
        return None
    return values.data.count(1)
