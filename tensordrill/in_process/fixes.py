"""Fixes of what raised in this process, tried in a sandbox once the explanation is shown.

What is tried is rebuilt from the report: no code of the user's runs again.
"""

from __future__ import annotations

import sys
from collections.abc import Callable

from tensordrill.cli.notebook import ExplanationOutput
from tensordrill.cli.options import console
from tensordrill.explanation.explanation import Explanation
from tensordrill.messages import Language, say
from tensordrill.render.code import prose
from tensordrill.render.layout import indented
from tensordrill.sandbox.client import Sandbox
from tensordrill.sandbox.protocol import Job, Observation

_ERASE_LINE = "\r\x1b[2K"
"""https://en.wikipedia.org/wiki/ANSI_escape_code#Control_Sequence_Introducer_commands"""


class FixableOutput(ExplanationOutput):
    """An explanation of an exception, and what tries fixes of it."""

    def __init__(
        self,
        explanation: Explanation,
        chosen_language: Language,
        fixes: Callable[[Sandbox], str],
        *,
        is_traced: bool,
    ) -> None:
        super().__init__(explanation, chosen_language)
        self._chosen_language, self._fixes, self._is_traced = chosen_language, fixes, is_traced

    def print_fixes(self) -> None:
        """Print on standard error the fixes that pass a trial, or where a reason may be.

        Raises SandboxError where torch cannot be started.
        """
        error = self.explanation.error
        if error is None or error.reason is None:
            sentences = "" if self._is_traced else say("run-deep-may-tell", self._chosen_language)
        else:
            with _Trials(self._chosen_language) as sandbox:
                sentences = self._fixes(sandbox)
        if sys.stderr.isatty():
            sys.stderr.write(_ERASE_LINE)
        if sentences:
            console(sys.stderr).print(indented(prose(sentences), (0, 1, 1, 4)))
        sys.stderr.flush()


class _Trials(Sandbox):
    """A sandbox that tells a terminal what it is waited for."""

    def __init__(self, language: Language) -> None:
        super().__init__()
        self._language: Language = language

    def run(self, job: Job) -> tuple[Observation, ...]:
        """Run a job, as `Sandbox` does."""
        if sys.stderr.isatty():
            sys.stderr.write(say("run-trying", self._language))
            sys.stderr.flush()
        return super().run(job)
