"""Rounds in a real terminal of 80 columns, in both languages."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from wcwidth import wcswidth

from .conftest import OwnTerminal, Terminal, only, review, reviews

pytestmark = pytest.mark.filterwarnings("ignore:.*forkpty.*:DeprecationWarning")

_COLOUR = re.compile(r"\x1b\[(?:[0-9;]*;)?(?:3[0-8]|4[0-8]|9[0-7]|10[0-7])(?:;[0-9;]*)?m")


def _too_wide(terminal: Terminal) -> list[str]:
    """Return the lines that need more than 80 columns; a command to copy is one line however long it is."""
    lines = [line.rpartition("\r")[2] for line in terminal.text.split("\n")]
    return [line for line in lines if wcswidth(line) > 80 and "  tensordrill " not in line]


def _seen(terminal: Terminal, after: str) -> list[str]:
    """Return the lines on the screen from the last one with this text on, without empty ones."""
    lines = terminal.screen()
    start = max(index for index, line in enumerate(lines) if after in line)
    return [line for line in lines[start:] if line.strip()]


# --- whole rounds ---


def test_a_round_in_english(basics: Path, home: Path) -> None:
    with OwnTerminal("quiz", "--seed", "3", *only(basics, "swap")) as terminal:
        terminal.until("basics · swap", "question 1 of 1", "What is y.shape?  Or does it raise?")
        terminal.answer("wide")
        terminal.until("I could not read that as a shape.")
        terminal.answer("?")
        terminal.until("Hint 1 of 2  Which dim comes first now?")
        terminal.answer("?")
        terminal.until("Hint 2 of 2  Draw x.")
        terminal.answer("?")
        terminal.until("There is no hint left for this question.")
        terminal.answer(":x")
        terminal.until("There is no command :x.", ":? shows what can be typed here.")
        terminal.answer(":?")
        terminal.until("?  hint   :s  skip   :u  undo   :q  stop   2,3?  guess   :?  help   :e  editor")
        terminal.answer(":u")
        terminal.until("There is no answer to take back.")
        terminal.answer("")
        terminal.answer("2x3")
        terminal.until("next ›")
        assert _seen(terminal, "✗") == [
            " ✗  It is (3, 2)                                                    you said 2x3",
            "    x.t()",
            "    0  3    memory [0][1][2][3][4][5]",
            "    1  4    order   1  3  5  2  4  6",
            "    2  5",
            "                    the numbers count the cells, whose values are all alike",
            " That is the shape of x itself.",
            " Wrong idea: t() changes nothing",
            " basics/swap@3",
            " :x explain   :? more   next ›",
        ]
        terminal.type("")
        terminal.until("Met today:", "basics", "░" * 10, "0 of 1", "The same round again:", "Next:")
        assert terminal.end() == 0
        assert _seen(terminal, "Met today:")[:3] == [
            " Met today:",
            "   ✗ t() changes nothing",
            "     t() exchanges the two dims.",
        ]
        assert _too_wide(terminal) == []
    assert reviews(home) == [review("basics/swap@3", "2x3", "incorrect", hints=2, idea="nothing-moves")]


def test_a_round_in_korean(basics: Path, home: Path) -> None:
    with Terminal("quiz", "--seed", "3", "--lang", "ko", *only(basics, "swap")) as terminal:
        terminal.until("basics · swap", "문제 1 / 1", "y.shape의 값은 무엇일까요?  아니면 에러가 날까요?")
        terminal.answer("넓다")
        terminal.until("shape로 읽을 수 없습니다.")
        terminal.answer("？")
        terminal.until("힌트 1 / 2  이제 어느 차원이 먼저일까요?")
        terminal.answer("에러")
        terminal.until("다음 ›")
        verdict = _seen(terminal, "✗")
        assert verdict == [
            " ✗  답은 (3, 2)" + " " * 54 + "내 답: 에러",
            "    x.t()",
            "    0  3    메모리 [0][1][2][3][4][5]",
            "    1  4    순서    1  3  5  2  4  6",
            "    2  5",
            "                    값이 모두 같아 칸 번호로 나타냈습니다",
            " t()는 행과 열을 맞바꿉니다.",
            " basics/swap@3",
            " :x 설명   :? 더 보기   다음 ›",
        ]
        terminal.type("")
        terminal.until("basics", "0/1", "1문제 중 0개 정답", "같은 문제 다시 풀기:", "다음:")
        assert terminal.end() == 0
        assert _too_wide(terminal) == []
    assert reviews(home) == [review("basics/swap@3", "에러", "incorrect", hints=1)]


_RIGHT = {
    "swap": "(3, 2)",
    "dense": "no",
    "column": "v[:, None]",
    "outer": "return a.unsqueeze(1) * b",
    "blank": "-2",
    "sharing": "",
}


def test_a_round_over_all_kinds_is_answered_rightly(basics: Path, home: Path) -> None:
    with Terminal("quiz", "--bank", str(basics), "--seed", "2") as terminal:
        for _ in _RIGHT:
            name = terminal.until_match(r"basics · (\w+)")[1]
            if name == "sharing":
                terminal.until_match(r"3  .*\n")
                shown = terminal.screen()
                options = [line.split(maxsplit=1) for line in shown if re.match(r" +[123a-c]  \S", line)][-3:]
                terminal.answer(" ".join(number for number, option in options if option != "x + 0"))
            else:
                terminal.answer(_RIGHT[name])
            terminal.until_match(r"✓  Right[.:]")
            terminal.until("next ›")
            terminal.type("")
        terminal.until("█" * 10, "★ basics is done", "★ A perfect round.", "6 of 6", "tensordrill quiz")
        terminal.until(f"Next:  tensordrill practice --bank {basics}")
        assert terminal.end() == 0
        assert _too_wide(terminal) == []
    assert [kept["outcome"] for kept in reviews(home)] == ["correct"] * 6


# --- commands ---


def test_skip_shows_the_answer_and_undo_takes_it_back(basics: Path, home: Path) -> None:
    with Terminal("quiz", "--seed", "3", *only(basics, "swap", "dense")) as terminal:
        terminal.answer(":s")
        terminal.until("skipped", "next ›")
        terminal.type("u")
        terminal.until("question 1 of 2", "Taken back. Here is the question again.")
        terminal.answer(":s")
        terminal.until("next ›")
        terminal.type("")
        terminal.until("question 2 of 2")
        terminal.answer(":u")
        terminal.until("question 1 of 2", "Taken back. Here is the question again.")
        terminal.answer("raises")
        terminal.until("✗", "next ›")
        terminal.type("")
        terminal.until("question 2 of 2")
        terminal.answer(":q")
        terminal.until("0 of 1")
        assert terminal.end() == 0
    kept = [(kept["outcome"], kept["undone"]) for kept in reviews(home)]
    assert kept == [("skipped", 1), ("skipped", 1), ("incorrect", 0)]


def test_the_keys_of_a_korean_keyboard_are_commands_too(basics: Path, home: Path) -> None:
    with Terminal("quiz", "--seed", "3", "--lang", "ko", *only(basics, "swap", "dense", "blank")) as terminal:
        terminal.answer(":ㄴ")
        terminal.until("건너뜀", "다음 ›")
        terminal.type("ㅕ")
        terminal.until("문제 1 / 3", "답을 취소했습니다. 다시 풀어 보세요.")
        terminal.answer("：ㄴ")
        terminal.until("건너뜀", "다음 ›")
        terminal.type("")
        terminal.answer(":ㅗ")
        terminal.until("?  힌트   :s  건너뛰기")
        terminal.answer(":ㅂ")
        terminal.until("1문제 중 0개 정답, 1개 건너뜀")
        assert terminal.end() == 0
    assert [(kept["outcome"], kept["undone"]) for kept in reviews(home)] == [("skipped", 1), ("skipped", 0)]


def test_an_answer_is_written_in_the_editor(basics: Path, home: Path) -> None:
    editor = home / "editor"
    sentence = "#| left out\\n# kept\\ndef outer(a, b):\\n    return (\\n        a[:, None] * b\\n    )\\n"
    editor.write_text(f'#!/bin/sh\ncp "$1" "$HOME/shown"\nprintf "{sentence}" > "$1"\n')
    editor.chmod(0o755)
    with Terminal("quiz", "--seed", "3", *only(basics, "outer"), EDITOR=str(editor)) as terminal:
        terminal.answer(":e")
        terminal.until("✓  Right.", "next ›")
        terminal.type(":q")
        assert terminal.end() == 0
    assert (home / "shown").read_text() == (
        "#| Write the outer product.\n#| a = torch.arange(2)\n#| b = torch.arange(3)\ndef outer(a, b):\n    \n"
    )
    (kept,) = reviews(home)
    assert kept["answer"] == "# kept\ndef outer(a, b):\n    return (\n        a[:, None] * b\n    )"


def test_where_no_editor_starts_the_question_goes_on_and_names_are_completed(basics: Path) -> None:
    with Terminal("quiz", *only(basics, "column"), EDITOR="/no/such/editor") as terminal:
        terminal.answer(":e")
        terminal.until(
            "The editor could not be used:", "/no/such/editor: No such file or directory.", "the answer here."
        )
        terminal.prompt()
        terminal.press("torch.unsq\t")
        terminal.until("torch.unsqueeze")
        terminal.type("(v, 1)")
        terminal.until("✓  Right.", "next ›")
        terminal.type("")
        assert terminal.end() == 0


def test_a_function_is_typed_over_several_lines(basics: Path, home: Path) -> None:
    with Terminal("quiz", "--seed", "3", *only(basics, "outer")) as terminal:
        terminal.answer("def outer(a, b):", "    if True:", "        return torch.outer(a, b)", "")
        terminal.until("✓  Right.", "next ›")
        terminal.type("")
        assert terminal.end() == 0
    (kept,) = reviews(home)
    assert kept["answer"].rstrip() == "def outer(a, b):\n    if True:\n        return torch.outer(a, b)"


def test_the_body_of_a_function_goes_on_after_a_line_that_names_something(basics: Path, home: Path) -> None:
    with Terminal("quiz", "--seed", "3", *only(basics, "outer")) as terminal:
        terminal.answer("column = a[:, None]", "return column * b")
        terminal.until("✓  Right.", "next ›")
        terminal.type("")
        assert terminal.end() == 0
    (kept,) = reviews(home)
    assert kept["answer"] == "column = a[:, None]\nreturn column * b"


# --- stopping ---


def _answered_once(terminal: Terminal) -> None:
    terminal.answer("raises")
    terminal.until("next ›")
    terminal.type("")
    terminal.until("question 2 of 2")
    terminal.prompt()


@pytest.mark.parametrize(
    ("key", "code"), [pytest.param("c", 130, id="interrupt"), pytest.param("d", 0, id="end-of-file")]
)
def test_stopping_at_the_answer_line_shows_the_summary_and_keeps_the_answers(
    key: str, code: int, basics: Path, home: Path
) -> None:
    with Terminal("quiz", *only(basics, "swap", "dense")) as terminal:
        _answered_once(terminal)
        terminal.control(key)
        terminal.until("0 of 1", "The same round again:")
        assert terminal.end() == code
    assert [kept["outcome"] for kept in reviews(home)] == ["incorrect"]


@pytest.mark.parametrize(
    ("key", "code"), [pytest.param("c", 130, id="interrupt"), pytest.param("d", 0, id="end-of-file")]
)
def test_stopping_after_a_verdict_shows_the_summary(key: str, code: int, basics: Path, home: Path) -> None:
    with Terminal("quiz", *only(basics, "swap", "dense")) as terminal:
        terminal.answer("raises")
        terminal.until("next ›")
        terminal.control(key)
        terminal.until("0 of 1", "The same round again:")
        assert terminal.end() == code
    assert [kept["outcome"] for kept in reviews(home)] == ["incorrect"]


def test_stopping_before_the_first_answer_says_that_there_is_none(basics: Path) -> None:
    with Terminal("quiz", *only(basics, "swap")) as terminal:
        terminal.prompt()
        terminal.control("c")
        terminal.until("No question was answered.")
        assert terminal.end() == 130


def test_stopping_while_code_runs_shows_the_summary(basics: Path) -> None:
    with Terminal("quiz", "--seed", "3", *only(basics, "outer", "swap")) as terminal:
        while terminal.until_match(r"basics · (\w+)")[1] != "outer":
            terminal.answer("3,2")
            terminal.until("next ›")
            terminal.type("")
        terminal.answer("while True: pass", "")
        terminal.control("c")
        if terminal.until_match("1 of 1|No question was answered.|next ›")[0] == "next ›":
            terminal.control("c")  # the first one was still a key at the answer line
        assert terminal.end() == 130


def test_a_kill_keeps_every_judged_answer_and_leaves_no_process(basics: Path, home: Path) -> None:
    with OwnTerminal("quiz", "--seed", "3", *only(basics, "swap", "dense")) as terminal:
        terminal.answer("raises")
        terminal.until("next ›")
        children = _children(terminal.pid)
        terminal.kill()
    assert [kept["outcome"] for kept in reviews(home)] == ["incorrect"]
    assert children
    for child in children:
        _wait_for_the_end_of(child)


def _children(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def _wait_for_the_end_of(pid: int) -> None:
    """Wait until a process that is not ours has ended; pytest's own limit ends the wait."""
    process = os.pidfd_open(pid) if Path(f"/proc/{pid}").exists() else None
    if process is not None:
        import select

        ended, _, _ = select.select([process], [], [], 30)
        os.close(process)
        assert ended


