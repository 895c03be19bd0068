"""`moodle.csv`: what Moodle takes in under Grades › Import › CSV file.

Map `ID number` or `Email address` to the user, and the last two columns together: Moodle loses the grades
where feedback is imported later. Moodle shows feedback as HTML, so that what could be a tag is escaped;
learners' own texts are not in it at all. An empty grade takes the one away that is there, so that a student without
points has no row.

https://docs.moodle.org/en/Grade_import
https://github.com/moodle/moodle/blob/main/grade/import/csv/classes/load_data.php (`update_grade_item`)
"""

from __future__ import annotations

import html
from collections.abc import Iterator
from contextlib import contextmanager

from tensordrill.course.gradebook import Grade, Gradebook, shown_points
from tensordrill.course.output import Output
from tensordrill.course.results.export.canvas import has_points, heading
from tensordrill.course.results.export.table import cell, write_row
from tensordrill.course.results.export.take import Take
from tensordrill.course.results.feedback import Feedback, QuestionFeedback
from tensordrill.messages import Language, say

FILE = "moodle.csv"


@contextmanager
def export(gradebook: Gradebook, output: Output) -> Iterator[Take]:
    """Write the points of the whole assignment, with a line of feedback a question."""
    with output.file(FILE, bom=True) as stream:
        title = heading(gradebook.assignment)
        columns = ("ID number", "Email address", "Name", title, f"{title} (feedback)")
        write_row(stream, map(cell, columns))
        yield lambda grade, feedback: write_row(stream, _row(grade, feedback)) if has_points(grade) else None


def _row(grade: Grade, feedback: Feedback) -> list[str]:
    student = grade.student
    columns = (student.id, student.email, student.name, shown_points(grade.points), _text(feedback))
    return [*map(cell, columns)]


def _text(feedback: Feedback) -> str:
    if feedback.absence:
        return feedback.absence
    lines = [_line(question, feedback.language) for question in feedback.questions]
    return html.escape("\n".join([*filter(None, [feedback.lateness]), *lines]), quote=False)


def _line(question: QuestionFeedback, language: Language) -> str:
    points = say("feedback-points-short", language, points=question.points, of=question.max_points)
    rule = f" {question.rule}" if question.rule else ""
    return f"{question.id} ({points}): {question.outcome}{rule}"
