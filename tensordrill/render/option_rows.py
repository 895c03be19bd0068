"""The options of a `which` beside the answer: those that belong to it, what each gave, and what was picked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.cells import cell_len, set_cell_size
from rich.console import Console, ConsoleOptions, RenderableType
from rich.text import Text

from tensordrill.kinds.format_value import format_value
from tensordrill.kinds.which import Option
from tensordrill.messages import Language, say
from tensordrill.render.code import code
from tensordrill.render.layout import indented
from tensordrill.render.wrapping import whole
from tensordrill.sandbox.protocol import Tensor, Value

_MARGIN = 4
_BETWEEN = 2
_LEAST = 12
"""Cells in which what an option gave still says something."""
_MESSAGE = 300


class OptionRows:
    """A line an option, or two where its code is long; `is_full` adds what does not fit on one.

    Where no answer was given (`is_skipped`), no option is marked as missed.
    """

    def __init__(
        self,
        options: Sequence[Option],
        language: Language,
        *,
        is_full: bool = False,
        is_skipped: bool = False,
    ) -> None:
        self.options, self.language = options, language
        self.is_full, self.is_skipped = is_full, is_skipped

    def cells(self) -> Iterator[tuple[Text, Text, Text]]:
        """Yield an option's mark, number and code; what it gave; and what the answer made of it."""
        for option in self.options:
            result = _full(option, self.language) if self.is_full else _result(option, self.language)
            pick = _pick(option, self.language, self.is_skipped)
            yield _head(option), whole(Text(result), is_code=option.raised is None), pick

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[RenderableType]:
        picks = [_pick(option, self.language, self.is_skipped) for option in self.options]
        last = max(cell_len(pick.plain) for pick in picks)
        heads = [_head(option) for option in self.options]
        first = max(cell_len(head.plain) for head in heads)
        room = options.max_width - _MARGIN - 1 - first - _BETWEEN - (last + _BETWEEN if last else 0)
        for option, head, pick in zip(self.options, heads, picks, strict=True):
            result = Text(" ".join(_result(option, self.language).split()))
            line = Text(" " * _MARGIN).append_text(head)
            if self.is_full or room < min(_LEAST, cell_len(result.plain)):
                yield _filled(line, pick, options.max_width)
                below = (
                    Text(_full(option, self.language))
                    if self.is_full
                    else _cut(result, options.max_width - 10)
                )
                if below.plain:
                    yield indented(below, (0, 1, 0, _MARGIN + 5))
            else:
                line.pad_right(_MARGIN + first + _BETWEEN - cell_len(line.plain))
                yield _filled(line.append_text(_cut(result, room)), pick, options.max_width)


def _head(option: Option) -> Text:
    mark = Text("✓" if option.holds else "·", "bold green" if option.holds else "dim")
    return mark.append(f" {option.number}  ", "bold").append_text(code(" ".join(option.code.split())))


def _pick(option: Option, language: Language, is_skipped: bool) -> Text:
    if option.is_picked:
        style = "bold green" if option.holds else "bold red"
        return Text(say("picked" if option.holds else "picked-wrongly", language), style)
    if option.holds and not is_skipped:
        return Text(say("not-picked", language), "bold red")
    return Text()


def _result(option: Option, language: Language) -> str:
    if option.raised is not None:
        return say("option-raises", language, name=option.raised.name)
    return "" if option.value is None else _value(option.value)


def _full(option: Option, language: Language) -> str:
    if option.raised is not None:
        return f"{option.raised.name}: {option.raised.message.strip()[:_MESSAGE]}"
    if isinstance(option.value, Tensor):
        return f"{_value(option.value)}  {option.value.dtype}"
    return _result(option, language)


def _value(value: Value) -> str:
    if isinstance(value, Tensor) and value.shape:
        return f"{value.shape}  {format_value(value)}"
    return format_value(value)


def _cut(text: Text, room: int) -> Text:
    if cell_len(text.plain) > room:
        return whole(Text(set_cell_size(text.plain, max(room - 1, 0)).rstrip() + "…"))
    return whole(text)


def _filled(line: Text, right: Text, width: int) -> Text:
    """Return a line with a text at the right edge, or behind it where the line is too long for that."""
    if not right.plain:
        return line
    line.pad_right(max(width - 1 - cell_len(right.plain) - cell_len(line.plain), _BETWEEN))
    return line.append_text(right)
