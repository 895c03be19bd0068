"""Words that ask for help are no answers, unless they may be meant."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tensordrill.bank.schema import AnyQuestion, Fill, Predict, Which, Write
from tensordrill.kinds.pleas import is_plea


def predict(ask: str, **fields: Any) -> Predict:
    return Predict(id="q", given="x = torch.ones(2)", ask=ask, **fields)


def fill(code: str, given: str = "x = torch.ones(2)") -> Fill:
    return Fill(id="q", task="t", given=given, fill=code, solution="1")


def write(form: Any, given: str = "x = torch.ones(2)", signature: str | None = None) -> Write:
    return Write(
        id="q", task="t", given=given, write=form, signature=signature, solution="x", must=("changed",)
    )


QUESTIONS: dict[str, AnyQuestion] = {
    "shape": predict("x.shape"),
    "bool": predict("x.is_contiguous()"),
    "tensor": predict("x"),
    "tuple": predict("(x, y)"),
    "warns": predict("warns"),
    "which": Which(id="q", given="x = 1", which="it", options=("x", "y")),
    "fill": fill("y = x.sum(____)"),
    "expression": write("expression"),
    "statements": write("statements"),
    "function": write("function", signature="f(x)"),
}


@pytest.mark.parametrize("question", QUESTIONS.values(), ids=QUESTIONS)
@pytest.mark.parametrize(
    "text",
    [
        *(
            "help",
            "Help.",
            "HELP!",
            "help?",
            "help()",
            "hint",
            "skip",
            "quit",
            "exit()",
            "idk",
            "I don't know",
        ),
        *(
            "?",
            "??",
            "？",
            "?!",
            "모름",
            " 모름 ",
            "모르겠어요.",
            "잘 모르겠습니다",
            "도움말",
            "힌트",
            "건너뛰기",
        ),
    ],
)
def test_a_plea_is_one_to_every_kind_of_question(question: AnyQuestion, text: str) -> None:
    assert is_plea(question, text)


@pytest.mark.parametrize(
    ("question", "text"),
    [
        pytest.param(predict("x.shape"), "2, 3?", id="an-unsure-answer"),
        pytest.param(predict("x.shape"), "helpful", id="a-longer-word"),
        pytest.param(predict("x.shape"), "raises", id="an-answer"),
        pytest.param(predict("x.shape"), "", id="nothing"),
        pytest.param(predict("x.shape"), "?" * 20_000, id="endless"),
        pytest.param(predict("type(x).__name__"), "help", id="a-text-may-be-any-word"),
        pytest.param(predict("x", type="none-or-text"), "skip", id="a-text-or-none"),
        pytest.param(write("statements"), "pass", id="a-statement"),
        pytest.param(write("expression", "hint = torch.ones(2)"), "hint", id="a-given-name"),
        pytest.param(write("function", signature="skip(help)"), "help", id="a-parameter"),
        pytest.param(write("expression"), "help(x)", id="a-call"),
        pytest.param(fill("y = x.sum(____)", "skip = 1"), "skip", id="a-given-name-in-a-blank"),
        pytest.param(fill('y = torch.einsum("____->i", x)'), "idk", id="letters-in-a-text"),
    ],
)
def test_what_may_be_meant_is_no_plea(question: AnyQuestion, text: str) -> None:
    assert not is_plea(question, text)


@pytest.mark.parametrize("code", ["y = torch.____(x)", "y = ____", "y = x[____]"])
def test_a_name_that_is_nowhere_in_the_program_is_a_plea(code: str) -> None:
    assert is_plea(fill(code), "hint")


@given(st.text())
def test_any_text_is_a_plea_or_not(text: str) -> None:
    """is_plea never raises, whatever the text and the question."""
    assert {is_plea(question, text) for question in QUESTIONS.values()} <= {True, False}
