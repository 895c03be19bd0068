"""The elements that a reduction, a softmax or a running sum takes together: the dim that it walks along.

>>> walk(TensorFact((2, 3), …), TensorFact((3,), …), (0,)).count
2
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import product

from msgspec import Struct

from tensordrill.explanation.marks import MAX_ELEMENTS, Marked, marked
from tensordrill.explanation.numbering import are_alike
from tensordrill.sandbox.trace import TensorFact

Shape = tuple[int, ...]


class Walk(Struct, frozen=True, tag="walk"):
    """The elements that are taken together first, marked before and after; `count` of them, `walks` times."""

    dims: tuple[int, ...]
    given: Marked
    result: Marked
    count: int
    walks: int

    @property
    def arrows(self) -> tuple[str, ...]:
        """The directions on the page: a dim before the last two goes from matrix to matrix."""
        from_the_right = {1: "→", 2: "↓"}
        rank = len(self.given.shape)
        return tuple(from_the_right.get(rank - dim, "") for dim in self.dims)


def walk(given: TensorFact, result: TensorFact, dims: Sequence[int]) -> Walk | None:
    """Draw what is taken together along dims, counted from the front.

    None for a vector, whose one dim is no choice, where the values show nothing, or where too many are there.
    """
    shape = given.shape
    if sum(size != 1 for size in shape) < 2 or not 0 < math.prod(shape) <= MAX_ELEMENTS or are_alike(given):
        return None
    together = first_walk(shape, dims)
    is_reduced = math.prod(result.shape) < math.prod(shape)
    before, after = marked(given, together), marked(result, (0,) if is_reduced else together)
    if before is None or after is None:
        return None
    return Walk(tuple(dims), before, after, len(together), math.prod(shape) // len(together))


def first_walk(shape: Shape, dims: Sequence[int]) -> tuple[int, ...]:
    """Return the numbers of the elements that are taken together with the first one."""
    numbers = []
    for index in product(*(range(size if dim in dims else 1) for dim, size in enumerate(shape))):
        at = 0
        for place, size in zip(index, shape, strict=True):
            at = at * size + place
        numbers.append(at)
    return tuple(numbers)
