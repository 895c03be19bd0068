"""Grids with marked elements on a terminal, beside each other with their shapes above."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, Group, RenderableType
from rich.text import Text

from tensordrill.explanation.cells import Cells
from tensordrill.explanation.grid import tuple_text
from tensordrill.explanation.marks import Marked
from tensordrill.explanation.walk import Walk
from tensordrill.messages import Language, say
from tensordrill.render.layout import in_columns, indented

_BETWEEN = 3


def walk_picture(walk: Walk, language: Language) -> RenderableType:
    """Return what is taken together first, before and after, and along which dims."""
    return Group(_Grids(named(walk, language)), indented(Text(along(walk, language), "italic"), (0, 0)))


def along(walk: Walk, language: Language) -> str:
    """Return along which dims elements are taken together, in words."""
    pairs = zip(walk.dims, walk.arrows, strict=True)
    dims = ", ".join(f"{dim} {arrow}".strip() for dim, arrow in pairs)
    return say("walk-along", language, dims=dims, count=walk.count)


def cells_picture(cells: Cells, language: Language) -> RenderableType:
    """Return the elements that are taken, the index that takes them where it has a shape, and the result."""
    notes = [indented(Text(note.text(language), "italic"), (0, 0)) for note in cells.notes]
    return Group(_Grids(named(cells, language)), *notes)


def named(drawing: Walk | Cells, language: Language) -> list[tuple[str, Marked]]:
    """Return the grids of a drawing, each with its shape."""
    grids = [(tuple_text(drawing.given.shape), drawing.given)]
    if isinstance(drawing, Cells) and drawing.index is not None:
        shape = tuple_text(drawing.index.shape)
        grids.append((say("cells-index", language, shape=shape), drawing.index))
    return [*grids, (f"= {tuple_text(drawing.result.shape)}", drawing.result)]


class _Grids:
    """Grids in a row, or below each other where the row is too wide."""

    def __init__(self, shown: Sequence[tuple[str, Marked]]) -> None:
        self.columns = [[Text(name, "dim"), *_lines(marked)] for name, marked in shown]

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[Text]:
        widths = [max(cell_len(line.plain) for line in column) for column in self.columns]
        if sum(widths) + _BETWEEN * (len(widths) - 1) > options.max_width:
            yield from (line for column in self.columns for line in column)
            return
        for row in zip_longest(*self.columns, fillvalue=Text()):
            yield in_columns(row, widths, _BETWEEN)


def _lines(marked: Marked) -> Iterator[Text]:
    grid = marked.grid
    heads = [f"{', '.join(map(str, part.index))}:" if part.index else "" for part in grid.slices]
    head = max(map(len, heads), default=0)
    for name, part, marks in zip(heads, grid.slices, marked.marks, strict=True):
        for number, (texts, row) in enumerate(zip(part.rows, marks, strict=True)):
            line = Text((name if number == 0 else "").ljust(head), "dim")
            for text, is_marked in zip(texts, row, strict=True):
                shown = text.rjust(grid.width)
                line.append(f"[{shown}]" if is_marked else f" {shown} ", "bold" if is_marked else "")
            yield line
    if grid.more:
        yield Text(f"… +{grid.more}", "dim")
