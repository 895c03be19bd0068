"""`grades.csv`: a row a student, a column a question, for a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from tensordrill.course.gradebook import Grade, Gradebook, shown_points
from tensordrill.course.output import Output
from tensordrill.course.results.export.table import cell, write_row
from tensordrill.course.results.export.take import Take

FILE = "grades.csv"


@contextmanager
def export(gradebook: Gradebook, output: Output) -> Iterator[Take]:
    """Write the points of each question; one that was dropped for everybody has an empty cell.

    Where the assignment has a due date, three more columns say when each submission came.
    """
    questions = [item.id for item in gradebook.assignment.questions]
    late = ["submitted", "minutes late", "taken off"] if gradebook.assignment.due else []
    with output.file(FILE, bom=True) as stream:
        header = [
            "student",
            "name",
            "email",
            "points",
            "of",
            *questions,
            "notes",
            "source",
            "handed in",
            *late,
        ]
        write_row(stream, header)
        yield lambda grade, _: write_row(stream, [*_row(grade), *(_late(grade) if late else [])])


def _late(grade: Grade) -> list[str]:
    late = grade.late
    return ["", "", ""] if late is None else [late.submitted, str(late.minutes), shown_points(late.points)]


def _row(grade: Grade) -> list[str]:
    student = grade.student
    return [
        *(cell(text) for text in (student.id, student.name, student.email)),
        shown_points(grade.points),
        shown_points(grade.max_points),
        *("" if question.void else shown_points(question.points) for question in grade.questions),
        cell("\n".join(grade.notes)),
        cell(grade.source),
        "not graded" if grade.refused else "no" if grade.is_absent else "yes",
    ]
