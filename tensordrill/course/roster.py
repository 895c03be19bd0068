"""Who is in the class: `roster.csv` with `id,name,email`, in whatever encoding a spreadsheet saved it."""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Iterable
from pathlib import Path

from msgspec import Struct

from tensordrill.errors import CourseError

ROSTER_FILE = "roster.csv"
_ENCODINGS = ("utf-8-sig", "cp949")
_MAX_BYTES = 20_000_000


class Student(Struct, frozen=True, omit_defaults=True):
    """One student; the id is what grades are kept by."""

    id: str
    name: str = ""
    email: str = ""


def read_roster(path: Path) -> tuple[Student, ...]:
    """Read a roster in UTF-8 (with or without BOM), UTF-16 or CP949.

    Raises CourseError with every problem of the file, each with its line.
    """
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise CourseError(f"{path}: the roster cannot be read: {error.strerror}") from error
    if len(raw) > _MAX_BYTES:
        raise CourseError(f"{path}: a roster has at most {_MAX_BYTES // 10**6} MB; is this the right file?")
    return _students(path, _rows(path, decoded(raw, path)))


def decoded(raw: bytes, path: Path) -> str:
    """Give text as a spreadsheet saved it; raises CourseError where it is none."""
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return raw.decode("utf-16", errors="replace")
    for encoding in _ENCODINGS:
        try:
            return unicodedata.normalize("NFC", raw.decode(encoding))
        except UnicodeDecodeError:
            continue
    raise CourseError(f"{path}: this is neither UTF-8 nor CP949; save it as `CSV UTF-8`")


def _rows(path: Path, text: str) -> list[tuple[int, dict[str, str]]]:
    if "\0" in text:
        raise CourseError(f"{path}: this is not a CSV file; save the roster as `CSV UTF-8`")
    separator = max(",;\t", key=text.partition("\n")[0].count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        header = [name.strip().lower() for name in next(reader, [])]
        if "id" not in header:
            raise CourseError(f"{path}:1: the first line should name the columns: `id,name,email`")
        rows = [(reader.line_num, row) for row in reader]
    except csv.Error as error:
        raise CourseError(f"{path}:{reader.line_num}: {error}") from error
    return [
        (line, dict(zip(header, (cell.strip() for cell in row), strict=False)))
        for line, row in rows
        if any(cell.strip() for cell in row)
    ]


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
