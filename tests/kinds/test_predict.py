"""Predicted answers beside what a program gives and what misconceptions say, in whichever way they are written."""

from __future__ import annotations

from pathlib import Path

import pytest

from tensordrill.bank.load import Bank
from tensordrill.bank.variant import make
from tensordrill.judging import QuestionSession
from tensordrill.kinds.answers import Literally, TypedTensor
from tensordrill.kinds.predict import shown_answer
from tensordrill.sandbox.client import Sandbox

HEAD = "format: 1\ntopic: t\ntitle: T\nquestions:\n  - id: one\n"


def question_session(folder: Path, sandbox: Sandbox, question: str) -> QuestionSession:
    lines = "".join(f"    {line}\n" for line in question.splitlines())
    (folder / "t.yaml").write_text(HEAD + lines, encoding="utf-8")
    return QuestionSession(sandbox, make(Bank(folder).entry("t/one"), 0))


@pytest.mark.parametrize(
    ("answer", "typed"),
    [
        pytest.param("12.0", "12", id="a whole number"),
        pytest.param("12", "12.0", id="a point too many"),
        pytest.param("0.5", "0.50", id="a digit more"),
        pytest.param("0.5", "5e-1", id="an exponent"),
        pytest.param("[1.0, 2]", "[1, 2.0]", id="a list"),
        pytest.param("tensor([1., 2.])", "tensor([1.0, 2.0])", id="a tensor"),
        pytest.param("raises", "error", id="an error"),
    ],
)
def test_what_a_misconception_says_is_met_however_it_is_written(
    tmp_path: Path, sandbox: Sandbox, answer: str, typed: str
) -> None:
    asked = question_session(
        tmp_path,
        sandbox,
        f'given: x = torch.tensor([3., 4.])\nask: x\nmisconceptions: [{{id: wrong, answer: "{answer}"}}]',
    )
    assert asked.judge(typed, "en").misconception == "wrong"


def test_a_bool_is_no_number(tmp_path: Path, sandbox: Sandbox) -> None:
    asked = question_session(
        tmp_path, sandbox, 'given: x = 3\nask: x\ntype: int\nmisconceptions: [{id: wrong, answer: "1"}]'
    )
    assert asked.judge("1", "en").misconception == "wrong"
    assert asked.judge("True", "en").misconception is None


@pytest.mark.parametrize(
    "typed", ["RuntimeError", "RuntimeError: no", "raises RuntimeError", "raises", "에러가 납니다"]
)
def test_a_program_that_raises_where_a_text_is_asked_for(
    tmp_path: Path, sandbox: Sandbox, typed: str
) -> None:
    asked = question_session(tmp_path, sandbox, "code: raise RuntimeError('no')\nask: type(x).__name__")
    assert asked.judge(typed, "en").outcome == "correct"
    assert asked.judge("ValueError", "en").outcome == "incorrect"


@pytest.mark.parametrize("typed", ["RuntimeError", "'RuntimeError'"])
def test_a_text_that_is_a_class_s_name(tmp_path: Path, sandbox: Sandbox, typed: str) -> None:
    asked = question_session(tmp_path, sandbox, "given: e = RuntimeError('no')\nask: type(e).__name__")
    assert asked.judge(typed, "en").outcome == "correct"
    assert asked.judge("raises RuntimeError", "en").outcome == "incorrect"


def test_an_output_that_is_a_class_s_name(tmp_path: Path, sandbox: Sandbox) -> None:
    asked = question_session(tmp_path, sandbox, "code: print('ValueError')\nask: output")
    assert asked.judge("ValueError", "en").outcome == "correct"
    assert asked.judge("raises ValueError", "en").outcome == "incorrect"


@pytest.mark.parametrize(
    ("ask", "typed", "outcome"),
    [
        pytest.param("(type(x).__name__, 'b')", "maybe", "unreadable", id="a word for two texts"),
        pytest.param("(type(x).__name__, 'b')", "int, c", "incorrect", id="two texts"),
        pytest.param("(x, [x])", "maybe", "unreadable", id="a word for two pieces of which nothing is known"),
        pytest.param("(x, [x])", "3", "incorrect", id="a number"),
        pytest.param("tuple('a')", "a", "correct", id="a word for what may be one text"),
        pytest.param("(type(x).__name__,)", "float", "incorrect", id="a word for one text"),
    ],
)
def test_a_word_is_no_tuple_of_several_pieces(
    tmp_path: Path, sandbox: Sandbox, ask: str, typed: str, outcome: str
) -> None:
    asked = question_session(tmp_path, sandbox, f"given: x = 3\nask: {ask}")
    assert asked.judge(typed, "en").outcome == outcome


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        pytest.param(TypedTensor((1, 2)), "(1, 2)", id="elements"),
        pytest.param(TypedTensor(3), "3", id="a scalar"),
        pytest.param(TypedTensor((), None, (0, 3)), "tensor([], size=(0, 3))", id="none, with a size"),
    ],
)
def test_a_typed_tensor_is_shown_by_its_elements(value: TypedTensor, shown: str) -> None:
    assert shown_answer(Literally(value)) == shown
