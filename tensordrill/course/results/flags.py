"""Why a teacher may want to talk to a student: each reason is a rule that can be read out.

A reason is never an accusation. "Wrong where nearly all are right, right where few are" is a pattern
to look at together, not proof of anything.
"""

from __future__ import annotations

from typing import TypeAlias

from msgspec import Struct

from tensordrill.course.gradebook import Grade, Outcome
from tensordrill.course.results.analysis import EASY, HARD, Analysis
from tensordrill.course.results.held_misconceptions import counted, idea_matches

SHARE = 0.5
"""Far below: less than this share of the median, and …"""
DISTANCE = 20.0
"""… at least so many percent points under it, for a class may lie close together. Deviations from the mean would find
nobody in a class of two halves, where they are large."""
_LEAST_GRADED = 3
UNREADABLE = 1 / 3
UNANSWERED = 1 / 2
_LEAST_UNEVEN = 10
"""So many make up what nearly all, or few, are right about."""
_AT_LEAST = 2


class Absent(Struct, frozen=True):
    """Nothing was handed in."""


class Refused(Struct, frozen=True):
    """Something was handed in that could not be graded."""


class FarBelow(Struct, frozen=True):
    """The score is far below the class's; both in percent."""

    score: float
    median: float


class ManyUnreadable(Struct, frozen=True):
    """Two answers and a third of them, or more, could not be read: the trouble is how they are written."""

    count: int
    total: int


class Unanswered(Struct, frozen=True):
    """Two questions and half of them, or more, were left open."""

    count: int
    total: int


class HoldsIdeas(Struct, frozen=True):
    """Two wrong ideas or more are held."""

    ideas: tuple[str, ...]


class Uneven(Struct, frozen=True):
    """Wrong on two easy questions or more, and right on a hard one; by their numbers in the assignment."""

    wrong: tuple[int, ...]
    right: tuple[int, ...]


Flag: TypeAlias = Absent | Refused | FarBelow | ManyUnreadable | Unanswered | HoldsIdeas | Uneven


def flags_of(grade: Grade, analysis: Analysis) -> tuple[Flag, ...]:
    """Return the reasons to talk to a student; most need none."""
    if grade.is_absent:
        return (Refused() if grade.refused else Absent(),)
    candidates = (
        _far_below(grade, analysis),
        _unreadable(grade),
        _unanswered(grade),
        _holds_ideas(grade),
        _uneven(grade, analysis),
    )
    return tuple(flag for flag in candidates if flag is not None)


def _far_below(grade: Grade, analysis: Analysis) -> FarBelow | None:
    scores = analysis.distribution
    if scores is None or analysis.graded < _LEAST_GRADED:
        return None
    score = 100 * grade.earned / grade.max_points
    if score < scores.median * SHARE and score <= scores.median - DISTANCE:
        return FarBelow(score, scores.median)
    return None


def _unreadable(grade: Grade) -> ManyUnreadable | None:
    count, total = _outcomes(grade, "unreadable")
    return ManyUnreadable(count, total) if count >= max(_AT_LEAST, total * UNREADABLE) else None


def _unanswered(grade: Grade) -> Unanswered | None:
    count, total = _outcomes(grade, "unanswered")
    return Unanswered(count, total) if count >= max(_AT_LEAST, total * UNANSWERED) else None


def _outcomes(grade: Grade, outcome: Outcome) -> tuple[int, int]:
    outcomes = [question.result.outcome for question in counted(grade)]
    return outcomes.count(outcome), len(outcomes)


def _holds_ideas(grade: Grade) -> HoldsIdeas | None:
    held = tuple(match.idea for match in idea_matches(grade) if match.held)
    return HoldsIdeas(held) if len(held) >= _AT_LEAST else None


def _uneven(grade: Grade, analysis: Analysis) -> Uneven | None:
    if analysis.graded < _LEAST_UNEVEN:
        return None
    outcomes = {question.result.question: question.result.outcome for question in counted(grade)}
    wrong, right = [], []
    for item in analysis.questions:
        outcome = outcomes.get(item.question)
        if item.facility is not None and item.facility >= EASY and outcome == "incorrect":
            wrong.append(item.number)
        if item.facility is not None and item.facility <= HARD and outcome == "correct":
            right.append(item.number)
    return Uneven(tuple(wrong), tuple(right)) if len(wrong) >= _AT_LEAST and right else None
