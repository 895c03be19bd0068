"""Rounds on the input line below a real kernel's cells, whose front end is this test; and what a cell's `!` starts."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tensordrill.cli import notebook_round
from tensordrill.messages import say
from tests.documented import blocks

from .conftest import Terminal, only, reviews
from .kernel import INTERRUPT, MARKS, Kernel, in_order, loaded_kernel

pytestmark = MARKS
_ANSWER = "Your answer › "
_NEXT = "next › "
_EXPLAIN_OR_NEXT = f":x explain   :? more   {_NEXT}"
_COMPARE_OR_NEXT = f":x explain   :c compare   :? more   {_NEXT}"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that the kernel runs in."""
    return tmp_path_factory.mktemp("notebook")


@pytest.fixture(scope="module")
def kernel(folder: Path) -> Iterator[Kernel]:
    """One kernel with tensordrill loaded."""
    with loaded_kernel(folder, TENSORDRILL_WIDGET="0") as kernel:
        yield kernel


def _call(name: str, *options: str) -> str:
    words = ", ".join([*options, 'bank="bank"', 'lang="en"'])
    return f"tensordrill.{name}({words})"


def test_a_round(kernel: Kernel, folder: Path) -> None:
    call = _call("quiz", '"basics/swap"', "seed=3")
    cell = kernel.run(call, "wide", "?", "", ":x", "2x3", ":x", "")
    assert (cell.error, cell.printed) == ("", "")
    assert cell.prompts == [_ANSWER] * 5 + [_EXPLAIN_OR_NEXT] * 2
    assert in_order(
        cell,
        "basics · swap ●○○ question 1 of 1",
        "1 x = torch.zeros(2, 3) 2 y = x.t()",
        "What is y.shape? Or does it raise?",
        "I could not read that as a shape.",
        "Hint 1 of 2 Which dim comes first now?",
        "There is no command :x.",
        "✗ It is (3, 2)",
        "you said 2x3",
        "That is the shape of x itself.",
        "t() exchanges the two dims.",
        "0 of 1",
        'tensordrill.quiz("basics/swap", bank="bank", seed=3)',
        'tensordrill.practice("basics", bank="bank")',
    )
    assert "What is y.shape?  Or does it raise?" in cell.text
    assert [html.count("<style>") for html in cell.html][:1] == [1]
    assert any('<figure class="td-picture">' in html for html in cell.html)
    (last,) = reviews(folder / "data" / "..")[-1:]
    assert (last["answer"], last["outcome"], last["idea"], last["hints"]) == (
        "2x3",
        "incorrect",
        "nothing-moves",
        1,
    )


def test_code_of_several_lines(kernel: Kernel) -> None:
    lines = ["def outer(a, b):", "    return a[:, None] * b", ""]
    cell = kernel.run(_call("quiz", '"basics/outer"'), *lines, "")
    assert cell.prompts == [_ANSWER, " · ", " · ", _COMPARE_OR_NEXT]
    assert in_order(cell, "✓ Right.")


def test_skip_undo_and_compare(kernel: Kernel) -> None:
    call = _call("quiz", '"basics/column"')
    cell = kernel.run(call, ":s", ":u", "v.unsqueeze(0)", ":c", "")
    assert in_order(
        cell,
        "basics · column",
        "skipped",
        "Taken back.",
        "basics · column",
        "you said v.unsqueeze(0)",
        "your program",
        "0 of 1",
    )
    assert "td-halves" in "".join(cell.html)


def test_help_lists_no_editor(kernel: Kernel) -> None:
    cell = kernel.run(_call("quiz", '"basics/swap"'), ":?", ":e", ":q")
    assert in_order(cell, "? hint :s skip :u undo :q stop 2,3? guess :? help", "an editor needs a terminal")
    assert ":e" not in cell.text


def test_multiple_choice_in_korean_by_a_magic(kernel: Kernel) -> None:
    cell = kernel.run("%quiz basics/swap -n 1 --choices --bank bank --lang ko", ":q")
    assert cell.prompts == ["답 › "]
    assert in_order(cell, "문제 1 / 1", "고른 보기의 글자를 a처럼 적으세요.")
    assert 'lang="ko"' in cell.html[0]


@pytest.mark.parametrize("answers", [(), ("3,2",)], ids=["before an answer", "after a verdict"])
def test_an_interrupt_ends_with_the_summary(answers: tuple[str, ...], kernel: Kernel) -> None:
    cell = kernel.run(_call("quiz", '"basics/swap"'), *answers, INTERRUPT)
    assert (cell.error, cell.printed) == ("", "")
    assert in_order(cell, "1 of 1" if answers else "No question was answered.")


