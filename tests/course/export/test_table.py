"""CSV files: what spreadsheets, Canvas and Moodle read, and no formula in them."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given
from msgspec.structs import replace

from tensordrill.bank.schema import Localized
from tensordrill.course.assignment.roster import Student
from tensordrill.course.gradebook import ABSENT, Gradebook, Override, SubmissionResult
from tensordrill.course.output import Output
from tensordrill.course.results import export
from tensordrill.course.results.export import canvas, grades_csv, moodle
from tensordrill.course.results.export.table import cell
from tensordrill.messages import Language
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
    assert rows[0] == ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", "Views and copies"]
    assert rows[1] == ["    Points Possible", "", "", "", "", "11"]
    assert rows[2] == ["김서연 0", "", "s00000", "s00000@example.org", "", "3.5"]
    assert rows[6] == ["박지민 4", "", "s00004", "s00004", "", "9"]
    assert [row[2] for row in rows[10:]] == ["s00008", "s00009", "s00011"]


@pytest.mark.parametrize("name", [canvas.FILE, moodle.FILE])
@pytest.mark.parametrize(
    ("title", "language", "shown"),
    [
        pytest.param(None, "en", "homework-1", id="name"),
        pytest.param("Homework 1: views", "en", "Homework 1: views", id="title"),
        pytest.param(Localized(en="Homework 1", ko="과제 1"), "ko", "과제 1", id="in-its-language"),
        pytest.param("=1+1", "en", "'=1+1", id="formula"),
    ],
)
def test_the_column_is_headed_by_the_title(
    name: str, title: Localized | str | None, language: Language, shown: str, tmp_path: Path
) -> None:
    book = gradebook(1, hostile=False)
    book = replace(book, assignment=replace(book.assignment, title=title, language=language))
    assert shown in _rows(name, book, tmp_path)[0]


@pytest.mark.parametrize(("name", "headings", "points"), [(canvas.FILE, 2, 5), (moodle.FILE, 1, 3)])
@pytest.mark.parametrize(
    ("result", "override", "shown"),
    [
        pytest.param(SubmissionResult(Student("s1"), ABSENT), None, [], id="absent"),
        pytest.param(SubmissionResult(Student("s1"), ABSENT, refused=True), None, [], id="refused"),
        pytest.param(SubmissionResult(Student("s1"), ABSENT), 2.0, ["2"], id="absent-with-points"),
        pytest.param(SubmissionResult(Student("s1"), ABSENT), 0.0, ["0"], id="absent-with-a-zero"),
        pytest.param(SubmissionResult(Student("s1"), "s1.py"), None, ["0"], id="handed-in-and-open"),
    ],
)
def test_no_row_takes_a_grade_away(
    name: str,
    headings: int,
    points: int,
    result: SubmissionResult,
    override: float | None,
    shown: list[str],
    tmp_path: Path,
) -> None:
    overrides = () if override is None else (Override("s1", COLUMNS, override, "by hand"),)
    book = replace(gradebook(0, hostile=False, overrides=overrides), results=lambda: [result])
    rows = _rows(name, book, tmp_path)[headings:]
    assert [row[points] for row in rows] == shown
    assert all(row[points] for row in rows)


def test_nobody_can_be_the_row_of_points_in_canvas(tmp_path: Path) -> None:
    book = saying("Points Possible")
    rows = _rows(canvas.FILE, book, tmp_path)
    assert [row[0] for row in rows if "Points Possible" in row[0]] == ["    Points Possible"]
    assert rows[2][0] == "Points\u00a0Possible"


def test_moodle(tmp_path: Path) -> None:
    rows = _rows(moodle.FILE, gradebook(12, hostile=False), tmp_path)
    assert rows[0] == [
        "ID number",
        "Email address",
        "Name",
        "Views and copies",
        "Views and copies (feedback)",
    ]
    assert rows[1][:4] == ["s00000", "s00000@example.org", "김서연 0", "3.5"]
    assert rows[1][4].splitlines()[:2] == [
        "view/flatten-a-transpose (0 of 2): Wrong. `view` never copies; where strides are not enough it raises.",
        "view/write-into-a-reshape (0 of 1): Wrong. `reshape` copies where a view is not possible.",
    ]
    assert [row[0] for row in rows[9:]] == ["s00008", "s00009", "s00011"]


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
