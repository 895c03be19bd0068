"""A tensor's elements as a grid in which some are marked."""

from __future__ import annotations

import math
from collections.abc import Collection

from msgspec import Struct

from tensordrill.explanation.grid import Grid, grid
from tensordrill.explanation.numbering import numbered
from tensordrill.sandbox.trace import TensorFact

MAX_ELEMENTS = 64


class Marked(Struct, frozen=True):
    """The matrices of a tensor, and for each row which of its texts are marked."""

    shape: tuple[int, ...]
    grid: Grid
    marks: tuple[tuple[tuple[bool, ...], ...], ...]

    @property
    def texts(self) -> tuple[str, ...]:
        """The texts that are marked, in their order."""
        return tuple(
            text
            for part, marks in zip(self.grid.slices, self.marks, strict=True)
            for texts, row in zip(part.rows, marks, strict=True)
            for text, is_marked in zip(texts, row, strict=True)
            if is_marked
        )


def marked(tensor: TensorFact, chosen: Collection[int]) -> Marked | None:
    """Mark elements by their numbers in row-major order.

    None where the tensor is too large or its values are not known, or where an element is not shown.
    """
    if math.prod(tensor.shape) > MAX_ELEMENTS or not tensor.is_whole:
        return None
    drawn, by_number = grid(tensor), numbered(tensor)
    numbers = grid(by_number) if by_number else None
    if drawn is None or numbers is None:
        return None
    wanted = {str(number) for number in chosen}
    marks = tuple(
        tuple(tuple(text in wanted for text in row) for row in part.rows) for part in numbers.slices
    )
    shown = sum(mark for part in marks for row in part for mark in row)
    return Marked(tensor.shape, drawn, marks) if shown == len(wanted) else None
