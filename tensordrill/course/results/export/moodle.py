"""`moodle.csv`: what Moodle takes in under Grades › Import › CSV file.

Map `ID number` or `Email address` to the user, and the last two columns together: Moodle loses the grades
where feedback is imported later. Moodle shows feedback as HTML, so that what could be a tag is escaped;
learners' own texts are not in it at all.
"""

from __future__ import annotations

import html
from collections.abc import Iterator
from contextlib import contextmanager

from tensordrill.course.gradebook import Grade, Gradebook
from tensordrill.course.output import Output
from tensordrill.course.results.export.canvas import points_if_any
from tensordrill.course.results.export.table import cell, write_row
from tensordrill.course.results.export.take import Take
from tensordrill.course.results.feedback import Feedback, QuestionFeedback
from tensordrill.messages import Language, say

FILE = "moodle.csv"


@contextmanager
def export(gradebook: Gradebook, output: Output) -> Iterator[Take]:
    """Write the points of the whole assignment, with a line of feedback a question."""
    with output.file(FILE, bom=True) as stream:
        name = gradebook.assignment.assignment
        write_row(stream, ("ID number", "Email address", "Name", name, f"{name} (feedback)"))
        yield lambda grade, feedback: write_row(stream, _row(grade, _text(feedback)))


def _row(grade: Grade, feedback: str) -> list[str]:
    student = grade.student
    return [*map(cell, (student.id, student.email, student.name)), points_if_any(grade), cell(feedback)]


def _text(feedback: Feedback) -> str:
    if feedback.absence:
        return feedback.absence
    lines = (_line(question, feedback.language) for question in feedback.questions)
    return html.escape("\n".join(lines), quote=False)


def _line(question: QuestionFeedback, language: Language) -> str:
    points = say("feedback-points-short", language, points=question.points, of=question.max_points)
    rule = f" {question.rule}" if question.rule else ""
    return f"{question.id} ({points}): {question.outcome}{rule}"
