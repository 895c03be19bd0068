"""A submission that brings a fault of the grader to light is named."""

from __future__ import annotations

import pytest

from tensordrill.course.assignment.roster import Student
from tensordrill.course.assignment.sheet import Sheet
from tensordrill.course.gradebook import Record
from tensordrill.course.grading import batch
from tensordrill.course.grading.judge import Paper
from tensordrill.errors import CourseError


class _Judge:
    """Fails on one submission, alone or among others."""

    def records(self, papers: tuple[Paper, ...]) -> list[Record]:
        if any(paper.source == "b.py" for paper in papers):
            raise ValueError("no such thing")
        return [Record(paper.student, paper.source) for paper in papers]


class _Seat:
    judge = _Judge()

    def check(self) -> None: ...


def papers(*names: str) -> tuple[Paper, ...]:
    return tuple(Paper(Student(name), name, "", Sheet(name, ()), b"") for name in names)


@pytest.fixture(autouse=True)
def seat(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batch, "_seat", lambda _: _Seat())


def test_the_one_at_fault_is_named() -> None:
    desk = batch.Desk(b"", "en", "auto", {})
    with pytest.raises(CourseError) as raised:
        batch.judge_batch(batch.Batch(desk, papers("a.py", "b.py")))
    assert str(raised.value) == (
        "b.py: grading it failed (ValueError: no such thing); take it out, go on, and report it as a bug"
    )


def test_others_are_judged() -> None:
    desk = batch.Desk(b"", "en", "auto", {})
    records = batch.judge_batch(batch.Batch(desk, papers("a.py", "c.py")))
    assert [record.source for record in records] == ["a.py", "c.py"]
