"""`canvas.csv`: what Canvas takes in under Grades › Import.

Canvas finds a student by SIS User ID, then by SIS Login ID, then by name, and the assignment by its title; a title that
it does not know it offers as a new assignment. An empty cell clears the grade that is there, so that a student without
points has no row.

https://github.com/instructure/canvas-lms/blob/master/lib/gradebook_importer.rb
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from tensordrill.course.assignment.assignment import Assignment
from tensordrill.course.gradebook import Grade, Gradebook, shown_points
from tensordrill.course.output import Output
from tensordrill.course.results.export.table import cell, write_row
from tensordrill.course.results.export.take import Take
from tensordrill.messages import choose

FILE = "canvas.csv"
_STUDENT = ("Student", "ID", "SIS User ID", "SIS Login ID", "Section")
_POSSIBLE = "Points Possible"


@contextmanager
def export(gradebook: Gradebook, output: Output) -> Iterator[Take]:
    """Write the points of the whole assignment."""
    with output.file(FILE, bom=True) as stream:
        write_row(stream, (*_STUDENT, cell(heading(gradebook.assignment))))
        write_row(stream, (f"    {_POSSIBLE}", "", "", "", "", shown_points(gradebook.max_points)))
        yield lambda grade, _: write_row(stream, _row(grade)) if has_points(grade) else None


def _row(grade: Grade) -> list[str]:
    student = grade.student
    # Canvas takes any row that says these words for the one with the points
    name = cell(student.name or student.id).replace(_POSSIBLE, _POSSIBLE.replace(" ", "\u00a0"))
    login = cell(student.email or student.id)
    return [name, "", cell(student.id), login, "", shown_points(grade.points)]


def heading(assignment: Assignment) -> str:
    """Return the title of an assignment in its language, else its name."""
    return choose(assignment.title or assignment.assignment, assignment.language)


def has_points(grade: Grade) -> bool:
    """Whether a submission was graded, or a person set points where none was."""
    return not grade.is_absent or any(question.reason for question in grade.questions)
