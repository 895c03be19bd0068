"""`overrides.csv` with `student,question,points,reason`: points that a person sets in the grader's place."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from pathlib import Path

from tensordrill.bank.problems import near
from tensordrill.course.assignment.assignment import Assignment
from tensordrill.course.assignment.roster import Student
from tensordrill.course.assignment.rows import read_rows
from tensordrill.course.gradebook import LATE, Override, Overrides
from tensordrill.errors import CourseError
from tensordrill.messages import Message, Messages, message

MOST_POINTS = 1_000_000
_COLUMNS = ("student", "question", "points", "reason")
_NUMBER = re.compile(r"[0-9]{1,9}(\.[0-9]{1,9})?")
_GUESSES = 20
"""Looking for a near word takes a while in a large class, so that only the first problems get one."""


def read_overrides(path: Path, assignment: Assignment, roster: Sequence[Student]) -> Overrides:
    """Read the overrides, none where there is no such file; without a roster any student may be named.

    Raises CourseError with every problem of the file, each with its line.
    """
    if not path.exists():
        return {}
    questions = {item.id for item in assignment.questions} | ({LATE} if assignment.due else set())
    students = {student.id for student in roster}
    overrides: dict[tuple[str, str], Override] = {}
    lines: dict[tuple[str, str], int] = {}
    problems: list[Message] = []
    for line, row in read_rows(path, message("rows-overrides"), _COLUMNS, set(_COLUMNS).issubset):
        student, question, points, reason = (row.get(name, "") for name in _COLUMNS)
        row_problems = [
            *_unknown_student(student, students, len(problems)),
            *_unknown_question(question, questions, len(problems)),
            *_points_problems(points),
            *([] if reason else [message("overrides-no-reason")]),
            *_twice(student, question, lines),
        ]
        problems += [message("in-file", file=f"{path}:{line}", problem=problem) for problem in row_problems]
        lines.setdefault((student, question), line)
        if not row_problems:
            overrides[student, question] = Override(student, question, float(points), reason)
    if problems:
        raise CourseError(Messages(tuple(problems)))
    return overrides


def _unknown_student(name: str, known: Collection[str], problems: int) -> list[Message]:
    if not name:
        return [message("overrides-no-student")]
    if not known or name in known:
        return []
    return [message("overrides-unknown-student", name=name, near=_near(name, known, problems))]


def _unknown_question(name: str, known: Collection[str], problems: int) -> list[Message]:
    if not name:
        return [message("overrides-no-question")]
    if name in known:
        return []
    return [message("overrides-unknown-question", name=name, near=_near(name, known, problems))]


def _near(name: str, known: Collection[str], problems: int) -> Message | str:
    return near(name, sorted(known)) if problems < _GUESSES else ""


def _points_problems(points: str) -> list[Message]:
    if _NUMBER.fullmatch(points) and float(points) <= MOST_POINTS:
        return []
    return [message("overrides-no-points", points=points, most=MOST_POINTS)]


def _twice(student: str, question: str, lines: dict[tuple[str, str], int]) -> list[Message]:
    if (student, question) not in lines:
        return []
    line = lines[student, question]
    return [message("overrides-twice", student=student, question=question, line=line)]
