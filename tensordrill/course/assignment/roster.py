"""The class: `roster.csv` with `id,name,email`, or the list of students that Canvas, Moodle or Gradescope exports.

https://community.canvaslms.com/t5/Instructor-Guide/How-do-I-export-grades-in-the-Gradebook/ta-p/809
https://docs.moodle.org/en/Grade_export
https://help.gradescope.com/article/w59nl02vyt-instructor-course-add-members
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path

from msgspec import Struct

from tensordrill.course.assignment.rows import Rows, read_rows
from tensordrill.errors import CourseError
from tensordrill.messages import Message, Messages, message

ROSTER_FILE = "roster.csv"
_COLUMNS = ("id", "name", "email")
HEADINGS: Mapping[str, Sequence[str]] = {
    "id": (
        "sis user id", "sis login id", "id number", "sid", "student id", "id", "학번", "id 번호", "아이디", "username",
    ),
    "name": ("name", "full name", "student", "student name", "성명", "이름"),
    "first": ("first name", "given name", "이름"),
    "last": ("last name", "surname", "family name", "성"),
    "email": ("email", "email address", "e-mail", "e-mail address", "이메일", "이메일 주소", "메일", "sis login id"),
    "role": ("role", "roles", "역할"),
}  # fmt: skip
"""The headings of a field, the best first; Canvas' `ID` is a number of its own."""
_STAFF = frozenset(
    ("instructor", "ta", "reader", "teacher", "non-editing teacher", "manager", "선생님", "교수", "조교")
)
_CANVAS = "sis login id"
_CANVAS_TEST_LOGIN = re.compile("[0-9a-f]{40}")
"""The login of Canvas' Test Student."""
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
    rows = read_rows(
        path,
        message("rows-roster"),
        _COLUMNS,
        lambda header: any(map(header.__contains__, _id_headings(header))),
    )
    students: dict[str, Student] = {}
    lines: dict[str, int] = {}
    problems = []
    for line, student in _students(rows):
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


def _id_headings(headings: Collection[str]) -> Sequence[str]:
    """Return the headings of ids; e-mail addresses are ids where a platform's export has nothing better."""
    is_export = any(heading in headings for heading in (*HEADINGS["last"], _CANVAS))
    return (*HEADINGS["id"], *(HEADINGS["email"] if is_export and "id" not in headings else ()))


def _students(rows: Rows) -> Iterator[tuple[int, Student]]:
    """Yield the student of each row; rows of staff, and those that Canvas adds, are left out."""
    for line, row in rows:
        fields = {name: _first(row, headings) for name, headings in HEADINGS.items()}
        last, first = fields["last"], fields["first"]
        if not last and _CANVAS in row and ", " in fields["name"]:
            last, _, first = fields["name"].partition(", ")
        name = _full_name(first, last) if last else fields["name"]
        login = row.get(_CANVAS, "")
        is_of_canvas = _CANVAS in row and (not fields["id"] or _CANVAS_TEST_LOGIN.fullmatch(login))
        if fields["role"].lower() in _STAFF or is_of_canvas:
            continue
        email = fields["email"] if "@" in fields["email"] or _CANVAS not in row else ""
        yield line, Student(_first(row, _id_headings(row.keys())), name, email)


def _full_name(first: str, last: str) -> str:
    """Return a name of two parts in the order of its language."""
    return f"{last}{first}" if "가" <= last[0] <= "힣" else f"{first} {last}".strip()


def _first(row: Mapping[str, str], headings: Sequence[str]) -> str:
    """Return the first cell below one of these headings that says something, on one line."""
    return next((" ".join(row[heading].split()) for heading in headings if row.get(heading, "").strip()), "")


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
