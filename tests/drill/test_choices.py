"""Multiple choice: the key among what the misconceptions give, in an order that the address fixes."""

from __future__ import annotations

from pathlib import Path

import pytest

from tensordrill.bank.load import Bank
from tensordrill.bank.variant import Variant, make
from tensordrill.drill.choices import Choices, choices_for
from tensordrill.judging import QuestionSession
from tensordrill.sandbox.client import Sandbox

QUESTIONS = """\
format: 1
topic: small
title: Small
questions:
  - id: shape
    given: x = torch.ones(4, 3)
    ask: x.sum(0).shape
    misconceptions:
      - {id: other-dim, ask: x.sum(1).shape}
      - {id: keeps, ask: "x.sum(0, keepdim=True).shape"}
  - id: raising
    given: x = torch.ones(4, 3)
    ask: x.view(5).shape
    misconceptions:
      - {id: cuts, answer: "5"}
  - id: believed-to-raise
    given: x = torch.ones(4, 3)
    ask: x.reshape(2, 6).shape
    misconceptions:
      - {id: same-sizes, answer: raises}
      - {id: swaps, answer: "6, 2"}
  - id: twice
    given: x = torch.ones(4, 3)
    ask: x.sum(0).shape
    misconceptions:
      - {id: other-dim, answer: "(4,)"}
      - {id: first-dim, ask: "x.shape[:1]"}
  - id: write
    given: x = torch.ones(4, 3)
    task: Add up the rows.
    write: expression
    solution: x.sum(0)
    misconceptions:
      - {id: other-dim, code: x.sum(1)}
  - id: fill
    given: x = torch.ones(4)
    fill: x.unsqueeze(____)
    solution: "1"
    task: Make a column.
    misconceptions:
      - {id: row, code: "0"}
  - id: which
    given: x = torch.ones(4)
    options: [x + 1, "x[0]"]
    which: it.dim() == 1
"""


@pytest.fixture
def bank(tmp_path: Path) -> Bank:
    folder = tmp_path / "bank"
    folder.mkdir()
    (folder / "small.yaml").write_text(QUESTIONS, encoding="utf-8")
    return Bank(folder)


def options(sandbox: Sandbox, variant: Variant) -> tuple[str, ...]:
    choices = choices_for(QuestionSession(sandbox, variant))
    assert choices is not None
    return choices.options


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        pytest.param("shape", {"(3,)", "(4,)", "(1, 3)", "raises"}, id="raises is always possible"),
        pytest.param("raising", {"raises RuntimeError", "5"}, id="the key is that it raises"),
        pytest.param(
            "believed-to-raise", {"(2, 6)", "6, 2", "raises"}, id="a misconception is that it raises"
        ),
        pytest.param("twice", {"(3,)", "(4,)", "raises"}, id="an option is there once"),
        pytest.param("write", {"x.sum(0)", "x.sum(1)"}, id="code"),
        pytest.param("fill", {"1", "0"}, id="fillings"),
    ],
)
def test_the_options_are_the_key_and_what_misconceptions_give(
    sandbox: Sandbox, bank: Bank, name: str, expected: set[str]
) -> None:
    labels = options(sandbox, make(bank.entry(f"small/{name}"), 0))
    assert set(labels) == expected
    assert len(labels) == len(expected)


def test_a_question_with_options_keeps_its_own(sandbox: Sandbox, bank: Bank) -> None:
    assert choices_for(QuestionSession(sandbox, make(bank.entry("small/which"), 0))) is None


def test_the_address_fixes_the_order_and_the_key_is_anywhere(sandbox: Sandbox, bank: Bank) -> None:
    entry = bank.entry("small/shape")
    labels = [options(sandbox, make(entry, seed)) for seed in range(30)]
    assert labels == [options(sandbox, make(entry, seed)) for seed in range(30)]
    assert {shown.index("(3,)") for shown in labels} == {0, 1, 2, 3}


def test_one_option_is_right_and_the_others_are_wrong(sandbox: Sandbox, shipped_bank: Bank) -> None:
    entries = [entry for topic in shipped_bank.topics() for entry in topic.entries if entry.kind != "which"]
    for entry in entries[::8]:
        question_session = QuestionSession(sandbox, make(entry, 5))
        choices = choices_for(question_session)
        assert choices is not None
        verdicts = {option: question_session.judge(option, "en") for option in choices.options}
        right = [option for option, verdict in verdicts.items() if verdict.outcome == "correct"]
        assert right == [question_session.expected], entry.id
        unnamed = [o for o, v in verdicts.items() if v.outcome == "incorrect" and v.misconception is None]
        assert unnamed in ([], ["raises"]), entry.id


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        pytest.param("a", "(3,)", id="a letter"),
        pytest.param(" c ", "raises", id="with space"),
        pytest.param("B", "(4,)", id="a capital"),
        pytest.param("ｂ", "(4,)", id="full-width"),
        pytest.param("d", "d", id="past the last option"),
        pytest.param("1", "1", id="a number is a value"),
        pytest.param("(4,)", "(4,)", id="an option typed out"),
        pytest.param("a b", "a b", id="two letters"),
        pytest.param("", "", id="nothing"),
    ],
)
def test_a_shown_letter_means_its_option(typed: str, meant: str) -> None:
    assert Choices(("(3,)", "(4,)", "raises")).typed(typed) == meant
