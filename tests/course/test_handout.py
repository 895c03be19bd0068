"""Hand-outs: every shipped question can be answered in its cell, as a script and as a notebook."""

from __future__ import annotations

import json
import subprocess
import sys
import unicodedata
from pathlib import Path

import nbformat
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from msgspec.structs import replace

from tensordrill.bank.load import Bank
from tensordrill.bank.variant import Variant, make
from tensordrill.course.assignment.assignment import Item
from tensordrill.course.assignment.sheet import SheetItem
from tensordrill.course.gradebook import QuestionResult
from tensordrill.course.grading.judge import Judge
from tensordrill.course.grading.keys import Keys
from tensordrill.course.handout.handout import parts, script
from tensordrill.course.submission.answers import AnswerText
from tensordrill.course.submission.header import HandoutHeader
from tensordrill.course.submission.submission import parse
from tensordrill.kinds import KINDS
from tensordrill.messages import Language
from tensordrill.sandbox.client import Sandbox
from tests.needs import mostly, rarely

from .homework import (
    FILL,
    FUNCTION,
    PREDICT,
    QUOTED,
    STATEMENTS,
    WHICH,
    WRITE,
    answered,
    assignment,
    cells,
    text_of,
)

SEED = 7
_FORMS = [
    pytest.param("hw1.py", "ko", id="script-ko"),
    pytest.param("hw1.ipynb", "en", id="notebook-en"),
    *rarely(
        [pytest.param("hw1.py", "en", id="script-en"), pytest.param("hw1.ipynb", "ko", id="notebook-ko")]
    ),
]


@pytest.fixture(scope="module")
def variants(shipped_bank: Bank, thorough: bool) -> list[Variant]:
    """Every question, or one in six of each topic."""
    step = 1 if thorough else 6
    return [make(entry, SEED) for topic in shipped_bank.topics() for entry in topic.entries[::step]]


@pytest.fixture(scope="module")
def keys(variants: list[Variant], sandbox: Sandbox) -> dict[str, str]:
    """The right answer to each question, as it is typed."""
    complete = Keys(sandbox).complete(variants)
    return {
        variant.entry.id: _solution(variant) or KINDS[variant.kind].expected(variant, key)
        for variant, key in zip(variants, complete, strict=True)
    }


def _solution(variant: Variant) -> str:
    solution = getattr(variant.question, "solution", "")
    return solution if isinstance(solution, str) else "\n".join(solution)


@pytest.fixture(scope="module")
def judge(shipped_bank: Bank, sandbox: Sandbox) -> Judge:
    return Judge(shipped_bank, sandbox, "en")


def _marks(judge: Judge, variants: list[Variant], raw: bytes, file: str) -> list[QuestionResult]:
    submission = parse(raw, file)
    attempts = [
        judge.attempt(SheetItem(variant.entry.id, SEED, 0), variant, submission) for variant in variants
    ]
    return judge.question_results([attempts])[0]


@pytest.mark.parametrize(("file", "language"), _FORMS)
def test_the_right_answer_in_its_cell_is_right_for_every_question(
    file: str, language: Language, variants: list[Variant], keys: dict[str, str], judge: Judge
) -> None:
    solved = answered(cells(variants, language, file), variants, keys)
    marks = _marks(judge, variants, text_of(solved, file), file)
    assert [(mark.question, mark.outcome, mark.detail) for mark in marks] == [
        (variant.entry.id, "correct", "") for variant in variants
    ]


@pytest.mark.parametrize(("file", "language"), _FORMS)
def test_an_untouched_cell_is_unanswered_for_every_question(
    file: str, language: Language, variants: list[Variant], judge: Judge
) -> None:
    marks = _marks(judge, variants, text_of(cells(variants, language, file), file), file)
    assert {mark.question: mark.outcome for mark in marks} == {
        variant.entry.id: "unanswered" for variant in variants
    }


