"""The memory strip on a terminal: the grid on the left, the cells and the order on the right."""

from __future__ import annotations

from collections.abc import Iterator

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, RenderableType
from rich.text import Text

from tensordrill.explanation.grid import Grid
from tensordrill.explanation.strip import Gap, Strip, StripCell
from tensordrill.messages import Language, say
from tensordrill.render.layout import indented

_BETWEEN = 4
_LEAST = 24


class StripPicture:
    """The strip, wrapped to the width that it is printed with."""

    def __init__(self, strip: Strip, language: Language) -> None:
        self.strip = strip
        self.language = language

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[RenderableType]:
        grid = grid_lines(self.strip.grid) if self.strip.grid else []
        left = max((cell_len(line.plain) for line in grid), default=0)
        names = [say("strip-memory", self.language), say("strip-order", self.language)]
        head = max(map(cell_len, names)) + 1
        room = options.max_width - head - (left + _BETWEEN if left else 0)
        is_beside = room >= min(_LEAST, _length(self.strip))
        if not is_beside:
            yield from grid
            room = options.max_width - head
        lines = list(_strip_lines(self.strip, names, head, room))
        yield from _side_by_side(grid, lines, left) if is_beside and left else lines
        beside = left + _BETWEEN if is_beside and left else 0
        for note in self.strip.notes:
            sentence = Text(note.text(self.language), "italic")
            margins = (beside + head + 1, beside, 0)
            fitting = [margin for margin in margins if margin + cell_len(sentence.plain) <= options.max_width]
            yield indented(sentence, (0, 0, 0, fitting[0] if fitting else 0))


def _length(strip: Strip) -> int:
    width = _cell_width(strip)
    return sum(_span(part, width) for part in strip.parts)


def _side_by_side(left: list[Text], right: list[Text], width: int) -> Iterator[Text]:
    for index in range(max(len(left), len(right))):
        line = left[index].copy() if index < len(left) else Text()
        if index < len(right):
            line.pad_right(width + _BETWEEN - cell_len(line.plain))
            line.append_text(right[index])
        yield line


def grid_lines(grid: Grid) -> list[Text]:
    """Return a grid's rows, each slice of more than two dims with its index."""
    lines = []
    for part in grid.slices:
        name = f"[{', '.join(map(str, part.index))}]  " if part.index else ""
        for number, row in enumerate(part.rows):
            head = name if number == 0 else " " * len(name)
            numbers = "  ".join(text.rjust(grid.width) for text in row)
            lines.append(Text.assemble((head, "dim"), (numbers, "bold")))
    if grid.more:
        lines.append(Text(f"… +{grid.more}", "dim"))
    return lines


def _cell_width(strip: Strip) -> int:
    cells = strip.cells
    orders = [len(str(number)) for cell in cells for number in cell.order if number is not None]
    return max([*(len(cell.text) for cell in cells), *orders], default=1)


def _strip_lines(strip: Strip, names: list[str], head: int, room: int) -> Iterator[Text]:
    width = _cell_width(strip)
    for number, row in enumerate(_rows(strip.parts, width, room)):
        memory = _named("" if number else names[0], head)
        for part in row:
            memory.append_text(_memory(part, width))
        yield memory
        for lane in range(strip.lanes):
            if any(isinstance(part, StripCell) and part.order[lane] is not None for part in row):
                order = _named("" if number or lane else names[1], head)
                for part in row:
                    order.append(_order(part, lane, width), "cyan")
                order.rstrip()
                yield order
    if strip.hidden_lanes:
        yield Text(" " * (head + 1) + "…", "dim")


def _named(name: str, head: int) -> Text:
    return Text.assemble((name + " " * (head - cell_len(name)), "dim"))


def _rows(parts: tuple[StripCell | Gap, ...], width: int, room: int) -> Iterator[list[StripCell | Gap]]:
    """Cut cells into rows of much the same length."""
    whole = sum(_span(part, width) for part in parts)
    room = min(room, -(-whole // max(1, -(-whole // max(room, 1)))) + width + 1)
    row: list[StripCell | Gap] = []
    used = 0
    for part in parts:
        length = _span(part, width)
        if row and used + length > room:
            yield row
            row, used = [], 0
        row.append(part)
        used += length
    yield row


def _span(part: StripCell | Gap, width: int) -> int:
    return len(_gap(part)) if isinstance(part, Gap) else width + 2


def _gap(part: Gap) -> str:
    return f" …{part.cells}… "


def _memory(part: StripCell | Gap, width: int) -> Text:
    if isinstance(part, Gap):
        return Text(_gap(part), "dim")
    text = part.text.rjust(width)
    return Text(f"[{text}]", "bold") if part.reads else Text(f" {text} ", "dim")


def _order(part: StripCell | Gap, lane: int, width: int) -> str:
    if isinstance(part, Gap):
        return " " * _span(part, width)
    number = part.order[lane]
    return f" {'' if number is None else number:>{width}} "