def test_the_same_store_as_in_a_terminal(kernel: Kernel) -> None:
    cell = kernel.run(_call("practice", '"basics/swap"'), "", "3,2", ":q")
    assert in_order(cell, "Before you start: First steps", "basics · swap")
    cell = kernel.run(_call("practice", '"basics/swap"'), ":q")
    assert not in_order(cell, "Before you start")


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ('tensordrill.quiz("nosuch")', "tensordrill: there is no topic `nosuch` in "),
        ("tensordrill.quiz(level=9)", "tensordrill: `--level` should be from 1 to 3, not 9"),
        ("%quiz --nosuch", "tensordrill: "),
        ("%practice view -n 3", "tensordrill: "),
    ],
)
def test_what_cannot_be_played_is_a_sentence(code: str, text: str, kernel: Kernel) -> None:
    cell = kernel.run(code)
    assert cell.printed.startswith(text)
    assert (cell.error, cell.prompts) == ("", [])


def test_nobody_is_there_to_answer(kernel: Kernel) -> None:
    cell = kernel.run(_call("quiz", '"basics/swap"'), has_reader=False)
    assert cell.printed == f"tensordrill: {say('nobody-answers', 'en')}\n"
    assert cell.error == ""


def test_vs_code_shows_what_was_typed(kernel: Kernel) -> None:
    cell = kernel.run('__vsc_ipynb_file__ = "a.ipynb"\n' + _call("quiz", '"basics/swap"'), "3,2", "")
    kernel.run("del __vsc_ipynb_file__")
    assert in_order(cell, "Your answer › 3,2")


def test_a_terminal_below_a_cell(kernel: Kernel) -> None:
    cell = kernel.run(f"!{sys.executable} -m tensordrill quiz --topic view -n 5 --lang en")
    sentence = say("in-a-notebook", "en", call='import tensordrill; tensordrill.quiz("view", n=5)')
    assert f"tensordrill: {sentence}" in cell.printed.replace("\r", "")
    assert "1" in kernel.run("print(_exit_code)").printed
    assert cell.prompts == []


# --- beside a notebook ---


@pytest.mark.parametrize("variables", [{"JPY_PARENT_PID": "1"}, {"COLAB_RELEASE_TAG": "release"}])
def test_a_terminal_that_tells_where_its_cursor_is(variables: dict[str, str], basics: Path) -> None:
    with Terminal("quiz", *only(basics, "swap"), **variables) as terminal:
        while "\x1b[6n" not in terminal.raw:
            terminal.read()
        terminal.press("\x1b[1;1R")
        terminal.answer("3,2")
        terminal.until("Right: (3, 2)")


@pytest.mark.parametrize("words", [["quiz", "--exam"], ["explain"]])
def test_a_terminal_in_which_nobody_can_type(words: list[str]) -> None:
    with Terminal(*words, TERM="xterm-color", GIT_PAGER="cat") as terminal:
        assert terminal.end() == 1
        sentence, _, call = terminal.text.replace("\n", " ").partition("import tensordrill; tensordrill.")
        assert "tensordrill: a notebook's `!` cannot take answers" in sentence
        assert call.startswith(f"{words[0]}(")


def test_importing_it_brings_no_other_package() -> None:
    code = "import sys, tensordrill; print({name.partition('.')[0] for name in sys.modules})"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not {"IPython", "torch", "rich", "typer", "msgspec"} & set(re.findall(r"\w+", ran.stdout))


# --- how a command is written as a call ---


@pytest.mark.parametrize(
    ("words", "call"),
    [
        ([], ""),
        (["--topic", "view", "-n", "5", "--exam"], '"view", n=5, exam=True'),
        (
            ["--topic", "a", "--topic", "b/c", "--choices", "--seed", "-3"],
            '"a", "b/c", choices=True, seed=-3',
        ),
        (["--bank", "my bank", "--bank", "한글"], 'bank=["my bank", "한글"]'),
        (["--bank", 'a"\\b', "--level", "2"], 'bank="a\\"\\\\b", level=2'),
        (["--topic", "a", "--no-clear"], '"a", widget=False'),
    ],
)
def test_a_command_as_a_call(words: list[str], call: str, monkeypatch: pytest.MonkeyPatch) -> None:
    import tensordrill
    from tensordrill.cli import app

    ran: list[list[str]] = []
    monkeypatch.setattr(app, "run", ran.append)
    assert notebook_round.as_call(["quiz", *words]) == f"tensordrill.quiz({call})"
    eval(f"tensordrill.quiz({call})", {"tensordrill": tensordrill})  # noqa: S307 (our own text)
    (again,) = ran
    assert sorted(again) == sorted(["quiz", *words, *([] if "-n" in words else ["-n", "10"])])


@pytest.mark.parametrize("kind", ["python", "text"])
def test_what_the_page_shows_runs(kind: str, kernel: Kernel) -> None:
    (block,) = [block for block in blocks(Path("docs", "notebooks.md")) if block.kind == kind]
    cell = kernel.run(block.text, ":q", ":q")
    assert (cell.error, cell.printed) == ("", "")
    nothing = say("no-answers", "ko" if kind == "text" else "en")
    assert in_order(cell, "view · ", say("no-answers", "en"), nothing, "Nothing is due")
