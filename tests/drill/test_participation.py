"""Answers counted as participation."""

from __future__ import annotations

from typing import Literal

import pytest
from msgspec.structs import replace

from tensordrill.drill.participation import Participation, Period, participation, shared, together
from tensordrill.drill.review import DAY, Review, iso

from .test_history import REVIEW

FIRST = 20_000
"""A day."""


def _review(
    day: float,
    outcome: Literal["correct", "incorrect", "skipped"] = "correct",
    question: str = "view/a",
    *,
    shows: bool = False,
) -> Review:
    return replace(
        REVIEW,
        at=iso(int((FIRST + day) * DAY)),
        outcome=outcome,
        question=question,
        hints=0,
        unsure=False,
        ideas=("copies",),
        idea="copies" if shows else None,
    )


HELD = [_review(0, "incorrect", "view/a", shows=True), _review(0.1, "incorrect", "view/b", shows=True)]
OVERCOME = [*HELD, _review(1), _review(2, question="view/b")]


@pytest.mark.parametrize(
    ("reviews", "period", "expected"),
    [
        pytest.param([], Period(), Participation(0, 0, 0, 0, (), None, None), id="nothing"),
        pytest.param(
            [_review(0), _review(0.5, "incorrect"), _review(3, question="view/b")],
            Period(),
            Participation(2, 3, 2, 2, (), FIRST, FIRST + 3),
            id="days-and-questions",
        ),
        pytest.param(
            [_review(0, "skipped"), _review(1)],
            Period(),
            Participation(1, 1, 1, 1, (), FIRST + 1, FIRST + 1),
            id="skipped",
        ),
        pytest.param(
            [_review(0), _review(1), _review(2), _review(3)],
            Period(FIRST + 1, FIRST + 2),
            Participation(2, 2, 1, 2, (), FIRST + 1, FIRST + 2),
            id="both-ends-count",
        ),
        pytest.param(
            OVERCOME, Period(), Participation(3, 4, 2, 2, ("copies",), FIRST, FIRST + 2), id="overcome"
        ),
        pytest.param(
            OVERCOME,
            Period(FIRST + 1),
            Participation(2, 2, 1 + 1, 2, ("copies",), FIRST + 1, FIRST + 2),
            id="held-before-the-period",
        ),
        pytest.param(
            OVERCOME, Period(None, FIRST + 1), Participation(2, 3, 2, 1, (), FIRST, FIRST + 1), id="not-yet"
        ),
    ],
)
def test_what_answers_come_to(reviews: list[Review], period: Period, expected: Participation) -> None:
    assert participation(reviews, period, 0) == expected


def test_a_day_ends_where_the_clock_is() -> None:
    late = [_review(0.9), _review(1)]
    assert [participation(late, Period(), hours * 3600).days for hours in (0, 9)] == [2, 1]


def test_exports_of_one_student_count_each_answer_once() -> None:
    early, late = OVERCOME[:3], OVERCOME[1:]
    assert together([early, late]) == together([late, early]) == OVERCOME
    assert together([OVERCOME, OVERCOME]) == OVERCOME
    assert together([]) == []


def test_the_same_answers_of_two_students_are_seen() -> None:
    own = [_review(7, question="view/c")]
    histories = {"a": OVERCOME, "b": [*OVERCOME[2:], *own], "c": own, "d": [_review(9)]}
    assert shared(histories) == {"a": {"b": 2}, "b": {"a": 2, "c": 1}, "c": {"b": 1}}
