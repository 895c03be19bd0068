"""Every problem that a user can cause or meet, as one tree.

    TensordrillError      a foreseen problem: its message says what, where, and what to do next
    ├── BankError         a bank, topic or question that cannot be used
    │   ├── FileProblems  all problems of a bank's files at once, each with file:line:column
    │   └── DrawError     parameters that cannot be drawn, or a text that does not render
    ├── SandboxError          torch could not be started, or the sandbox could not be replaced
    ├── StoreError        the learner's data could not be read or written
    └── CourseError       an assignment, roster or gradebook that cannot be used

A wrong or unreadable answer is a value, never an exception.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from tensordrill.messages import Language, Message, Messages

Problem: TypeAlias = str | Message | Messages
"""A sentence on what is wrong: in English alone, or in both languages."""


class TensordrillError(Exception):
    """A foreseen problem; `text` returns it as it is shown to the user, `str` in English."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem)
        self.problem = problem

    def text(self, language: Language) -> str:
        """Return the message in a language, where it is there in both."""
        return self.problem if isinstance(self.problem, str) else self.problem.text(language)

    def __str__(self) -> str:
        return self.text("en")


class BankError(TensordrillError):
    """A bank, topic or question that cannot be used."""


class FileProblems(BankError):  # noqa: N818 (it holds several)
    """Every problem found in a bank's files, one line each."""

    def __init__(self, lines: Sequence[str | Message]) -> None:
        super().__init__(Messages(tuple(lines)))
        self.args = (tuple(lines),)  # what pickle makes it anew from
        self.lines = tuple(lines)

    @property
    def problems(self) -> tuple[str, ...]:
        """The problems in English."""
        return tuple(str(self).splitlines())


class DrawError(BankError):
    """Parameters that cannot be drawn, or a text that does not render.

    `keys` lead from the question to the text, and `line` counts that text's lines from 1, where they are known.
    """

    def __init__(self, problem: Problem, line: int = 1) -> None:
        super().__init__(problem)
        self.keys: tuple[str | int, ...] = ()
        self.line = line

    def below(self, *keys: str | int) -> DrawError:
        """Return this error with the keys of what the text is part of put before its own."""
        self.keys = (*keys, *self.keys)
        return self


class SandboxError(TensordrillError):
    """torch could not be started, or the sandbox could not be replaced."""


class StoreError(TensordrillError):
    """The learner's data could not be read or written."""


class CourseError(TensordrillError):
    """An assignment, a roster or a gradebook that cannot be used."""
