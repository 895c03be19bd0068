"""One learner's round: what is recorded when, what costs nothing, what can be taken back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Literal

import pytest

from tensordrill.bank.load import Bank
from tensordrill.bank.variant import select
from tensordrill.drill.order import Quiz
from tensordrill.drill.practice import Practice
from tensordrill.drill.progress import Progress
from tensordrill.drill.review import Review, timestamp
from tensordrill.drill.session import AskedQuestion, Drill, JudgedAnswer, Moment, Rules, Score, Summary
from tensordrill.errors import BankError, DrawError
from tensordrill.kinds.answers import Unreadable, Verdict
from tensordrill.sandbox.client import Sandbox

NOW = Moment("2026-03-01T09:30:00+00:00", 4.25)
START = timestamp(NOW.at)
VERSIONS = {"tensordrill": "0.1.0", "python": "3.12.1"}

SHAPES = """\
format: 1
topic: shapes
title: Shapes
questions:
""" + "".join(
    f"""\
  - id: {name}
    given: x = torch.ones({rows}, 3)
    code: y = x.sum(dim=0)
    ask: y.shape
    because: Dim 0 goes.
    hints: [Which dim goes?, "There are {rows} rows."]
    misconceptions:
      - {{id: other-dim, code: y = x.sum(dim=1), because: That dim stays.}}
"""
    for name, rows in (("one", 4), ("two", 5), ("three", 6), ("four", 7), ("five", 8))
)
"""Five questions whose key is (3,), and whose misconception gives (4,), (5,) …"""

OTHERS = """\
format: 1
topic: others
title: Others
questions:
  - id: yes-no
    given: x = torch.ones(2, 3).t()
    ask: x.is_contiguous()
    misconceptions:
      - {id: always, answer: "yes"}
  - id: write
    given: x = torch.arange(6.).reshape(2, 3)
    task: Add up the rows.
    write: expression
    solution: x.sum(0)
    misconceptions:
      - {id: other-dim, code: x.sum(1), because: That adds the columns.}
  - id: crashing
    given: import os; os._exit(0)
    ask: x.shape
    misconceptions:
      - {id: none, answer: "3"}
  - id: unsaid
    given: x = torch.ones(3)
    ask: x.shape
    because: "{{ nothing }}"
    hints: ["{{ nothing }}"]
