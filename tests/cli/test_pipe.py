"""Without a terminal: answers from a pipe, and output that somebody stops reading."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

import pytest

from tests.needs import rarely

from .conftest import PROGRAM, only, review, reviews, run, run_process


def _lines(text: str) -> list[str]:
    return [line.rstrip() for line in text.splitlines() if line.strip()]


def test_a_round_from_a_pipe(basics: Path, home: Path) -> None:
    ran = run_process("quiz", "--seed", "3", *only(basics, "swap"), stdin="wide\n?\n2,3\n")
    assert (ran.code, ran.err) == (0, "")
    assert "\x1b" not in ran.out
    lines = [line for line in _lines(ran.out) if "torch is still starting" not in line]
    assert lines == [
        " basics · swap                                              ●○○  question 1 of 1",
        "   1  x = torch.zeros(2, 3)",
        "   2  y = x.t()",
        " What is y.shape?  Or does it raise?",
        " › wide",
        " I could not read that as a shape. A shape looks like 2,3 or (2, 3); () is a",
        " scalar; or: raises",
        " › ?",
        " Hint 1 of 2  Which dim comes first now?",
        " › 2,3",
        " ✗  It is (3, 2)                                                    you said 2,3",
        "    x.t()",
        "    0  3    memory [0][1][2][3][4][5]",
        "    1  4    order   1  3  5  2  4  6",
        "    2  5",
        "                    the numbers count the cells, whose values are all alike",
        " That is the shape of x itself.",
        " Wrong idea: t() changes nothing",
        " basics/swap@3",
        " Met today:",
        "   ✗ t() changes nothing",
        "     t() exchanges the two dims.",
        " basics  ░░░░░░░░░░  0 of 1",
        " 0 of 1",
        f" The same round again:  tensordrill quiz --topic basics/swap --bank {basics} --seed 3",
        f" Next:  tensordrill practice --topic basics --bank {basics}",
    ]
    assert reviews(home) == [review("basics/swap@3", "2,3", "incorrect", hints=1, idea="nothing-moves")]


@pytest.mark.parametrize(
    ("name", "typed", "outcomes"),
    [
        pytest.param("swap", "3,2", ["correct"], id="no-newline-at-the-end"),
        pytest.param("swap", "", [], id="nothing"),
        pytest.param("swap", "help\n모르겠어요\n??\n3,2\n", ["correct"], id="pleas"),
        pytest.param("outer", "help\nquit()\nreturn a[:, None] * b\n", ["correct"], id="pleas-for-code"),
        pytest.param("swap", "\n\n\n", [], id="empty-lines"),
        pytest.param("swap", "3,2\r\n", ["correct"], id="dos-line-ends"),
        pytest.param("swap", "x" * 1_000_000 + "\n3,2\n", ["correct"], id="a-megabyte"),
        pytest.param("swap", ":s\n", ["skipped"], id="skip"),
        pytest.param("swap", ":q\n3,2\n", [], id="stop"),
        pytest.param(
            "outer", "def outer(a, b):\n    c = a[:, None]\n    return c * b\n\n", ["correct"], id="a-block"
        ),
        pytest.param("outer", "return a[:, None] * b\n", ["correct"], id="a-body-of-one-line"),
        pytest.param(
            "outer", "def outer(a, b):\n    return a[:, None] * b", ["correct"], id="a-block-that-ends-early"
        ),
        pytest.param("column", ":e\nv[:, None]\n", ["correct"], id="no-editor-in-a-pipe"),
    ],
)
def test_what_comes_from_a_pipe(name: str, typed: str, outcomes: list[str], basics: Path, home: Path) -> None:
    ran = run("quiz", "--seed", "3", *only(basics, name), stdin=typed, EDITOR="false")
    assert (ran.code, ran.err) == (0, "")
    kept = [kept["outcome"] for kept in reviews(home)] if (home / "data").exists() else []
    assert kept == outcomes


def test_a_hint_is_asked_for_by_its_word_where_code_is_asked_for(basics: Path, home: Path) -> None:
    ran = run("quiz", "--seed", "3", *only(basics, "column"), stdin=":hint\nv[:, None]\n")
    assert "could not read" not in ran.out
    assert [kept["outcome"] for kept in reviews(home)] == ["correct"]


@pytest.mark.parametrize(
    "encoding",
    ["cp949", *rarely([pytest.param("ascii", id="ascii"), pytest.param("utf-8:strict", id="utf-8:strict")])],
)
def test_a_system_whose_encoding_lacks_a_sign_gets_another_one(encoding: str, basics: Path) -> None:
    ran = subprocess.run(
        [PROGRAM, "quiz", *only(basics, "swap"), "--lang", "ko"],
        input=b"\xff\xfe\n3,2\n",
        capture_output=True,
        timeout=60,
        check=False,
        env={**os.environ, "PYTHONIOENCODING": encoding},
    )
    assert (ran.returncode, ran.stderr) == (0, b"")
    assert b"(3, 2)" in ran.stdout


@pytest.mark.parametrize(
    "arguments",
    [
        pytest.param([], id="bare"),
        pytest.param(["--help"], id="help"),
        pytest.param(["topics"], id="topics"),
        pytest.param(["topics", "--json"], id="topics-json"),
        pytest.param(["show", "view/flatten-a-transpose"], id="show"),
        pytest.param(["show", "view/flatten-a-transpose", "--python"], id="show-python"),
        pytest.param(["bank", "schema"], id="schema"),
        pytest.param(["quiz"], id="quiz"),
        pytest.param(["quiz", "--json"], id="quiz-json"),
    ],
)
def test_nothing_is_said_when_nobody_reads_on(arguments: list[str]) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    ran = subprocess.run(
        [PROGRAM, *arguments],
        stdin=subprocess.DEVNULL,
        stdout=writing,
        stderr=subprocess.PIPE,
        timeout=60,
        check=False,
    )
    os.close(writing)
    assert (ran.returncode, ran.stderr) == (1, b"")


def test_a_long_output_may_be_cut_short() -> None:
    ran = subprocess.run(
        ["bash", "-c", f"'{PROGRAM}' bank schema | head -1; echo ${{PIPESTATUS[0]}}"],
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert ran.stderr == ""
    assert re.fullmatch(r"\{\n[01]\n", ran.stdout)
