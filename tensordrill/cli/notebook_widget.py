"""Rounds in a notebook's widget: a page, and below it a field with buttons, while a thread plays.

The cell ends at once. Its thread owns the round, with the stage and the connection to the store; the widget's events
come in the kernel's main thread, which only fills a queue. No lock is needed: each attribute has one writer.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import nullcontext, suppress
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Any

import ipywidgets
from IPython.display import display
from rich.console import Group, RenderableType
from rich.text import Text

from tensordrill.bank.variant import Variant
from tensordrill.cli.answer_line import (
    PROMPT,
    LineWithoutEditor,
    blank_by_blank,
    command_of,
    has_blanks,
    is_done,
    takes_lines,
)
from tensordrill.cli.app import run_or_report
from tensordrill.cli.front import Front
from tensordrill.cli.notebook import kept_sandbox
from tensordrill.cli.notebook_round import as_call, mime_bundle
from tensordrill.cli.stage import Stage
from tensordrill.errors import TensordrillError
from tensordrill.messages import Language, Name, message, say
from tensordrill.render.as_html import as_html, round_style
from tensordrill.render.question import typed_answer

_BUTTONS: dict[str, Name] = {
    "?": "button-hint", ":s": "button-skip", ":x": "button-explain", ":c": "button-compare", ":q": "button-stop",
}  # fmt: skip
"""The text that a button types, and the one on it."""


class WidgetStage(Stage):
    """A widget in which each page takes the place of the one before."""

    clears = True

    def __init__(self, language: Language) -> None:
        self.widget = ipywidgets.HTML()
        self.is_new = False
        """Whether the front end has yet to scroll to the page."""
        self._language: Language = language
        self._parts: list[RenderableType] = []
        self._notices: list[RenderableType] = []

    def page(self, parts: Sequence[RenderableType]) -> None:
        self._parts = [Group(*parts, *self._notices)]
        self._notices.clear()
        self.is_new = True
        self._draw()

    def add(self, part: RenderableType) -> None:
        self._parts.append(part)
        self._draw()

    def notice(self, part: RenderableType) -> None:
        self._notices.append(part)

    def blank(self) -> None:
        """Leave nothing: what is typed stands below the page."""

    def close(self) -> None:
        self._parts += self._notices
        self._notices.clear()
        self._draw()

    def mime_bundle(self) -> dict[str, str]:
        """Return the page as an output of a cell."""
        return mime_bundle(Group(*self._parts), self._language, has_style=True)

    def _draw(self) -> None:
        self.widget.value = "".join(as_html(part, self._language) for part in self._parts)


class WidgetLine(LineWithoutEditor):
    """Lines from a text area, where Enter types a line's end, and from buttons.

    A text area's submit is its value, which the front end sends whole and in order. That of a one-line field is a
    message of its own, which overtakes the last letters while the front end holds them back.

    :_lines: The queue between the two threads: whole lines, or what a button types. Filled by events, read by the
        round's thread, which waits there for as long as the learner thinks.

    :_is_over: Set by `end`, from another round's thread; an empty line then wakes this one.

    :_is_done: Set by the round's thread before it waits: whether a text of several lines is an answer. None where
        one line is.

    :_sent: The value that was sent last. The field is emptied after it, but the front end may have typed on before
        it heard of that; a value that begins with `_sent` is such an echo, and is dropped.
    """

    def __init__(self, language: Language, stage: WidgetStage, *, exam: bool) -> None:
        self._language: Language = language
        self._stage = stage
        self._exam = exam
        self._lines: SimpleQueue[str] = SimpleQueue()
        self._is_over = False
        self._is_done: Callable[[str], bool] | None = None
        self._sent = ""
        self._prompt = ipywidgets.Label()
        self._field = ipywidgets.Textarea(tooltip=say("your-answer", language), rows=1)
        self._enter = ipywidgets.Button(button_style="primary")
        self.top = ipywidgets.Textarea(tabbable=False)
        """Stands unseen above the page: what has the focus already is not scrolled to."""
        self.top.add_class("td-top")
        self._buttons = {
            typed: ipywidgets.Button(description=say(name, language)) for typed, name in _BUTTONS.items()
        }
        self._row = ipywidgets.HBox()
        self.widget = ipywidgets.VBox([self._prompt, self._field, self._row])
        self.widget.add_class("td-line")
        self._field.observe(self._changed, "value")
        for button in (self._enter, *self._buttons.values()):
            button.on_click(self._clicked)

    def read(self, variant: Variant, *, choosing: bool = False) -> str:
        has_hints = bool(variant.entry.question.hints) and not self._exam
        buttons = ["?", ":s"] if has_hints else [":s"]

        def line(prompt: str) -> str:
            return self._line(say("your-answer", self._language) + prompt, "button-answer", buttons)

        def is_whole(text: str) -> bool:
            return command_of(text, variant) is not None or is_done(text, variant, choosing=choosing)

        self._is_done = is_whole if takes_lines(variant) else None
        if has_blanks(variant) and not choosing:
            return blank_by_blank(variant, line)
        return line(PROMPT)

    def pause(self, prompt: str) -> str:
        self._is_done = None
        return self._line(prompt, "button-next", [typed for typed in (":x", ":c") if typed in prompt])

    def drop_typed(self) -> None:
        """Forget what was sent too early, but that the learner stops."""
        typed = []
        with suppress(Empty):
            while True:
                typed.append(self._lines.get_nowait())
        if ":q" in typed:
            self._lines.put(":q")

    def end(self) -> None:
        """End the round as soon as it waits for a line."""
        self._is_over = True
        self._lines.put("")

    def close(self) -> None:
        """Take the field and its buttons away."""
        self.widget.close()
        for widget in (self.top, self._prompt, self._field, self._row, self._enter, *self._buttons.values()):
            widget.close()

    def _line(self, prompt: str, enter: Name, buttons: Sequence[str]) -> str:
        self._prompt.value = prompt
        self._enter.description = say(enter, self._language)
        self._row.children = [self._enter, *(self._buttons[typed] for typed in (*buttons, ":q"))]
        if self._stage.is_new:
            self._stage.is_new = False
            self.top.focus()
            self._field.focus()
        line = "" if self._is_over else self._lines.get()
        if self._is_over:
            raise EOFError
        if line.strip() and line not in _BUTTONS:
            self._stage.add(typed_answer(line))
        return line

    def _clicked(self, button: Any) -> None:
        if button is self._enter:
            self._lines.put(self._field.value)
            self._field.value = ""
        else:
            self._lines.put(next(typed for typed, known in self._buttons.items() if known is button))
        self._field.focus()

    def _changed(self, change: dict[str, str]) -> None:
        """Send what was typed once Enter ends it."""
        old, text = change["old"], change["new"]
        if not text:
            return
        if self._sent and text != self._sent and text.startswith(self._sent):
            self._field.value = ""  # typed on before the front end knew that the field is empty: too early
            return
        self._sent = ""
        line = _entered(old, text) if self._is_done is None else _entered_code(text, self._is_done)
        if line is not None:
            self._sent = text
            self._lines.put(line)
            self._field.value = ""


def _entered(old: str, text: str) -> str | None:
    """Return a line that Enter has ended, wherever in it; None where Enter was not pressed."""
    if text.replace("\n", "", 1) == old:
        return old
    line, end, _ = text.partition("\n")
    return line if end else None


def _entered_code(text: str, is_whole: Callable[[str], bool]) -> str | None:
    """Return lines that Enter has ended after the last one, by an empty line if they could go on; else None."""
    lines = text.removesuffix("\n")
    if lines == text or (lines.rpartition("\n")[2].strip() and not is_whole(lines)):
        return None
    return lines.rstrip("\n")


class WidgetRound:
    """A round's widget below a cell, and the thread that plays; there is one at a time."""

    _last: WidgetRound | None = None

    def __init__(self, language: Language, command: Sequence[str]) -> None:
        self._language: Language = language
        self._command = command
        self.stage = WidgetStage(language)
        self.line = WidgetLine(language, self.stage, exam="--exam" in command)

    def start(self, play: Callable[[], int]) -> int:
        """Show the widget and play in a thread, after the round before has ended; return at once."""
        style = ipywidgets.HTML(round_style(), layout={"display": "none"})
        box = ipywidgets.VBox([self.line.top, style, self.stage.widget, self.line.widget])
        call = as_call([*self._command, "--no-clear"])
        sentence = say("no-widgets", self._language, call=call)
        data = {**box._repr_mimebundle_(), "text/plain": sentence}
        output = display(data, raw=True, display_id=True)  # type: ignore[no-untyped-call]
        before, WidgetRound._last = WidgetRound._last, self
        if before is not None:
            before.line.end()

        def run() -> None:
            if before is not None:
                before.thread.join()
            run_or_report(play, self._language, lambda sentence: self.stage.add(Text(sentence)))
            self.line.top.focus()
            box.children = [style, self.stage.widget]
            self.line.close()
            output.update(self.stage.mime_bundle(), raw=True)  # what a saved notebook keeps

        self.thread = Thread(target=run, name="tensordrill", daemon=True)
        self.thread.start()
        return 0


def widget_front(shell: Any, language: Language, command: Sequence[str]) -> Front:
    """Return the front end of the cell that runs, in a widget.

    Raises TensordrillError where the notebook is run by a program: no widget could be answered there.
    """
    if not shell.get_parent().get("content", {}).get("allow_stdin", True):
        raise TensordrillError(message("nobody-answers"))
    sandbox = kept_sandbox()
    playing = WidgetRound(language, command)
    return Front(playing.stage, playing.line, lambda: nullcontext(sandbox), as_call, playing.start)
