"""CSV files: what spreadsheets, Canvas and Moodle read, and no formula in them."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given

from tensordrill.course.assignment.roster import Student
from tensordrill.course.gradebook import ABSENT, Gradebook, Override, SubmissionResult
from tensordrill.course.output import Output
from tensordrill.course.results import export
from tensordrill.course.results.export import canvas, grades_csv, moodle
from tensordrill.course.results.export.table import cell
from tests.course.gradebooks import COLUMNS, ITEMS, VOID, gradebook
from tests.course.texts import ANYTHING, saying

BOM = b"\xef\xbb\xbf"

CELLS = [
    pytest.param("", "", id="empty"),
    pytest.param("김서연", "김서연", id="Korean"),
    pytest.param("Jean-Luc", "Jean-Luc", id="inside"),
    pytest.param("=1+1", "'=1+1", id="equals"),
    pytest.param("+1", "'+1", id="plus"),
    pytest.param("-1", "'-1", id="minus"),
    pytest.param("@SUM(A1)", "'@SUM(A1)", id="at"),
    pytest.param("＝1", "'＝1", id="full width"),
    pytest.param("  =1", "'  =1", id="after spaces"),
    pytest.param("\t=1", "'\t=1", id="tab"),
    pytest.param("\r\n=1", "'\n=1", id="line end"),
    pytest.param("\x1b[31m", "'\\x1b[31m", id="escape"),
    pytest.param("\x85x", "'\\x85x", id="upper control"),
]


@pytest.mark.parametrize(("text", "shown"), CELLS)
def test_cells(text: str, shown: str) -> None:
    assert cell(text) == shown


def _rows(name: str, book: Gradebook, out: Path) -> list[list[str]]:
    """Write one export and read it as a spreadsheet would."""
    export.write([export.EXPORTS[name]], book, Output(out), reveal=False)
    raw = (out / name).read_bytes()
    assert raw.startswith(BOM)
    return list(csv.reader(raw.decode("utf-8-sig").splitlines(keepends=True)))


def test_grades_csv(tmp_path: Path) -> None:
    header, first, *_ = _rows(grades_csv.FILE, gradebook(12, hostile=False), tmp_path)
    questions = [item.id for item in ITEMS]
    assert header == ["student", "name", "email", "points", "of", *questions, "notes", "source", "handed in"]
    shown = ["s00000", "김서연 0", "s00000@example.org", "3.5", "11", "0", "0", "2.5", "0", "0", "1", ""]
    assert first == [*shown, "", "s00000.py", "yes"]
    assert header[11] == VOID


def test_grades_csv_says_who_handed_nothing_in(tmp_path: Path) -> None:
    absent = _rows(grades_csv.FILE, gradebook(12, hostile=False), tmp_path)[11]
    assert absent[0] == "s00010"
    assert absent[3:] == ["0", "11", *["0"] * 6, "", "", "", "no"]


def test_canvas(tmp_path: Path) -> None:
    rows = _rows(canvas.FILE, gradebook(12, hostile=False), tmp_path)
    assert rows[0] == ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", "homework-1"]
    assert rows[1] == ["    Points Possible", "", "", "", "", "11"]
    assert rows[2] == ["김서연 0", "", "s00000", "s00000@example.org", "", "3.5"]
    assert rows[6] == ["박지민 4", "", "s00004", "s00004", "", "9"]
    assert rows[12] == ["이준호 10", "", "s00010", "s00010@example.org", "", ""]


def test_nobody_can_be_the_row_of_points_in_canvas(tmp_path: Path) -> None:
    book = saying("Points Possible")
    rows = _rows(canvas.FILE, book, tmp_path)
    assert [row[0] for row in rows if "Points Possible" in row[0]] == ["    Points Possible"]
    assert rows[2][0] == "Points\u00a0Possible"


def test_points_that_a_person_gave_to_an_absent_student_count(tmp_path: Path) -> None:
    empty = gradebook(0, hostile=False, overrides=(Override("s1", COLUMNS, 2.0, "by hand"),))
    book = Gradebook(
        empty.assignment, {}, lambda: [SubmissionResult(Student("s1"), ABSENT)], overrides=empty.overrides
    )
    assert _rows(canvas.FILE, book, tmp_path)[2] == ["s1", "", "s1", "s1", "", "2"]


def test_moodle(tmp_path: Path) -> None:
    rows = _rows(moodle.FILE, gradebook(12, hostile=False), tmp_path)
    assert rows[0] == ["ID number", "Email address", "Name", "homework-1", "homework-1 (feedback)"]
    assert rows[1][:4] == ["s00000", "s00000@example.org", "김서연 0", "3.5"]
    assert rows[1][4].splitlines()[:2] == [
        "view/flatten-a-transpose (0 of 2): Wrong. `view` never copies; where strides are not enough it raises.",
        "view/write-into-a-reshape (0 of 1): Wrong. `reshape` copies where a view is not possible.",
    ]
    assert rows[11][3:] == ["", "Nothing was handed in."]


@pytest.mark.parametrize("name", [grades_csv.FILE, canvas.FILE, moodle.FILE])
@given(text=ANYTHING)
def test_no_text_breaks_a_row_or_becomes_a_formula(
    tmp_path_factory: pytest.TempPathFactory, name: str, text: str
) -> None:
    rows = _rows(name, saying(text), tmp_path_factory.mktemp("out"))
    assert len({len(row) for row in rows}) == 1
    assert len(rows) == 3 if name == canvas.FILE else len(rows) == 2
    assert not [
        part for row in rows for part in row if part.startswith(("=", "+", "-", "@", "\t", "\r", "\n"))
    ]


@given(text=ANYTHING)
def test_no_word_of_a_learner_is_in_moodles_html(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    feedback = _rows(moodle.FILE, saying(text), tmp_path_factory.mktemp("out"))[1][4]
    assert feedback == _rows(moodle.FILE, saying("x"), tmp_path_factory.mktemp("out"))[1][4]
    assert "<" not in feedback
