"""Front ends of a round: a terminal, a pipe, or the output of a notebook's cell."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager

from msgspec import Struct

from tensordrill import command_line
from tensordrill.cli.answer_line import AnswerLine, TerminalLine, answer_line
from tensordrill.cli.kernel import is_below_a_cell, kernel_shell
from tensordrill.cli.options import console
from tensordrill.cli.stage import ClearedStage, Stage
from tensordrill.errors import TensordrillError
from tensordrill.messages import Language, message
from tensordrill.sandbox.client import Sandbox


class Front(Struct, frozen=True):
    """A stage with an answer line, the sandbox to play with, and how a command is typed there."""

    stage: Stage
    line: AnswerLine
    sandbox: Callable[[], AbstractContextManager[Sandbox]]
    spell: Callable[[Sequence[str]], str]
    run: Callable[[Callable[[], int]], int] = lambda play: play()
    """Plays a round and returns the exit code, or returns at once and plays it in a thread."""


def front_end(language: Language, command: Sequence[str], *, no_clear: bool) -> Front:
    """Return what this process shows a round on, which this command started; a terminal is cleared for each page.

    Raises TensordrillError where nobody could answer: below a cell's `!`, and in a notebook that no person runs.
    """
    if (shell := kernel_shell()) is not None:
        from tensordrill.cli.notebook_round import notebook

        return notebook(shell, language, command, no_clear=no_clear)
    screen = console()
    line = answer_line(screen)
    if isinstance(line, TerminalLine) and is_below_a_cell(os.environ):
        from tensordrill.cli.notebook_round import as_call

        raise TensordrillError(message("in-a-notebook", call=f"import tensordrill; {as_call(command)}"))
    clears = isinstance(line, TerminalLine) and not screen.is_dumb_terminal and not no_clear
    stage = ClearedStage(screen) if clears else Stage(screen)
    return Front(stage, line, Sandbox, lambda words: command_line.join(["tensordrill", *words]))
