"""Forms that the shipped questions do without: in a terminal, from a pipe, and as lines of JSON."""

from __future__ import annotations

from pathlib import Path

import pytest

from .conftest import Terminal, run

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


def test_the_file_that_settles_a_dispute_has_the_setup() -> None:
    printed = run("show", "forms/shape-of-constants@3", "--bank", _FORMS, "--python").out
    assert '    setup="""def ones(n):\n' in printed
