"""Keys at the answer line of a real terminal."""

from __future__ import annotations

import shlex
from pathlib import Path

import pexpect
import pytest

from tensordrill.cli.word_completion import candidates
from tensordrill.drill.choices import Choices

from .conftest import PROGRAM, Terminal, only, reviews

pytestmark = pytest.mark.filterwarnings("ignore:.*forkpty.*:DeprecationWarning")


def test_an_interrupt_clears_a_line_before_it_ends_the_round(basics: Path) -> None:
    with Terminal("quiz", *only(basics, "swap")) as terminal:
        terminal.prompt()
        terminal.press("(9, 9)")
        terminal.until("(9, 9)")
        terminal.control("c")
        terminal.type("3,2")
        terminal.until("✓  Right: (3, 2)", "next ›")
        terminal.control("c")
        terminal.until("1 of 1")
        assert terminal.end() == 130


def test_a_suspended_round_goes_on(basics: Path, home: Path) -> None:
    """In a shell with jobs: a process group that nobody waits for is never stopped by its terminal."""
    with pexpect.spawn("bash", ["--norc", "-i"], encoding="utf-8", timeout=60, dimensions=(24, 80)) as shell:
        shell.sendline(shlex.join([str(PROGRAM), "quiz", *only(basics, "swap")]))
        shell.expect("question 1 of 1")
        shell.expect("›")
        shell.send("3,")
        shell.expect_exact("3,")
        shell.sendcontrol("z")
        shell.expect("Stopped")
        shell.sendline("fg")
        shell.send("2\r")
        shell.expect("next ›")
    assert [kept["answer"] for kept in reviews(home)] == ["3,2"]


def test_tab_completes_a_method_behind_a_tensor(basics: Path) -> None:
    with Terminal("quiz", *only(basics, "column")) as terminal:
        terminal.prompt()
        terminal.press("v.unsq\t")
        terminal.until("v.unsqueeze")
        terminal.type("(1)")
        terminal.until("✓  Right.")


def test_keys_that_were_pressed_before_a_verdict_was_there_do_not_answer_it(basics: Path) -> None:
    with Terminal("quiz", *only(basics, "swap", "dense")) as terminal:
        terminal.prompt()
        terminal.press("raises\r\r\r")
        terminal.until("✗", "next ›")
        terminal.type("")
        terminal.until("question 2 of 2")
        terminal.prompt()
        assert "✗" not in "\n".join(terminal.screen())


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("x.sq", ["sqrt", "squeeze"]),
        ("y = x.t().unsq", ["unsqueeze"]),
        ("x[0].is_cont", ["is_contiguous"]),
        ("torch.unsq", ["unsqueeze"]),
        ("F.soft", ["softmax"]),
        ("rows = a\nro", ["rows"]),
        ("wei", ["weights"]),
        ("x.", None),
        ("", []),
        ("squ", []),
    ],
)
def test_completions(text: str, words: list[str] | None) -> None:
    names = list(candidates(text, ["x", "weights"]))
    assert (len(names) > 50) if words is None else (names == words)


@pytest.mark.parametrize(
    ("options", "typed", "meant"),
    [
        (("(2, 3)", "(3, 2)", "raises"), "b", "(3, 2)"),
        (("(2, 3)", "(3, 2)", "raises"), "2", "(3, 2)"),
        (("(2, 3)", "(3, 2)", "raises"), "Ｂ", "(3, 2)"),
        (("(2, 3)", "(3, 2)", "raises"), "3,2", "3,2"),
        (("3", "1", "2"), "1", "1"),
        (("3", "1", "2"), "a", "3"),
        (("(3,)", "(1,)"), "1", "(1,)"),
    ],
)
def test_a_letter_or_a_number_names_an_option(options: tuple[str, ...], typed: str, meant: str) -> None:
    assert Choices(options).has(typed)
    assert Choices(options).typed(typed) == meant


@pytest.mark.parametrize("typed", ["d", "z", "4", "0"])
def test_a_letter_beyond_the_options_is_no_answer(typed: str) -> None:
    assert not Choices(("(2, 3)", "(3, 2)", "raises")).has(typed)


def test_a_letter_beyond_the_options_is_explained(basics: Path) -> None:
    with Terminal("quiz", "--choices", *only(basics, "swap")) as terminal:
        terminal.answer("z")
        terminal.until("I could not read that as a choice. The letters go from a to c")
        terminal.answer(":q")
        terminal.until("No question was answered.")
        assert terminal.end() == 0
