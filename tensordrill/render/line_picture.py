"""The line of elements on a terminal, once cut as before and once as after, element below element."""

from __future__ import annotations

import math
from collections.abc import Iterator

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, RenderableType
from rich.text import Text

from tensordrill.explanation.grid import tuple_text
from tensordrill.explanation.line import Line
from tensordrill.messages import Language
from tensordrill.render.layout import indented

_MOST_BLOCKS = 3
CUTS = " │║"
"""The sign before an element with which no dim, one dim, or several begin anew."""


class LinePicture:
    """The line, wrapped to the width that it is printed with."""

    def __init__(self, line: Line, language: Language) -> None:
        self.line = line
        self.language = language

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[RenderableType]:
        line, names = self.line, [tuple_text(shape) for shape in self.line.shapes]
        head = max(map(cell_len, names)) + 1
        width = max(map(len, line.texts))
        block = _block(line, max((options.max_width - head) // (width + 1), 1))
        count = len(line.texts)
        shown = min(count, block * _MOST_BLOCKS)
        for start in range(0, shown, block):
            stop = min(start + block, shown)
            is_cut = stop == shown and (line.more or shown < count)
            for at, name in enumerate(names):
                row = Text("" if start else name, "dim")
                row.pad_right(head - cell_len(row.plain))
                row.append_text(_row(line, line.ends(at)[start:stop], start, width))
                yield row.append(" …", "dim") if is_cut else row
        for note in line.notes:
            yield indented(Text(note.text(self.language), "italic"), (0, 0))


def _block(line: Line, room: int) -> int:
    """Return how many elements stand in a row: whole rows of both shapes where there is room, else of one."""
    inner = [shape[-1] if shape else 1 for shape in line.shapes]
    for rows in (math.lcm(*(max(size, 1) for size in inner)), *inner):
        if 0 < rows <= room:
            return room - room % rows
    return room


def _row(line: Line, ends: tuple[int, ...], start: int, width: int) -> Text:
    row = Text()
    for number, cut in enumerate(ends, start):
        row.append(CUTS[min(cut, 2)] if number else " ", "bold cyan")
        row.append(line.texts[number].rjust(width), "bold")
    return row
