"""Whoever's file could not be graded reads that, and never that nothing was handed in."""

from __future__ import annotations

import csv
import json
from contextlib import closing
from pathlib import Path
from xml.etree import ElementTree

import pytest
from msgspec.structs import replace

from tensordrill.bank.load import Bank
from tensordrill.course.assignment.folder import questions
from tensordrill.course.assignment.roster import Student
from tensordrill.course.gradebook import ABSENT, Gradebook, QuestionResult, Rejected, SubmissionResult
from tensordrill.course.grading.grade import Grading
from tensordrill.course.results.analysis import analyse
from tensordrill.course.results.comparison import changes
from tensordrill.course.results.export import GRADES_JSON, write_all
from tensordrill.course.results.flags import Refused, flags_of
from tensordrill.course.results.read_grades_json import read_grades
from tensordrill.course.submission.intake import sources
from tensordrill.messages import LANGUAGES, Language
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
    rejected = (Rejected("s1.txt", "it is empty", "s1"),) if record.refused else ()
    return Gradebook(made.assignment, made.ideas, lambda: [record], rejected)


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
    stored_grade = read_grades(out / GRADES_JSON).grade("s1")
    assert (stored_grade.refused, stored_grade.source) == (True, "")
    assert "refused" in (out / GRADES_JSON).read_text(encoding="utf-8")


def test_the_teacher_reads_it() -> None:
    book = _book(REFUSED)
    (grade,) = book.grades()
    analysis = analyse(book)
    assert flags_of(grade, analysis) == (Refused(),)
    page = "".join(report(book))
    assert "Handed in, but not graded: the reason is in the list below." in page
    assert "Handed in nothing." not in page
    assert "<small><bdi>s1.txt: it is empty</bdi></small>" in page
    assert NOTE not in page
    assert next(summary(book, analysis, Path("out"), "en")).plain.startswith(
        "0 graded, 0 of the class handed nothing in"
    )


def test_a_comparison_says_it(tmp_path: Path, out: Path) -> None:
    write_all(_book(ANSWERED), tmp_path / "before", reveal=False)
    (change,) = changes(read_grades(tmp_path / "before" / GRADES_JSON), read_grades(out / GRADES_JSON), "en")
    assert change.reasons[0] == "what is handed in now could not be graded"


_OTHER_KIND = {
    "en": "{} was handed in but could not be graded: a submission is a `.py` or `.ipynb` file, or a zip of them; "
    "hand in that.",
    "ko": "{} 파일을 냈지만 채점하지 못했습니다: 제출물은 `.py`나 `.ipynb` 파일, 또는 그것을 담은 zip이어야 합니다. "
    "그 파일을 내세요.",
}
_FOR_THE_TEACHER = {
    "en": "{} was handed in but could not be graded; ask your teacher.",
    "ko": "{} 파일을 제출했지만 채점하지 못했습니다. 선생님께 문의하세요.",
}
_OF_BEN = '# tensordrill-handout: {"assignment":"hw1","student":"2023002","mark":"00"}\n'


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("name", "text", "note"),
    [
        pytest.param("hw1-2023001.txt", "", _OTHER_KIND, id="txt"),
        pytest.param("2023001_kim/answers.pdf", "%PDF", _OTHER_KIND, id="pdf"),
        pytest.param("2023001.py", _OF_BEN, _FOR_THE_TEACHER, id="a-header-that-names-another"),
    ],
)
def test_why_a_file_is_not_graded_is_told_to_whom_it_names(
    name: str, text: str, note: dict[str, str], language: Language, tmp_path: Path, shipped_bank: Bank
) -> None:
    folder = class_folder(tmp_path / "hw1", shipped_bank, WRITE)
    folder = replace(folder, assignment=replace(folder.assignment, language=language))
    file = tmp_path / "in" / name
    file.parent.mkdir(parents=True)
    file.write_text(text, encoding="utf-8")
    roster = (Student("2023001", "Anna"), Student("2023002", "Ben"))
    bundle = questions(folder, snapshot=False)
    grading = Grading(folder, bundle, sources([tmp_path / "in"], language=language), roster, tmp_path, "auto")
    with closing(grading.journal):
        anna, ben = grading.gradebook({}, "").grades()
    assert [each.student for each in grading.rejected] == ["2023001"]
    assert (anna.refused, ben.refused) == (True, False)
    assert anna.notes == (note[language].format(name),)


@pytest.mark.parametrize(
    ("result", "message"),
    [
        (REFUSED, "Handed in, but not graded."),
        (SubmissionResult(Student("s1", "Anna"), ABSENT), "Nothing was handed in."),
    ],
)
def test_junit_says_why_every_question_is_open(
    result: SubmissionResult, message: str, tmp_path: Path
) -> None:
    write_all(_book(result), tmp_path, reveal=False)
    cases = ElementTree.parse(tmp_path / "junit.xml").iter("skipped")  # noqa: S314 (our own file)
    assert {case.attrib["message"] for case in cases} == {message}


def test_whoever_was_graded_has_no_such_word(tmp_path: Path) -> None:
    write_all(_book(ANSWERED), tmp_path, reveal=False)
    students = json.loads((tmp_path / GRADES_JSON).read_text(encoding="utf-8"))["students"]
    assert students
    assert not any("refused" in student for student in students)
