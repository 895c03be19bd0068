"""The line of elements that `view` and `reshape` cut anew: its order stays, only the ends of its rows move.

>>> line(TensorFact((3, 2), …), (2, 3)).ends(1)
(0, 0, 1, 0, 1, 0)
"""

from __future__ import annotations

import math
from itertools import islice

from msgspec import Struct

from tensordrill.explanation.grid import number_texts
from tensordrill.explanation.numbering import are_alike
from tensordrill.messages import Message, message
from tensordrill.sandbox.trace import TensorFact

MAX_ELEMENTS = 36
"""The elements that are drawn; of a longer line the first ones."""
Shape = tuple[int, ...]


class Line(Struct, frozen=True, tag="line"):
    """The elements in the order in which they are read, and the shapes before and after; `more` are left out."""

    texts: tuple[str, ...]
    shapes: tuple[Shape, Shape]
    more: int = 0
    notes: tuple[Message, ...] = ()

    def ends(self, at: int) -> tuple[int, ...]:
        """Return for each element how many dims of the shape before (0) or after (1) begin anew with it."""
        return tuple(ends(self.shapes[at], number) for number in range(len(self.texts)))


def line(given: TensorFact, shape: Shape) -> Line | None:
    """Draw how a tensor is cut into another shape.

    None where no row ends anywhere else than before, and where a row is too long to be seen to its end.
    """
    count, before, after = math.prod(given.shape), _long(given.shape), _long(shape)
    if count != math.prod(shape) or count < 2 or before == after:
        return None
    if count > MAX_ELEMENTS and max(before[-1], after[-1]) > MAX_ELEMENTS // 2:
        return None
    is_known = given.values is not None and given.is_whole and not are_alike(given)
    texts = number_texts(given.values) if is_known and given.values else map(str, range(count))
    shown = tuple(islice(texts, MAX_ELEMENTS))
    notes = () if is_known else (message("numbered"),)
    return Line(shown, (given.shape, shape), count - len(shown), notes)


def _long(shape: Shape) -> Shape:
    return tuple(size for size in shape if size != 1)


def ends(shape: Shape, number: int) -> int:
    """Return how many dims begin anew with an element; none with the first one, and a dim of size 1 never."""
    if number == 0:
        return 0
    count, inside = 0, 1
    for size in reversed(_long(shape)):
        inside *= size
        if number % inside:
            break
        count += 1
    return count
