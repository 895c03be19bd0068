"""Gradescope's `results.json`: its fields, plain text, and what a student may see when."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given

from tensordrill.course.gradebook import Gradebook
from tensordrill.course.output import Output
from tensordrill.course.results.export import gradescope, write
from tests.course.gradebooks import gradebook
from tests.course.texts import ANYTHING, saying

TOP = frozenset(
    "score execution_time output output_format test_output_format test_name_format visibility stdout_visibility "
    "extra_data tests leaderboard".split()
)
TEST = frozenset(
    "score max_score status name name_format number output output_format tags visibility extra_data".split()
)


def _results(book: Gradebook, out: Path) -> dict[str, Any]:
    write([gradescope.export], book, Output(out), reveal=False)
    return {path.stem: json.loads(path.read_bytes()) for path in (out / gradescope.FOLDER).iterdir()}


def test_only_fields_that_gradescope_knows(tmp_path: Path) -> None:
    by_student = _results(gradebook(12), tmp_path)
    assert len(by_student) == 28
    for results in by_student.values():
        assert results.keys() <= TOP
        assert all(test.keys() <= TEST for test in results["tests"])


def test_one_students_results(tmp_path: Path) -> None:
    results = _results(gradebook(12, hostile=False), tmp_path)["s00000"]
    assert results["score"] == 3.5
    assert (results["visibility"], results["stdout_visibility"]) == ("visible", "hidden")
    assert [test["status"] for test in results["tests"]] == [
        "failed", "failed", "passed", "failed", "failed", "passed", "passed",
    ]  # fmt: skip
    assert [test["visibility"] for test in results["tests"]] == [
        *["visible"] * 4, "after_published", "visible", "visible",
    ]  # fmt: skip
    wrong = results["tests"][0]
    assert wrong.pop("output").startswith("Wrong.\noutcome: got (10,)\n")
    assert wrong == {
        "max_score": 2,
        "name": "view/flatten-a-transpose",
        "name_format": "text",
        "number": "1",
        "output_format": "text",
        "score": 0.0,
        "status": "failed",
        "tags": ["wrong"],
        "visibility": "visible",
    }


def test_whoever_handed_nothing_in_is_told_so(tmp_path: Path) -> None:
    assert _results(gradebook(12, hostile=False), tmp_path)["s00010"]["output"] == "Nothing was handed in."


@given(text=ANYTHING)
def test_any_text_is_plain_text(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    (results,) = _results(saying(text), tmp_path_factory.mktemp("out")).values()
    formats = {value for test in results["tests"] for name, value in test.items() if name.endswith("format")}
    assert formats | {results["output_format"]} == {"text"}
    assert len(results["tests"]) == 7
