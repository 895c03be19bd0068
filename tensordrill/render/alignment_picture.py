"""Shape alignment on a terminal: sizes in columns, a mark below each, and words where a mark needs them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.cells import cell_len
from rich.console import Group, RenderableType
from rich.text import Text

from tensordrill.explanation.alignment import Alignment
from tensordrill.explanation.shapes import Column, ColumnMark
from tensordrill.messages import Language
from tensordrill.render.alignment_words import column_words, sign
from tensordrill.render.layout import Beside, indented
from tensordrill.render.step_words import short

_NAME = 24
_STYLES: dict[ColumnMark, str] = {
    "clash": "bold red",
    "stretch": "cyan",
    "contract": "magenta",
    "match": "dim",
}


def alignment_picture(alignment: Alignment, language: Language) -> RenderableType:
    """Return operands, marks, words and, where the shapes fit, the result."""
    drawing = _Drawing(alignment)
    lines: list[RenderableType] = [drawing.operand(row) for row in range(len(alignment.names))]
    lines += _called_out(alignment, drawing, language)
    if alignment.result is not None:
        lines.append(drawing.result())
    lines += [indented(Text(note.text(language), "italic"), (0, 0)) for note in alignment.notes]
    return Group(*lines)


class _Drawing:
    """The widths of an alignment's columns."""

    def __init__(self, alignment: Alignment) -> None:
        self.alignment = alignment
        self.names = [short(name, _NAME) for name in alignment.names]
        self.head = max(map(cell_len, [*self.names, "="]))
        self.widths = [
            max(len(_shown(size)) for size in (*column.sizes, column.result)) for column in alignment.columns
        ]

    def operand(self, row: int) -> Text:
        return self.row(
            self.names[row], [_operand_size(column, row) for column in self.alignment.columns], ""
        )

    def result(self) -> Text:
        line = self.row("=", [_shown(column.result) for column in self.alignment.columns], "bold")
        return line if self.alignment.result else Text("=" + " " * (self.head + 1), "").append("()", "bold")

    def row(self, name: str, texts: Sequence[str], style: str) -> Text:
        """Return a line: a name, then a text right-aligned in each column."""
        line = Text(name + " " * (self.head - cell_len(name)))
        for index, text in enumerate(texts):
            line.append("  │" if index and index == self.alignment.batch else "", "dim")
            line.append("  " + text.rjust(self.widths[index]), style)
        line.rstrip()
        return line

    def at(self, index: int) -> int:
        """Return the place of a column's last digit."""
        bars = 3 if 0 < self.alignment.batch <= index else 0
        return self.head + sum(2 + width for width in self.widths[: index + 1]) + bars - 1


def _operand_size(column: Column, row: int) -> str:
    size = column.sizes[row]
    return f"({size})" if column.mark == "promoted" and size is not None else _shown(size)


def _shown(size: int | None) -> str:
    return "" if size is None else str(size)


def _called_out(alignment: Alignment, drawing: _Drawing, language: Language) -> Iterator[RenderableType]:
    """Yield the marks, and a line for each column that has words, the rightmost first."""
    words = {
        index: column_words(column, alignment, language) for index, column in enumerate(alignment.columns)
    }
    indices = [index for index in reversed(words) if words[index]]
    matching = [index for index, column in enumerate(alignment.columns) if column.mark == "match"]
    first = dict.fromkeys(matching, "=")
    if max(matching, default=-1) > max(indices, default=-1):
        yield _marks(alignment, drawing, {**first, **dict.fromkeys(indices, "│")})
        first = {}
    for turn, index in enumerate(indices):
        marks = {**first, **dict.fromkeys(indices[turn + 1 :], "│"), index: sign(alignment.columns[index])}
        first = {}
        head = _marks(alignment, drawing, marks)
        head.pad_right(drawing.at(index) + 2 - cell_len(head.plain))
        yield Beside(head, Text(words[index], _STYLES.get(alignment.columns[index].mark, "")))


def _marks(alignment: Alignment, drawing: _Drawing, marks: dict[int, str]) -> Text:
    line = Text()
    for index in sorted(marks):
        line.pad_right(drawing.at(index) - cell_len(line.plain))
        line.append(marks[index], _STYLES.get(alignment.columns[index].mark, ""))
    return line
