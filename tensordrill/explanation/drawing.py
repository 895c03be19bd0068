"""Drawings: all there are, and that of a call which failed."""

from __future__ import annotations

from typing import TypeAlias

from msgspec import Struct

from tensordrill.explanation.alignment import Alignment, aligned, target_of
from tensordrill.explanation.call import Call
from tensordrill.explanation.cells import Cells
from tensordrill.explanation.grid import Grid
from tensordrill.explanation.line import Line
from tensordrill.explanation.shapes import Merge, merge
from tensordrill.explanation.strip import Strip, strip
from tensordrill.explanation.walk import Walk

RESHAPING = frozenset("view reshape flatten ravel unflatten view_as reshape_as".split())
"""Functions that a merge table explains; what else gives a view is explained by a memory strip."""


class Corners(Struct, frozen=True, tag="corners"):
    """The ends of a tensor that is too large to draw, and its sizes."""

    shape: tuple[int, ...]
    numel: int
    grid: Grid


Drawing: TypeAlias = Strip | Alignment | Merge | Corners | Line | Walk | Cells


def clash(call: Call) -> Drawing | None:
    """Draw the shapes or strides of a call that do not go together; None where they do, or are not known."""
    tensor = call.tensor("input")
    if call.name in RESHAPING:
        target = target_of(call)
        if tensor is None or tensor.stride is None or target is None:
            return None
        table = merge(tensor.shape, tensor.stride, target)
        return table if table.verdict == "copy" else None
    met = aligned(call)
    if met is not None and met.is_clash and met.columns:
        return met
    drawn = strip(tensor) if tensor is not None and call.is_in_place else None
    return drawn if drawn is not None and any(cell.reads > 1 for cell in drawn.cells) else None
