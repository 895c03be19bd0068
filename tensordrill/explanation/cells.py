"""The elements that an index takes: `x[…]`, `gather`, `index_select`, `take` and the views that leave some out.

>>> cells(TensorFact((2, 3), …), TensorFact((2,), …), (0, 4))
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from msgspec import Struct

from tensordrill.explanation.marks import MAX_ELEMENTS, Marked, marked
from tensordrill.explanation.numbering import are_alike, numbered, relabelled
from tensordrill.kinds.numbers import elements
from tensordrill.messages import Message, message
from tensordrill.sandbox.trace import TensorFact

Numbers = tuple[int, ...]


class Cells(Struct, frozen=True, tag="cells"):
    """The elements that are taken, marked, and what they make; of a function with an index, that index as well."""

    given: Marked
    result: Marked
    index: Marked | None = None
    notes: tuple[Message, ...] = ()


def cells(
    given: TensorFact,
    result: TensorFact,
    taken: Numbers,
    index: TensorFact | None = None,
    notes: Sequence[Message] = (),
) -> Cells | None:
    """Draw elements that were taken, by their numbers in the order of the result.

    None where too many are there, and where the result holds others: then something else happened.
    """
    if not taken or len(taken) != math.prod(result.shape) or not _hold_the_same(given, result, taken):
        return None
    if are_alike(given) or given.values is None:
        by_number = numbered(given)
        if by_number is None:
            return None
        given, result = by_number, relabelled(result, taken)
        notes = (*notes, message("numbered"))
    before, after = marked(given, set(taken)), marked(result, ())
    which = marked(index, ()) if index is not None else None
    if before is None or after is None or (index is not None and which is None):
        return None
    return Cells(before, after, which, tuple(notes))


def _hold_the_same(given: TensorFact, result: TensorFact, taken: Numbers) -> bool:
    if not (given.is_whole and result.is_whole) or math.prod(given.shape) > MAX_ELEMENTS:
        return False
    if given.values is None or result.values is None:
        return given.values is result.values
    if given.values.dtype != result.values.dtype or max(taken) >= math.prod(given.shape):
        return False
    before = elements(given.values)
    return [repr(before[number]) for number in taken] == [repr(value) for value in elements(result.values)]
