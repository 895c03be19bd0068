"""Feedback says on which input code fails: the one that its student sees, another one, or a hidden one."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
import yaml
from rich.console import Console

from tensordrill.bank.load import Bank
from tensordrill.bank.variant import make
from tensordrill.course.gradebook import QuestionResult, ScoredQuestion
from tensordrill.course.grading.selfcheck import CheckResult
from tensordrill.judging import QuestionSession
from tensordrill.kinds.answers import Difference
from tensordrill.messages import Language
from tensordrill.render.check import as_events, checked
from tensordrill.render.verdict import verdict
from tensordrill.sandbox.client import Sandbox
from tests.course.homework import judged
from tests.course.test_feedback import incorrect, question

OTHER = "x = torch.arange(3.)"
COMMON: dict[str, Any] = {"id": "q", "task": "t", "given": "x = torch.arange(2.)", "also_on": [OTHER]}
KINDS: dict[str, dict[str, Any]] = {
    "expression": {**COMMON, "write": "expression", "solution": "x * 2", "forbid": ["sqrt"]},
    "statements": {**COMMON, "write": "statements", "solution": "y = x * 2", "ask": "y"},
    "function": {**COMMON, "write": "function", "def": "twice(x)", "solution": "return x * 2"},
    "fill": {**COMMON, "fill": "y = ____", "solution": "x * 2"},
    "order": {
        **COMMON,
        "order": ["z = x", "y = z * 2"],
        "distractors": ["y = z.view(2) * 2", "y = z * (2 if len(z) == 2 else 1)", "y = z[5]"],
        "ask": "y",
    },
}
DRAWN: dict[str, Any] = {
    "id": "q",
    "task": "t",
    "draw": {"n": {"int": [2, 1000]}},
    "given": "x = torch.ones({{ n }})",
    "write": "function",
    "def": "twice(x)",
    "solution": "return x * 2",
}
SIZE = "RuntimeError: shape '[2]' is invalid for input of size 3"
INDEX = "IndexError: index 5 is out of bounds for dimension 0 with size 2"
EXPECTED = "expected [0., 2., 4.], got [0., 1., 2.]"
CASES = [
    ("expression", "answer = x.view(2) * 2", f"With {OTHER}, your code raises {SIZE}"),
    ("expression", "answer = x[5]", f"With the input shown, your code raises {INDEX}"),
    ("expression", "answer = x * (2 if len(x) == 2 else 1)", f"values: {EXPECTED} (with {OTHER})"),
    ("expression", "answer = x + 1", "values: expected [0., 2.], got [1., 2.] (with the input shown)"),
    (
        "expression",
        "answer = x * 2 if len(x) == 2 else (4 * x * x).sqrt()",
        f"Your code calls sqrt, which it may not. (with {OTHER})",
    ),
    ("statements", "# answer:\ny = x.view(2) * 2", f"With {OTHER}, your code raises {SIZE}"),
    ("statements", "# answer:\ny = x * (2 if len(x) == 2 else 1)", f"values: {EXPECTED} (with {OTHER})"),
    ("function", "def twice(x):\n    return x.view(2) * 2", f"With {OTHER}, your code raises {SIZE}"),
    ("function", "def twice(x):\n    return x[5]", f"With the input shown, your code raises {INDEX}"),
    ("fill", 'answer = "x.view(2) * 2"', f"With {OTHER}, your code raises {SIZE}"),
    ("fill", 'answer = "x * (2 if len(x) == 2 else 1)"', f"values: {EXPECTED} (with {OTHER})"),
    ("order", "answer = [5, 3]", f"With {OTHER}, your code raises {SIZE} (3: y = z.view(2) * 2)"),
    ("order", "answer = [5, 1]", f"With the input shown, your code raises {INDEX} (1: y = z[5])"),
    ("order", "answer = [5, 2]", f"values: {EXPECTED} (with {OTHER})"),
]


@pytest.mark.parametrize(("kind", "code", "fact"), CASES)
def test_code_fails_on_an_input_that_is_named(
    kind: str, code: str, fact: str, tmp_path: Path, sandbox: Sandbox
) -> None:
    mark = judged(KINDS[kind], code, tmp_path, sandbox)
    entry = Bank(tmp_path).entry("t/q")
    facts = question(mark, variant=lambda result: make(entry, result.seed)).facts
    assert facts[0] == fact


ENDED: list[tuple[QuestionResult, str, str]] = [
    (
        incorrect("t/q", "x", error=("timeout", ""), error_on="x = 1\ny = 2"),
        "With x = 1; y = 2, your code did not end in time, so it was stopped.",
        "x = 1; y = 2일 때 코드가 제시간에 끝나지 않아 중단했습니다.",
    ),
    (
        incorrect("t/q", "x", error=("crashed", ""), error_on="x = 1"),
        "With x = 1, your code ended the process that ran it.",
        "x = 1일 때 코드가 실행 중이던 프로세스를 끝냈습니다.",
    ),
    (
        incorrect("t/q", "x", error=("AssertionError", ""), error_on="x = 1"),
        "With x = 1, your code raises AssertionError",
        "x = 1일 때 코드에서 AssertionError 에러가 났습니다",
    ),
    (
        incorrect("t/q", "x", error=("E", "no"), hidden_seed=1),
        "With the input shown, your code raises E: no",
        "문제에 나온 입력일 때 코드에서 E 에러가 났습니다: no",
    ),
    (
        incorrect(
            "t/q",
            "x",
            error=("E", "no"),
            error_on="x = 1",
            differences=(Difference("outcome", "a value", "E: no", "x = 1", operand=1),),
        ),
        "With x = 1, your code raises E: no",
        "x = 1일 때 코드에서 E 에러가 났습니다: no",
    ),
]


@pytest.mark.parametrize("language", ["en", "ko"])
@pytest.mark.parametrize(("mark", "english", "korean"), ENDED)
def test_how_code_ended_is_said_with_its_input(
    mark: QuestionResult, english: str, korean: str, language: Language
) -> None:
    assert question(mark, language=language).facts == (english if language == "en" else korean,)


def test_an_error_on_one_input_is_not_that_of_another() -> None:
    differs = Difference("outcome", "a value", "F: yes", "x = 2", operand=2)
    mark = incorrect("t/q", "x", error=("E", "no"), error_on="x = 1", differences=(differs,))
    assert question(mark).facts == (
        "With x = 1, your code raises E: no",
        "outcome: expected a value, got F: yes (with x = 2)",
    )


VERDICTS = [
    (
        "x.view(2) + 1",
        [f"With {OTHER}, your code raises {SIZE}", "values (as shown): expected [0., 2.], got [1., 2.]"],
    ),
    ("x.view(2) * 2", ["Right as shown, but not with:", OTHER, f"Your code raises {SIZE}"]),
    ("x[5]", [f"Your code raises {INDEX}"]),
    (
        "x * 2 if len(x) == 2 else (4 * x * x).sqrt()",
        ["Right as shown, but not with:", OTHER, "Your code calls sqrt, which it may not."],
    ),
]


@pytest.mark.parametrize(("answer", "lines"), VERDICTS)
def test_a_drill_says_on_which_input_code_fails(
    answer: str, lines: list[str], tmp_path: Path, sandbox: Sandbox
) -> None:
    topic = {"format": 1, "topic": "t", "title": "T", "questions": [KINDS["expression"]]}
    (tmp_path / "t.yaml").write_text(yaml.safe_dump(topic), encoding="utf-8")
    variant = make(Bank(tmp_path).entry("t/q"), 1)
    given = QuestionSession(sandbox, variant).judge(answer, "en")
    console = Console(width=100, file=io.StringIO())
    with console.capture() as captured:
        console.print(verdict(given, variant, "en", again=False))
    assert " ".join(lines) in " ".join(captured.get().split())


@pytest.mark.parametrize("name", ["timeout", "crashed"])
def test_an_exception_that_is_called_like_an_end_is_none(name: str, tmp_path: Path, sandbox: Sandbox) -> None:
    code = f"def twice(x):\n    class {name}(Exception): pass\n    raise {name}"
    mark = judged(KINDS["function"], code, tmp_path, sandbox)
    assert question(mark).facts == (f"With the input shown, your code raises {name}()",)


DRAWS = [
    (
        "return x * 2 if len(x) == 78 else x[5000]",
        ["With x = torch.ones(451), your code raises IndexError"],
    ),
    (
        "return x + 2 if len(x) == 78 else x[5000]",
        ["With x = torch.ones(451), your code raises IndexError", "values (as shown)"],
    ),
]


@pytest.mark.parametrize(("body", "sentences"), DRAWS)
def test_a_students_own_check_says_on_which_draw_code_fails(
    body: str, sentences: list[str], tmp_path: Path, sandbox: Sandbox
) -> None:
    mark = judged(DRAWN, f"def twice(x):\n    {body}", tmp_path, sandbox)
    result = CheckResult((ScoredQuestion(mark, 0, 1),), (), ("t/q",))
    console = Console(width=200, file=io.StringIO())
    with console.capture() as captured:
        console.print(checked(result, {}, "en"))
    assert [sentence for sentence in sentences if sentence not in captured.get()] == []
    event, _ = as_events(result)
    assert event["error"]["on"] == "x = torch.ones(451)"
    assert "451" not in "".join(question(mark).facts)
