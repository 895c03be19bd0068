"""Rounds in a notebook: `tensordrill.quiz("view", n=5)`, and the line magic `%quiz view -n 5`."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import nullcontext
from itertools import pairwise
from typing import Any

from rich.console import RenderableType
from rich.text import Text

from tensordrill.cli.answer_line import InputLine
from tensordrill.cli.front import Front
from tensordrill.cli.notebook import kept_sandbox
from tensordrill.cli.stage import Stage
from tensordrill.messages import Language
from tensordrill.render.as_html import as_html, as_text, round_style

MAGICS = ("quiz", "practice", "review")
"""Commands that are line magics as well."""
_WIDGETS = "8."
"""The versions of ipywidgets that were tried begin with this; pyproject.toml says the same."""


class CellOutput:
    """A screen below a cell: HTML, with the same as text for a front end that shows none."""

    def __init__(self, language: Language) -> None:
        self._language: Language = language
        self._is_styled = False

    def print(self, *parts: Any) -> None:
        from IPython.display import display

        for part in parts:
            data = mime_bundle(part, self._language, has_style=not self._is_styled)
            if data["text/plain"].strip():
                display(data, raw=True)  # type: ignore[no-untyped-call]
                self._is_styled = True


def mime_bundle(part: RenderableType, language: Language, *, has_style: bool) -> dict[str, str]:
    """Return a screen as an output of a cell; the first of a cell has the style."""
    html = as_html(part, language)
    return {"text/html": round_style() + html if has_style else html, "text/plain": as_text(part)}


def notebook(shell: Any, language: Language, command: Sequence[str], *, no_clear: bool) -> Front:
    """Return the front end of the cell that runs: a widget where there are any, else an input line."""
    if not no_clear and os.environ.get("TENSORDRILL_WIDGET") != "0" and _has_widgets():
        from tensordrill.cli.notebook_widget import widget_front

        return widget_front(shell, language, command)
    screen = CellOutput(language)

    def echo(typed: str) -> None:
        if "__vsc_ipynb_file__" in shell.user_ns:  # VS Code asks at the top of its window, and leaves nothing
            screen.print(Text(typed))

    return Front(Stage(screen), InputLine(language, echo), lambda: nullcontext(kept_sandbox()), as_call)


def _has_widgets() -> bool:
    """Whether the kernel has ipywidgets of a version that was tried."""
    try:
        import ipywidgets
    except ImportError:
        return False
    return str(ipywidgets.__version__).startswith(_WIDGETS)


def play(command: str, topics: Iterable[str], *, widget: bool, **options: object) -> None:
    """Play a round as the command does with these topics and options; what goes wrong is a sentence."""
    from tensordrill.cli.app import run

    run([command, *_words(topics), *_option_words(options), *([] if widget else ["--no-clear"])])


def play_line(command: str, line: str) -> None:
    """Play a round as the command does with the words of a line; the first ones name topics."""
    from IPython.utils.process import arg_split  # type: ignore[attr-defined]

    from tensordrill.cli.app import run

    run([command, *_words(arg_split(line, posix=True, strict=False))])


def _words(words: Iterable[str]) -> Iterator[str]:
    """Yield words, with `--topic` before each that stands before any option."""
    is_topic = True
    for word in words:
        is_topic = is_topic and not word.startswith("-")
        if is_topic:
            yield "--topic"
        yield word


def _option_words(options: dict[str, object]) -> Iterator[str]:
    for name, value in options.items():
        option = f"-{name}" if len(name) == 1 else f"--{name}"
        for item in value if isinstance(value, list | tuple) else (value,):
            if item is True:
                yield option
            elif item is not None and item is not False:
                yield from (option, str(item))


def as_call(words: Sequence[str]) -> str:
    """Return a command as a call.

    >>> as_call(["quiz", "--topic", "view", "-n", "5", "--choices"])
    'tensordrill.quiz("view", n=5, choices=True)'
    """
    command, *rest = words
    topics: list[str] = []
    options: dict[str, list[str]] = {}
    for word, following in pairwise([*rest, "--"]):
        if _OPTION.match(word):
            value = "True" if _OPTION.match(following) else _literal(following)
            name = word.lstrip("-")
            if name == "no-clear":
                name, value = "widget", "False"
            (topics if name == "topic" else options.setdefault(name, [])).append(value)
    several = {
        name: values[0] if len(values) == 1 else f"[{', '.join(values)}]" for name, values in options.items()
    }
    named = (f"{name}={value}" for name, value in several.items())
    return f"tensordrill.{command}({', '.join([*topics, *named])})"


_OPTION = re.compile("--|-[a-z]")


def _literal(word: str) -> str:
    return word if re.fullmatch("-?[0-9]+", word) else json.dumps(word, ensure_ascii=False)
