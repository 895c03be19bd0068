"""What a round is played on: a terminal, a pipe, or the output of a notebook's cell."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from typing import Any, Protocol

from msgspec import Struct

from tensordrill import command_line
from tensordrill.cli.answer_line import AnswerLine, answer_line
from tensordrill.cli.kernel import kernel_shell
from tensordrill.cli.options import console
from tensordrill.lab.client import Lab
from tensordrill.text import Language


class Screen(Protocol):
    """Shows what `show` makes."""

    def print(self, *parts: Any) -> None: ...


class Front(Struct, frozen=True):
    """A screen with an answer line, the lab to play with, and how a command is typed there."""

    screen: Screen
    line: AnswerLine
    lab: Callable[[], AbstractContextManager[Lab]]
    spell: Callable[[Sequence[str]], str]


def front_end(language: Language) -> Front:
    """Return what this process shows a round on."""
    if (shell := kernel_shell()) is not None:
        from tensordrill.cli.notebook_round import notebook

        return notebook(shell, language)
    screen = console()
    return Front(screen, answer_line(screen), Lab, lambda words: command_line.join(["tensordrill", *words]))
