"""Forms that the shipped questions do without: in a terminal, from a pipe, and as lines of JSON."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

from .conftest import Event, Terminal, run, run_process, said

pytestmark = pytest.mark.filterwarnings("ignore:.*forkpty.*:DeprecationWarning")

_FORMS = str(Path(__file__).parent.parent / "forms")


def _only(name: str) -> list[str]:
    return ["--bank", _FORMS, "--topic", f"forms/{name}@3"]


# --- setup ---


def test_a_setup_is_one_line_and_its_code_is_shown_when_asked_for() -> None:
    with Terminal("quiz", "--seed", "3", *_only("total-of-the-evens")) as terminal:
        terminal.until(" Set up beforehand: ones, evens  (:d shows the code)", "   1  v = evens(")
        terminal.answer(":d")
        terminal.until(
            "    def ones(n):",
            "        return torch.zeros(n, dtype=torch.long).fill_(1)",
            "    def evens(n):",
        )
        terminal.answer("ones(len(v)) @ v")
        terminal.until("✓  Right.")


def test_a_setup_is_seen_with_a_korean_keyboard() -> None:
    with Terminal("quiz", "--seed", "3", "--lang", "ko", *_only("total-of-the-evens")) as terminal:
        terminal.until(" 미리 정의된 이름: ones, evens  (코드 보기 :d)")
        terminal.answer(":ㅇ")
        terminal.until("    def ones(n):")


def test_a_pipe_shows_a_setup_too() -> None:
    ran = run("quiz", "--seed", "3", *_only("shape-of-constants"), stdin=":d\n(2, 3)\n")
    assert (ran.code, ran.err) == (0, "")
    assert "     def evens(n):" in ran.out.replace("    def", "     def")
    assert " ✓  Right: (2, 3)" in ran.out


def test_where_nothing_is_set_up_there_is_nothing_to_see(basics: Path) -> None:
    ran = run("quiz", "--bank", str(basics), "--topic", "basics/swap", stdin=":d\n")
    assert " There is no command :d." in ran.out


def test_a_setup_is_a_field_of_the_event() -> None:
    (event,) = run("show", "forms/total-by-a-function@3", "--bank", _FORMS, "--json").events
    assert event["setup"].startswith("def ones(n):\n")
    assert event["given"] == "v = evens(5) + 1"


def test_a_setup_is_no_step_of_an_explanation() -> None:
    (event,) = run("explain", "forms/total-of-the-evens@3", "--bank", _FORMS, "--json").events
    assert next(step["expression"] for step in event["steps"]) == "evens(5)"


# --- several blanks ---


def test_blanks_are_asked_for_one_after_the_other() -> None:
    with Terminal("quiz", "--seed", "3", *_only("rows-and-columns")) as terminal:
        terminal.until("What goes into the 2 blanks?  One after the other, or as in: 2; -1")
        terminal.until("1/2 ›")
        terminal.type(":1")
        terminal.until("2/2 ›")
        terminal.type("?")
        terminal.until("Hint 1 of 1", "1/2 ›")
        terminal.type(":1")
        terminal.until("2/2 ›")
        terminal.type("")
        terminal.until("2/2 ›")
        terminal.type("1:")
        terminal.until(
            "✗  Not quite.", "A solution: :2; 1:", "blank 1, shape (as shown): expected (2, 4), got (1, 4)"
        )


@pytest.mark.parametrize(
    ("typed", "outcome"),
    [
        pytest.param(":2; 1:\n", " ✓  Right.", id="on one line"),
        pytest.param(":2\n1:\n", " ✓  Right.", id="a line each"),
        pytest.param("y = x[:2, 1:]\n", " ✓  Right.", id="the whole line"),
        pytest.param(":2\n:s\n", "skipped", id="skipped after the first"),
        pytest.param(
            ":2; 1:; 0\n", " I could not read that as fillings for the blanks. It takes 2", id="too many"
        ),
    ],
)
def test_blanks_come_from_a_pipe(typed: str, outcome: str) -> None:
    assert outcome in run("quiz", "--seed", "3", *_only("rows-and-columns"), stdin=typed).out


@pytest.mark.parametrize(
    ("answer", "outcome", "differences"),
    [
        pytest.param([":2", "1:"], "correct", [], id="a list"),
        pytest.param(":2; 1:", "correct", [], id="a text"),
        pytest.param(
            ["1:3", "1:"],
            "incorrect",
            [
                {
                    "facet": "values",
                    "expected": "[[1, 2, 3, 4], [6, 7, 8, 9]]",
                    "got": "[[6, 7, 8, 9], [11, 12, 13, 14]]",
                    "on": None,
                    "blank": 1,
                }
            ],
            id="one is wrong",
        ),
    ],
)
def test_blanks_are_answered_by_a_list(answer: object, outcome: str, differences: list[Event]) -> None:
    ran = run("quiz", "--seed", "3", *_only("rows-and-columns"), "--json", stdin=said({"answer": answer}))
    verdict = ran.events[1]
    assert (verdict["outcome"], verdict["differences"]) == (outcome, differences)


# --- order ---


def test_lines_are_put_in_order_by_their_numbers() -> None:
    with Terminal("quiz", "--seed", "3", *_only("rows-that-sum-to-one")) as terminal:
        terminal.until("The numbers in order, as in: 3 1 2   Some lines belong nowhere.")
        terminal.until("   1  x = x / total", "   5  total = x @ ones(5).float()")
        terminal.answer("5 5")
        terminal.until("Each number stands there once")
        terminal.answer("1 5 4")
        terminal.until("✗  Not quite.", "A right order: 5 4 1", "      total = x @ ones(5).float()")
        terminal.until("It differs from place 1 on: x = x / total")
        terminal.until("Your code raises NameError: name 'total' is not defined (1: x = x /")
        terminal.until("The division comes before there is a total.")


def test_an_order_in_korean() -> None:
    ran = run("quiz", "--lang", "ko", *_only("two-steps-of-training"), stdin="1 2\n3 1 2 4\n")
    assert " 모든 번호를 순서대로 3 1 2처럼 적으세요." in ran.out
    assert " 순서로 읽을 수 없습니다. 번호 4개를 모두 적어야 합니다." in ran.out
    assert "    올바른 순서 예: 3 1 4 2" in ran.out
    assert "    3번째 줄부터 다릅니다: optimizer.zero_grad()" in ran.out


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        pytest.param([5, 4, 1], "correct", id="a list of numbers"),
        pytest.param("5 4 1", "correct", id="a text"),
        pytest.param([5, 1], "incorrect", id="a wrong one"),
        pytest.param([5, "x"], "unreadable", id="a word in it"),
    ],
)
def test_an_order_as_lines_of_json(answer: object, outcome: str) -> None:
    ran = run("quiz", *_only("rows-that-sum-to-one"), "--json", stdin=said({"answer": answer}))
    question, verdict = ran.events[:2]
    assert (question["kind"], question["type"], question["options"]) == ("order", "order", None)
    assert question["lines"] == [
        "x = x / total",
        "total = total[None]",
        "x = x / x",
        "total = total[:, None]",
        "total = x @ ones(5).float()",
    ]
    assert verdict["outcome"] == outcome


def test_an_order_is_chosen_among_several() -> None:
    ran = run("quiz", "--choices", *_only("rows-that-sum-to-one"), stdin="d\n")
    assert "   5  total = x @ ones(5).float()" in ran.out
    assert "   d  5 4 1" in ran.out
    assert " ✓  Right." in ran.out


# --- output ---


def test_an_output_is_typed_line_by_line_and_ends_with_an_empty_one() -> None:
    with Terminal("quiz", *_only("printed-by-a-loop")) as terminal:
        terminal.until("What does it print?  An empty line ends your answer.  Or: raises, nothing")
        terminal.answer("[0,1]   1", "[2, 3] 5", "")
        terminal.until("✓  Right.")


def test_a_word_ends_an_output_at_once() -> None:
    ran = run("quiz", "--lang", "ko", *_only("printed-by-a-loop"), stdin="에러\n")
    assert " ✗  출력:" in ran.out
    assert "      [0, 1] 1\n" in ran.out


def test_a_letter_chooses_among_outputs_and_classes_and_fillings() -> None:
    for name in ("printed-by-a-loop", "module-that-shifts", "rows-and-columns"):
        ran = run("quiz", "--choices", *_only(name), stdin="a\n")
        assert re.search(r" (✓|✗)  ", ran.out), name


def test_an_output_as_lines_of_json() -> None:
    answer = said("[0, 1] 1\n[2, 3] 5")
    question, verdict, _ = run("quiz", *_only("printed-by-a-loop"), "--json", stdin=answer).events
    assert (question["type"], question["ask"]) == ("output", "output")
    assert (verdict["outcome"], verdict["expected"]) == ("correct", "[0, 1] 1\n[2, 3] 5")


def test_the_file_that_settles_a_dispute_prints_the_output(tmp_path: Path) -> None:
    script = tmp_path / "settle.py"
    script.write_text(
        run("show", "forms/printed-by-a-loop@3", "--bank", _FORMS, "--python").out, encoding="utf-8"
    )
    ran = run_process(str(script), program=(sys.executable,))
    assert ran.out.splitlines()[:3] == ["1.", "[0, 1] 1", "[2, 3] 5"]


# --- write: class ---


def test_a_class_is_typed_method_by_method_and_ends_with_an_empty_line() -> None:
    with Terminal("quiz", "--seed", "3", *_only("module-that-shifts")) as terminal:
        terminal.until("The body of Shift(nn.Module), or the whole class; an empty line ends it.")
        terminal.answer(
            "def __init__(self):",
            "    super().__init__()",
            "    self.shift = nn.Parameter(torch.zeros(5))",
            "def forward(self, x):",
            "    return self.shift + x",
            "",
        )
        terminal.until("✓  Right.")


def test_a_class_comes_from_a_pipe_to_its_empty_line() -> None:
    body = "def __init__(self):\n    super().__init__()\ndef forward(self, x):\n    return x\n\n"
    ran = run("quiz", "--seed", "3", *_only("module-that-shifts"), stdin=f"{body}:s\n")
    assert " ✗  Not quite." in ran.out
    assert "Your code raises AttributeError: 'Shift' object has no attribute 'shift'" in ran.out


def test_a_slip_within_a_class_costs_nothing() -> None:
    body = "def forward(self, x):\n    return x.sofmax(0)\n\n"
    ran = run("quiz", "--seed", "3", *_only("softmax-without-softmax"), stdin=body)
    assert " I could not read that as working code." in ran.out


def test_the_methods_of_a_class_may_not_call_what_is_forbidden() -> None:
    body = "def forward(self, x):\n    return x.exp() / x.exp().sum()\n\n"
    ran = run("quiz", "--seed", "3", *_only("softmax-without-softmax"), stdin=body)
    assert "    Your code calls sum, which it may not." in ran.out


def test_an_explanation_of_a_class_shows_what_its_methods_do() -> None:
    (event,) = run("explain", "forms/module-that-shifts@3", "--bank", _FORMS, "--json").events
    assert "x + self.shift" in [step["expression"] for step in event["steps"]]


def test_the_file_that_settles_a_dispute_has_the_setup() -> None:
    printed = run("show", "forms/shape-of-constants@3", "--bank", _FORMS, "--python").out
    assert '    setup="""def ones(n):\n' in printed
