"""Feedback shows a question as its hand-out does: in words, its program, and what there is to pick from."""

from __future__ import annotations

import pytest

from tensordrill.bank.load import Bank
from tensordrill.bank.variant import make
from tensordrill.course.assignment.assignment import Item
from tensordrill.course.assignment.roster import Student
from tensordrill.course.gradebook import QuestionResult, SubmissionResult, scored
from tensordrill.course.results.feedback import QuestionFeedback, feedback_on
from tensordrill.messages import LANGUAGES, Language
from tensordrill.render.feedback import html, markdown

from .homework import FILL, FUNCTION, PREDICT, WHICH, WRITE, assignment, cells

KINDS = [pytest.param(name, id=name.partition("/")[2]) for name in (WRITE, FUNCTION, FILL, WHICH, PREDICT)]


def _feedback(
    bank: Bank, name: str, result: QuestionResult, language: Language = "en", *, reveal: bool = False
) -> QuestionFeedback:
    asked = assignment([Item(id=name)], language)
    grade = scored(SubmissionResult(Student("s1"), "s1.py", results=(result,)), asked, {})
    feedback = feedback_on(
        grade, asked, {}, reveal=reveal, variant=lambda result: make(bank.entry(name), result.seed)
    )
    for page in (html(feedback), markdown(feedback)):
        assert all(
            line in page.replace("&#34;", '"').replace("&#39;", "'") for line in _lines(feedback.questions[0])
        )
    return feedback.questions[0]


def _lines(question: QuestionFeedback) -> list[str]:
    return [
        line for text in (question.program, question.options) for line in text.splitlines() if ">" not in line
    ]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", KINDS)
def test_what_the_hand_out_shows_is_shown_again(name: str, language: Language, shipped_bank: Bank) -> None:
    variant = make(shipped_bank.entry(name), 3)
    question = _feedback(shipped_bank, name, QuestionResult(name, "unanswered", 3), language)
    _, cell, _ = cells([variant], language, "hw1.py")
    handed_out = {line.removeprefix("# ") for line in cell.code.splitlines()}
    assert {line.rstrip() for line in _lines(question)} <= {line.rstrip() for line in handed_out}
    assert question.program
    assert question.task in " ".join(cell.text.split("\n"))
    assert bool(question.options) == (variant.kind == "which")


def test_a_question_without_a_task_says_what_is_asked(shipped_bank: Bank) -> None:
    question = _feedback(shipped_bank, PREDICT, QuestionResult(PREDICT, "unanswered", 3))
    assert question.task == 'What is `y.shape` after these lines? Write a value, or `"raises"`.'


@pytest.mark.parametrize("outcome", ["unanswered", "unreadable", "incorrect"])
def test_a_key_is_revealed_wherever_there_was_no_right_answer(outcome: str, shipped_bank: Bank) -> None:
    result = QuestionResult(WRITE, outcome, 3, expected="x.t()")  # type: ignore[arg-type]  # one of them
    assert _feedback(shipped_bank, WRITE, result, reveal=True).key == "x.t()"
    assert _feedback(shipped_bank, WRITE, result).key == ""


def test_who_handed_in_nothing_is_shown_no_question(shipped_bank: Bank) -> None:
    asked = assignment([Item(id=WRITE)])
    grade = scored(SubmissionResult(Student("s1"), ""), asked, {})
    feedback = feedback_on(
        grade, asked, {}, reveal=True, variant=lambda _: make(shipped_bank.entry(WRITE), 1)
    )
    assert (feedback.questions[0].program, feedback.absence) == ("", "Nothing was handed in.")
