"""Feedback of a student: hidden draws, keys and solutions stay secret."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from tensordrill.course.assignment.assignment import Item
from tensordrill.course.assignment.roster import Student
from tensordrill.course.gradebook import Gradebook, Override, QuestionResult, SubmissionResult, scored
from tensordrill.course.results.feedback import Feedback, MakeVariant, QuestionFeedback, feedback_on
from tensordrill.kinds.answers import Difference
from tensordrill.messages import Language
from tests.course.gradebooks import BEFORE, COLUMNS, FLATTEN, HEADS, WHICH, gradebook

HIDDEN = Difference("values", "SECRET-1", "SECRET-2", "x = SECRET-3", hidden=True)
RAISED = Difference("outcome", "a value", "RuntimeError: bad size")


def question(
    mark: QuestionResult,
    *,
    item: Item | None = None,
    reveal: bool = False,
    language: Language = "en",
    override: Override | None = None,
    variant: MakeVariant | None = None,
) -> QuestionFeedback:
    """Return what is told of one mark."""
    item = item or Item(id=mark.question)
    overrides = () if override is None else (override,)
    book = gradebook(0, items=(item,), language=language, overrides=overrides)
    grade = scored(SubmissionResult(Student("s1"), "s1.py", results=(mark,)), book.assignment, book.overrides)
    return feedback_on(grade, book.assignment, book.ideas, reveal=reveal, variant=variant).questions[0]


def incorrect(id: str, answer: str, **fields: Any) -> QuestionResult:
    """Return a wrong mark."""
    return QuestionResult(id, "incorrect", 7, answer=answer, **fields)


FACTS = [
    pytest.param(
        incorrect(
            COLUMNS,
            "x.T.clone()",
            differences=(Difference("memory", "shares with x", "shares with nothing"),),
        ),
        ["memory: expected shares with x, got shares with nothing"],
        id="a difference",
    ),
    pytest.param(
        incorrect(
            COLUMNS, "x.squeeze()", differences=(Difference("shape", "(3, 1)", "(3,)", "x = ones(1, 3)"),)
        ),
        ["shape: expected (3, 1), got (3,) (with x = ones(1, 3))"],
        id="on another operand that is shown",
    ),
    pytest.param(
        incorrect(HEADS, "return x", differences=(HIDDEN,)), ["values: wrong on a hidden input"], id="hidden"
    ),
    pytest.param(
        incorrect(COLUMNS, "x.view(9)", differences=(RAISED,), error=("RuntimeError", "bad size\nmore")),
        ["Your code raises RuntimeError: bad size"],
        id="an exception is said once",
    ),
    pytest.param(
        incorrect(
            COLUMNS,
            "x.view(9)",
            differences=(Difference("outcome", "ValueError: no", "RuntimeError: bad size"),),
            error=("RuntimeError", "bad size"),
        ),
        ["Your code raises RuntimeError: bad size", "outcome: expected ValueError: no"],
        id="another exception was right",
    ),
    pytest.param(
        incorrect(
            HEADS,
            "return x",
            differences=(Difference("outcome", "SECRET-1", "SECRET-2", "SECRET-3", hidden=True),),
            error=("SECRET-4", "SECRET-5"),
            error_is_hidden=True,
        ),
        ["Your code raises or does not end on a hidden input."],
        id="an exception on a hidden input",
    ),
    pytest.param(
        incorrect(HEADS, "while True: pass", error=("timeout", "")),
        ["Your code did not end in time, so it was stopped."],
        id="timeout",
    ),
    pytest.param(
        incorrect(HEADS, "raise timeout('ha')", error=("timeout", "ha")),
        ["Your code raises timeout: ha"],
        id="a class called timeout",
    ),
    pytest.param(
        incorrect(
            FLATTEN, "10", expected="raises X", differences=(Difference("outcome", "raises X", "(10,)"),)
        ),
        ["outcome: got (10,)"],
        id="the key is not in the difference, but how the answer was read",
    ),
    pytest.param(
        incorrect(WHICH, "1", expected="1 3", differences=(Difference("picks", "1 3", "1"),)),
        [],
        id="a difference that says nothing but the answer",
    ),
    pytest.param(
        QuestionResult(BEFORE, "unreadable", 7, answer="x.t(", detail="line 3: '(' was never closed"),
        ["line 3: '(' was never closed"],
        id="why it is unreadable",
    ),
    pytest.param(QuestionResult(BEFORE, "unanswered", 7), [], id="unanswered"),
]


@pytest.mark.parametrize(("mark", "facts"), FACTS)
def test_facts(mark: QuestionResult, facts: list[str]) -> None:
    assert list(question(mark).facts) == facts


def test_points_by_facet_are_told() -> None:
    item = Item(id=COLUMNS, points={"shape": 1, "values": 1, "memory": 0.5})
    result = question(incorrect(COLUMNS, "x", earned=("shape", "memory")), item=item)
    assert (result.sign, result.points, result.outcome) == ("partly", "1.5", "Partly right.")
    assert result.facts == ("Points: shape 1/1, values 0/1, memory 0.5/0.5",)


@pytest.mark.parametrize(
    ("outcome", "points", "passed"),
    [("incorrect", 1.0, True), ("incorrect", 0.5, False), ("correct", 0.0, False)],
    ids=["given all", "given some", "taken away"],
)
def test_points_of_a_person_decide_and_are_explained(outcome: Any, points: float, passed: bool) -> None:
    result = question(QuestionResult(WHICH, outcome, 7), override=Override("s1", WHICH, points, "we talked"))
    assert result.facts == ("These points were set by a person: we talked",)
    assert result.passed is passed


def test_a_void_question_says_so() -> None:
    result = question(QuestionResult(WHICH, "incorrect", 7), item=Item(id=WHICH, void=True))
    assert (result.sign, result.points, result.max_points) == ("void", "0", "0")
    assert result.outcome == "This question was dropped for everybody and does not count."


REASONS = [
    pytest.param(QuestionResult(FLATTEN, "correct", 7, why="It is so."), False, "It is so.", id="right"),
    pytest.param(incorrect(FLATTEN, "1", why="The key is 5."), False, "", id="wrong without a diagnosis"),
    pytest.param(incorrect(FLATTEN, "1", why="The key is 5."), True, "The key is 5.", id="revealed"),
    pytest.param(
        incorrect(FLATTEN, "1", because="You copied.", idea="own-idea"), False, "You copied.", id="diagnosed"
    ),
    pytest.param(
        incorrect(FLATTEN, "1", why="The key is 5.", idea="own-idea"), False, "", id="diagnosed without words"
    ),
]


@pytest.mark.parametrize(("mark", "reveal", "because"), REASONS)
def test_the_questions_own_reason_is_kept_while_it_would_tell_the_key(
    mark: QuestionResult, reveal: bool, because: str
) -> None:
    assert question(mark, reveal=reveal).because == because


@pytest.mark.parametrize(
    ("language", "title", "rule"),
    [
        ("en", "`view` swaps dims", "`view` keeps the order of the numbers; `permute` swaps dims."),
        (
            "ko",
            "`view`로 차원을 바꿀 수 있습니다",
            "`view`는 값의 순서를 바꾸지 않으며, 차원은 `permute`로 바꿉니다.",
        ),
    ],
)
def test_an_idea_that_the_bank_names_comes_with_its_rule(language: Language, title: str, rule: str) -> None:
    feedback = question(incorrect(COLUMNS, "x.view(3, 2)", idea="view-reorders"), language=language)
    assert (feedback.idea, feedback.rule) == (title, rule)
    assert question(incorrect(COLUMNS, "x", idea="own-idea")).idea == ""


def test_keys_and_solutions_are_told_only_when_revealed() -> None:
    mark = incorrect(COLUMNS, "x", expected="x.t()")
    assert question(mark).key == ""
    assert question(mark, reveal=True).key == "x.t()"


def _everything(book: Gradebook, reveal: bool) -> list[Feedback]:
    return [feedback_on(grade, book.assignment, book.ideas, reveal=reveal) for grade in book.grades()]


@pytest.mark.parametrize("reveal", [False, True])
def test_no_word_of_a_hidden_draw_is_told(reveal: bool) -> None:
    book = gradebook(200, hostile=False)
    assert b"SECRET" in msgspec.json.encode(list(book.results()))
    for text in _everything(book, reveal):
        assert b"SECRET" not in msgspec.json.encode(text)


def test_its_text_is_in_the_order_that_a_reader_needs() -> None:
    mark = incorrect(
        COLUMNS, "x.view(3, 2)\n# so", idea="view-reorders", because="It keeps the order.", printed="hello"
    )
    assert question(mark).text.splitlines() == [
        "Wrong.",
        "Perhaps you thought: `view` swaps dims",
        "It keeps the order.",
        "The rule: `view` keeps the order of the numbers; `permute` swaps dims.",
        "Your answer:",
        "    x.view(3, 2)",
        "    # so",
        "Your code printed:",
        "    hello",
    ]
