"""`report.html`: what a teacher learns from a graded class, as one page that needs nothing else.

It is written while the class is walked, so that ten thousand students need no more memory than ten;
of a very large class the page shows the first students only and says so. The same gradebook gives
the same bytes. The page asks the network for nothing, and a policy in it forbids that anything does.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator
from itertools import islice
from urllib.parse import quote

from msgspec import Struct

from tensordrill.course.assignment.late import Lateness
from tensordrill.course.assignment.moment import moment_text
from tensordrill.course.assignment.roster import Student
from tensordrill.course.file_name import file_name
from tensordrill.course.gradebook import Grade, Gradebook, ScoredQuestion, shown_points
from tensordrill.course.results.analysis import (
    MIN_STUDENTS,
    Analysis,
    analyse,
)
from tensordrill.course.results.flags import Absent, Flag, flags_of
from tensordrill.course.results.held_misconceptions import counted
from tensordrill.course.results.lateness import duration
from tensordrill.course.sanitize import sanitize_line
from tensordrill.messages import choose, fill
from tensordrill.messages.report import VARIANTS
from tensordrill.render.class_page import frame, template
from tensordrill.render.feedback import FOLDER as FEEDBACK_FOLDER
from tensordrill.render.report_chart import ChartColumn, across, columns
from tensordrill.render.report_words import Words

_BUFFERED = 400
"""Pieces of the template that are handed out together."""
_NAME, _ID, _NOTE = 60, 100, 200
_NOTES = 3
_IDEAS, _FURTHER, _TALK, _LISTED, _OVERRIDES, _LATE = 10, 90, 100, 200, 200, 200
_ROWS = 5000
_BYTES, _ROW_BYTES, _MARK_BYTES = 2_000_000, 300, 16
"""About how large the table of all students may grow, and what a row and each mark in it add."""


class MarkCell(Struct, frozen=True):
    """One question's mark in the table of all students: a class of the style sheet, and a sign."""

    kind: str
    sign: str


class StudentLink(Struct, frozen=True):
    """A student's name, which leads to the page of feedback, and id."""

    name: str
    page: str
    id: str


class StudentRow(Struct, frozen=True):
    """One line of the table of all students."""

    student: StudentLink
    points: str
    marks: tuple[MarkCell, ...]
    notes: tuple[str, ...]


class LateRow(Struct, frozen=True):
    """One student who handed in late."""

    student: StudentLink
    submitted: str
    late: str
    points: str
    taken: str
    """The points that are taken off, with a star where a person set them."""


class TalkRow(Struct, frozen=True):
    """One student to talk to, and why."""

    student: StudentLink
    points: str
    reasons: tuple[str, ...]


class Talk(Struct, frozen=True):
    """The students to talk to, the most urgent first; `total` counts those left out too."""

    rows: tuple[TalkRow, ...]
    total: int


class Chart(Struct, frozen=True):
    """The histogram with its median."""

    columns: tuple[ChartColumn, ...]
    text: str
    median: float
    label: str


_CORRECT = MarkCell("c", "✓")
_INCORRECT = MarkCell("i", "✗")
_UNREADABLE = MarkCell("u", "?")
_UNANSWERED = MarkCell("n", "–")


def report(gradebook: Gradebook, analysis: Analysis | None = None) -> Iterator[str]:
    """Return the page piece by piece, in the assignment's language; `analysis` where it is known already."""
    analysis = analysis or analyse(gradebook)
    words = Words(gradebook.assignment.language, gradebook.ideas)
    stream = template("report.html.jinja").stream(
        t=words.say,
        words=words,
        most=_NOTE,
        link=lambda student: _link(student, gradebook),
        **frame(),
        **_class(gradebook, analysis, words),
        **_late(gradebook, analysis, words),
        **_students(gradebook, analysis, words),
        **_grading(gradebook, words),
    )
    stream.enable_buffering(_BUFFERED)
    return iter(stream)


def _class(gradebook: Gradebook, analysis: Analysis, words: Words) -> dict[str, object]:
    assignment = gradebook.assignment
    title = choose(assignment.title, words.language) if assignment.title is not None else ""
    return {
        "language": words.language,
        "title": sanitize_line(title) or assignment.assignment,
        "analysis": analysis,
        "least": MIN_STUDENTS,
        "summary": words.summary(analysis),
        "tiles": words.tiles(analysis),
        "chart": _chart(analysis, words),
        "ideas": analysis.ideas[:_IDEAS],
        "further": analysis.ideas[_IDEAS : _IDEAS + _FURTHER],
        "void": [item.id for item in assignment.questions if item.void],
    }


def _link(student: Student, gradebook: Gradebook) -> StudentLink:
    page = quote(f"{FEEDBACK_FOLDER}/{file_name(student.id, gradebook.twins)}.html")
    return StudentLink(sanitize_line(student.name or student.id, _NAME), page, sanitize_line(student.id, _ID))


def _chart(analysis: Analysis, words: Words) -> Chart | None:
    scores = analysis.distribution
    if scores is None:
        return None
    label = words.say("report-chart-median", median=f"{scores.median:.0f}")
    return Chart(tuple(columns(scores)), words.chart(scores), across(scores.median), label)


