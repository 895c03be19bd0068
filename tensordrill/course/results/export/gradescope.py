"""`gradescope/STUDENT.json`: a `results.json` as Gradescope's autograders write it.

https://gradescope-autograders.readthedocs.io/en/latest/specs/#output-format

Every text is plain `text`, so that Gradescope shows what a learner wrote and never renders it. Questions
that were not in the hand-out are seen only when grades are published; what a program printed to standard
output is never shown, because a submission could print what it likes there.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from tensordrill.course.file_name import file_name
from tensordrill.course.gradebook import Grade, Gradebook
from tensordrill.course.output import Output
from tensordrill.course.results.export.json_text import json_text
from tensordrill.course.results.export.take import Take
from tensordrill.course.results.feedback import Feedback, QuestionFeedback

FOLDER = "gradescope"


@contextmanager
def export(gradebook: Gradebook, output: Output) -> Iterator[Take]:
    """Write one file a student."""
    folder = output.inside(FOLDER)

    def take(grade: Grade, feedback: Feedback) -> None:
        name = file_name(grade.student.id, gradebook.twins)
        folder.write(f"{name}.json", results(grade, feedback))

    yield take


def results(grade: Grade, feedback: Feedback) -> str:
    """Return one student's `results.json`."""
    content = {
        "score": grade.points,
        "output": "\n".join(filter(None, (feedback.lateness, feedback.absence, *feedback.notes))),
        "output_format": "text",
        "test_output_format": "text",
        "test_name_format": "text",
        "visibility": "visible",
        "stdout_visibility": "hidden",
        "tests": [
            _test(number, question, scored.points, scored.max_points)
            for number, (question, scored) in enumerate(
                zip(feedback.questions, grade.questions, strict=True), 1
            )
        ],
    }
    return json_text(content, indent=1) + "\n"


def _test(number: int, question: QuestionFeedback, points: float, of: float) -> dict[str, Any]:
    return {
        "score": points,
        "max_score": of,
        "status": "passed" if question.passed else "failed",
        "name": question.id,
        "name_format": "text",
        "number": str(number),
        "output": question.text,
        "output_format": "text",
        "tags": [question.sign],
        "visibility": "after_published" if question.hidden else "visible",
    }
