"""`canvas.csv`: what Canvas takes in under Grades › Import.

Canvas finds a student by SIS User ID, then by SIS Login ID, then by name, and the assignment by its name;
a name that it does not know it offers as a new assignment. An empty cell changes nothing there, so
whoever handed nothing in stays without a grade.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from tensordrill.course.gradebook import Grade, Gradebook, shown_points
from tensordrill.course.output import Output
from tensordrill.course.results.export.table import cell, write_row
from tensordrill.course.results.export.take import Take

FILE = "canvas.csv"
_STUDENT = ("Student", "ID", "SIS User ID", "SIS Login ID", "Section")
_POSSIBLE = "Points Possible"


@contextmanager
def export(gradebook: Gradebook, output: Output) -> Iterator[Take]:
    """Write the points of the whole assignment."""
    with output.file(FILE, bom=True) as stream:
        write_row(stream, (*_STUDENT, gradebook.assignment.assignment))
        write_row(stream, (f"    {_POSSIBLE}", "", "", "", "", shown_points(gradebook.max_points)))
        yield lambda grade, _: write_row(stream, _row(grade))


def _row(grade: Grade) -> list[str]:
    student = grade.student
    # Canvas takes any row that says these words for the one with the points
    name = cell(student.name or student.id).replace(_POSSIBLE, _POSSIBLE.replace(" ", "\u00a0"))
    login = cell(student.email or student.id)
    return [name, "", cell(student.id), login, "", points_if_any(grade)]


def points_if_any(grade: Grade) -> str:
    """Return the points; nothing for whoever handed nothing in and was given none by a person."""
    return "" if grade.is_absent and grade.points == 0 else shown_points(grade.points)
