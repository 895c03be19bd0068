"""Output of a program: asked for, typed line by line, and compared without the space that means nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from tensordrill.bank.load import Bank
from tensordrill.bank.schema import AnswerType, Predict
from tensordrill.bank.variant import Variant, make
from tensordrill.judging import QuestionSession
from tensordrill.kinds.answers import Answer, Literally, Raises, Unreadable, Word
from tensordrill.kinds.output import asks_output, normal, printed, read
from tensordrill.kinds.words import MAX_LENGTH
from tensordrill.sandbox.client import Sandbox

TENSOR = "tensor([[1, 2],\n        [3, 4]])\n"


@pytest.mark.parametrize(
    ("fields", "is_asked_for"),
    [
        pytest.param({"code": "print(1)"}, True, id="the word"),
        pytest.param({"code": "print(1)", "type": "output"}, True, id="and its type"),
        pytest.param({"code": "output = 1"}, False, id="a variable of that name"),
        pytest.param({"given": "output = 1"}, False, id="a given one"),
        pytest.param({"setup": "def output(): ...", "given": "x = 1"}, False, id="one of the setup"),
        pytest.param({"code": "output = 1\nprint(2)", "type": "output"}, True, id="the type settles it"),
        pytest.param({"code": "print(1)", "type": "int"}, False, id="another type"),
        pytest.param({"code": "print(1)", "ask": "outputs"}, False, id="another name"),
    ],
)
def test_output_is_a_word_where_no_variable_has_its_name(fields: dict[str, str], is_asked_for: bool) -> None:
    question = Predict(**{"id": "q", "ask": "output", **fields})  # type: ignore[arg-type]
    assert asks_output(question) == is_asked_for


def test_the_type_needs_the_word() -> None:
    type_: AnswerType = "output"
    with pytest.raises(ValueError, match="`type: output` goes with `ask: output`"):
        Predict(id="q", code="print(1)", ask="x", type=type_)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("1 2\n", "1   2", id="space"),
        pytest.param("1\n\n2\n", "\n1\n2", id="empty lines"),
        pytest.param(TENSOR, "tensor([[1,2],[3,4]])", id="a tensor over lines"),
        pytest.param(TENSOR, "tensor([[1, 2],\n[3, 4]])", id="a tensor with other space"),
        pytest.param("{'a': 1}", "{'a':1}", id="a mapping"),
        pytest.param("x = 1", "x=1", id="an assignment"),
        pytest.param("１２", "12", id="full width"),
        pytest.param("a\t b", "a b", id="a tab"),
    ],
)
def test_space_that_means_nothing_does_not_count(one: str, other: str) -> None:
    assert normal(one) == normal(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("1 2", "12", id="two numbers and one"),
        pytest.param("1\n2", "1 2", id="two lines and one"),
        pytest.param("a b", "ab", id="two words and one"),
        pytest.param("True", "true", id="capitals"),
        pytest.param("1.", "1.0", id="digits"),
        pytest.param("tensor(1)", "1", id="what is around"),
    ],
)
def test_what_looks_different_is_different(one: str, other: str) -> None:
    assert normal(one) != normal(other)


@given(st.text())
def test_the_normal_form_is_its_own(text: str) -> None:
    """The normal form of a normal form is itself, so that a key that is shown can be typed."""
    assert normal(normal(text)) == normal(text)


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        pytest.param("1 2\n3", Literally(Word("1 2\n3")), id="lines"),
        pytest.param("raises", Raises(typed="raises"), id="raises"),
        pytest.param("에러", Raises(typed="에러"), id="raises in korean"),
        pytest.param("raises ValueError", Raises("ValueError", "raises ValueError"), id="with a class"),
        pytest.param("ValueError: no", Raises("ValueError", "ValueError:no"), id="as python prints it"),
        pytest.param("raises\n1", Literally(Word("raises\n1")), id="a line that begins so"),
        pytest.param("nothing", Literally(Word("nothing")), id="nothing"),
        pytest.param("Prints nothing", Literally(Word("nothing")), id="nothing in more words"),
        pytest.param("없음", Literally(Word("nothing")), id="nothing in korean"),
        pytest.param("None", Literally(Word("None")), id="none is printed"),
        pytest.param(" \n ", Unreadable("output"), id="space"),
        pytest.param("1" * (MAX_LENGTH + 1), Unreadable("too-long"), id="too long"),
    ],
)
def test_an_output_is_read(text: str, answer: Answer | Unreadable) -> None:
    assert read(text) == answer


@pytest.mark.parametrize(
    ("stdout", "shown"),
    [
        pytest.param("1  \n2\n", "1\n2", id="ends of lines"),
        pytest.param("\n1\n\n", "1", id="empty lines around"),
        pytest.param("\n \n", "nothing", id="only space"),
        pytest.param("", "nothing", id="nothing"),
    ],
)
def test_what_was_printed_is_shown(stdout: str, shown: str) -> None:
    assert printed(stdout) == shown


def variant(folder: Path, code: str, wrong: str) -> Variant:
    question = {
        "id": "q",
        "code": code,
        "ask": "output",
        "misconceptions": [{"id": "m", "code": wrong}, {"id": "quiet", "answer": "nothing"}],
    }
    topic = {"format": 1, "topic": "t", "title": "T", "questions": [question]}
    (folder / "t.yaml").write_text(yaml.safe_dump(topic), encoding="utf-8")
    return make(Bank(folder).entry("t/q"), 1)


@pytest.mark.parametrize(
    ("code", "text", "outcome", "idea"),
    [
        pytest.param("print(1)\nprint(2)", "1\n2", "correct", None, id="right"),
        pytest.param("print(1)\nprint(2)", "1 2", "incorrect", "m", id="an idea"),
        pytest.param("print(1)\nprint(2)", "nothing", "incorrect", "quiet", id="an idea that is typed"),
        pytest.param("print(1)\nprint(2)", "raises", "incorrect", None, id="it does not raise"),
        pytest.param("print(1); 1 / 0", "1", "incorrect", None, id="what was printed before an error"),
        pytest.param("print(1); 1 / 0", "raises ZeroDivisionError", "correct", None, id="it raises"),
        pytest.param("x = 1", "nothing", "correct", None, id="it prints nothing"),
        pytest.param("print(torch.eye(2))", "tensor([[1., 0.], [0., 1.]])", "correct", None, id="a tensor"),
    ],
)
def test_an_output_is_judged(
    tmp_path: Path, sandbox: Sandbox, code: str, text: str, outcome: str, idea: str | None
) -> None:
    question_session = QuestionSession(sandbox, variant(tmp_path, code, "print(1, 2)"))
    verdict = question_session.judge(text, "en")
    assert (verdict.outcome, verdict.misconception) == (outcome, idea)
    assert question_session.judge(question_session.expected, "en").outcome == "correct"
