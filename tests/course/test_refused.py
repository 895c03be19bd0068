"""Whoever's file could not be graded reads that, and never that nothing was handed in."""

from __future__ import annotations

import csv
import json
from contextlib import closing
from pathlib import Path

import pytest

from tensordrill.bank.load import Bank
from tensordrill.course.assignment.folder import questions
from tensordrill.course.assignment.roster import Student
from tensordrill.course.gradebook import ABSENT, Gradebook, QuestionResult, SubmissionResult
from tensordrill.course.grading.grade import Grading
from tensordrill.course.results.analysis import analyse
from tensordrill.course.results.comparison import changes
from tensordrill.course.results.export import GRADES_JSON, write_all
from tensordrill.course.results.flags import Refused, flags_of
from tensordrill.course.results.read_grades_json import read_grades
from tensordrill.course.submission.intake import sources
from tensordrill.render.feedback import FOLDER, write_feedback
from tensordrill.render.grading import summary
from tensordrill.render.report_page import report
from tests.course.gradebooks import gradebook
from tests.course.homework import WRITE, class_folder

NOTE = "a.pdf was handed in but could not be graded; ask your teacher."
REFUSED = SubmissionResult(Student("s1", "Anna"), ABSENT, notes=(NOTE,), refused=True)
ANSWERED = SubmissionResult(
    Student("s1", "Anna"), "a.py", results=(QuestionResult("view/flatten-a-transpose", "correct", 1),)
)


def _book(record: SubmissionResult) -> Gradebook:
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


def test_the_table_says_so(out: Path) -> None:
    with (out / "grades.csv").open(encoding="utf-8-sig", newline="") as stream:
        assert list(csv.reader(stream))[1][-1] == "not graded"


def test_the_record_says_so_and_can_be_read_back(out: Path) -> None:
    recorded = read_grades(out / GRADES_JSON).grade("s1")
    assert (recorded.refused, recorded.source) == (True, "")
    assert "refused" in (out / GRADES_JSON).read_text(encoding="utf-8")


def test_the_teacher_reads_it() -> None:
    book = _book(REFUSED)
    (grade,) = book.grades()
    analysis = analyse(book)
    assert flags_of(grade, analysis) == (Refused(),)
    page = "".join(report(book))
    assert "Handed in, but not graded: the reason is in the list below." in page
    assert "Handed in nothing." not in page
    assert next(summary(book, analysis, Path("out"), "en")).plain.startswith(
        "0 graded, 0 of the class handed nothing in"
    )


def test_a_comparison_says_it(tmp_path: Path, out: Path) -> None:
    write_all(_book(ANSWERED), tmp_path / "before", reveal=False)
    (change,) = changes(read_grades(tmp_path / "before" / GRADES_JSON), read_grades(out / GRADES_JSON), "en")
    assert change.reasons[0] == "what is handed in now could not be graded"


@pytest.mark.parametrize("name", ["hw1-2023001.txt", "2023001_kim/answers.pdf"])
def test_a_file_of_another_kind_is_told_to_whom_it_names(
    name: str, tmp_path: Path, shipped_bank: Bank
) -> None:
    folder = class_folder(tmp_path / "hw1", shipped_bank, WRITE)
    file = tmp_path / "in" / name
    file.parent.mkdir(parents=True)
    file.touch()
    roster = (Student("2023001", "Anna"), Student("2023002", "Ben"))
    bundle = questions(folder, snapshot=False)
    grading = Grading(folder, bundle, sources([tmp_path / "in"]), roster, tmp_path, "auto")
    with closing(grading.journal):
        anna, ben = grading.gradebook({}, "").grades()
    assert [each.student for each in grading.rejected] == ["2023001"]
    assert (anna.refused, ben.refused) == (True, False)
    assert anna.notes == (f"{name} was handed in but could not be graded; ask your teacher.",)


def test_whoever_was_graded_has_no_such_word(tmp_path: Path) -> None:
    write_all(_book(ANSWERED), tmp_path, reveal=False)
    line = (tmp_path / GRADES_JSON).read_text(encoding="utf-8").splitlines()[-3]
    assert "refused" not in json.loads(line)
