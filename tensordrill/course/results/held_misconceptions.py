"""The wrong ideas that a student's answers show, and which of them count as held.

One match is evidence; an idea is held after matches in two questions, of which at least one was not
answered with yes or no: half of all guesses would match there.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec import Struct

from tensordrill.course.gradebook import Grade, QuestionResult, ScoredQuestion
from tensordrill.kinds.answers import Aspect

_QUESTIONS_TO_HOLD = 2
_YES_NO: frozenset[Aspect] = frozenset({"bool", "outcome"})


class IdeaMatch(Struct, frozen=True):
    """One idea that a student's answers matched, and the questions where they did."""

    idea: str
    questions: tuple[str, ...]
    held: bool


def idea_matches(grade: Grade) -> tuple[IdeaMatch, ...]:
    """Return every idea that the answers matched, in the order of the questions."""
    matches: dict[str, list[QuestionResult]] = {}
    for question in counted(grade):
        if question.result.idea and not is_accepted(question):
            matches.setdefault(question.result.idea, []).append(question.result)
    return tuple(_match(idea, results) for idea, results in matches.items())


def counted(grade: Grade) -> Iterable[ScoredQuestion]:
    """Return the questions that count: those that are not void."""
    return (question for question in grade.questions if not question.void)


def is_accepted(question: ScoredQuestion) -> bool:
    """Whether a person gave an answer all its points, so that nothing is wrong with it."""
    return bool(question.reason) and question.points >= question.max_points


def _match(idea: str, results: Sequence[QuestionResult]) -> IdeaMatch:
    return IdeaMatch(idea, tuple(dict.fromkeys(result.question for result in results)), is_proven(results))


def is_proven(results: Sequence[QuestionResult]) -> bool:
    """Whether answers of one idea make it held: in two questions, and not all of them yes or no."""
    questions = {result.question for result in results}
    return len(questions) >= _QUESTIONS_TO_HOLD and not all(map(_is_yes_or_no, results))


def _is_yes_or_no(result: QuestionResult) -> bool:
    """Whether an answer is a typed yes or no, by its only difference, which is how predict reports one."""
    if len(result.differences) != 1:
        return False
    (difference,) = result.differences
    return difference.facet in _YES_NO and difference.got in ("True", "False")
