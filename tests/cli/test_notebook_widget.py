"""Rounds in the widget of a real kernel, whose front end, with its widget models, is this test."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tensordrill.messages import say

from .conftest import reviews
from .kernel import MARKS, Kernel, Page, loaded_kernel

pytestmark = MARKS
_ASKED = ("Answer", "Hint", "Skip", "Stop")
_ASKED_WITHOUT_HINTS = ("Answer", "Skip", "Stop")
_PREDICTED = ("Next", "Explain", "Stop")
_WRITTEN = ("Next", "Explain", "Compare", "Stop")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that the kernel runs in."""
    return tmp_path_factory.mktemp("widget")


@pytest.fixture(scope="module")
def kernel(folder: Path) -> Iterator[Kernel]:
    """One kernel with tensordrill loaded."""
    with loaded_kernel(folder) as kernel:
        yield kernel


def _page(kernel: Kernel, question: str, *options: str) -> Page:
    """Run a cell that begins a quiz of one question; it returns at once."""
    words = ", ".join([f'"basics/{question}"', "n=1", "seed=3", 'bank="bank"', *options])
    cell = kernel.run(f"tensordrill.quiz({words})")
    assert (cell.error, cell.printed, cell.prompts) == ("", "", [])
    return kernel.page(cell)


def test_a_round(kernel: Kernel, folder: Path) -> None:
    page = _page(kernel, "swap")
    page.until("What is y.shape?", buttons=_ASKED)
    assert page.prompt == "Your answer ›"
    page.type("wide\n")
    page.until("› wide", "I could not read that as a shape.")
    page.click("Hint")
    page.until("Hint 1 of 2", "Which dim comes first now?")
    page.type(":?\n")
    page.until("? hint :s skip :u undo :q stop 2,3? guess :? help")
    assert ":e" not in page.text
    page.type("2x3\n")
    verdict = ("✗ It is (3, 2)", "you said 2x3", "That is the shape of x itself.")
    page.until(*verdict, buttons=_PREDICTED)
    assert "I could not read" not in page.text  # a page takes the place of the one before
    assert page.prompt == ":x explain   :? more   next ›"
    assert page.field == ""
    page.click("Explain")
    page.until("x.t()")
    assert kernel.run("print(1 + 1)").printed == "2\n"
    page.type("\n")
    page.until_over("0 of 1", 'tensordrill.quiz("basics/swap", n=1, bank="bank", seed=3)')
    assert "<style>" in page.html
    (last,) = reviews(folder)[-1:]
    assert (last["answer"], last["outcome"], last["hints"]) == ("2x3", "incorrect", 1)


def test_code_of_several_lines_by_keys_and_by_the_button(kernel: Kernel) -> None:
    page = _page(kernel, "outer")
    page.until("Write the outer product.", buttons=_ASKED_WITHOUT_HINTS)
    for typed in (
        "def outer(a, b):\n",
        "def outer(a, b):\n    c = a[:, None]\n",
        "def outer(a, b):\n    return a\n",
    ):
        page.type(typed)
    assert page.field == typed
    page.type("def outer(a, b):\n    return a[:, None] * b\n\n")
    page.until("✓ Right.", buttons=_WRITTEN)
    page.click("Compare")
    page.until("the same steps")
    page.type(":u\n")
    page.until("Taken back.", buttons=_ASKED_WITHOUT_HINTS)
    page.type("return torch.outer(a, b)")
    page.click("Answer")
    page.until("› return torch.outer(a, b)", "✓ Right.", buttons=_WRITTEN)
    page.click("Next")
    page.until_over("1 of 1")


def test_what_is_typed_on_before_the_field_is_emptied_is_dropped(kernel: Kernel) -> None:
    page = _page(kernel, "swap")
    page.until("What is y.shape?", buttons=_ASKED)
    page.send("2,3\n")
    page.send("2,3\n9")
    page.until("you said 2,3", buttons=_PREDICTED)
    page.type("\n")
    page.until_over("0 of 1")


def test_enter_in_the_middle_of_a_line(kernel: Kernel) -> None:
    page = _page(kernel, "swap")
    page.until("What is y.shape?", buttons=_ASKED)
    page.type("3,2")
    page.type("3,\n2")
    page.until("✓ Right", buttons=_PREDICTED)
    page.type(":q\n")
    page.until_over("1 of 1")


