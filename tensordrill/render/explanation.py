"""An explanation on a terminal: each source line with its steps, the error, and how it ended."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import structs
from rich.cells import cell_len, chop_cells
from rich.console import Console, ConsoleOptions, RenderableType
from rich.text import Text

from tensordrill.explanation.explanation import Ending, Error, Explanation
from tensordrill.explanation.outline import LineGroup, outline
from tensordrill.explanation.pictures import of_the_error
from tensordrill.messages import Language, fill, say
from tensordrill.render import step_words
from tensordrill.render.code import code, prose
from tensordrill.render.layout import Sides, indented
from tensordrill.render.pictures import DrawingPicture
from tensordrill.render.sanitize_explanation import sanitize_explanation
from tensordrill.render.step_rows import MARGIN, Columns, step_rows
from tensordrill.render.step_words import short
from tensordrill.render.suspicious import places
from tensordrill.render.wrapping import whole, wrapped

_PRINTED_LINES = 20
_MESSAGE = 1000


class ExplanationScreen:
    """An explanation on a screen, which knows its width only when it is printed.

    `marked` is the index of a step that gets a mark.
    """

    def __init__(
        self,
        explanation: Explanation,
        language: Language,
        *,
        marked: int | None = None,
        has_pictures: bool = True,
    ) -> None:
        self.marked = marked
        self.has_pictures = has_pictures
        self.explanation = sanitize_explanation(explanation)
        self.language = language
        self.groups = outline(self.explanation)

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[RenderableType]:
        before: RenderableType | None = None
        for part in self._parts(
            Columns(self.groups, self.explanation.error, options.max_width, self.language)
        ):
            if not (_is_blank(part) and _is_blank(before)):
                yield part
            before = part

    def _parts(self, columns: Columns) -> Iterator[RenderableType]:
        yield Text()
        before = None
        for group in self.groups:
            if group.left_out:
                yield _left_out(group.left_out, self.language)
            if group.left_out or before is None or (before.file, before.line) != (group.file, group.line):
                yield _source_line(group, self.explanation)
            before = group
            for row in group.rows:
                shown = row if self.has_pictures else structs.replace(row, picture=None)
                yield from step_rows(shown, columns, self.language, is_marked=row.index == self.marked)
        yield from _end(self.explanation, self.language, columns)
        yield Text()


def _is_blank(part: RenderableType | None) -> bool:
    return isinstance(part, Text) and not part.plain


def _source_line(group: LineGroup, explanation: Explanation) -> RenderableType:
    """Return a line of the program, or of a module, whose name is at its right."""
    numbered = code(explanation.line(group.line, group.file), numbered_from=group.line)
    numbered.stylize("bold", MARGIN)
    return Sides(numbered, Text(short(group.file), "dim"), is_cut=True)


def _left_out(count: int, language: Language) -> RenderableType:
    return indented(Text(say("explain-more", language, count=count), "dim"), (0, 1, 0, MARGIN))


def _end(explanation: Explanation, language: Language, columns: Columns) -> Iterator[RenderableType]:
    if explanation.more:
        yield _left_out(explanation.more, language)
    if explanation.error is not None:
        if explanation.error.is_syntax:
            yield Sides(_caret(explanation.error, explanation), Text(), is_cut=True)
        yield Text()
        yield from _error(explanation, explanation.error, language, columns)
    yield from output_blocks(explanation, language, columns.room)
    if explanation.ended is not None:
        yield Text()
        ended = Text.assemble(("✗", "bold red"), "  ", _ended(explanation.ended, language))
        yield indented(ended, (0, 1), hanging=3)
    if not (explanation.steps or explanation.error or explanation.ended):
        yield indented(Text(say("explain-no-steps", language)), (0, 1))
    yield from places(explanation, language)


def _ended(ending: Ending, language: Language) -> str:
    from tensordrill.messages.explanation import ENDINGS  # imported when it is needed, as `say` does

    return fill(ENDINGS[ending], language)


def output_blocks(explanation: Explanation, language: Language, room: int) -> Iterator[RenderableType]:
    """Yield what a program wrote to standard output and to standard error; its texts steer no terminal."""
    titles = {
        say("explain-printed", language): explanation.stdout,
        say("explain-errors", language): explanation.stderr,
    }
    for title, written in titles.items():
        if written:
            yield Text()
            yield indented(Text(title, "dim"), (0, 1))
            yield from _printed(written.expandtabs(8).split("\n"), room)


def _printed(lines: list[str], room: int) -> Iterator[Text]:
    """Yield the first lines beside a bar, wrapped where they are long; what has no place to break is folded."""
    for line in lines[:_PRINTED_LINES]:
        for part in wrapped(Text(line), room):
            for piece in chop_cells(part.plain, max(room, 2)) or [""]:
                yield Text(f" │ {piece}")
    if len(lines) > _PRINTED_LINES:
        yield Text(f" │ … +{len(lines) - _PRINTED_LINES}", "dim")


def _error(
    explanation: Explanation, error: Error, language: Language, columns: Columns
) -> Iterator[RenderableType]:
    yield _headline(error, language)
    for words in error.context(language):
        yield indented(prose(words, "dim"), (0, 1, 0, MARGIN), hanging=2)
    for name, tensor in error.tensors:
        for line in columns.line(name, tensor, [tensor.dtype]):
            yield indented(line, (0, 0, 0, MARGIN))
    for name, nested in error.nested:
        yield indented(prose(step_words.nested(name, nested, language)), (0, 1, 0, MARGIN), hanging=2)
    picture = of_the_error(explanation)
    if picture is not None:
        yield Text()
        yield indented(
            DrawingPicture(picture.drawing, language, is_told=error.reason is not None), (0, 0, 0, MARGIN + 2)
        )
    if error.reason:
        yield Text()
        yield indented(prose(error.reason), (0, 1, 0, 4))
    provenance = error.provenance(language)
    if provenance:
        yield Text()
    for words in provenance:
        yield indented(prose(words), (0, 1, 0, 4))
    if error.message:
        yield Text()
        message = error.message if len(error.message) <= _MESSAGE else f"{error.message[:_MESSAGE]}…"
        yield indented(Text(f"{error.type}: {message}", "dim"), (0, 1, 0, 4))


def _caret(error: Error, explanation: Explanation) -> Text:
    """Point at what Python stopped at, below its line."""
    before = explanation.line(error.line, error.file)[: error.column - 1]
    blank = "".join("\t" if letter == "\t" else " " * cell_len(letter) for letter in before)
    return whole(Text(" " * MARGIN + blank + "^" * max(cell_len(error.expression), 1), "bold red"))


def _headline(error: Error, language: Language) -> RenderableType:
    where = say("explain-failed", language, line=error.line) if error.line else ""
    if error.file:
        where = f"{error.file}:{error.line}"
    expression = Text.assemble(" ", ("✗", "bold red"), "  ").append_text(code(error.expression))
    kind = Text.assemble((error.type, "bold"), "  ", (where, "dim"))
    return Sides(whole(expression), kind, is_cut=True)
