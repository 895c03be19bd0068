"""Practice that students hand in: each export is attributed by its signature, and counted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from msgspec import Struct, structs

from tensordrill.course.assignment.folder import Folder
from tensordrill.course.assignment.roster import Student
from tensordrill.course.gradebook import Rejected
from tensordrill.course.output import Output
from tensordrill.course.results.export.table import cell, write_row
from tensordrill.course.submission.intake import SubmissionFile
from tensordrill.drill.participation import Participation, Period, participation, shared, together
from tensordrill.drill.review import Review
from tensordrill.drill.signature import SignedHistory, read_signed
from tensordrill.errors import CourseError, TensordrillError
from tensordrill.messages import Language, message, say

_EPOCH = date(1970, 1, 1).toordinal()
_COLUMNS = (
    "student", "name", "email", "days", "answers", "questions", "right", "ideas overcome", "first", "last",
    "handed in", "notes",
)  # fmt: skip


class ParticipationRow(Struct, frozen=True):
    """One student: the practice in numbers, None where none was handed in, and notes for the teacher."""

    student: Student
    participation: Participation | None
    notes: tuple[str, ...] = ()


def day_number(day: date) -> int:
    """Return a day's number since 1970."""
    return day.toordinal() - _EPOCH


def rows(
    sources: Sequence[SubmissionFile],
    folder: Folder,
    roster: Sequence[Student],
    period: Period,
    utc_offset: int,
    language: Language,
) -> tuple[list[ParticipationRow], list[Rejected]]:
    """Return a row for each student of the roster, by id, and the files that count for nobody.

    Without a roster, the students are those whose signature is proved.
    """
    students = {student.id: student for student in roster}
    exports: dict[str, list[Sequence[Review]]] = {}
    rejected = []
    for source in sources:
        try:
            signed = read_signed(source.name, source.read())
            student = _owner(signed, folder, students, is_open=not roster)
        except TensordrillError as error:
            rejected.append(Rejected(source.name, error.text(language)))
            continue
        students.setdefault(student.id, student)
        exports.setdefault(student.id, []).append(signed.reviews)
    histories = {student: together(each) for student, each in exports.items()}
    same = shared(histories)
    return [
        ParticipationRow(
            students[name],
            participation(histories[name], period, utc_offset) if name in histories else None,
            tuple(_notes(name, histories, same.get(name, {}), language)),
        )
        for name in sorted(students)
    ], rejected


def _owner(
    signed: SignedHistory, folder: Folder, students: Mapping[str, Student], *, is_open: bool
) -> Student:
    """Return whose a history is; raises CourseError where that is not proved."""
    claim, name = signed.signature, folder.assignment.assignment
    if claim.assignment != name:
        raise CourseError(message("participation-other-assignment", other=claim.assignment, name=name))
    student = students.get(claim.student)
    if student is None and not is_open:
        raise CourseError(message("participation-stranger", student=claim.student))
    if not claim.student or not signed.is_proved_by(folder.seeds.mark(claim.student)):
        raise CourseError(message("participation-changed", student=claim.student))
    return student or Student(claim.student, claim.name)


def _notes(
    student: str, histories: Mapping[str, object], same: Mapping[str, int], language: Language
) -> Iterator[str]:
    if student not in histories:
        yield say("participation-no-export", language)
    if same:
        yield say(
            "participation-shared", language, count=max(same.values()), students=", ".join(sorted(same))
        )


def write_csv(rows: Sequence[ParticipationRow], output: Output, name: str) -> None:
    """Write a row a student."""
    with output.file(name, bom=True) as stream:
        write_row(stream, _COLUMNS)
        for row in rows:
            student, participation = row.student, row.participation
            counts = ["", "", "", "", "", "", "", "no"]
            if participation is not None:
                days, answers, questions, right, overcome, *dates = structs.astuple(participation)
                numbers = map(str, (days, answers, questions, right, len(overcome)))
                counts = [*numbers, *(_date(day) or "" for day in dates), "yes"]
            texts = (cell(text) for text in (student.id, student.name, student.email))
            write_row(stream, [*texts, *counts, cell("\n".join(row.notes))])


def as_json(rows: Sequence[ParticipationRow], rejected: Sequence[Rejected]) -> Iterator[dict[str, Any]]:
    """Yield an event a student, an event a file that counts for nobody, and one for all."""
    for row in rows:
        event: dict[str, Any] = {"event": "student", "student": row.student.id, "name": row.student.name}
        participation = row.participation
        if participation is not None:
            days = {"first": _date(participation.first), "last": _date(participation.last)}
            event |= structs.asdict(participation) | days
        yield {**event, "handed_in": participation is not None, "notes": row.notes}
    for each in rejected:
        yield {"event": "rejected", "source": each.source, "reason": each.reason}
    handed_in = sum(row.participation is not None for row in rows)
    yield {"event": "participation", "students": len(rows), "handed_in": handed_in, "rejected": len(rejected)}


def _date(day: int | None) -> str | None:
    return None if day is None else date.fromordinal(day + _EPOCH).isoformat()
