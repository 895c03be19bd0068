"""The steps of one line on a terminal, in columns that are the same for the whole explanation."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rich.cells import cell_len
from rich.console import RenderableType
from rich.text import Text

from tensordrill.explanation.explanation import Error
from tensordrill.explanation.outline import LineGroup, StepRow
from tensordrill.messages import Language
from tensordrill.render import step_words
from tensordrill.render.code import code, prose
from tensordrill.render.layout import indented
from tensordrill.render.pictures import DrawingPicture
from tensordrill.render.wrapping import whole, wrapped
from tensordrill.sandbox.trace import TensorFact

MARGIN = 6
_BETWEEN = 2
_LEAST_WORDS = 26


class Columns:
    """The columns at which shapes, strides and words begin."""

    def __init__(
        self, groups: Iterable[LineGroup], error: Error | None, width: int, language: Language
    ) -> None:
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
        """Return the column where words begin."""
        return self.label + self.shape + self.stride + 3 * _BETWEEN

    @property
    def widest_words(self) -> int:
        """Return the cells that words have at most, in lines of their own."""
        return self.room - _BETWEEN

    def line(self, label: str, tensor: TensorFact, words: list[str]) -> Iterator[Text]:
        """Yield a tensor's label, shape and stride, and the words beside them or below."""
        line = code(step_words.short(label, self.label))
        shape, stride = step_words.shape(tensor), step_words.stride(tensor, self.language)
        facts = Text.assemble((shape.ljust(self.shape) + " " * _BETWEEN, "bold"), stride.ljust(self.stride))
        if self.label + _BETWEEN + cell_len(facts.plain.rstrip()) > self.room:
            yield line
            facts = Text.assemble((shape, "bold"), "  ", whole(Text(stride)))
            yield from (_at(_BETWEEN, text) for text in wrapped(facts, self.widest_words))
            line = Text()
        else:
            line.pad_right(self.label + _BETWEEN - cell_len(line.plain))
            line.append_text(facts).append(" " * _BETWEEN)
        yield from self._with_words(line, words)

    def _with_words(self, line: Text, words: list[str]) -> Iterator[Text]:
        """Yield a line with the words beside it; where they do not fit there, below it."""
        at = max(cell_len(line.plain), self.words)
        widest = max((cell_len(word) + 1 for word in words), default=0)
        is_short = cell_len(", ".join(words)) <= self.room - at
        if line.plain and not (is_short or self.room - at >= max(widest, _LEAST_WORDS)):
            yield _stripped(line)
            line = Text()
        if not line.plain:
            at = self.label + _BETWEEN if widest <= self.room - self.label - _BETWEEN else _BETWEEN
        for packed in packed_words(words, self.room - at):
            line.pad_right(at - cell_len(line.plain))
            yield _stripped(line.append(packed))
            line = Text()
        if line.plain:
            yield _stripped(line)


def _at(margin: int, line: Text) -> Text:
    return Text(" " * margin).append_text(line)


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
    row: StepRow, columns: Columns, language: Language, *, is_marked: bool = False
) -> Iterator[RenderableType]:
    """Yield one step: its line, what it changed, its values, and its picture."""
    label = row.label if row.name is None or cell_len(row.label) <= columns.label else row.name
    words = step_words.words(row, language, columns.widest_words)
    lines = list(columns.line(label, row.step.tensor, words))
    first, *rest = lines
    yield Text.assemble(
        ("≠".rjust(MARGIN - 2) if is_marked else " " * (MARGIN - 2), "bold yellow"), "  ", first
    )
    for line in rest:
        yield indented(line, (0, 0, 0, MARGIN))
    below = (0, 0, 0, MARGIN + columns.label + _BETWEEN)
    for text in step_words.changed(row, language):
        yield indented(prose(text, "bold", code_style=""), below, hanging=_BETWEEN)
    if row.values is not None:
        yield indented(Text(row.values), below, hanging=1)
    if row.picture is not None:
        yield Text()
        yield indented(DrawingPicture(row.picture.drawing, language), (0, 0, 0, MARGIN + _BETWEEN))
        yield Text()
