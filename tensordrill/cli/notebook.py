"""Explanations in a notebook or a Python prompt: `tensordrill.explain("…")`, and cells that begin with `%%explain`."""

from __future__ import annotations

import sys
import textwrap
from functools import cache, partial
from typing import TYPE_CHECKING, Any

from tensordrill.cli.options import language
from tensordrill.explanation.explanation import Explanation
from tensordrill.explanation.suspicious import explain
from tensordrill.messages import Language
from tensordrill.sandbox.client import Sandbox

if TYPE_CHECKING:
    from rich.console import RenderableType

_WIDTH = 100
"""Columns of the text where no terminal says how many it has."""


class ExplanationOutput:
    """An explanation that shows itself: as text at a prompt, as HTML where cells have output."""

    def __init__(self, explanation: Explanation, chosen_language: Language) -> None:
        self.explanation = explanation
        self._language: Language = chosen_language

    def __repr__(self) -> str:
        from rich.console import Console

        width = None if sys.stdout.isatty() else _WIDTH
        screen = Console(
            width=width, soft_wrap=True, force_jupyter=False, highlight=False, markup=False, emoji=False
        )
        with (
            screen.capture() as captured
        ):  # in a cell, a console for Jupyter would put out something, if empty
            screen.print(self.screen())
        return captured.get()

    def screen(self) -> RenderableType:
        """Return what a console prints of it."""
        from tensordrill.render.explanation import ExplanationScreen

        return ExplanationScreen(self.explanation, self._language)

    def _repr_html_(self) -> str:
        from tensordrill.render.explanation_page import fragment

        return fragment(self.explanation, self._language)


@cache
def kept_sandbox() -> Sandbox:
    """Return the sandbox of this process, which imports torch once; it ends with the process."""
    return Sandbox()


def explain_code(code: str, lang: str | None = None) -> ExplanationOutput:
    """Run code in the sandbox and explain it; raises SandboxError where torch cannot be started."""
    chosen_language = language(lang)
    return ExplanationOutput(
        explain(kept_sandbox(), textwrap.dedent(code).strip("\n"), chosen_language), chosen_language
    )


def load_magics(shell: Any) -> None:
    """Register the cell magic `%%explain`, which takes a language, and a line magic for each kind of round."""
    from tensordrill.cli.notebook_round import MAGICS, play_line

    def cell(line: str, code: str) -> ExplanationOutput:
        return explain_code(code, line.strip() or None)

    shell.register_magic_function(cell, "cell", "explain")
    for command in MAGICS:
        shell.register_magic_function(partial(play_line, command), "line", command)
