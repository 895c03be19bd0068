"""which: each option is run, and those are right for which the test holds."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from tensordrill.bank.load import Bank
from tensordrill.bank.schema import Which
from tensordrill.bank.variant import Variant, make
from tensordrill.judging import QuestionSession
from tensordrill.kinds import which
from tensordrill.kinds.answers import Difference, Picks, Unreadable
from tensordrill.sandbox.client import Sandbox
from tensordrill.sandbox.protocol import Bool, Int, Observation, Program, Raised

OPTIONS = ["x.t()", "x.clone()", "x[0]", "x + 0"]


def variant(folder: Path, seed: int = 1, **fields: Any) -> Variant:
    question = {
        "id": "q",
        "given": "x = torch.ones(2, 2)",
        "which": "shares_memory(x, it)",
        "options": OPTIONS,
        **fields,
    }
    topic = {"format": 1, "topic": "t", "title": "T", "questions": [question]}
    (folder / "t.yaml").write_text(yaml.safe_dump(topic), encoding="utf-8")
    return make(Bank(folder).entry("t/q"), seed)


@pytest.fixture(scope="module")
def four(tmp_path_factory: pytest.TempPathFactory) -> Variant:
    return variant(tmp_path_factory.mktemp("bank"))


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        pytest.param("1 3", (1, 3), id="spaces"),
        pytest.param("1,3", (1, 3), id="comma"),
        pytest.param("1, 3", (1, 3), id="comma-and-space"),
        pytest.param("3 1 3", (1, 3), id="order-and-repeats"),
        pytest.param("[1, 3]", (1, 3), id="list"),
        pytest.param("(2)", (2,), id="brackets"),
        pytest.param("4", (4,), id="one"),
        pytest.param("1번, 3번", (1, 3), id="korean"),
        pytest.param("1번과 3번", (1, 3), id="korean-and"),
        pytest.param("１　３", (1, 3), id="full-width"),
        pytest.param("1·3", (1, 3), id="middle-dot"),
        pytest.param("none", (), id="none"),
        pytest.param("None", (), id="none-case"),
        pytest.param("없음", (), id="none-korean"),
        pytest.param("0", (), id="zero"),
        pytest.param("[]", (), id="empty-list"),
    ],
)
def test_picks_are_the_shown_numbers(four: Variant, text: str, numbers: tuple[int, ...]) -> None:
    assert which.read(four, text) == Picks(numbers)


@pytest.mark.parametrize(
    ("text", "unreadable"),
    [
        pytest.param("", Unreadable("picks"), id="nothing"),
        pytest.param("x.t()", Unreadable("picks"), id="an-option"),
        pytest.param("first", Unreadable("picks"), id="a-word"),
        pytest.param("1-3", Unreadable("picks"), id="a-range"),
        pytest.param("-1", Unreadable("picks"), id="negative"),
        pytest.param("1.5", Unreadable("picks-range", "4"), id="a-float-is-two-numbers"),
        pytest.param("raises", Unreadable("picks"), id="raises"),
        pytest.param("1234", Unreadable("picks"), id="four-digits"),
        pytest.param("5", Unreadable("picks-range", "4"), id="beyond"),
        pytest.param("0 1", Unreadable("picks-range", "4"), id="zero-among-others"),
        pytest.param("1 " * 1_000_000, Unreadable("too-long"), id="two-megabytes"),
        pytest.param("1 " * 4999 + "!", Unreadable("picks"), id="long-and-wrong"),
        pytest.param("1" + " " * 9998 + "!", Unreadable("picks"), id="mostly-space"),
    ],
)
def test_what_is_no_pick_is_unreadable(four: Variant, text: str, unreadable: Unreadable) -> None:
    assert which.read(four, text) == unreadable


@given(st.text() | st.text("0123456789 ,.[]()번none"))
def test_any_text_is_picks_in_range_or_unreadable(four: Variant, text: str) -> None:
    """read never raises; picks are sorted, distinct and shown."""
    answer = which.read(four, text)
    if isinstance(answer, Picks):
        assert sorted(set(answer.numbers)) == list(answer.numbers)
        assert set(answer.numbers) <= {1, 2, 3, 4}
    else:
        assert isinstance(answer, Unreadable)


@given(st.sets(st.integers(1, 4)))
def test_typed_picks_read_back(four: Variant, numbers: set[int]) -> None:
    """read(typed(picks)) is picks, none at all included."""
    picks = Picks(tuple(sorted(numbers)))
    assert which.read(four, which.typed(picks)) == picks


def test_an_expression_is_seen_as_it_and_statements_run() -> None:
    question = Which(id="q", given="x = 1", code="y = x", which="True", options=("y + 1", "y = 2", "x += 1"))
    assert which.programs(None, question) == (  # type: ignore[arg-type]  # the variant plays no part
        Program(given="x = 1", code="y = x", value="y + 1", ask="True"),
        Program(given="x = 1", code="y = x\ny = 2", ask="True"),
        Program(given="x = 1", code="y = x\nx += 1", ask="True"),
    )


def test_only_true_itself_holds() -> None:
    no = Raised(("E",), "", 1, "code")
    result = (
        Observation(Bool(True)),
        Observation(Bool(False)),
        Observation(Int("1")),
        Observation(raised=no),
        Observation(Bool(True), raised=no),
        Observation(failure="timeout"),
    )
    assert which.holding(result) == Picks((1, 5))


def right(shown: Variant, *options: str) -> str:
    """The numbers under which these options are shown."""
    assert isinstance(shown.question, Which)
    return " ".join(str(i) for i, option in enumerate(shown.question.options, 1) if option in options)


@pytest.mark.parametrize("seed", range(4))
def test_the_options_that_share_memory_are_right_in_any_order(
    tmp_path: Path, sandbox: Sandbox, seed: int
) -> None:
    shown = variant(tmp_path, seed)
    question_session = QuestionSession(sandbox, shown)
    views = right(shown, "x.t()", "x[0]")
    assert question_session.expected == views
    assert question_session.judge(views, "en").outcome == "correct"
    verdict = question_session.judge(right(shown, *OPTIONS), "en")
    assert (verdict.outcome, verdict.differences) == (
        "incorrect",
        (Difference("picks", views, "1 2 3 4"),),
    )


def test_a_test_may_ask_what_was_raised(tmp_path: Path, sandbox: Sandbox) -> None:
    options = ["x.view(3)", "x.view(4)", "raise ValueError", "x.nope", "y = x.view(3)"]
    shown = variant(tmp_path, which="raised is RuntimeError", options=options)
    assert QuestionSession(sandbox, shown).expected == right(shown, "x.view(3)", "y = x.view(3)")


def test_an_option_that_raises_does_not_hold_unasked(tmp_path: Path, sandbox: Sandbox) -> None:
    shown = variant(tmp_path, which="True", options=["x.view(3)", "x"])
    assert QuestionSession(sandbox, shown).expected == right(shown, "x")


def test_each_option_runs_afresh(tmp_path: Path, sandbox: Sandbox) -> None:
    options = ["x.add_(1)", "x.mul_(1)", "x.sub_(0)"]
    shown = variant(tmp_path, which="x.sum().item() == 4", options=options)
    assert QuestionSession(sandbox, shown).expected == right(shown, "x.mul_(1)", "x.sub_(0)")


def test_no_option_may_hold(tmp_path: Path, sandbox: Sandbox) -> None:
    question_session = QuestionSession(sandbox, variant(tmp_path, which="False"))
    assert question_session.expected == "none"
    assert question_session.judge("없음", "ko").outcome == "correct"
    assert question_session.judge("1", "en").outcome == "incorrect"


def test_misconceptions_are_named_by_their_picks(tmp_path: Path, sandbox: Sandbox) -> None:
    shown = variant(
        tmp_path,
        misconceptions=[
            {"id": "all-copy", "which": "False", "because": "Views exist."},
            {"id": "index-copies", "picks": [1], "because": "An index is a view."},
            {"id": "all-share", "which": "True"},
        ],
        because="A view has no numbers of its own.",
    )
    question_session = QuestionSession(sandbox, shown)
    transposed = right(shown, "x.t()")
    judged = {
        text: (verdict.misconception, verdict.because)
        for text in ("none", transposed, right(shown, "x + 0"), "1 2 3 4")
        for verdict in [question_session.judge(text, "en")]
    }
    assert judged == {
        "none": ("all-copy", "Views exist."),
        transposed: ("index-copies", "An index is a view."),
        right(shown, "x + 0"): (None, "A view has no numbers of its own."),
        "1 2 3 4": ("all-share", "A view has no numbers of its own."),
    }
    typed = [("all-copy", "none"), ("index-copies", transposed), ("all-share", "1 2 3 4")]
    assert question_session.misconceptions() == typed


def test_a_longer_list_is_shown_in_part(tmp_path: Path, sandbox: Sandbox) -> None:
    shown = variant(tmp_path, show=2)
    assert isinstance(shown.question, Which)
    assert len(shown.question.options) == 2
    assert which.read(shown, "3") == Unreadable("picks-range", "2")
    assert QuestionSession(sandbox, shown).expected == (right(shown, "x.t()", "x[0]") or "none")
