"""JUnit XML: what xunit2 asks for, and XML whatever anybody writes."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given

from tensordrill.course.gradebook import Gradebook
from tensordrill.course.output import Output
from tensordrill.course.results.export import junit, write
from tests.course.gradebooks import gradebook
from tests.course.texts import ANYTHING, saying

COUNTED = {"failures": "failure", "errors": "error", "skipped": "skipped"}


def _xml(book: Gradebook, out: Path) -> ElementTree.Element:
    write([junit.export], book, Output(out), reveal=False)
    return ElementTree.fromstring((out / junit.FILE).read_bytes())  # noqa: S314 (written just now)


def test_a_suite_a_student_and_a_case_a_question(tmp_path: Path) -> None:
    root = _xml(gradebook(12), tmp_path)
    assert (root.tag, root.attrib) == ("testsuites", {"name": "homework-1"})
    assert len(root) == 28
    for suite in root:
        counts = {name: str(len(list(suite.iter(tag)))) for name, tag in COUNTED.items()}
        assert suite.attrib == {"name": suite.attrib["name"], **counts, "tests": "7", "time": "0"}


def test_cases_say_what_became_of_the_answer(tmp_path: Path) -> None:
    suite = next(suite for suite in _xml(gradebook(12), tmp_path) if suite.attrib["name"] == "s00000")
    wrong, _, right, unreadable, _, _, void = suite
    assert wrong.attrib == {"classname": "homework-1", "name": "view/flatten-a-transpose", "time": "0"}
    assert [part.attrib for part in wrong.iter("property")] == [
        {"name": "points", "value": "0"},
        {"name": "of", "value": "2"},
    ]
    failure = wrong.find("failure")
    assert failure is not None
    assert failure.attrib == {"message": "Wrong. outcome: got (10,)"}
    assert [part.tag for part in right] == ["properties"]
    error = unreadable.find("error")
    assert error is not None
    assert error.attrib["message"] == (
        "This could not be read as an answer. Python says: '(' was never closed (line 15)."
    )
    skipped = void.find("skipped")
    assert skipped is not None
    assert skipped.attrib["message"] == "This question was dropped for everybody and does not count."


@given(text=ANYTHING)
def test_any_text_is_still_xml(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    (suite,) = _xml(saying(text), tmp_path_factory.mktemp("out"))
    assert [case.tag for case in suite] == ["testcase"] * 7
    assert {part.tag for part in suite.iter()} <= {
        "testsuite", "testcase", "properties", "property", "failure", "skipped",
    }  # fmt: skip
