"""A tensor's values as a grid of short texts; of a long dim only both ends."""

from __future__ import annotations

import math
from itertools import islice, product
from typing import TypeAlias

from msgspec import Struct

from tensordrill.kinds.numbers import Number, elements, shortest
from tensordrill.sandbox.trace import TensorFact
from tensordrill.sandbox.values import Tensor

CUT = "…"
UNKNOWN = "·"
_ROWS, _COLUMNS, _SLICES = 6, 9, 3
_LONGEST = 6

Pick: TypeAlias = tuple[int, int] | None
"""An index of a dim and its place in the values at hand; None where indices are left out."""


class Slice(Struct, frozen=True):
    """One matrix of a tensor: its index in the dims before the last two, and its rows of texts."""

    index: tuple[int, ...]
    rows: tuple[tuple[str, ...], ...]


class Grid(Struct, frozen=True):
    """The matrices of a tensor; `more` further ones are not shown. A vector is one row."""

    slices: tuple[Slice, ...]
    more: int = 0

    @property
    def width(self) -> int:
        """The longest text."""
        return max((len(text) for part in self.slices for row in part.rows for text in row), default=0)


def grid(tensor: TensorFact) -> Grid | None:
    """Return a tensor's values as a grid; None where they are not known."""
    values = tensor.values
    if values is None or len(values.shape) != len(tensor.shape) or not math.prod(values.shape):
        return None
    texts = number_texts(values)
    *outer, rows, columns = [1, 1, *tensor.shape][-max(2, len(tensor.shape)) :]
    *outer_have, rows_have, columns_have = [1, 1, *values.shape][-max(2, len(values.shape)) :]
    leading = [_first(size, have) for size, have in zip(outer, outer_have, strict=True)]
    across = _picks(columns, columns_have, _COLUMNS)
    down = _picks(rows, rows_have, _ROWS)
    slices = []
    for index in islice(product(*leading), _SLICES):
        at = _flat(index, outer_have) * rows_have
        slices.append(Slice(index, tuple(_line(texts, at, row, columns_have, across) for row in down)))
    return Grid(tuple(slices), math.prod(outer) - len(slices))


def _first(size: int, have: int) -> range:
    return range(min(size if size == have else have // 2, _SLICES))


def _line(texts: list[str], start: int, row: Pick, columns: int, across: list[Pick]) -> tuple[str, ...]:
    if row is None:
        return tuple(CUT for _ in across)
    line = (start + row[1]) * columns
    return tuple(CUT if pick is None else texts[line + pick[1]] for pick in across)


def _flat(index: tuple[int, ...], shape: list[int]) -> int:
    at = 0
    for place, size in zip(index, shape, strict=True):
        at = at * size + place
    return at


def _picks(size: int, have: int, most: int) -> list[Pick]:
    """Choose the indices of a dim that are shown: all, or some at its start and at its end."""
    if size == have and size <= most:
        return [(index, index) for index in range(size)]
    first = min(have, most) // 2 if size != have else most // 2
    last = min(have - first, most - 1 - first)
    ends = [(size - count, have - count) for count in range(last, 0, -1)]
    return [*((index, index) for index in range(first)), None, *ends]


def number_texts(values: Tensor) -> list[str]:
    """Return a tensor's elements as short texts, in row-major order."""
    return [number_text(value, values.dtype) for value in elements(values)]


def nested_text(texts: list[str], shape: tuple[int, ...]) -> str:
    """Return elements in row-major order as nested lists."""
    if not shape:
        return texts[0]
    step = math.prod(shape[1:])
    parts = (nested_text(texts[i * step : (i + 1) * step], shape[1:]) for i in range(shape[0]))
    return f"[{', '.join(parts)}]"


def number_text(value: Number, dtype: str) -> str:
    """Return a number in few characters: whole floats as `2.`, long ones rounded to three digits."""
    if isinstance(value, complex):
        part = "float32" if dtype == "complex64" else "float64"
        imaginary = number_text(value.imag, part)
        sign = "" if imaginary.startswith("-") else "+"
        return f"{number_text(value.real, part)}{sign}{imaginary}j"
    if not isinstance(value, float):
        return str(value)
    text = shortest(value, dtype)
    if len(text.lstrip("-")) <= _LONGEST or not math.isfinite(value):
        return text
    rounded = f"{value:.3g}"
    return rounded.replace("e+0", "e").replace("e-0", "e-").replace("e+", "e")


def tuple_text(numbers: tuple[int, ...]) -> str:
    """Return sizes or strides as Python prints a tuple."""
    return f"({numbers[0]},)" if len(numbers) == 1 else f"({', '.join(map(str, numbers))})"
