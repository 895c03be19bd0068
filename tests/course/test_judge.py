"""The result of an answer's judgement, and the parts that it keeps apart."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tensordrill.sandbox.client import Sandbox
from tests.needs import linux

from .homework import judged

_SHAPE: dict[str, Any] = {
    "id": "shape",
    "given": "x = torch.ones(2, 3)",
    "code": "y = x.t()",
    "ask": "y.shape",
    "because": "The key is {{ key }}.",
    "misconceptions": [
        {"id": "nothing", "code": "y = x", "because": "You typed {{ got }}."},
        {"id": "flat", "code": "y = x.reshape(-1)"},
    ],
}


@pytest.mark.parametrize(
    ("answer", "text"),
    [
        pytest.param("(3, 2)", (None, None, "The key is (3, 2)."), id="right"),
        pytest.param("(2, 3)", ("nothing", "You typed (2, 3).", None), id="an idea with words of its own"),
        pytest.param("6", ("flat", None, "The key is (3, 2)."), id="an idea without words"),
        pytest.param("1", (None, None, "The key is (3, 2)."), id="no idea"),
    ],
)
def test_what_the_question_says_of_its_key_is_kept_apart(
    answer: str, text: tuple[str | None, ...], tmp_path: Path, sandbox: Sandbox
) -> None:
    mark = judged(_SHAPE, f"answer = {answer}", tmp_path, sandbox)
    assert (mark.idea, mark.because, mark.why) == text


_WRITTEN: dict[str, Any] = {
    "id": "written",
    "given": "x = torch.ones(2, 3)",
    "task": "Turn it.",
    "write": "expression",
    "solution": "x.t()",
    "misconceptions": [{"id": "nothing", "code": "x"}],
}


_MULTIPLIED: dict[str, Any] = {
    "id": "multiplied",
    "given": "x = torch.ones(2, 3)\nv = torch.arange(3)",
    "task": "Multiply them.",
    "write": "expression",
    "solution": "x @ v.to(torch.float32)",
    "misconceptions": [{"id": "sum", "code": "x.sum(1)"}],
}


def test_a_reason_has_no_fix_which_may_be_the_solution(tmp_path: Path, sandbox: Sandbox) -> None:
    mark = judged(_MULTIPLIED, "answer = x @ v", tmp_path, sandbox)
    assert (mark.outcome, mark.reason) == ("incorrect", "`@` takes one dtype: `x` is float32, `v` is int64.")


@pytest.mark.parametrize("question", [_SHAPE, _WRITTEN], ids=["predict", "write"])
@pytest.mark.parametrize("answer", ["help", "'모름'", "'?'", "'idk'"])
def test_a_word_that_asks_for_help_is_no_wrong_answer(
    question: dict[str, Any], answer: str, tmp_path: Path, sandbox: Sandbox
) -> None:
    mark = judged(question, f"answer = {answer}", tmp_path, sandbox)
    sentence = "I could not read that as an answer. Leave `...` where you have no answer"
    assert (mark.outcome, mark.detail) == ("unreadable", sentence)


@pytest.mark.parametrize(
    ("question", "answer", "outcome", "expected"),
    [
        pytest.param(_SHAPE, "...", "unanswered", "(3, 2)", id="open-predict"),
        pytest.param(_SHAPE, "'maybe not'", "unreadable", "(3, 2)", id="unreadable-predict"),
        pytest.param(_WRITTEN, "...", "unanswered", "x.t()", id="open-write"),
        pytest.param(_WRITTEN, "x.t(", "unreadable", "x.t()", id="unreadable-write"),
        pytest.param(_WRITTEN, "xx.t()", "unreadable", "x.t()", id="a-slip"),
    ],
)
def test_what_was_not_judged_has_its_key(
    question: dict[str, Any], answer: str, outcome: str, expected: str, tmp_path: Path, sandbox: Sandbox
) -> None:
    result = judged(question, f"answer = {answer}", tmp_path, sandbox)
    assert (result.outcome, result.expected) == (outcome, expected)


@linux
def test_what_the_sandbox_refuses_is_named_and_not_wrong(tmp_path: Path, sandbox: Sandbox) -> None:
    twice = {"id": "twice", "given": "x = torch.ones(2)", "task": "Double x.", "write": "expression"}
    mark = judged({**twice, "solution": "x * 2"}, "answer = open('x', 'w')", tmp_path, sandbox)
    assert (mark.outcome, mark.differences) == ("unreadable", ())
    assert mark.detail == (
        "The sandbox lets no program write files, or read any but Python's and torch's. Python says: "
        "PermissionError: [Errno 13] Permission denied: 'x'."
    )


# its seed, 3, draws 4 for what is shown
_TWICE: dict[str, Any] = {
    "id": "twice",
    "draw": {"n": {"int": [2, 9]}},
    "given": "x = torch.ones({{ n }})",
    "also_on": ["x = torch.ones(1, {{ n }})"],
    "task": "Double x.",
    "write": "function",
    "def": "twice(x)",
    "solution": "return x * 2",
}


@pytest.mark.parametrize(
    ("body", "is_hidden"),
    [
        pytest.param("x[99]", False, id="on every operand"),
        pytest.param("x[99] if len(x) == 1 else x * 2", False, id="on one that is shown beside"),
        pytest.param("x[99] if x.numel() != 4 else x * 2", True, id="on hidden ones alone"),
        pytest.param("x * 3", False, id="on none"),
    ],
)
def test_an_error_is_hidden_where_the_first_one_is_on_a_hidden_operand(
    body: str, is_hidden: bool, tmp_path: Path, sandbox: Sandbox
) -> None:
    mark = judged(_TWICE, f"def twice(x):\n    return {body}", tmp_path, sandbox)
    assert (mark.outcome, mark.error_is_hidden) == ("incorrect", is_hidden)
