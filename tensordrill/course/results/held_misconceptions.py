"""The wrong ideas that a student's answers show, and which of them count as held.

One match is evidence; an idea is held after matches in two questions, of which at least one was not
answered with yes or no: half of all guesses would match there.
"""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from tensordrill.course.gradebook import Grade, QuestionResult, ScoredQuestion
from tensordrill.kinds.answers import Aspect

_QUESTIONS_TO_HOLD = 2
_YES_NO: frozenset[Aspect] = frozenset({"bool", "outcome"})


class Evidence(Struct, frozen=True):
    """One idea that a student's answers matched, and the questions where they did."""

    idea: str
    questions: tuple[str, ...]
    held: bool


def evidence(grade: Grade) -> tuple[Evidence, ...]:
    """Return every idea that the answers matched, in the order of the questions."""
    matches: dict[str, list[QuestionResult]] = {}
    for graded in counted(grade):
        if graded.mark.idea and not is_accepted(graded):
            matches.setdefault(graded.mark.idea, []).append(graded.mark)
    return tuple(_evidence(idea, marks) for idea, marks in matches.items())


def counted(grade: Grade) -> Iterable[ScoredQuestion]:
    """Return the questions that count: those that are not void."""
    return (graded for graded in grade.questions if not graded.void)


def is_accepted(graded: ScoredQuestion) -> bool:
    """Whether a person gave an answer all its points, so that nothing is wrong with it."""
    return bool(graded.reason) and graded.points >= graded.of


def _evidence(idea: str, marks: list[QuestionResult]) -> Evidence:
    questions = tuple(dict.fromkeys(mark.question for mark in marks))
    proven = len(questions) >= _QUESTIONS_TO_HOLD and not all(_is_yes_or_no(mark) for mark in marks)
    return Evidence(idea, questions, proven)


def _is_yes_or_no(mark: QuestionResult) -> bool:
    """Whether an answer is a typed yes or no, by its only difference, which is how predict reports one."""
    if len(mark.differences) != 1:
        return False
    (difference,) = mark.differences
    return difference.facet in _YES_NO and difference.got in ("True", "False")
