"""An assignment before it is handed out: what its students get, and what they read who are wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from tensordrill.bank.load import Bank
from tensordrill.bank.sources import find
from tensordrill.course.assignment.folder import Folder, open_folder, questions
from tensordrill.course.assignment.roster import Student
from tensordrill.course.handout.preview import Answers, Preview, preview
from tensordrill.sandbox.client import Sandbox

from .homework import FILL, FUNCTION, PREDICT, WHICH, WRITE, class_folder, edit
from .previews import small_folder

CLASS = tuple(Student(str(number)) for number in range(12))


def _preview(folder: Folder, sandbox: Sandbox, roster: tuple[Student, ...] = ()) -> Preview:
    return preview(folder, questions(folder, snapshot=False), roster, sandbox)


def test_a_question_shows_its_key_and_what_each_mistake_leads_to(tmp_path: Path, sandbox: Sandbox) -> None:
    (question,) = _preview(small_folder(tmp_path, "fixed"), sandbox).questions
    assert (question.number, question.kind, question.level, question.minutes) == (1, "write", 1, 3.0)
    assert question.cell.heading == "1. t/fixed (1 point)"
    assert question.cell.text.splitlines()[0] == "Turn `x` around."
    assert question.cell.code == "x = torch.arange(6).view(2, 3)\n\nanswer = ..."
    answers = question.answers
    assert isinstance(answers, Answers)
    assert (answers.key, answers.because) == ("x.t()", "`t` exchanges the dims.")
    (mistake,) = answers.mistakes
    assert (mistake.title, mistake.answer, mistake.because) == (
        "`reshape` turns",
        "x.reshape(3, 2)",
        "The order stays.",
    )
    assert mistake.picture is not None
    assert mistake.picture.expression == "x.reshape(3, 2)"


@pytest.mark.parametrize("name", [WRITE, FUNCTION, FILL, WHICH, PREDICT])
def test_every_kind_of_question_has_answers_and_mistakes(name: str, tmp_path: Path, sandbox: Sandbox) -> None:
    (question,) = _preview(class_folder(tmp_path / "hw1", Bank(find("shipped")), name), sandbox).questions
    answers = question.answers
    assert isinstance(answers, Answers)
    assert answers.mistakes
    assert all(mistake.answer != answers.key and mistake.because for mistake in answers.mistakes)


@pytest.mark.parametrize(
    ("name", "roster", "students", "different", "same_share"),
    [
        pytest.param("fixed", (), 30, 1, 1.0, id="no-draw"),
        pytest.param("drawn", CLASS, 12, 2, pytest.approx(0.5, abs=0.1), id="two-draws"),
        pytest.param("drawn", CLASS[:1], 1, 1, 0.0, id="nobody-to-compare-with"),
    ],
)
def test_numbers_of_students_are_compared(
    name: str,
    roster: tuple[Student, ...],
    students: int,
    different: int,
    same_share: float,
    tmp_path: Path,
    sandbox: Sandbox,
) -> None:
    result = _preview(small_folder(tmp_path, name), sandbox, roster)
    (question,) = result.questions
    assert (result.students, result.is_imaginary) == (students, not roster)
    assert (question.different, question.same_share) == (different, same_share)


def test_a_question_that_cannot_be_graded_says_why_and_the_others_are_shown(
    tmp_path: Path, sandbox: Sandbox
) -> None:
    result = _preview(small_folder(tmp_path, "ends", "fixed"), sandbox)
    ends, fixed = result.questions
    assert not isinstance(ends.answers, Answers)
    problem = f"cannot be graded: {ends.address}: the question's own program crashed"
    assert ends.answers.text("en") == problem
    assert isinstance(fixed.answers, Answers)
    assert result.problems == 1


def test_void_questions_are_left_out_and_numbers_stay(tmp_path: Path, sandbox: Sandbox) -> None:
    folder = small_folder(tmp_path, "fixed", "drawn")
    edit(folder.path, **{"t/fixed\n    points: 1": "t/fixed\n    points: 1\n    void: true"})
    result = _preview(open_folder(folder.path), sandbox)
    assert [(question.number, question.item.id) for question in result.questions] == [(2, "t/drawn")]
    assert [(idea.title, idea.questions) for idea in result.ideas] == [("dim 0 stays", (2,))]
    assert (result.points, result.minutes) == (1.0, 2.5)
