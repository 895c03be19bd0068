"""Who is in the class: `roster.csv` with `id,name,email`, in whatever encoding a spreadsheet saved it."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from msgspec import Struct

from tensordrill.course.rows import read_rows
from tensordrill.errors import CourseError

ROSTER_FILE = "roster.csv"
_COLUMNS = ("id", "name", "email")


class Student(Struct, frozen=True, omit_defaults=True):
    """One student; the id is what grades are kept by."""

    id: str
    name: str = ""
    email: str = ""


def read_roster(path: Path) -> tuple[Student, ...]:
    """Read a roster in UTF-8 (with or without BOM), UTF-16 or CP949.

    Raises CourseError with every problem of the file, each with its line.
    """
    return _students(path, read_rows(path, "roster", _COLUMNS, ("id",)))


def _students(path: Path, rows: Iterable[tuple[int, dict[str, str]]]) -> tuple[Student, ...]:
    found: dict[str, Student] = {}
    lines: dict[str, int] = {}
    problems = []
    for line, row in rows:
        student = Student(row.get("id", ""), row.get("name", ""), row.get("email", ""))
        problem = _problem(student, lines)
        if problem:
            problems.append(f"{path}:{line}: {problem}")
            continue
        found[student.id], lines[student.id] = student, line
    if not found and not problems:
        problems.append(f"{path}: nobody is in this roster; give each student a line `id,name,email`")
    if problems:
        raise CourseError("\n".join(problems))
    return tuple(found.values())


def _problem(student: Student, lines: dict[str, int]) -> str:
    if not student.id:
        return "this line has no id; every student needs one"
    if not student.id.isprintable() or len(student.id) > 100:
        return "an id is at most 100 printable characters"
    if student.id in lines:
        return f"the id `{student.id}` is in line {lines[student.id]} already; each student has one line"
    return ""
