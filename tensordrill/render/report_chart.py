"""The histogram of a class's scores, as numbers for an SVG of 320 by 178 units."""

from __future__ import annotations

from msgspec import Struct

from tensordrill.course.results.analysis import Distribution

_LEFT = 12
_STEP = 30
_BASE = 150
_TALLEST = 116


class ChartColumn(Struct, frozen=True):
    """One tenth of the scores: from `low` percent on, `count` students."""

    low: int
    label: str
    count: int
    x: int
    y: float
    height: float


def columns(scores: Distribution) -> list[ChartColumn]:
    """Return a column for each tenth, the highest as tall as there is room."""
    width, most = 100 // len(scores.bins), max(scores.bins)
    columns = []
    for index, count in enumerate(scores.bins):
        low, x = index * width, _LEFT + index * _STEP
        height = max(2.0, round(_TALLEST * count / most, 1)) if count else 0.0
        columns.append(ChartColumn(low, f"{low}–{low + width}%", count, x, _BASE - height, height))
    return columns


def across(percent: float) -> float:
    """Return where a score stands on the horizontal axis."""
    return round(_LEFT - 2 + _STEP * min(max(percent, 0.0), 100.0) / 10, 1)
