"""`moodle.csv`: what Moodle takes in under Grades › Import › CSV file.

Map `ID number` or `Email address` to the user, and the last two columns together: Moodle loses the grades
where feedback is imported later. Moodle shows feedback as HTML, so that what could be a tag is escaped;
learners' own texts are not in it at all.
"""

from __future__ import annotations

import html
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from tensordrill.course.gradebook import Grade, Gradebook
from tensordrill.course.output import Output
from tensordrill.course.results.export.canvas import points_if_any
from tensordrill.course.results.export.table import cell, write_row
from tensordrill.course.results.feedback import Feedback, QuestionFeedback, told
from tensordrill.messages import Language, say

FILE = "moodle.csv"


@contextmanager
def export(gradebook: Gradebook, output: Output, reveal: bool) -> Iterator[Callable[[Grade], None]]:
    """Write the points of the whole assignment, with a line of feedback a question."""
    assignment = gradebook.assignment

    def take(grade: Grade) -> None:
        student = grade.student
        feedback = _feedback(told(grade, assignment, gradebook.ideas, reveal=reveal))
        row = [*map(cell, (student.id, student.email, student.name)), points_if_any(grade), cell(feedback)]
        write_row(stream, row)

    with output.file(FILE, bom=True) as stream:
        name = assignment.assignment
        write_row(stream, ("ID number", "Email address", "Name", name, f"{name} (feedback)"))
        yield take


def _feedback(told: Feedback) -> str:
    if told.absence:
        return told.absence
    lines = (_line(question, told.language) for question in told.questions)
    return html.escape("\n".join(lines), quote=False)


def _line(question: QuestionFeedback, language: Language) -> str:
    points = say("feedback-points-short", language, points=question.points, of=question.of)
    idea = f" {question.idea.rule}" if question.idea and question.idea.rule else ""
    return f"{question.id} ({points}): {question.outcome}{idea}"
