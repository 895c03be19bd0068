"""Layout of texts and drawings on a screen: margins, what stands beside what, rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, RenderableType
from rich.segment import Segment
from rich.text import Text

from tensordrill.render.wrapping import widest, wrapped

_BETWEEN = 2
_HANGING = 4
_LEAST_BESIDE = 16


def indented(inner: RenderableType, margin: tuple[int, ...], *, hanging: int = 0) -> RenderableType:
    """Return a renderable with a margin as CSS writes it; texts are wrapped, and nothing is cut.

    `hanging` is how much further the lines of a text stand to the right after its first.
    """
    top, right, bottom, left = margin if len(margin) == 4 else (*margin, *margin)
    return Indented(inner, top, right, bottom, left, hanging)


class Indented:
    """A renderable with a margin; `indented` makes one."""

    def __init__(
        self, inner: RenderableType, top: int, right: int, bottom: int, left: int, hanging: int
    ) -> None:
        self.inner = inner
        self.top, self.right, self.bottom, self.left = top, right, bottom, left
        self.hanging = hanging

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[RenderableType]:
        room = max(options.max_width - self.left - self.right, 1)
        yield from [Text()] * self.top
        if isinstance(self.inner, Text):
            for line in wrapped(self.inner, room, self.hanging):
                yield _moved(line, self.left)
        else:
            for segments in lines_of(self.inner, console, options.update_width(room)):
                is_blank = not any(segment.text.strip() for segment in segments)
                yield Lines([[] if is_blank else [Segment(" " * self.left), *segments]])
        yield from [Text()] * self.bottom


class Lines:
    """Lines that are rendered already."""

    def __init__(self, lines: Sequence[Sequence[Segment]]) -> None:
        self.lines = lines

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[Segment]:
        for line in self.lines:
            yield from line
            yield Segment.line()


def _moved(line: Text, left: int) -> Text:
    return Text(" " * left).append_text(line) if line.plain else line


class Sides:
    """A text with another one at the right edge; where they do not fit on a line, the other one stands below.

    The first is wrapped, or `is_cut` to one line.
    """

    def __init__(self, left: Text, right: Text, *, hanging: int = _HANGING, is_cut: bool = False) -> None:
        self.left, self.right, self.hanging, self.is_cut = left, right, hanging, is_cut

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[Text]:
        width = options.max_width
        taken = cell_len(self.right.plain)
        room = width - taken - _BETWEEN if taken else width
        is_beside = room >= max(widest(self.left) + self.hanging, width // 2) or (
            cell_len(self.left.plain) <= room
        )
        first, *rest = wrapped(self.left, room if is_beside else width, self.hanging)
        if self.is_cut:
            first.truncate(width, overflow="ellipsis")
        if is_beside and taken:
            first.pad_right(width - taken - cell_len(first.plain))
            first.append_text(self.right)
        yield first
        yield from rest
        if taken and not is_beside:
            for line in wrapped(self.right, width - self.hanging):
                yield _moved(line, max(width - cell_len(line.plain), self.hanging))


class Beside:
    """A text beside a head, or below it where that leaves too little room."""

    def __init__(self, head: Text, text: Text) -> None:
        self.head, self.text = head, text

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[Text]:
        at = cell_len(self.head.plain)
        room = options.max_width - at
        if room >= max(widest(self.text), min(_LEAST_BESIDE, cell_len(self.text.plain))):
            first, *rest = wrapped(self.text, room)
            yield self.head.copy().append_text(first)
            yield from (_moved(line, at) for line in rest)
        else:
            yield self.head
            for line in wrapped(self.text, max(options.max_width - _BETWEEN, 1)):
                yield _moved(line, _BETWEEN)


class TwoColumns:
    """Two renderables beside each other, each in half of the width."""

    def __init__(self, left: RenderableType, right: RenderableType) -> None:
        self.left, self.right = left, right

    def fit(self, console: Console, options: ConsoleOptions) -> bool:
        """Whether no line of either is wider than its half."""
        room = _half(options)
        half = options.update_width(room)
        lines = [line for part in (self.left, self.right) for line in lines_of(part, console, half)]
        return all(Segment.get_line_length(line) <= room for line in lines)

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[Lines]:
        room = _half(options)
        halves = (lines_of(part, console, options.update_width(room)) for part in (self.left, self.right))
        for left, right in zip_longest(*halves, fillvalue=[]):
            yield Lines([[*Segment.adjust_line_length(left, room + 1), *right]])


def _half(options: ConsoleOptions) -> int:
    return (options.max_width - 1) // 2


def lines_of(part: RenderableType, console: Console, options: ConsoleOptions) -> list[list[Segment]]:
    """Return the lines that a part is rendered to."""
    return list(Segment.split_lines(console.render(part, options)))


class Rows:
    """Rows whose cells stand below each other; where they are too wide, a row's first cell above its others."""

    def __init__(self, rows: Sequence[Sequence[Text]]) -> None:
        self.rows = rows

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[Text]:
        columns = list(zip(*self.rows, strict=True))
        widths = [max(cell_len(cell.plain) for cell in column) for column in columns]
        fit = sum(widths) + _BETWEEN * (len(widths) - 1) <= options.max_width
        for first, *rest in self.rows:
            if fit:
                yield in_columns([first, *rest], widths)
            else:
                yield from wrapped(first, options.max_width, _HANGING)
                for line in wrapped(Text(" " * _BETWEEN).join(rest), options.max_width - _HANGING):
                    yield _moved(line, _HANGING)


def in_columns(cells: Sequence[Text], widths: Sequence[int], between: int = _BETWEEN) -> Text:
    """Return cells on one line, each where its column begins."""
    line = Text()
    at = 0
    for cell, width in zip(cells, widths, strict=True):
        line.pad_right(at - cell_len(line.plain))
        line.append_text(cell)
        at += width + between
    line.rstrip()
    return line
