"""The memory strip: a storage as a row of cells, and the order in which a tensor's strides walk it.

>>> strip(TensorFact((2, 2), "int64", "cpu", stride=(3, 1), storage_offset=1, …))
   1  2     memory   0 [1][2] 3 [4][5]
   4  5     order       1  2     3  4
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import product

from msgspec import Struct

from tensordrill.explanation.grid import UNKNOWN, Grid, grid, number_texts
from tensordrill.explanation.numbering import are_alike, numbered_memory
from tensordrill.messages import Message, message
from tensordrill.sandbox.trace import TensorFact

MAX_ELEMENTS = 48
MAX_LANES = 4
_ALL_CELLS = 32
_LONGEST_GAP = 6
_BESIDE_A_GAP = 2


class StripCell(Struct, frozen=True, tag="cell"):
    """A cell of a storage, and its place in each pass over the tensor; none in a cell that is stepped over."""

    index: int
    text: str
    order: tuple[int | None, ...]
    """One entry a lane: the number of the element that is read here, counted from 1."""
    reads: int = 0


class Gap(Struct, frozen=True, tag="gap"):
    """Cells in a row that the tensor does not read and that are not drawn."""

    cells: int


class Strip(Struct, frozen=True, tag="strip"):
    """The cells in order, the lanes of order numbers below them, and the tensor's own grid."""

    parts: tuple[StripCell | Gap, ...]
    lanes: int
    hidden_lanes: int
    grid: Grid | None
    notes: tuple[Message, ...] = ()

    @property
    def cells(self) -> tuple[StripCell, ...]:
        """The cells that are drawn."""
        return tuple(part for part in self.parts if isinstance(part, StripCell))


def strip(tensor: TensorFact) -> Strip | None:
    """Draw a tensor's memory; None where it is too large, or where its numbers are not known."""
    storage = tensor.storage
    if tensor.stride is None or storage is None or math.prod(tensor.shape) > MAX_ELEMENTS:
        return None
    path = addresses(tensor.shape, tensor.stride, tensor.storage_offset)
    if any(not 0 <= at < storage.cells for at in path):
        return None
    by_number = numbered_memory(tensor, path) if len(set(path)) > 1 and are_alike(tensor) else None
    tensor = by_number or tensor
    texts = _texts(tensor, path)
    if texts is None:
        return None
    lanes = _lanes(path, tensor.shape, tensor.stride or ())
    shown = lanes[:MAX_LANES]
    drawn = _drawn(storage.cells, set(path))
    cells = tuple(_cell(part, texts, shown, path) if isinstance(part, int) else part for part in drawn)
    notes = (*_notes(tensor, path), *((message("numbered-memory"),) if by_number else ()))
    return Strip(cells, len(shown), len(lanes) - len(shown), grid(tensor), notes)


def addresses(shape: Sequence[int], stride: Sequence[int], offset: int) -> tuple[int, ...]:
    """Return the cell of each element, in row-major order of the elements."""
    if 0 in shape:
        return ()  # `product` would make a list of each dim first, however long it is
    indices = product(*(range(size) for size in shape))
    return tuple(offset + sum(i * s for i, s in zip(index, stride, strict=True)) for index in indices)


def _texts(tensor: TensorFact, path: tuple[int, ...]) -> dict[int, str] | None:
    """Return the numbers in the cells: of all, or of those that the tensor reads."""
    if tensor.storage is not None and tensor.storage.values is not None:
        return dict(enumerate(number_texts(tensor.storage.values)))
    if tensor.values is None or not tensor.is_whole or tensor.values.shape != tensor.shape:
        return None
    return dict(zip(path, number_texts(tensor.values), strict=True))


def _cell(index: int, texts: dict[int, str], lanes: list[dict[int, int]], path: tuple[int, ...]) -> StripCell:
    order = tuple(lane.get(index) for lane in lanes)
    return StripCell(index, texts.get(index, UNKNOWN), order, path.count(index))


def _lanes(path: tuple[int, ...], shape: Sequence[int], stride: Sequence[int]) -> list[dict[int, int]]:
    """Share the order numbers out so that no lane has two for one cell.

    Windows that overlap have a lane each; what stride 0 reads again stands below its first reading.
    """
    again: list[dict[int, int]] = []
    for number, at in enumerate(path, 1):
        free = next((lane for lane in again if at not in lane), None)
        if free is None:
            again.append(free := {})
        free[at] = number
    is_repeated = any(step == 0 and size > 1 for size, step in zip(shape, stride, strict=True))
    windows = _windows(path)
    return again if len(again) <= 1 or is_repeated or len(windows) > 2 * len(again) else windows


def _windows(path: tuple[int, ...]) -> list[dict[int, int]]:
    lanes: list[dict[int, int]] = []
    before = math.inf
    for number, at in enumerate(path, 1):
        if at <= before:
            lanes.append({})
        lanes[-1][at] = number
        before = at
    return lanes


def _drawn(cells: int, read: set[int]) -> list[int | Gap]:
    """Choose the cells that are drawn: all of a short storage, else those read and their neighbours."""
    if cells <= _ALL_CELLS:
        return list(range(cells))
    parts: list[int | Gap] = []
    at = 0
    for stop in [*sorted(read), cells]:
        parts += _unread(at, stop, cells)
        if stop < cells:
            parts.append(stop)
        at = stop + 1
    return parts


def _unread(start: int, stop: int, cells: int) -> list[int | Gap]:
    left = start + (_BESIDE_A_GAP if start else 0)
    right = stop - (_BESIDE_A_GAP if stop < cells else 0)
    if stop - start <= _LONGEST_GAP or right - left < 2:
        return list(range(start, stop))
    return [*range(start, left), Gap(right - left), *range(right, stop)]


def _notes(tensor: TensorFact, path: tuple[int, ...]) -> tuple[Message, ...]:
    if not path:
        return (message("strip-empty"),)
    sizes = zip(tensor.shape, tensor.stride or (), strict=True)
    times = math.prod(size for size, step in sizes if step == 0)
    if times > 1 and times * len(set(path)) == len(path):
        return (message("strip-repeated", times=times),)
    return (message("strip-overlapping"),) if len(set(path)) < len(path) else ()
