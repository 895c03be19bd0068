"""The class: `roster.csv` with `id,name,email`, in whatever encoding a spreadsheet saved it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from msgspec import Struct

from tensordrill.course.assignment.rows import read_rows
from tensordrill.errors import CourseError
from tensordrill.messages import Message, Messages, message

ROSTER_FILE = "roster.csv"
_COLUMNS = ("id", "name", "email")
_IN_KOREAN = {"학번": "id", "아이디": "id", "이름": "name", "성명": "name", "이메일": "email"}
_MAX_ID = 100
_SHORTENED = re.compile(r"[0-9]([.,][0-9]+)?E\+[0-9]+", re.IGNORECASE)


class Student(Struct, frozen=True, omit_defaults=True):
    """One student; the id is what grades are kept by."""

    id: str
    name: str = ""
    email: str = ""


def read_roster(path: Path) -> tuple[Student, ...]:
    """Read a roster in UTF-8 (with or without BOM), UTF-16 or CP949.

    Raises CourseError with every problem of the file, each with its line.
    """
    return _students(path, read_rows(path, message("rows-roster"), _COLUMNS, ("id",), _IN_KOREAN))


def _students(path: Path, rows: Iterable[tuple[int, dict[str, str]]]) -> tuple[Student, ...]:
    students: dict[str, Student] = {}
    lines: dict[str, int] = {}
    problems = []
    for line, row in rows:
        student = Student(*(" ".join(row.get(name, "").split()) for name in _COLUMNS))
        problem = _problem(student, lines)
        if problem:
            problems.append(message("in-file", file=f"{path}:{line}", problem=problem))
            continue
        students[student.id], lines[student.id] = student, line
    if not students and not problems:
        problems.append(message("in-file", file=path, problem=message("roster-empty")))
    if problems:
        raise CourseError(Messages(tuple(problems)))
    return tuple(students.values())


def _problem(student: Student, lines: dict[str, int]) -> Message | None:
    if not student.id:
        return message("roster-no-id")
    if not student.id.isprintable() or len(student.id) > _MAX_ID:
        return message("roster-long-id", most=_MAX_ID)
    if not (student.name + student.email).isprintable():
        return message("roster-control")
    if _SHORTENED.fullmatch(student.id):
        return message("roster-rounded", id=student.id)
    if student.id in lines:
        return message("roster-twice", id=student.id, line=lines[student.id])
    return None
