"""Several graded assignments of one class, written down as one line a student and assignment.

>>> graded(folder, "hw1", ["i+", "++", ""])     # `i` gives the idea, `+` right, `-` wrong, `.` open; "" absent
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from msgspec.structs import replace

from tensordrill.course.gradebook import Gradebook, Override, QuestionResult
from tensordrill.course.output import Output
from tensordrill.course.results.export import grades_json, write
from tests.course.classes import OUTCOMES, book_of_marks, items, wrong
from tests.course.gradebooks import IDEAS

IDEA = "view-copies"


def graded(
    folder: Path,
    name: str,
    lines: Sequence[str],
    *,
    shows: bool = True,
    overrides: tuple[Override, ...] = (),
) -> Path:
    """Write the grades of an assignment of two questions, which can show the idea or not, below a folder."""
    book = book_of_marks([_marks(line) for line in lines], items(2), overrides, IDEAS)
    asked = replace(book.assignment, assignment=name)
    return write_grades(
        folder / name,
        replace(book, assignment=asked, idea_questions={IDEA: ("t/q1", "t/q2")} if shows else {}),
    )


def write_grades(out: Path, gradebook: Gradebook) -> Path:
    """Write a class's grades.json; return its folder."""
    write([grades_json.export], gradebook, Output(out), reveal=False)
    return out


def _marks(line: str) -> tuple[QuestionResult, ...]:
    return tuple(
        wrong(f"t/q{number}", IDEA) if sign == "i" else QuestionResult(f"t/q{number}", OUTCOMES[sign], 1)
        for number, sign in enumerate(line, 1)
    )
