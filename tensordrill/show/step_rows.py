"""The steps of one line on a terminal, in columns that are the same for the whole explanation."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rich.cells import cell_len
from rich.console import RenderableType
from rich.text import Text

from tensordrill.lab.traced import TensorFact
from tensordrill.show import step_words
from tensordrill.show.code import code
from tensordrill.show.layout import indented
from tensordrill.show.pictures import drawn
from tensordrill.text import Language
from tensordrill.trace.explanation import Error
from tensordrill.trace.outline import Group, Row

MARGIN = 6
_BETWEEN = 2
_LEAST_WORDS = 26


class Columns:
    """Where shapes, strides and words begin."""

    def __init__(self, groups: Iterable[Group], error: Error | None, width: int, language: Language) -> None:
        shown = [(row.label, row.step.tensor) for group in groups for row in group.rows]
        shown += error.tensors if error else ()
        tensors = [tensor for _, tensor in shown]
        self.room = width - MARGIN
        shape = max((len(step_words.shape(tensor)) for tensor in tensors), default=0)
        stride = max((cell_len(step_words.stride(tensor, language)) for tensor in tensors), default=0)
        self.label = min(max((cell_len(label) for label, _ in shown), default=0), self.room * 3 // 10)
        self.shape = min(shape, self.room // 4)
        self.stride = min(stride, self.room // 4)
        self.language = language

    @property
    def words(self) -> int:
        """Give the column where words begin."""
        return self.label + self.shape + self.stride + 3 * _BETWEEN

    def line(self, label: str, tensor: TensorFact, words: list[str]) -> Iterator[Text]:
        """Give a tensor's label, shape and stride, and the words beside them or below."""
        line = code(step_words.short(label, self.label))
        line.pad_right(self.label + _BETWEEN - cell_len(line.plain))
        line.append(step_words.shape(tensor).ljust(self.shape) + " " * _BETWEEN, "bold")
        line.append(step_words.stride(tensor, self.language).ljust(self.stride) + " " * _BETWEEN)
        at = max(cell_len(line.plain), self.words)
        is_short = cell_len(", ".join(words)) <= self.room - at
        if words and not is_short and self.room - at < _LEAST_WORDS:
            yield _stripped(line)
            line, at = Text(), self.label + _BETWEEN
        for number, packed in enumerate(packed_words(words, self.room - at)):
            if number:
                line = Text()
            line.pad_right(at - cell_len(line.plain))
            line.append(packed)
            yield _stripped(line)
        if not words:
            yield _stripped(line)


def packed_words(words: list[str], room: int) -> Iterator[str]:
    """Put words in a list over as few lines as it takes, breaking between them."""
    line = ""
    for number, word in enumerate(words):
        text = word + ("," if number < len(words) - 1 else "")
        if line and cell_len(line) + 1 + cell_len(text) > room:
            yield line
            line = text
        else:
            line = f"{line} {text}" if line else text
    if line:
        yield line


def _stripped(line: Text) -> Text:
    line.rstrip()
    return line


def step_rows(
    row: Row, columns: Columns, language: Language, *, is_marked: bool = False
) -> Iterator[RenderableType]:
    """Give one step: its line, what it changed, its values, and its picture."""
    label = row.label if row.name is None or cell_len(row.label) <= columns.label else row.name
    lines = list(columns.line(label, row.step.tensor, step_words.words(row, language)))
    first, *rest = lines
    yield Text.assemble(
        ("≠".rjust(MARGIN - 2) if is_marked else " " * (MARGIN - 2), "bold yellow"), "  ", first
    )
    for line in rest:
        yield indented(line, (0, 0, 0, MARGIN))
    below = (0, 0, 0, MARGIN + columns.label + _BETWEEN)
    for text in step_words.changed(row, language):
        yield indented(Text(text, "bold"), below)
    if row.values is not None:
        yield indented(Text(row.values), below)
    if row.picture is not None:
        yield Text()
        yield indented(drawn(row.picture.drawing, language), (0, 0, 0, MARGIN + _BETWEEN))
        yield Text()
