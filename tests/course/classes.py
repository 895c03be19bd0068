"""Classes written down as one line a student, for numbers that can be checked by hand.

>>> book(["+++", "++-", "+--", "---"])     # right, wrong
>>> book(["+? .", ""])                     # `?` unreadable, `.` unanswered; "" handed nothing in
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tensordrill.bank.ideas import Ideas
from tensordrill.course.assignment.assignment import Assignment, Item, PinnedBank
from tensordrill.course.assignment.roster import Student
from tensordrill.course.gradebook import (
    ABSENT,
    Gradebook,
    Outcome,
    Override,
    QuestionResult,
    SubmissionResult,
)
from tensordrill.kinds.answers import Aspect, Difference

OUTCOMES: Mapping[str, Outcome] = {"+": "correct", "-": "incorrect", "?": "unreadable", ".": "unanswered"}


def items(count: int) -> tuple[Item, ...]:
    """Return questions `t/q1`, `t/q2`, … of one point each."""
    return tuple(Item(id=f"t/q{number}") for number in range(1, count + 1))


def book(
    lines: Sequence[str],
    questions: tuple[Item, ...] | None = None,
    overrides: tuple[Override, ...] = (),
    ideas: Ideas | None = None,
) -> Gradebook:
    """Return the gradebook of a class; student 1 has the id `s1`."""
    questions = questions or items(max(len(line) for line in lines))
    rows = [
        tuple(
            QuestionResult(item.id, OUTCOMES[sign], 1, differences=_VALUES * (sign == "-"))
            for item, sign in zip(questions, line, strict=False)
        )
        for line in lines
    ]
    return book_of_marks(rows, questions, overrides, ideas)


def book_of_marks(
    rows: Sequence[tuple[QuestionResult, ...]],
    questions: tuple[Item, ...],
    overrides: tuple[Override, ...] = (),
    ideas: Ideas | None = None,
) -> Gradebook:
    """Return the gradebook of a class whose marks are given; no marks: nothing handed in."""
    records = [
        SubmissionResult(
            Student(f"s{number}", f"Student {number}"), f"s{number}.py" if marks else ABSENT, "", marks
        )
        for number, marks in enumerate(rows, 1)
    ]
    assignment = Assignment(
        format=1,
        assignment="homework",
        bank=PinnedBank(folder="shipped", hash="sha256:0"),
        questions=questions,
    )
    by_key = {(override.student, override.question): override for override in overrides}
    return Gradebook(assignment, ideas or {}, lambda: records, overrides=by_key)


def wrong(
    question: str, idea: str | None = None, facet: Aspect = "values", got: str = "[0]"
) -> QuestionResult:
    """Return a wrong mark with one difference."""
    return QuestionResult(question, "incorrect", 1, differences=(Difference(facet, "[1]", got),), idea=idea)


_VALUES = (Difference("values", "[1]", "[0]"),)
