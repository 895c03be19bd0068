"""`grades.json` read back, one student at a time."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, TextIO, TypeVar

import msgspec
from msgspec import Struct, field

from tensordrill.bank.schema import Text
from tensordrill.course.assignment.assignment import Assignment
from tensordrill.course.assignment.late import Lateness
from tensordrill.course.assignment.roster import Student
from tensordrill.course.gradebook import Override, Rejected, ScoredQuestion
from tensordrill.errors import CourseError
from tensordrill.messages import message

FORMAT = 1
_T = TypeVar("_T")
_STUDENTS = '"students": ['


class StoredGrade(Struct, frozen=True, forbid_unknown_fields=True):
    """One student's line."""

    student: Student
    source: str
    digest: str
    questions: tuple[ScoredQuestion, ...]
    notes: tuple[str, ...]
    points: float
    max_points: float = field(name="of")
    refused: bool = False
    late: Lateness | None = None


class GradesHeader(Struct, frozen=True, forbid_unknown_fields=True):
    """The part of a `grades.json` that is about the class as a whole."""

    format: int
    assignment: Assignment
    versions: dict[str, str]
    rejected: tuple[Rejected, ...] = field(name="listed")
    overrides: tuple[Override, ...]
    students: tuple[StoredGrade, ...]
    """Nobody: each student is read from a line of their own."""


class StoredIdea(Struct, frozen=True, omit_defaults=True):
    """An idea that the questions can show: its texts, where the bank has them, and these questions."""

    title: Text | None = None
    rule: Text | None = None
    questions: tuple[str, ...] = ()


class Footer(Struct, frozen=True):
    """The part of a `grades.json` below the students; versions that did not write it pass over it."""

    ideas: dict[str, StoredIdea] = {}


class Grades(Struct, frozen=True):
    """A whole `grades.json`; each student's line is kept packed, as a class may be large."""

    header: GradesHeader
    lines: Mapping[str, bytes]
    ideas: Mapping[str, StoredIdea] = {}

    def grade(self, student: str) -> StoredGrade:
        """Return one student's grade."""
        return msgspec.convert(json.loads(zlib.decompress(self.lines[student])), StoredGrade)


def read_grades(path: Path) -> Grades:
    """Read a `grades.json`; raises CourseError where it is not one, with the line."""
    try:
        with path.open(encoding="utf-8", newline="\n") as stream:
            header = _header(path, stream)
            lines = {
                grade.student.id: zlib.compress(text.encode())
                for grade, text in _grades(path, header[1], stream)
            }
            footer = _footer(f"{path}:{header[1] + len(lines) + 2}", stream.read())
    except OSError as error:
        raise CourseError(message("grades-not-read", path=path, reason=error.strerror)) from error
    except UnicodeDecodeError as error:
        raise CourseError(message("grades-not-utf-8", path=path)) from error
    return Grades(header[0], lines, footer.ideas)


def _header(path: Path, stream: TextIO) -> tuple[GradesHeader, int]:
    before: list[str] = []
    for line in stream:
        before.append(line)
        if line.rstrip("\n") == _STUDENTS:
            break
    else:
        raise CourseError(message("grades-other-form", path=path))
    value = _loaded(f"{path}:1", "".join([*before, "]}"]))
    if isinstance(value, dict) and isinstance(value.get("format"), int) and value["format"] > FORMAT:
        raise CourseError(message("grades-newer", path=path, format=value["format"], known=FORMAT))
    return _converted(f"{path}:1", value, GradesHeader), len(before)


def _grades(path: Path, before: int, stream: TextIO) -> Iterator[tuple[StoredGrade, str]]:
    for number, line in enumerate(stream, before + 1):
        text = line.rstrip("\n").removesuffix(",")
        if text == "]":
            return
        if text:
            yield _converted(f"{path}:{number}", _loaded(f"{path}:{number}", text), StoredGrade), text
    raise CourseError(message("grades-cut-off", path=path))


def _footer(place: str, text: str) -> Footer:
    return _converted(place, _loaded(place, f"{{{text}"), Footer)


def _loaded(place: str, text: str) -> Any:
    try:
        return json.loads(text, parse_constant=_refused)
    except (ValueError, RecursionError) as error:
        raise CourseError(message("grades-not-json", place=place)) from error


def _refused(name: str) -> None:
    raise ValueError(name)


def _converted(place: str, value: Any, into: type[_T]) -> _T:
    try:
        return msgspec.convert(value, into, strict=True)
    except msgspec.ValidationError as error:
        raise CourseError(message("grades-other-version", place=place, problem=error)) from error