# --- practice ---


def test_the_worked_example_opens_the_first_practice_only(basics: Path) -> None:
    with Terminal("practice", *only(basics, "swap")) as terminal:
        terminal.until("Before you start: First steps", "x.t() exchanges the dims of x.")
        terminal.until("x.t().shape  →  (5, 4)", "next ›")
        terminal.type("")
        terminal.until("basics · swap", "question 1")
        terminal.answer(":q")
        assert terminal.end() == 0
    with Terminal("practice", *only(basics, "swap")) as terminal:
        terminal.until("basics · swap")
        assert "Before you start" not in terminal.text


def test_a_named_wrong_answer_gives_one_more_try_without_the_key_and_the_first_counts(
    basics: Path, home: Path
) -> None:
    with Terminal("practice", "--seed", "3", *only(basics, "swap")) as terminal:
        terminal.until("next ›")
        terminal.type("")
        terminal.answer("2,3")
        terminal.until(
            "✗  Not quite.", "That is the shape of x itself.", "One more try; the first answer counts."
        )
        assert "(3, 2)" not in terminal.text
        terminal.answer("3,2")
        terminal.until("✓  Right: (3, 2)", "next ›")
        terminal.type(":q")
        terminal.until("0 of 1")
        assert terminal.end() == 0
    assert reviews(home) == [review("basics/swap@3", "2,3", "incorrect", idea="nothing-moves")]


