"""`grades.json`: the teacher's full record, enough to replay any verdict, with one student a line.

It holds nothing that may differ between two gradings of the same files: no time, no machine, and not the
level of isolation.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import msgspec

from tensordrill.course.gradebook import Grade, Gradebook
from tensordrill.course.output import Output
from tensordrill.course.results.analysis import Analysis, ClassTally
from tensordrill.course.results.export.json_text import json_text
from tensordrill.course.results.export.take import Take
from tensordrill.course.results.feedback import Feedback
from tensordrill.course.results.read_grades_json import StoredIdea

FILE = "grades.json"
FORMAT = 1
_DECIMALS = 4


@contextmanager
def export(gradebook: Gradebook, output: Output) -> Iterator[Take]:
    """Write the whole gradebook as it is walked."""
    separator, tally = "", ClassTally(gradebook)

    def take(grade: Grade, _: Feedback) -> None:
        nonlocal separator
        tally.add(grade)
        stream.write(f"{separator}{json_text(grade_as_json(grade))}")
        separator = ",\n"

    with output.file(FILE) as stream:
        stream.write("{\n")
        for name, value in _header(gradebook).items():
            stream.write(f'"{name}": {value},\n')
        stream.write('"students": [\n')
        yield take
        stream.write(f'\n],\n"ideas": {json_text(_ideas(gradebook))}')
        stream.write(f',\n"statistics": {json_text(_statistics(tally.analysis()))}\n}}\n')


def _header(gradebook: Gradebook) -> Mapping[str, str]:
    overrides = sorted(
        gradebook.overrides.values(), key=lambda override: (override.student, override.question)
    )
    rejected = sorted(gradebook.rejected, key=lambda rejection: (rejection.source, rejection.reason))
    return {
        "format": str(FORMAT),
        "assignment": json_text(_plain(gradebook.assignment)),
        "versions": json_text(dict(gradebook.versions)),
        "listed": _lines(rejected),
        "overrides": _lines(overrides),
    }


def _ideas(gradebook: Gradebook) -> Mapping[str, Any]:
    """Return what the questions can show: each idea's texts, and its questions."""
    return {
        name: _plain(
            StoredIdea(
                title=idea.title if (idea := gradebook.ideas.get(name)) else None,
                rule=idea.rule if idea else None,
                questions=questions,
            )
        )
        for name, questions in sorted(gradebook.idea_questions.items())
    }


def _statistics(analysis: Analysis) -> Any:
    """Return the statistics of the questions, rounded so that no machine's last digit shows."""
    return {
        "n": analysis.graded,
        "few": analysis.is_small,
        "alpha": _rounded(analysis.alpha),
        "questions": [
            {
                "question": item.question,
                "difficulty": _rounded(item.facility),
                "discrimination": _rounded(item.discrimination),
                **({"undefined": item.undefined} if item.undefined else {}),
            }
            for item in analysis.questions
        ],
    }


def _rounded(number: float | None) -> float | None:
    return None if number is None else round(number, _DECIMALS) + 0.0


def grade_as_json(grade: Grade) -> Any:
    """Return a grade as JSON's own types, with its sums."""
    return {**_plain(grade), "points": grade.points, "of": grade.max_points}


def _plain(value: Any) -> Any:
    return msgspec.to_builtins(value, str_keys=True)


def _lines(values: list[Any]) -> str:
    return "[" + ",\n ".join(json_text(_plain(value)) for value in values) + "]"