"""


class ReviewList:
    """Keeps reviews in a list; `full` is what is raised instead of keeping one."""

    def __init__(self) -> None:
        self.reviews: list[Review] = []
        self.progress = Progress()
        self.full: Exception | None = None

    def append(self, review: Review) -> None:
        if self.full:
            raise self.full
        self.reviews.append(review)
        self.progress.add(review)

    def undo_last(self) -> None:
        self.reviews.pop()
        self.progress.become(Progress())
        for review in self.reviews:
            self.progress.add(review)


@pytest.fixture
def kept() -> ReviewList:
    return ReviewList()


@pytest.fixture
def bank(tmp_path: Path) -> Bank:
    folder = tmp_path / "bank"
    folder.mkdir()
    (folder / "shapes.yaml").write_text(SHAPES, encoding="utf-8")
    (folder / "others.yaml").write_text(OTHERS, encoding="utf-8")
    return Bank(folder)


Start = Callable[..., Drill]


@pytest.fixture
def start(sandbox: Sandbox, bank: Bank, kept: ReviewList) -> Start:
    """Start a quiz of these questions, in the order of seed 0, or a practice of them."""

    def drill(
        *names: str, second_try: bool = False, practice: bool = False, seed: int = 0, kept: ReviewList = kept
    ) -> Drill:
        chosen = select(bank, names or ("shapes",))
        order = (
            Practice(bank, chosen, None, seed, kept.progress, START)
            if practice
            else Quiz(bank, chosen, 10, None, seed)
        )
        return Drill(sandbox, order, Rules("en", "round-1", VERSIONS, second_try=second_try), kept)

    return drill


def following(drill: Drill) -> AskedQuestion:
    asked = drill.next()
    assert asked is not None
    return asked


def said(drill: Drill, asked: AskedQuestion, text: str) -> tuple[str, bool]:
    judged = drill.answer(asked, text, NOW)
    return judged.verdict.outcome, judged.again


def other_dim(asked: AskedQuestion) -> str:
    """Return what the misconception of a question about shapes gives."""
    return asked.variant.question.given.partition("(")[2].partition(",")[0]


# What is recorded.


@pytest.mark.parametrize(
    ("text", "answer", "outcome", "idea", "unsure"),
    [
        pytest.param("3", "3", "correct", None, False, id="correct"),
        pytest.param("(3,)", "(3,)", "correct", None, False, id="as it was typed"),
        pytest.param("4", "4", "incorrect", "other-dim", False, id="incorrect, by a misconception"),
        pytest.param("9", "9", "incorrect", None, False, id="incorrect otherwise"),
        pytest.param("3?", "3", "correct", None, True, id="unsure"),
        pytest.param("3？", "3", "correct", None, True, id="unsure, with a full-width question mark"),
        pytest.param("3 ? ", "3", "correct", None, True, id="unsure, with space"),
        pytest.param("4?", "4", "incorrect", "other-dim", True, id="unsure and incorrect"),
    ],
)
def test_a_judged_answer_is_recorded(
    bank: Bank,
    start: Start,
    sandbox: Sandbox,
    kept: ReviewList,
    text: str,
    answer: str,
    outcome: Literal["correct", "incorrect"],
    idea: str | None,
    unsure: bool,
) -> None:
    drill = start("shapes/one", seed=7)
    judged = drill.answer(following(drill), text, NOW)
    assert (judged.verdict.outcome, judged.unsure, judged.again) == (outcome, unsure, False)
    assert kept.reviews == [
        Review(
            address="shapes/one@7",
            question="shapes/one",
            topic="shapes",
            bank="bank",
            task=bank.entry("shapes/one").task_hash,
            kind="predict",
            answer_type="shape",
            level=1,
            at=NOW.at,
            answer=answer,
            outcome=outcome,
            idea=idea,
            ideas=("other-dim",),
            hints=0,
            unsure=unsure,
            seconds=4.25,
            session="round-1",
            versions={**VERSIONS, "torch": sandbox.wait_ready().torch},
        )
    ]


def test_a_skip_is_recorded_and_gives_the_key(start: Start, kept: ReviewList) -> None:
    drill = start("shapes/one")
    judged = drill.skip(following(drill), NOW)
    assert (judged.verdict.outcome, judged.verdict.expected, judged.verdict.because) == (
        "skipped",
        "(3,)",
        "Dim 0 goes.",
    )
    assert [(review.outcome, review.answer) for review in kept.reviews] == [("skipped", "")]


def test_no_verdict_is_given_before_its_answer_is_recorded(start: Start, kept: ReviewList) -> None:
    drill = start("shapes/one")
    asked = following(drill)
    kept.full = OSError("the recorder was asked first")
    with pytest.raises(OSError, match="the recorder was asked first"):
        drill.answer(asked, "3", NOW)
    with pytest.raises(OSError, match="the recorder was asked first"):
        drill.skip(following(start("shapes/two")), NOW)


def test_what_is_unreadable_costs_nothing(start: Start, kept: ReviewList) -> None:
    drill = start("shapes/one", second_try=True)
    asked = following(drill)
    for text in ("", "?", "x y", "3,?,", "(" * 9999, "9" * 1_000_000):
        assert said(drill, asked, text) == ("unreadable", True)
    assert (kept.reviews, drill.summary().asked) == ([], 0)
    assert said(drill, asked, "4") == ("incorrect", True)
    assert len(kept.reviews) == 1


@pytest.mark.parametrize("name", ["shapes/one", "others/yes-no", "others/write"])
def test_so_does_a_word_that_asks_for_help(name: str, start: Start, kept: ReviewList) -> None:
    drill = start(name)
    asked = following(drill)
    for text in ("help", "모름", "힌트?", "skip", "quit()", "??"):
        judged = drill.answer(asked, text, NOW)
        assert (judged.again, judged.verdict) == (
            True,
            Verdict("unreadable", text, unreadable=Unreadable("plea")),
        )
    assert (kept.reviews, drill.summary().asked) == ([], 0)


def test_so_do_a_syntax_error_and_a_misspelt_name(start: Start, kept: ReviewList) -> None:
    drill = start("others/write")
    asked = following(drill)
    for text in ("x.sum(", "...", "y = 1; z = 2", "X.sum(0)", "x.some(0)"):
        assert said(drill, asked, text) == ("unreadable", True)
    assert kept.reviews == []
    assert said(drill, asked, "torch.sum(x, 0)") == ("correct", False)


# A second try.


@pytest.mark.parametrize(
    ("name", "text", "outcome", "again"),
    [
        pytest.param("shapes/one", "4", "incorrect", True, id="a named misconception"),
        pytest.param("shapes/one", "4?", "incorrect", True, id="a guess that is one"),
        pytest.param("shapes/one", "9", "incorrect", False, id="an answer that no misconception gives"),
        pytest.param("shapes/one", "3", "correct", False, id="a right answer"),
        pytest.param("shapes/one", "3?", "correct", False, id="a right guess"),
        pytest.param("others/write", "x.sum(dim=1)", "incorrect", True, id="code that is a misconception's"),
        pytest.param("others/yes-no", "yes", "incorrect", False, id="yes or no, though it is named"),
    ],
)
def test_only_a_named_misconception_gives_a_second_try(
    start: Start, name: str, text: str, outcome: str, again: bool
) -> None:
    drill = start(name, second_try=True)
    assert said(drill, following(drill), text) == (outcome, again)


def test_a_quiz_gives_none(start: Start) -> None:
    drill = start("shapes/one")
    assert said(drill, following(drill), "4") == ("incorrect", False)


@pytest.mark.parametrize(
    ("second", "outcome"),
    [
        pytest.param("3", "correct", id="right"),
        pytest.param("3?", "correct", id="a right guess"),
        pytest.param("4", "incorrect", id="the same misconception again"),
        pytest.param("9", "incorrect", id="wrong otherwise"),
    ],
)
def test_the_first_answer_counts(start: Start, kept: ReviewList, second: str, outcome: str) -> None:
    drill = start("shapes/one", second_try=True)
    asked = following(drill)
    assert said(drill, asked, "4") == ("incorrect", True)
    assert said(drill, asked, "(3") == ("unreadable", True)
    assert said(drill, asked, second) == (outcome, False)
    assert [review.answer for review in kept.reviews] == ["4"]
    assert drill.summary() == Summary(1, 0, 0, {"shapes": Score(1, 0)}, ("other-dim",), 0)


def test_giving_up_the_second_try_is_no_skip(start: Start, kept: ReviewList) -> None:
    drill = start("shapes/one", second_try=True)
    asked = following(drill)
    drill.answer(asked, "4", NOW)
    assert drill.skip(asked, NOW).verdict.outcome == "skipped"
    assert [review.outcome for review in kept.reviews] == ["incorrect"]
    assert drill.summary().skipped == 0


# Hints.


def test_hints_come_one_by_one_and_are_counted(start: Start, kept: ReviewList) -> None:
    drill = start("shapes/one")
    asked = following(drill)
    assert [drill.hint(asked) for _ in range(4)] == ["Which dim goes?", "There are 4 rows.", None, None]
    drill.answer(asked, "3", NOW)
    assert [review.hints for review in kept.reviews] == [2]


def test_hints_of_one_question_are_not_another_s(start: Start, kept: ReviewList) -> None:
    drill = start("shapes/one", "shapes/two")
    first = following(drill)
    drill.hint(first)
    drill.answer(first, "3", NOW)
    drill.answer(following(drill), "3", NOW)
    assert [review.hints for review in kept.reviews] == [1, 0]


# Undo.


def test_there_is_nothing_to_undo_at_first(start: Start) -> None:
    drill = start()
    assert drill.undo(following(drill)) is None


def test_undo_at_the_next_question_gives_the_last_one_back(start: Start, kept: ReviewList) -> None:
    drill = start()
    first = following(drill)
    drill.answer(first, other_dim(first), NOW)
    second = following(drill)
    assert drill.undo(second) is first
    assert (kept.reviews, drill.summary().asked, drill.summary().ideas) == ([], 0, ())
    assert said(drill, first, "3") == ("correct", False)
    assert drill.next() is second
    assert said(drill, second, "3") == ("correct", False)
    assert [review.question for review in kept.reviews] == [first.variant.entry.id, second.variant.entry.id]


def test_undo_at_the_verdict_gives_the_same_question_back(start: Start, kept: ReviewList) -> None:
    drill = start()
    asked = following(drill)
    drill.answer(asked, "9", NOW)
    assert drill.undo(asked) is asked
    assert said(drill, asked, "3") == ("correct", False)
    assert [review.outcome for review in kept.reviews] == ["correct"]
    assert following(drill).number == 2


def test_undo_before_the_second_try_takes_the_first_back(start: Start, kept: ReviewList) -> None:
    drill = start("shapes/one", second_try=True)
    asked = following(drill)
    drill.answer(asked, "4", NOW)
    assert drill.undo(asked) is asked
    assert said(drill, asked, "4") == ("incorrect", True)
    assert said(drill, asked, "3") == ("correct", False)
    assert [review.answer for review in kept.reviews] == ["4"]


def test_undo_takes_a_skip_back(start: Start, kept: ReviewList) -> None:
    drill = start("shapes/one")
    asked = following(drill)
    drill.skip(asked, NOW)
    assert drill.undo(asked) is asked
    assert said(drill, asked, "3") == ("correct", False)
    assert [review.outcome for review in kept.reviews] == ["correct"]


def test_undo_twice_loses_no_question(start: Start, kept: ReviewList) -> None:
    drill = start()
    first = following(drill)
    drill.answer(first, "9", NOW)
    second = following(drill)
    drill.answer(second, "9", NOW)
    third = following(drill)
    assert drill.undo(third) is second
    assert drill.undo(second) is first
    assert drill.undo(first) is None
    assert kept.reviews == []
    for asked in (first, second, third):
        drill.answer(asked, "3", NOW)
        assert following(drill).number == asked.number + 1
    assert [review.outcome for review in kept.reviews] == ["correct"] * 3
    assert [review.question for review in kept.reviews] == [
        a.variant.entry.id for a in (first, second, third)
    ]


def test_a_round_with_undos_asks_everything_once(start: Start, kept: ReviewList) -> None:
    drill = start()
    back: AskedQuestion | None = None
    undos = 3
    while asked := back or drill.next():
        back = drill.undo(asked) if undos and asked.number == 3 else None
        if back:
            undos -= 1
        else:
            drill.answer(asked, "3", NOW)
    assert sorted(review.question for review in kept.reviews) == sorted(
        f"shapes/{name}" for name in ("one", "two", "three", "four", "five")
    )


# What a practice does with answers.


@pytest.mark.parametrize(
    "way",
    [
        pytest.param(
            lambda drill, asked: drill.answer(asked, other_dim(asked), NOW), id="a named wrong answer"
        ),
        pytest.param(lambda drill, asked: drill.answer(asked, "9", NOW), id="another wrong answer"),
        pytest.param(lambda drill, asked: drill.answer(asked, "3?", NOW), id="a right guess"),
        pytest.param(lambda drill, asked: drill.skip(asked, NOW), id="a skip"),
    ],
)
def test_what_was_not_known_returns_as_the_fourth_question_after(
    start: Start, way: Callable[[Drill, AskedQuestion], JudgedAnswer]
) -> None:
    drill = start(practice=True, seed=4)
    first = following(drill)
    way(drill, first)
    assert answered_right(drill, 4).index(first.variant.entry.id) == 3


def answered_right(drill: Drill, count: int) -> list[str]:
    """Answer so many questions about shapes; give their ids."""
    ids = []
    for _ in range(count):
        asked = following(drill)
        drill.answer(asked, "3", NOW)
        ids.append(asked.variant.entry.id)
    return ids


@pytest.mark.parametrize(
    "outcome", [pytest.param("3", id="right"), pytest.param("9", id="wrong, but undone")]
)
def test_what_was_right_or_undone_waits_for_the_next_lap(start: Start, outcome: str) -> None:
    drill = start(practice=True, seed=4)
    first = following(drill)
    drill.answer(first, outcome, NOW)
    if outcome != "3":
        drill.undo(first)
        drill.answer(first, "3", NOW)
    assert len({first.variant.entry.id, *answered_right(drill, 4)}) == 5


def test_undoing_a_right_answer_keeps_what_went_wrong_before(start: Start) -> None:
    drill = start(practice=True, seed=4)
    first = following(drill)
    drill.answer(first, "9", NOW)
    second = following(drill)
    drill.answer(second, "3", NOW)
    drill.undo(second)
    drill.answer(second, "3", NOW)
    assert answered_right(drill, 3).index(first.variant.entry.id) == 2


@pytest.mark.parametrize("seed", range(5))
def test_undoing_it_where_it_returned_keeps_its_idea_due(start: Start, seed: int) -> None:
    going_on, undoing = (start(practice=True, seed=seed, kept=ReviewList()) for _ in range(2))
    for drill in (going_on, undoing):
        first = following(drill)
        drill.answer(first, other_dim(first), NOW)
        answered_right(drill, 3)
        returned = following(drill)
        assert returned.variant.entry == first.variant.entry
        drill.answer(returned, "3", NOW)
        if drill is undoing:
            drill.undo(returned)
            drill.answer(returned, "3", NOW)
    assert answered_right(going_on, 6) == answered_right(undoing, 6)


# Broken questions.


@pytest.mark.parametrize(
    ("name", "error", "problem"),
    [
        pytest.param(
            "crashing",
            BankError,
            "others/crashing@0: the question's own program crashed",
            id="its program crashes",
        ),
        pytest.param(
            "unsaid",
            DrawError,
            "others/unsaid@0: `{{ nothing }}` does not render: 'nothing' is undefined",
            id="its text does not render",
        ),
    ],
)
def test_a_broken_question_is_left_out_and_the_next_one_works(
    start: Start, kept: ReviewList, name: str, error: type[BankError], problem: str
) -> None:
    drill = start(f"others/{name}", "shapes/one")
    for asked in (following(drill), following(drill)):
        if asked.variant.entry.topic == "shapes":
            assert said(drill, asked, "3") == ("correct", False)
            continue
        with pytest.raises(error) as caught:
            drill.answer(asked, "3", NOW)
        drill.drop(asked, caught.value)
    (left_out,) = drill.problems
    assert (left_out if isinstance(left_out, str) else left_out.text("en")) == problem
    assert [review.question for review in kept.reviews] == ["shapes/one"]
    assert drill.summary() == Summary(1, 1, 0, {"shapes": Score(1, 1)}, (), 0)
    assert drill.next() is None


def test_a_broken_hint_leaves_its_question_out(start: Start) -> None:
    drill = start("others/unsaid", practice=True)
    asked = following(drill)
    with pytest.raises(BankError) as caught:
        drill.hint(asked)
    drill.drop(asked, caught.value)
    assert drill.next() is None


# The tally.


def test_the_summary_counts(start: Start) -> None:
    drill = start("shapes", "others/yes-no", "others/write", second_try=True)
    ways = {
        "one": "4",
        "two": "3?",
        "three": "9?",
        "four": "3",
        "five": "8",
        "yes-no": "no",
        "write": None,
    }
    while asked := drill.next():
        text = ways[asked.variant.entry.question.id]
        if text is None:
            drill.skip(asked, NOW)
        elif drill.answer(asked, text, NOW).again:
            drill.answer(asked, "3", NOW)
    assert drill.summary() == Summary(
        asked=7,
        correct=3,
        skipped=1,
        topics={"others": Score(2, 1), "shapes": Score(5, 2)},
        ideas=("other-dim",),
        unsure=1,
    )
    assert drill.total == 7