def test_a_wrong_yes_or_no_gives_no_other_try(basics: Path) -> None:
    with Terminal("practice", *only(basics, "dense")) as terminal:
        terminal.until("next ›")
        terminal.type("")
        terminal.answer("yes")
        terminal.until("✗  It is False", "x is contiguous, y is not.", "next ›")


def test_the_arrow_brings_back_what_was_typed_and_a_guess_is_counted_as_one(basics: Path, home: Path) -> None:
    with Terminal("quiz", "--seed", "3", *only(basics, "swap")) as terminal:
        terminal.answer("wide, 2")
        terminal.until("I could not read that as a shape.")
        terminal.answer("\x1b[A" + "\x7f" * 7 + "3,2?")
        terminal.until("✓  Right: (3, 2)", "Marked as a guess.", "next ›")
        terminal.type("")
        terminal.until("1 of 1, 1 of them guessed")
        assert terminal.end() == 0
    assert reviews(home) == [review("basics/swap@3", "3,2", "correct", unsure=1)]


def test_an_exam_shows_no_verdict_before_the_end(basics: Path) -> None:
    with Terminal("quiz", "--exam", *only(basics, "swap", "dense")) as terminal:
        terminal.answer("raises")
        terminal.until("question 2 of 2")
        assert "✗" not in terminal.text
        terminal.answer("?")
        terminal.until("An exam gives no hints.")
        terminal.answer("raises")
        terminal.until("question 1 of 2", "› raises", "✗", "The exam is over.", "next ›")
        assert "0 of 2" not in terminal.text
        terminal.type("")
        terminal.until("question 2 of 2", "› raises", "✗", "next ›")
        terminal.type("")
        terminal.until("0 of 2")
        assert terminal.end() == 0