@pytest.mark.parametrize("language", mostly("ko", "en"))
def test_an_untouched_script_runs_to_its_end(
    language: Language, variants: list[Variant], tmp_path: Path
) -> None:
    parts = cells(variants, language, "hw1.py")
    (tmp_path / "tensordrill.py").write_text(
        "def check_on_error(): pass\ndef check(): print('checked')\n", encoding="utf-8"
    )
    (tmp_path / "hw1.py").write_bytes(text_of(parts, "hw1.py"))
    ran = subprocess.run(
        [sys.executable, "hw1.py"], cwd=tmp_path, capture_output=True, timeout=120, check=False
    )
    assert (ran.returncode, ran.stdout, ran.stderr) == (0, b"checked\n", b"")


@pytest.mark.parametrize("language", ["en", "ko"])
def test_a_notebook_is_one_by_jupyters_own_word(language: Language, variants: list[Variant]) -> None:
    text = text_of(cells(variants, language, "hw1.ipynb"), "hw1.ipynb").decode()
    notebook = nbformat.reads(text, as_version=4)  # type: ignore[no-untyped-call]
    nbformat.validate(notebook)
    assert [cell["cell_type"] for cell in json.loads(text)["cells"]] == ["markdown", "code"] * (
        len(variants) + 2
    )


def test_no_line_of_prose_is_wider_than_a_screen(variants: list[Variant]) -> None:
    wide = [
        line
        for language in ("en", "ko")
        for part in cells(variants, language, "hw1.py")
        for line in script([part]).removesuffix(part.code + "\n").splitlines()
        if len(line) + sum("가" <= letter <= "힣" for letter in line) > 92 and "handout:" not in line
    ]
    assert wide == []


def test_a_hand_out_looks_like_this(shipped_bank: Bank) -> None:
    asked = assignment(
        [
            Item(id=WRITE, points={"shape": 1.5, "values": 0.5}),
            Item(id=FILL, points=0.5),
            Item(id=QUOTED),
            Item(id=STATEMENTS),
            Item(id=FUNCTION),
            Item(id=PREDICT, hidden=True),
        ]
    )
    variants = [make(shipped_bank.entry(item.id), SEED) for item in asked.questions]
    header = HandoutHeader("hw1", "2023001", "김민지", "db262e8a67841fdc")
    assert script(list(parts(asked, header, variants, "hw1-2023001.py"))) == _SCRIPT


@pytest.mark.parametrize(
    ("language", "sentences"),
    [
        pytest.param("en", ["1. view/join-the-heads (1 point)", "1  ", "2  "], id="en"),
        pytest.param("ko", ["1. view/join-the-heads (1점)", "1  ", "2  "], id="ko"),
    ],
)
def test_points_and_lines_are_counted(language: Language, sentences: list[str], shipped_bank: Bank) -> None:
    lines = next(
        entry
        for topic in shipped_bank.topics()
        for entry in topic.entries
        if getattr(entry.question, "ask", "") == "line" and entry.topic == "view"
    )
    write, predict = make(shipped_bank.entry(WRITE), SEED), make(lines, SEED)
    _, first, second, _ = cells([write, predict], language, "hw1.py")
    assert first.heading == sentences[0]
    numbered = second.code.splitlines()
    assert [line[2:5] for line in numbered[:2]] == sentences[1:]


_TYPED = st.text(st.characters()).filter(lambda text: text.strip().strip("._…'\"") != "")


@example("\ud800(3, 2)", "hw1.py")
@given(_TYPED, st.sampled_from(["hw1.py", "hw1.ipynb"]))
def test_whatever_is_typed_into_a_cell_is_found_in_the_file(
    shipped_bank: Bank, typed: str, file: str
) -> None:
    variant = make(shipped_bank.entry(PREDICT), SEED)
    head, part, last = cells([variant], "en", file)
    code = part.code.replace("answer = ...", f"answer = {typed!r}")
    submission = parse(text_of([head, replace(part, code=code), last], file), file)
    answer = submission.answer(PREDICT, variant.question, SEED)
    whole = typed.encode("utf-8", "replace").decode()
    assert answer == AnswerText(unicodedata.normalize("NFC", whole))


