"""Screens of a given height: blank lines and asides give way, then pictures are cut, and a line says so."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import Console, ConsoleOptions, RenderableType
from rich.segment import Segment
from rich.text import Text

from tensordrill.render.layout import Lines, lines_of

_LEAST_OF_A_PICTURE = 3
"""Rows of a picture that still show something: its expression and two rows of its drawing."""


class Cuttable:
    """A part that may be cut to fewer rows, the last of which is then `note`."""

    def __init__(self, inner: RenderableType, note: RenderableType) -> None:
        self.inner, self.note = inner, note

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[RenderableType]:
        yield self.inner


class Spare:
    """A part that may be left out where there is no room; of several, the last one first."""

    def __init__(self, inner: RenderableType) -> None:
        self.inner = inner

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[RenderableType]:
        yield self.inner


class Fitted:
    """Parts below each other, in no more rows than the height that they are printed with, as far as that goes."""

    def __init__(self, parts: Sequence[RenderableType]) -> None:
        self.parts = parts

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[RenderableType]:
        page = _Page(
            [_Block(part, lines_of(part, console, options)) for part in self.parts], options.max_width
        )
        if options.height is not None:
            # Blank lines from the top, but for the last that stands between a question and its verdict.
            page.leave_out([block for block in page.blocks if block.is_blank], options.height)
            spares = [block for block in page.blocks if isinstance(block.part, Spare)]
            page.leave_out(spares[::-1], options.height)
            page.cut(options.height, console, options)
        for block in page.blocks:
            yield Lines(block.lines)


def rows(parts: Sequence[RenderableType], console: Console, options: ConsoleOptions) -> int:
    """Return how many rows of a terminal parts take; a line wider than it takes several."""
    return sum(_rows(lines_of(part, console, options), options.max_width) for part in parts)


class _Block:
    def __init__(self, part: RenderableType, lines: list[list[Segment]]) -> None:
        self.part, self.lines = part, lines

    @property
    def is_blank(self) -> bool:
        return isinstance(self.part, Text) and not self.part.plain


class _Page:
    def __init__(self, blocks: list[_Block], width: int) -> None:
        self.blocks, self.width = blocks, width

    @property
    def rows(self) -> int:
        return sum(_rows(block.lines, self.width) for block in self.blocks)

    def leave_out(self, blocks: Sequence[_Block], height: int) -> None:
        """Leave out blocks, in this order, until the rest is no higher."""
        for block in blocks:
            if self.rows > height:
                self.blocks.remove(block)

    def cut(self, height: int, console: Console, options: ConsoleOptions) -> None:
        for block in self.blocks:
            over = self.rows - height
            if over > 0 and isinstance(block.part, Cuttable):
                note = lines_of(block.part.note, console, options)
                kept = len(block.lines) - over - len(note)
                block.lines = [*block.lines[: kept if kept >= _LEAST_OF_A_PICTURE else 0], *note]


def _rows(lines: list[list[Segment]], width: int) -> int:
    return sum(max(-(-Segment.get_line_length(line) // width), 1) for line in lines)