def test_choices_are_numbered(basics: Path) -> None:
    with Terminal("quiz", "--choices", *only(basics, "swap")) as terminal:
        terminal.until("The letter of your choice, as in: a")
        terminal.prompt()
        options = [line.split(maxsplit=1) for line in terminal.screen() if re.match(r" +[123a-c]  \S", line)][
            -3:
        ]
        assert sorted(option for _, option in options) == ["(2, 3)", "(3, 2)", "raises"]
        terminal.type(next(number for number, option in options if option == "(3, 2)"))
        terminal.until("✓  Right: (3, 2)")


# --- the terminal and the home ---


@pytest.mark.parametrize(
    ("environment", "coloured"),
    [pytest.param({}, True, id="usually"), pytest.param({"NO_COLOR": "1"}, False, id="no-color")],
)
def test_colours_are_used_unless_they_are_unwanted(
    environment: dict[str, str], coloured: bool, basics: Path
) -> None:
    with Terminal("quiz", *only(basics, "column"), **environment) as terminal:
        terminal.answer("v[:, None] if True else None")
        terminal.until("✓  Right.", "next ›")
        terminal.type("")
        assert terminal.end() == 0
        assert bool(_COLOUR.search(terminal.raw)) == coloured


def test_a_home_that_cannot_be_written_is_said_once_and_the_round_goes_on(basics: Path, home: Path) -> None:
    (home / "data").write_text("in the way")
    with Terminal("quiz", *only(basics, "swap", "dense")) as terminal:
        for _ in range(2):
            terminal.answer("raises")
            terminal.until("✗", "next ›")
            terminal.type("")
        terminal.until("0 of 2")
        assert terminal.end() == 0
        assert terminal.text.count("a file is in the way") == 1
        assert terminal.text.count("This round goes on, but its answers are not kept.") <= 1
        assert [line for line in _too_wide(terminal) if str(home) not in line] == []
