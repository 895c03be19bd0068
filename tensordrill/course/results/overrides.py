"""`overrides.csv` with `student,question,points,reason`: points that a person sets in the grader's place."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from pathlib import Path

from tensordrill.bank.problems import guess
from tensordrill.course.assignment.assignment import Assignment
from tensordrill.course.assignment.roster import Student
from tensordrill.course.assignment.rows import read_rows
from tensordrill.course.gradebook import Override, Overrides
from tensordrill.errors import CourseError

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
    questions = {item.id for item in assignment.questions}
    students = {student.id for student in roster}
    found: dict[tuple[str, str], Override] = {}
    lines: dict[tuple[str, str], int] = {}
    problems: list[str] = []
    for line, row in read_rows(path, "table of overrides", _COLUMNS, _COLUMNS):
        student, question, points, reason = (row.get(name, "") for name in _COLUMNS)
        said = [
            *_unknown("student", student, students, len(problems)),
            *_unknown("question", question, questions, len(problems)),
            *_points_problems(points),
            *([] if reason else ["there is no reason; say why, it is told to the student"]),
            *_twice(student, question, lines),
        ]
        problems += [f"{path}:{line}: {problem}" for problem in said]
        lines.setdefault((student, question), line)
        if not said:
            found[student, question] = Override(student, question, float(points), reason)
    if problems:
        raise CourseError("\n".join(problems))
    return found


def _unknown(what: str, name: str, known: Collection[str], problems: int) -> list[str]:
    if not name:
        return [f"there is no {what}"]
    if not known or name in known:
        return []
    near = guess(name, sorted(known)) if problems < _GUESSES else ""
    where = "in the class" if what == "student" else "in the assignment"
    return [f"the {what} `{name}` is not {where}{near}"]


def _points_problems(points: str) -> list[str]:
    if _NUMBER.fullmatch(points) and float(points) <= MOST_POINTS:
        return []
    return [f"`{points}` is no number of points; write one from 0 to {MOST_POINTS}, as in `1.5`"]


def _twice(student: str, question: str, lines: dict[tuple[str, str], int]) -> list[str]:
    if (student, question) not in lines:
        return []
    return [f"`{student}` has points for `{question}` in line {lines[student, question]} already; remove one"]