def _students(gradebook: Gradebook, analysis: Analysis, words: Words) -> dict[str, object]:
    total = analysis.graded + analysis.absent
    room = _BYTES // (_ROW_BYTES + _MARK_BYTES * len(analysis.questions))
    shown = min(total, _ROWS, room)
    return {
        "talk": _talk(gradebook, analysis, words),
        "rows": (_row(grade, gradebook, words) for grade in islice(gradebook.grades(), shown)),
        "shown": shown,
        "total": total,
        "of": shown_points(analysis.max_points),
    }


def _late(gradebook: Gradebook, analysis: Analysis, words: Words) -> dict[str, object]:
    due = gradebook.assignment.due_date
    late = (grade for grade in gradebook.grades() if grade.late is not None and grade.late.is_late)
    rows = [_late_row(grade, gradebook, words) for grade in islice(late, _LATE)] if analysis.late else []
    return {"due": moment_text(due.due) if due else "", "late": rows}


def _late_row(grade: Grade, gradebook: Gradebook, words: Words) -> LateRow:
    late = grade.late or Lateness()
    return LateRow(
        _link(grade.student, gradebook),
        late.submitted or words.say("report-no-time"),
        duration(late.minutes, words.language) or "–",
        shown_points(grade.points),
        shown_points(late.points) + "*" * bool(late.reason),
    )


def _talk(gradebook: Gradebook, analysis: Analysis, words: Words) -> Talk:
    """Keep the most urgent only: those who handed in first, then by how many reasons, then by points."""
    total = 0

    def worried() -> Iterator[tuple[tuple[bool, int, float, str], int, Grade, tuple[Flag, ...]]]:
        nonlocal total
        for place, grade in enumerate(gradebook.grades()):
            flags = flags_of(grade, analysis)
            if flags:
                total += 1
                urgency = (Absent() in flags, -len(flags), grade.points, grade.student.id)
                yield urgency, place, grade, flags

    kept = heapq.nsmallest(_TALK, worried(), key=lambda entry: entry[:2])
    rows = tuple(_talk_row(grade, flags, gradebook, words) for _, _, grade, flags in kept)
    return Talk(rows, total)


def _talk_row(grade: Grade, flags: Iterable[Flag], gradebook: Gradebook, words: Words) -> TalkRow:
    reasons = tuple(words.reason(flag) for flag in flags)
    return TalkRow(_link(grade.student, gradebook), shown_points(grade.points), reasons)


def _row(grade: Grade, gradebook: Gradebook, words: Words) -> StudentRow:
    notes = tuple(sanitize_line(note, _NOTE) for note in _notes(grade, gradebook, words)[:_NOTES])
    marks = tuple(_mark(question) for question in counted(grade))
    return StudentRow(_link(grade.student, gradebook), shown_points(grade.points), marks, notes)


def _notes(grade: Grade, gradebook: Gradebook, words: Words) -> list[str]:
    """Return what a teacher reads below a name; a student's own notes may say to ask the teacher."""
    if not grade.is_absent:
        return list(grade.notes)
    if not grade.refused:
        return [words.say("report-absent")]
    student = grade.student.id
    rejections = (rejection for rejection in gradebook.rejected if rejection.student == student)
    reasons = (f"{rejection.source}: {rejection.reason}" for rejection in rejections)
    return [words.say("report-refused"), *reasons]


def _mark(question: ScoredQuestion) -> MarkCell:
    """Return a sign; points where an answer has some of them, with a star where a person set them."""
    if question.reason:
        return MarkCell("p", f"{shown_points(question.points)}*")
    match question.result.outcome:
        case "correct":
            return _CORRECT
        case "incorrect":
            return MarkCell("p", shown_points(question.points)) if question.points else _INCORRECT
        case "unreadable":
            return _UNREADABLE
        case "unanswered":
            return _UNANSWERED


def _grading(gradebook: Gradebook, words: Words) -> dict[str, object]:
    overrides = sorted(gradebook.overrides.values(), key=lambda row: (row.student, row.question))
    return {
        "listed": [
            {"source": sanitize_line(row.source, _ID), "reason": sanitize_line(row.reason, 2 * _NOTE)}
            for row in gradebook.rejected[:_LISTED]
        ],
        "facts": _facts(gradebook, words),
        "overrides": [
            {
                "id": sanitize_line(row.student, _ID),
                "question": sanitize_line(row.question, _ID),
                "points": shown_points(row.points),
                "reason": sanitize_line(row.reason, _NOTE),
            }
            for row in overrides[:_OVERRIDES]
        ],
        "overrides_total": len(overrides),
    }


def _facts(gradebook: Gradebook, words: Words) -> list[tuple[str, str]]:
    assignment = gradebook.assignment
    known = [
        (words.say("report-assignment"), assignment.assignment),
        (words.say("report-isolation"), sanitize_line(gradebook.isolation)),
        (words.say("report-variants"), fill(VARIANTS[assignment.variants], words.language)),
        (words.say("report-bank"), sanitize_line(", ".join(assignment.bank.names))),
        (words.say("report-bank-hash"), sanitize_line(assignment.bank.hash)),
    ]
    versions = [
        (sanitize_line(name, 40), sanitize_line(version, 60)) for name, version in gradebook.versions.items()
    ]
    return [(label, value) for label, value in known + sorted(versions) if value]
