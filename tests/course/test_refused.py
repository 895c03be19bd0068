"""Whoever's file could not be graded reads that, and never that nothing was handed in."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from tensordrill.course.analysis import analyse
from tensordrill.course.comparison import changes
from tensordrill.course.concerns import Refused, concerns
from tensordrill.course.export import GRADES_JSON, write_all
from tensordrill.course.gradebook import ABSENT, Gradebook, Mark, Record
from tensordrill.course.recorded import read_grades
from tensordrill.course.roster import Student
from tensordrill.show.feedback import FOLDER, write_feedback
from tensordrill.show.grading import summary
from tensordrill.show.report_page import report
from tests.course.gradebooks import gradebook

NOTE = "a.pdf was handed in but could not be graded; ask your teacher."
REFUSED = Record(Student("s1", "Anna"), ABSENT, notes=(NOTE,), refused=True)
ANSWERED = Record(Student("s1", "Anna"), "a.py", marks=(Mark("view/flatten-a-transpose", "correct", 1),))


def _book(record: Record) -> Gradebook:
    made = gradebook(0)
    return Gradebook(made.assignment, made.ideas, lambda: [record])


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """The results of a class of one, whose file was refused."""
    write_all(_book(REFUSED), tmp_path / "out", reveal=False, also={FOLDER: write_feedback})
    return tmp_path / "out"


@pytest.mark.parametrize("file", ["feedback/s1.md", "feedback/s1.html", "gradescope/s1.json"])
def test_the_student_reads_both(out: Path, file: str) -> None:
    text = (out / file).read_text(encoding="utf-8").replace("\\", "")
    assert "Handed in, but not graded." in text
    assert NOTE in text
    assert "Nothing was handed in" not in text


@pytest.mark.parametrize(
    ("file", "cell"), [("grades.csv", "not graded"), ("moodle.csv", "Handed in, but not graded.")]
)
def test_a_table_says_so(out: Path, file: str, cell: str) -> None:
    with (out / file).open(encoding="utf-8-sig", newline="") as stream:
        assert list(csv.reader(stream))[1][-1] == cell


def test_the_record_says_so_and_can_be_read_back(out: Path) -> None:
    recorded = read_grades(out / GRADES_JSON).grade("s1")
    assert (recorded.refused, recorded.source) == (True, "")
    assert "refused" in (out / GRADES_JSON).read_text(encoding="utf-8")


def test_the_teacher_reads_it() -> None:
    book = _book(REFUSED)
    (grade,) = book.grades()
    assert concerns(grade, analyse(book)) == (Refused(),)
    page = "".join(report(book))
    assert "Handed in, but not graded: the reason is in the list below." in page
    assert "Handed in nothing." not in page
    assert next(summary(book, Path("out"))).plain.startswith("0 graded, 0 of the class handed nothing in")


def test_a_comparison_says_it(tmp_path: Path, out: Path) -> None:
    write_all(_book(ANSWERED), tmp_path / "before", reveal=False)
    (change,) = changes(read_grades(tmp_path / "before" / GRADES_JSON), read_grades(out / GRADES_JSON), "en")
    assert change.reasons[0] == "what is handed in now could not be graded"


def test_whoever_was_graded_has_no_such_word(tmp_path: Path) -> None:
    write_all(_book(ANSWERED), tmp_path, reveal=False)
    line = (tmp_path / GRADES_JSON).read_text(encoding="utf-8").splitlines()[-3]
    assert "refused" not in json.loads(line)
