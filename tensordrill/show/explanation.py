"""An explanation on a terminal: each source line with its steps, the error, and how it ended."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, Group, RenderableType
from rich.table import Table
from rich.text import Text

from tensordrill.show import step_words
from tensordrill.show.code import code, prose
from tensordrill.show.layout import indented
from tensordrill.text import Language, say
from tensordrill.trace.explanation import Error, Explanation
from tensordrill.trace.outline import Group as Lines
from tensordrill.trace.outline import Row, outline

_MARGIN = 6
_PRINTED_LINES = 20
_MESSAGE = 1000


def explained(found: Explanation, language: Language) -> RenderableType:
    """Give the whole explanation."""
    return _Explained(found, language)


class _Explained:
    """Knows its width only when it is printed."""

    def __init__(self, found: Explanation, language: Language) -> None:
        self.found = found
        self.language = language
        self.groups = outline(found)

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[RenderableType]:
        widths = _Widths(self.groups, options.max_width, self.language)
        yield Text()
        source = self.found.source.splitlines()
        for group in self.groups:
            yield _source_line(group, source)
            yield from (indented(_row(row, widths, self.language), (0, 0, 0, _MARGIN)) for row in group.rows)
        yield from _end(self.found, self.language)
        yield Text()


class _Widths:
    """The columns' widths, the same for all rows."""

    def __init__(self, groups: tuple[Lines, ...], width: int, language: Language) -> None:
        rows = [row for group in groups for row in group.rows]
        room = width - _MARGIN
        self.label = min(max((cell_len(row.label) for row in rows), default=0), room * 3 // 10)
        self.shape = max((len(step_words.shape(row.step.tensor)) for row in rows), default=0)
        strides = [cell_len(step_words.stride(row.step.tensor, language)) for row in rows]
        self.stride = min(max(strides, default=0), room // 3)


def _source_line(group: Lines, source: list[str]) -> Text:
    if group.file:
        return Text(f"{group.file}:{group.line}", "dim")
    line = source[group.line - 1] if group.line <= len(source) else ""
    return code(line, numbered_from=group.line)


def _row(row: Row, widths: _Widths, language: Language) -> RenderableType:
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(width=widths.label)
    table.add_column(width=widths.shape, no_wrap=True)
    table.add_column(width=widths.stride)
    table.add_column(ratio=1)
    said = "\n".join(filter(None, (step_words.words(row, language), step_words.changed(row, language))))
    label = code(row.label)
    is_long = cell_len(row.label) > widths.label
    table.add_row(
        Text() if is_long else label,
        Text(step_words.shape(row.step.tensor), "bold"),
        Text(step_words.stride(row.step.tensor, language)),
        Text(said, "dim"),
    )
    return Group(label, table) if is_long else table


def _end(found: Explanation, language: Language) -> Iterator[RenderableType]:
    if found.more:
        yield indented(Text(say("explain-more", language, count=found.more), "dim"), (0, 1, 0, _MARGIN))
    if found.error is not None:
        yield Text()
        yield from _error(found.error, language)
    if found.stdout:
        yield Text()
        yield indented(Text(say("explain-printed", language), "dim"), (0, 1))
        for line in islice(found.stdout.splitlines(), _PRINTED_LINES):
            yield indented(Text("│ " + line), (0, 1))
    if found.ended is not None:
        yield Text()
        yield Text.assemble(" ", ("✗", "bold red"), "  ", say(f"explain-{found.ended}", language))
    if not (found.steps or found.error or found.ended):
        yield indented(Text(say("explain-no-steps", language)), (0, 1))


def _error(error: Error, language: Language) -> Iterator[RenderableType]:
    where = say("explain-failed", language, line=error.line) if error.line else ""
    headline = Text.assemble(" ", ("✗", "bold red"), "  ", (error.type, "bold"), "  ", (where, "dim"))
    yield headline
    if error.expression:
        yield indented(code(error.expression), (0, 1, 0, 4))
    for operand in error.operands:
        if operand.tensor is not None:
            stride = step_words.stride(operand.tensor, language)
            facts = f"{step_words.shape(operand.tensor)}  {stride}  {operand.tensor.dtype}"
            line = Text.assemble((operand.expression or operand.role, "bold"), "  ", facts)
            yield indented(line, (0, 1, 0, _MARGIN))
    if error.message:
        yield Text()
        yield indented(Text(error.message[:_MESSAGE], "dim"), (0, 1, 0, 4))
    if error.reason:
        yield Text()
        yield indented(prose(error.reason), (0, 1, 0, 4))
