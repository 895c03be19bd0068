"""Lines at a prompt, each explained; what earlier lines made is there for the next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace
from rich.text import Text

from tensordrill.cli.options import console
from tensordrill.explanation.explanation import Explanation
from tensordrill.explanation.tracing import explain
from tensordrill.messages import Language, say
from tensordrill.render.explanation import ExplanationScreen
from tensordrill.render.layout import indented
from tensordrill.sandbox.client import Sandbox

if TYPE_CHECKING:
    from prompt_toolkit import PromptSession

_PROMPT = " › "
_MORE = " · "


class ExplainLines:
    """The prompt; a line that fails leaves nothing behind.

    The lines so far run again with each new one, in a fresh process, so that nothing outlives a fault.
    """

    def __init__(self, sandbox: Sandbox, language: Language) -> None:
        self._sandbox = sandbox
        self._language: Language = language
        self._lines: list[str] = []

    def run(self) -> int:
        """Read and explain until ^D or `:q`; return the exit code."""
        screen, session = console(), _session()
        screen.print(indented(Text(say("explain-lines", self._language)), (0, 0)))
        while True:
            try:
                typed = session.prompt(_PROMPT).strip("\n")
            except (EOFError, KeyboardInterrupt):
                return 0
            if typed.strip() in (":q", ":ㅂ"):
                return 0
            if typed.strip():
                screen.print(ExplanationScreen(self.explain(typed), self._language))

    def explain(self, typed: str) -> Explanation:
        """Explain what a line adds; keep the line where it runs."""
        before = "\n".join(self._lines)
        first = before.count("\n") + 2 if before else 1
        explanation = explain(self._sandbox, f"{before}\n{typed}" if before else typed, self._language)
        if explanation.error is None and explanation.ended is None:
            self._lines.append(typed)
        # from the line's own first step on: what functions of earlier lines do for it follows
        steps = (index for index, step in enumerate(explanation.steps) if step.line >= first)
        return replace(explanation, first_step=next(steps, len(explanation.steps)))


def _session() -> PromptSession[str]:
    from prompt_toolkit import PromptSession
    from prompt_toolkit.history import InMemoryHistory
    from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
    from prompt_toolkit.lexers import PygmentsLexer
    from pygments.lexers.python import PythonLexer

    from tensordrill.cli.answer_line import is_complete

    bindings = KeyBindings()

    @bindings.add("enter")
    def _enter(event: KeyPressEvent) -> None:
        buffer = event.current_buffer
        if not buffer.document.current_line.strip() or is_complete(buffer.text):
            buffer.validate_and_handle()
        else:
            buffer.insert_text("\n")

    return PromptSession(
        history=InMemoryHistory(),
        lexer=PygmentsLexer(PythonLexer),
        multiline=True,
        prompt_continuation=_MORE,
        key_bindings=bindings,
    )
