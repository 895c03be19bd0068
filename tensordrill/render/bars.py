"""Shares, levels and counts as characters that fill more or less of their cells."""

from __future__ import annotations

from rich.text import Text

BAR = 10
"""Cells of a bar beside others."""
_EIGHTHS = " ▁▂▃▄▅▆▇█"
_LEVELS = ("●○○", "●●○", "●●●")


def bar(share: float, width: int) -> Text:
    """Return a share of 1 as a bar; only nothing is empty, and only all of it is full."""
    full = _rounded(share, width)
    return Text("█" * full, "green").append("░" * (width - full), "dim")


def dots(level: int) -> Text:
    """Return a level from 1 to 3."""
    return Text(_LEVELS[level - 1])


def column(count: int, most: int, rows: int) -> list[str]:
    """Return a count as a column of cells, its top first; as high as `rows` where it is the most."""
    eighths = -(-8 * rows * count // most) if most else 0
    return [_EIGHTHS[min(max(eighths - 8 * row, 0), 8)] for row in reversed(range(rows))]


def percent(share: float) -> str:
    """Return a share of 1 in whole percents; only nothing is 0, and only all of it is 100."""
    return str(_rounded(share, 100))


def _rounded(share: float, whole: int) -> int:
    return min(max(round(whole * share), int(share > 0)), whole - int(share < 1))