def test_multiple_choice_and_which_in_korean_by_a_magic(kernel: Kernel) -> None:
    cell = kernel.run("%quiz basics/swap basics/sharing -n 2 --seed 1 --choices --bank bank --lang ko")
    page = kernel.page(cell)
    page.until("문제 1 / 2", "shape", buttons=["답하기", "힌트", "건너뛰기", "끝내기"])
    page.type("a\n")
    page.until("문제 1 / 2", buttons=["다음", "설명", "끝내기"])
    page.type("\n")
    page.until("문제 2 / 2", buttons=["답하기", "건너뛰기", "끝내기"])
    page.type("1 3\n")
    page.until("문제 2 / 2", buttons=["다음", "설명", "끝내기"])
    page.click("끝내기")
    page.until_over("/ 2")


def test_an_exam_has_no_hints_and_pages_at_the_end(kernel: Kernel) -> None:
    page = _page(kernel, "swap", "exam=True")
    page.until("What is y.shape?", buttons=_ASKED_WITHOUT_HINTS)
    page.type("3,2\n")
    page.until("✓ Right", buttons=_PREDICTED)
    page.type("\n")
    page.until_over("1 of 1")


def test_a_second_round_ends_the_first(kernel: Kernel, folder: Path) -> None:
    first = _page(kernel, "swap")
    first.until("What is y.shape?", buttons=_ASKED)
    first.type("3,2\n")
    first.until("✓ Right", buttons=_PREDICTED)
    second = _page(kernel, "column")
    first.until_over("1 of 1")
    second.until("Turn v into a column.", buttons=_ASKED_WITHOUT_HINTS)
    second.type("v[:, None]\n")
    second.until("✓ Right.", buttons=_WRITTEN)
    second.type("\n")
    second.until_over("1 of 1")
    assert [each["answer"] for each in reviews(folder)[-2:]] == ["3,2", "v[:, None]"]


def test_what_cannot_be_played_is_a_sentence_below_the_cell(kernel: Kernel) -> None:
    cell = kernel.run('tensordrill.quiz("nosuch")')
    assert cell.printed.startswith("tensordrill: there is no topic `nosuch` in ")
    assert cell.data == []


def test_a_bug_in_the_thread_is_a_sentence_below_the_cell(kernel: Kernel) -> None:
    kernel.run("from tensordrill.cli import play\nkept, play.Play.run = play.Play.run, lambda self: 1 / 0")
    page = _page(kernel, "swap")
    page.until_over("tensordrill: ", "ZeroDivisionError: division by zero")
    kernel.run("play.Play.run = kept")


def test_nobody_is_there_to_answer(kernel: Kernel) -> None:
    cell = kernel.run('tensordrill.quiz("basics/swap", bank="bank")', has_reader=False)
    assert cell.printed == f"tensordrill: {say('nobody-answers', 'en')}\n"
    assert (cell.error, cell.data) == ("", [])


def test_a_front_end_without_widgets_shows_what_to_run_instead(kernel: Kernel) -> None:
    cell = kernel.run('tensordrill.quiz("basics/swap", n=1, bank="bank")')
    call = 'tensordrill.quiz("basics/swap", n=1, bank="bank", widget=False)'
    assert cell.data[0]["text/plain"] == say("no-widgets", "en", call=call)
    cell = kernel.run(call, "3,2", "")
    assert cell.prompts[0] == "Your answer › "


def test_a_restart_keeps_what_was_answered(folder: Path) -> None:
    kernel = Kernel(folder)
    try:
        kernel.run("import tensordrill")
        page = _page(kernel, "blank")
        page.until("Make y of shape (2, 1, 3).", buttons=_ASKED_WITHOUT_HINTS)
        page.type("0\n")
        page.until("you said 0")
        kernel.interrupt()
        kernel.restart()
        assert kernel.run("print(1)").printed == "1\n"
    finally:
        kernel.close()
    assert reviews(folder)[-1]["answer"] == "0"
    with closing(sqlite3.connect(folder / "data" / "reviews.db")) as db:
        assert db.execute("pragma integrity_check").fetchall() == [("ok",)]