def test_a_name_cannot_break_out_of_its_line(shipped_bank: Bank) -> None:
    header = HandoutHeader("hw1", "7", "Kim\nimport os\n# %% x", "m")
    text = script(
        list(parts(assignment([Item(id=WRITE)]), header, [make(shipped_bank.entry(WRITE), 1)], "f.py"))
    )
    assert text.splitlines()[0] == "# %% hw1 · Kim import os # %% x (7)"
    assert parse(text.encode(), "f.py").header == header


def test_which_says_its_options_with_their_numbers(shipped_bank: Bank) -> None:
    _, part, _ = cells([make(shipped_bank.entry(WHICH), SEED)], "en", "hw1.py")
    options = [line for line in part.code.splitlines() if line[2:3].isdigit()]
    assert [line[2:5] for line in options] == [f"{number}  " for number in range(1, len(options) + 1)]
    assert part.code.endswith("\nanswer = ...")


_SCRIPT = """\
# %% hw1 · 김민지 (2023001)
# Write each answer in its cell; `...` means not answered yet. Every cell stands for
# itself: an answer may use what its own cell gives, torch, nn, F, np and math. Run this
# file, or `tensordrill check hw1-2023001.py`, to see how you are doing. With a syntax
# error anywhere in it, Python runs none of the file; the command checks the rest all the
# same.
# tensordrill-handout: {"assignment":"hw1","student":"2023001","name":"김민지","mark":"db262e8a67841fdc"}
import math

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

import tensordrill

tensordrill.check_on_error()

# %% 1. view/join-the-heads (2 points)
# view/join-the-heads@7
# Give shape (1, 2, 6): for each token its 2 heads side by side, head 0 first.
# `answer` is one expression.
# points: shape 1.5, values 0.5
x = torch.arange(12).view(1, 2, 2, 3)   # batch, head, token, dim

answer = ...

# %% 2. view/one-row-per-pixel (0.5 points)
# view/one-row-per-pixel@7
# Fill the blank so that `y[n, p]` holds the 3 channels of pixel p of image n; the pixels
# are counted row by row.
# What goes in place of `____`?
x = torch.arange(72).view(2, 3, 3, 4)   # N, C, H, W

# y = x.permute(____).reshape(2, 12, 3)
answer = ...

# %% 3. matmul/add-to-one-or-to-each (1 point)
# matmul/add-to-one-or-to-each@7
# Fill in a function's name so that `y[i]` is `start + a[i] @ b[i]` for both i.
# What goes in place of `____`? Write it in quotes.
start = torch.tensor([[10, 20], [30, 40]])
a = torch.arange(3, 15).view(2, 2, 3)
b = torch.arange(2, 14).view(2, 3, 2)

# y = torch.____(start, a, b)
answer = "..."

# %% 4. view/set-one-number-of-x (1 point)
# view/set-one-number-of-x@7
# Count the numbers of `x` from 0, row by row as it prints. Set number 2 to 0, in the
# memory of `x` itself.
# Write your lines below `# answer:`.
# compared: what the given tensors hold afterwards
x = torch.arange(1, 9).view(4, 2).t()

# answer:
...

# %% 5. matmul/a-layer-by-hand (1 point)
# matmul/a-layer-by-hand@7
# Write `linear(x, weight, bias)`: what `nn.Linear` computes from its input, its weight
# and its bias. `x` may have any number of dims. Don't call torch's own `linear`.
# Complete the function.
# not to be called: linear
#
# It is called with values such as
# x = torch.arange(3, 18).view(5, 3)
# weight = torch.arange(2, 11).view(3, 3)
# bias = torch.arange(3) * 100

def linear(x, weight, bias):
    ...

# %% 6. view/flatten-a-transpose (1 point)
# view/flatten-a-transpose@7
# What is `y.shape` after these lines? Write a value, or `"raises"`.
# This one is checked only after you hand it in.
#
# x = torch.arange(20).view(5, 4)
# y = x.t().view(-1)

answer = ...

# %% How am I doing?
tensordrill.check()
"""
