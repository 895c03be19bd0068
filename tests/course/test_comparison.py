"""Two gradings compared: whose grade changed, and every reason."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec.structs import replace

from tensordrill.course.assignment.assignment import Item
from tensordrill.course.assignment.roster import Student
from tensordrill.course.gradebook import ABSENT, Gradebook, Override, QuestionResult, SubmissionResult
from tensordrill.course.output import Output
from tensordrill.course.results.comparison import GradeChange, changes, general_changes
from tensordrill.course.results.export import grades_json, write
from tensordrill.course.results.read_grades_json import Grades, read_grades
from tensordrill.errors import CourseError
from tensordrill.messages import Language
from tests.course.classes import book_of_marks, items
from tests.course.gradebooks import gradebook

RIGHT = QuestionResult("t/q1", "correct", 1, answer="6")
WRONG = QuestionResult("t/q1", "incorrect", 1, answer="5")
OTHER = QuestionResult("t/q1", "correct", 1, answer="6.")
ONE = items(1)


def _one(mark: QuestionResult | None, *overrides: Override, questions: tuple[Item, ...] = ONE) -> Gradebook:
    return book_of_marks([(mark,) if mark else ()], questions, overrides)


def _written(book: Gradebook, folder: Path) -> Path:
    write([grades_json.export], book, Output(folder), reveal=False)
    return folder / grades_json.FILE


def _compared(old: Gradebook, new: Gradebook, folder: Path, language: Language = "en") -> list[GradeChange]:
    grades = [read_grades(_written(book, folder / name)) for name, book in (("old", old), ("new", new))]
    return list(changes(grades[0], grades[1], language))


def _digested(book: Gradebook, digest: str) -> Gradebook:
    return replace(book, results=lambda: [replace(record, digest=digest) for record in book.results()])


GIVEN = Override("s1", "t/q1", 0.5, "half right")
MORE = Override("s1", "t/q1", 0.75, "more than half")
VOID = (replace(ONE[0], void=True),)
WORTH = (replace(ONE[0], points=2.0),)

REASONS = [
    pytest.param(
        _one(WRONG), _one(RIGHT), "0 of 1 → 1 of 1",
        ["t/q1: 0 → 1 (wrong → right; another answer)"], id="answer",
    ),
    pytest.param(
        _one(WRONG),
        _one(replace(WRONG, outcome="correct", seed=2)),
        "0 of 1 → 1 of 1",
        ["t/q1: 0 → 1 (wrong → right; other numbers were drawn)"],
        id="seed",
    ),
    pytest.param(
        _one(WRONG),
        _one(replace(WRONG, outcome="unreadable")),
        "0 of 1 → 0 of 1",
        ["t/q1: 0, as before (wrong → unreadable)"],
        id="outcome only",
    ),
    pytest.param(
        _one(WRONG), _one(WRONG, GIVEN), "0 of 1 → 0.5 of 1",
        ["t/q1: 0 → 0.5 (points set by a person: half right)"], id="override added",
    ),
    pytest.param(
        _one(WRONG, GIVEN), _one(WRONG), "0.5 of 1 → 0 of 1",
        ["t/q1: 0.5 → 0 (a person's points are taken back: half right)"], id="override removed",
    ),
    pytest.param(
        _one(WRONG, GIVEN), _one(WRONG, MORE), "0.5 of 1 → 0.75 of 1",
        ["t/q1: 0.5 → 0.75 (a person's points were changed: more than half)"], id="override changed",
    ),
    pytest.param(
        _one(RIGHT), _one(RIGHT, GIVEN, questions=VOID), "1 of 1 → 0 of 0",
        ["t/q1: 1 → 0 (dropped for everybody)"], id="voided",
    ),
    pytest.param(
        _one(RIGHT, questions=VOID), _one(RIGHT), "0 of 0 → 1 of 1",
        ["t/q1: 0 → 1 (counts again)"], id="counts again",
    ),
    pytest.param(
        _one(RIGHT), _one(RIGHT, questions=WORTH), "1 of 1 → 2 of 2",
        ["t/q1: 1 → 2 (worth 2 instead of 1)"], id="worth",
    ),
    pytest.param(
        _one(RIGHT), _one(RIGHT, questions=items(2)), "1 of 1 → 1 of 2",
        ["t/q2: new, 0 of 1"], id="question added",
    ),
    pytest.param(
        _one(RIGHT, questions=items(2)), _one(RIGHT), "1 of 2 → 1 of 1",
        ["t/q2: no longer asked, was 0 of 1"], id="question removed",
    ),
    pytest.param(
        _digested(_one(WRONG), "aa"), _digested(_one(RIGHT), "bb"), "0 of 1 → 1 of 1",
        ["another file was handed in", "t/q1: 0 → 1 (wrong → right; another answer)"], id="file",
    ),
    pytest.param(
        _one(None), _one(RIGHT), "0 of 1 → 1 of 1",
        [
            "handed in since",
            "t/q1: 0 → 1 (not answered → right; another answer; other numbers were drawn)",
        ],
        id="handed in",
    ),
    pytest.param(
        _one(WRONG), _one(None), "0 of 1 → 0 of 1",
        [
            "nothing is handed in any more",
            "t/q1: 0, as before (wrong → not answered; another answer; other numbers were drawn)",
        ],
        id="withdrawn",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "grades", "reasons"), REASONS)
def test_reasons(tmp_path: Path, old: Gradebook, new: Gradebook, grades: str, reasons: list[str]) -> None:
    (change,) = _compared(old, new, tmp_path)
    assert change.sentence == f"s1 Student 1: {grades}"
    assert list(change.reasons) == reasons


def test_in_korean(tmp_path: Path) -> None:
    (change,) = _compared(_one(WRONG), _one(RIGHT, MORE), tmp_path, "ko")
    assert change.sentence == "s1 Student 1: 0/1 → 0.75/1"
    assert change.reasons == (
        "t/q1: 0점 → 0.75점 (채점자가 점수를 조정함: more than half; 오답 → 정답; 답이 달라짐)",
    )


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (_one(RIGHT), _one(OTHER)),
        (_one(RIGHT), _digested(_one(RIGHT), "bb")),
        (_one(WRONG), _one(WRONG, questions=VOID)),
        (_one(WRONG, questions=VOID), _one(WRONG)),
    ],
    ids=["another right answer", "another file", "voided", "counts again"],
)
def test_what_changes_no_grade_is_not_said(tmp_path: Path, old: Gradebook, new: Gradebook) -> None:
    assert _compared(old, new, tmp_path) == []


def test_a_class_compared_with_itself_has_no_changes(tmp_path: Path) -> None:
    assert _compared(gradebook(30), gradebook(30), tmp_path) == []


def test_students_who_come_and_go(tmp_path: Path) -> None:
    old = replace(
        _one(RIGHT),
        results=lambda: [
            SubmissionResult(Student("b"), "b.py", results=(RIGHT,)),
            SubmissionResult(Student("c"), ABSENT),
        ],
    )
    new = replace(
        _one(RIGHT),
        results=lambda: [
            SubmissionResult(Student("a", "\x1b[1mEve"), "a.py", results=(WRONG,)),
            *old.results(),
        ][:2],
    )
    assert [change.sentence for change in _compared(old, new, tmp_path)] == [
        "a \\x1b[1mEve: new, 0 of 1",
        "c: no longer in the class, was 0 of 1",
    ]


def test_what_changed_for_everybody(tmp_path: Path) -> None:
    book = gradebook(0, hostile=False)
    bank = replace(book.assignment.bank, hash="sha256:other")
    other = replace(
        book,
        assignment=replace(book.assignment, assignment="homework-2", bank=bank),
        versions={"python": "3.11.9", "torch": "2.10.0", "numpy": "2.0"},
    )
    old, new = (
        read_grades(_written(each, tmp_path / str(index))) for index, each in enumerate((book, other))
    )
    assert general_changes(old, old, "en") == []
    assert general_changes(old, new, "en") == [
        "These are two assignments: homework-1 and homework-2.",
        "The questions in the bank have changed.",
        "numpy – → 2.0",
        "tensordrill 0.1.0 → –",
        "torch 2.9.0 → 2.10.0",
    ]


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        pytest.param(_one(RIGHT), _one(RIGHT, questions=VOID), "t/q1: dropped for everybody", id="voided"),
        pytest.param(_one(RIGHT, questions=VOID), _one(RIGHT), "t/q1: counts again", id="counts again"),
    ],
)
def test_a_void_is_said_once_for_all(tmp_path: Path, old: Gradebook, new: Gradebook, sentence: str) -> None:
    before, after = (
        read_grades(_written(each, tmp_path / str(index))) for index, each in enumerate((old, new))
    )
    assert general_changes(before, after, "en") == [sentence]


def test_the_file_may_be_written_over_once_it_was_read(tmp_path: Path) -> None:
    path = _written(_one(WRONG), tmp_path)
    old: Grades = read_grades(path)
    assert _written(_one(RIGHT), tmp_path) == path
    (change,) = changes(old, read_grades(path), "en")
    assert change.sentence == "s1 Student 1: 0 of 1 → 1 of 1"


AS_WRITTEN = "is no `grades.json` as grading writes it, with one student a line"
BROKEN = [
    pytest.param(lambda text: text[:0], f": this {AS_WRITTEN}", id="empty"),
    pytest.param(lambda text: f"[{len(text)}]", f": this {AS_WRITTEN}", id="other JSON"),
    pytest.param(
        lambda text: text.rpartition("\n],\n")[0],
        ": the file ends too early; write it again by grading again",
        id="cut",
    ),
    pytest.param(
        lambda text: text.rpartition("]")[0],
        ":10: this is not JSON as grading writes it; grade again",
        id="cut below the students",
    ),
    pytest.param(
        lambda text: text.replace('"format": 1', '"format": 2', 1),
        ": format 2 is newer than 1; upgrade tensordrill",
        id="newer",
    ),
    pytest.param(
        lambda text: text.replace('"versions": {', '"versions": [', 1),
        ":1: this is not JSON as grading writes it; grade again",
        id="no JSON before the students",
    ),
    pytest.param(
        lambda text: text.replace('"seed": 1', '"seed": NaN', 1),
        ":8: this is not JSON as grading writes it; grade again",
        id="no number",
    ),
    pytest.param(
        lambda text: text.replace('"seed": 1', '"seed": "1"', 1),
        ":8: Expected `int`, got `str` - at `$.questions[0].mark.seed`; "
        "this is no `grades.json` of this version, grade again",
        id="strict types",
    ),
]


@pytest.mark.parametrize(("broken", "message"), BROKEN)
def test_a_broken_file_is_one_sentence(tmp_path: Path, broken: Callable[[str], str], message: str) -> None:
    path = _written(_one(WRONG), tmp_path)
    path.write_text(broken(path.read_text()))
    with pytest.raises(CourseError) as caught:
        read_grades(path)
    assert str(caught.value) == f"{path}{message}"


def test_what_is_no_text_or_no_file(tmp_path: Path) -> None:
    path = tmp_path / "grades.json"
    with pytest.raises(CourseError) as caught:
        read_grades(path)
    assert str(caught.value) == f"{path}: the grades cannot be read: No such file or directory"
    path.write_bytes(b"\xff\xfe")
    with pytest.raises(CourseError) as caught:
        read_grades(path)
    assert str(caught.value) == f"{path}: this is no text in UTF-8; give a `grades.json`"
