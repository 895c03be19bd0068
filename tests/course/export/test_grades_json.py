"""The teacher's record: valid JSON, one student a line, every character kept, the same bytes each time."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given

from tensordrill.course.gradebook import Gradebook, QuestionResult
from tensordrill.course.output import Output
from tensordrill.course.results.export import grades_json, write
from tensordrill.course.results.read_grades_json import read_grades
from tensordrill.course.sanitize import STEERING
from tests.course.classes import book
from tests.course.gradebooks import gradebook
from tests.course.texts import ANYTHING, saying


def _written(book: Gradebook, out: Path) -> str:
    write([grades_json.export], book, Output(out), reveal=False)
    return (out / grades_json.FILE).read_text(encoding="utf-8")


def _marks(students: list[dict[str, Any]]) -> list[list[QuestionResult]]:
    return [
        [msgspec.convert(each["mark"], QuestionResult) for each in student["questions"]]
        for student in students
    ]


def test_every_mark_is_there_in_full(tmp_path: Path) -> None:
    book = gradebook(12)
    value = json.loads(_written(book, tmp_path))
    assert list(value) == [
        "format",
        "assignment",
        "versions",
        "listed",
        "overrides",
        "students",
        "ideas",
        "statistics",
    ]
    assert value["assignment"]["bank"]["hash"] == book.assignment.bank.hash
    assert [each["source"] for each in value["listed"]] == ["huge.py", "s900.py"]
    assert [each["student"] for each in value["overrides"]] == ["s00001", "s00003"]
    expected = [[graded.result for graded in grade.questions] for grade in book.grades()]
    assert _marks(value["students"]) == expected


def test_one_student_a_line(tmp_path: Path) -> None:
    lines = _written(gradebook(3, hostile=False), tmp_path).splitlines()
    students = [json.loads(line.rstrip(",")) for line in lines[-7:-4]]
    assert [student["student"]["id"] for student in students] == ["s00000", "s00001", "s00002"]
    assert "김서연" in lines[-7]
    assert lines[-4:-2] == ["],", '"ideas": {},']
    assert lines[-2].startswith('"statistics": {"alpha": ')


def test_the_bytes_do_not_depend_on_isolation_or_on_the_order_of_what_was_listed(tmp_path: Path) -> None:
    book = gradebook(12, isolation="full")
    other = gradebook(12, isolation="rlimits")
    other = msgspec.structs.replace(
        other,
        rejected=tuple(reversed(book.rejected)),
        overrides=dict(reversed(list(book.overrides.items()))),
        versions=dict(reversed(list(book.versions.items()))),
    )
    assert _written(book, tmp_path / "one") == _written(other, tmp_path / "other")


def test_an_empty_class_is_valid_too(tmp_path: Path) -> None:
    assert json.loads(_written(gradebook(0, hostile=False), tmp_path))["students"] == []
    assert read_grades(tmp_path / grades_json.FILE).lines == {}


@given(text=ANYTHING)
def test_any_text_comes_back_and_nothing_steers(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    out = tmp_path_factory.mktemp("out")
    book = saying(text)
    content = _written(book, out)
    assert not STEERING.search(content)
    (record,) = book.results()
    (student,) = json.loads(content)["students"]
    assert (student["student"], student["notes"]) == (
        {"id": "s1", **({"name": text, "email": text} if text else {})},
        [text],
    )
    assert _marks([student]) == [list(record.results)]
    assert read_grades(out / grades_json.FILE).grade("s1").notes == (text,)


@pytest.mark.parametrize(
    ("lines", "statistics"),
    [
        pytest.param(
            ["+++", "++-", "+--", "---", ""],
            {
                "n": 4,
                "few": True,
                "alpha": 0.75,
                "questions": [
                    {"question": "t/q1", "difficulty": 0.75, "discrimination": 0.5222},
                    {"question": "t/q2", "difficulty": 0.5, "discrimination": 0.7071},
                    {"question": "t/q3", "difficulty": 0.25, "discrimination": 0.5222},
                ],
            },
            id="stairs",
        ),
        pytest.param(
            ["+", "-"] * 10,
            {
                "n": 20,
                "few": False,
                "alpha": None,
                "questions": [
                    {
                        "question": "t/q1",
                        "difficulty": 0.5,
                        "discrimination": None,
                        "undefined": "one-question",
                    }
                ],
            },
            id="one-question",
        ),
    ],
)
def test_statistics_follow_the_students(lines: list[str], statistics: object, tmp_path: Path) -> None:
    assert json.loads(_written(book(lines), tmp_path))["statistics"] == statistics
