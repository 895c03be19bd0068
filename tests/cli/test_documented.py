"""The screens of the README and of docs/ are what the program prints at 80 columns; all of its commands run."""

from __future__ import annotations

import io
import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from rich.console import Console

from tensordrill.bank.load import Bank
from tensordrill.bank.variant import from_address
from tensordrill.cli.answer_line import PROMPT
from tensordrill.drill.explaining import picture
from tensordrill.drill.session import AskedQuestion, JudgedAnswer
from tensordrill.judging import QuestionSession
from tensordrill.messages import Language, Name, choose, say
from tensordrill.render.question import question
from tensordrill.render.verdict import Context, verdict
from tensordrill.sandbox.client import Sandbox
from tests.documented import ROOT, Block, ConsoleCommand, blocks, check, clone, commands

from .conftest import run, run_process

PAGES = [path.relative_to(ROOT) for path in sorted([*ROOT.glob("README*.md"), *ROOT.glob("docs/*.md")])]
_RUN_AS_WHOLES = [
    Path("docs", name) for name in ("assignments.md", "banks.md", "students.md", "students.ko.md")
]
"""Their commands follow from each other, and tests/test_docs.py runs them in a shell."""
_NOT_HERE = {
    "--cluster": "it needs a scheduler",
    "assignment grade examples/": "tests/test_example_assignment.py does it",
}
_SILENT = ROOT / "tests" / "explanation" / "silent" / "loss_by_hand_column.py"
_FILES = {
    "fit.py": _SILENT.read_text(encoding="utf-8"),
    "train.py": "import torch\nfrom lib.net import Net\n\nNet()(torch.ones(4, 2, 3))\n",
    "lib/net.py": "import torch\n\n\nclass Net(torch.nn.Module):\n    def __init__(self):\n"
    "        super().__init__()\n        self.fc = torch.nn.Linear(5, 2)\n    def forward(self, x):\n"
    "        return self.fc(x.flatten(1))\n",
}


class ConsoleBlock(NamedTuple):
    """A console block, by its page and its number there."""

    page: Path
    number: int
    block: Block


SHOWN = [
    ConsoleBlock(page, number, block)
    for page in PAGES
    if page not in _RUN_AS_WHOLES
    for number, block in enumerate((each for each in blocks(page) if each.kind == "console"), 1)
]


def _said(shown: ConsoleBlock) -> tuple[object, ...]:
    """Return the commands of a block without their comments, and what they print."""
    return tuple(
        (*shlex.split(command.line, comments=True), command.prints) for command in commands(shown.block)
    )


ONCE = {_said(shown): shown for shown in reversed(SHOWN)}.values()
"""The blocks without those of the Korean README that differ by their comments alone."""


def _ours(block: Block) -> Iterator[ConsoleCommand]:
    """Yield the program's commands that can run here; of all others a page may not say what they print."""
    for command in commands(block):
        is_ours = command.line.startswith("tensordrill")
        if is_ours and not any(words in command.line for words in _NOT_HERE):
            yield command
        else:
            assert not command.prints.strip(), f"nobody looks at what `{command.line}` prints"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with what the pages speak of."""
    for name, text in _FILES.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    return clone(tmp_path)


@pytest.mark.parametrize("shown", [*ONCE][::-1], ids=lambda shown: f"{shown.page}:{shown.number}")
def test_a_console_block_is_what_the_program_prints(shown: ConsoleBlock, folder: Path) -> None:
    for command in _ours(shown.block):
        words = [word for word in shlex.split(command.line, comments=True)[1:] if word != "--watch"]
        given = words.pop() if "<<<" in words else ""
        if words[:1] == ["run"]:
            check(command, run_process(*words, cwd=folder).err)  # a traceback, and what follows it
            continue
        ran = run(*(word for word in words if word != "<<<"), stdin=given, cwd=folder)
        assert ran.err == ""
        assert ran.code == 0 or (ran.code == 1 and "explain" in words)
        check(command, ran.out)


# --- the screen at the top ---


def _screen(number: int, total: int, language: Language, sandbox: Sandbox, bank: Bank) -> str:
    """Return a question, a wrong answer at the prompt, and its verdict as they stand on a screen of 80 columns."""
    variant = from_address(bank, "view/flatten-a-transpose@1", 0)
    question_session = QuestionSession(sandbox, variant)
    judged = JudgedAnswer(
        AskedQuestion(number, variant, question_session=question_session),
        question_session.judge("10", language),
        again=False,
    )
    drawn = picture(judged, language)
    screen = Console(file=io.StringIO(), width=80, soft_wrap=True, color_system=None, highlight=False)
    screen.print(question(variant, number, total, language))
    screen.print(f"{PROMPT}10")
    idea = bank.ideas[judged.verdict.misconception or ""]
    context = Context(picture=drawn, idea=choose(idea.title, language))
    screen.print(verdict(judged.verdict, variant, language, again=False, context=context))
    pause: tuple[Name, ...] = ("explains", "more-commands", "next")
    screen.print(" " + "   ".join(say(name, language) for name in pause))
    assert isinstance(screen.file, io.StringIO)
    return "".join(line.rstrip() + "\n" for line in screen.file.getvalue().strip("\n").splitlines())


@pytest.mark.parametrize(("page", "language"), [("README.md", "en"), ("README.ko.md", "ko")])
def test_the_screen_at_the_top_is_one(
    page: str, language: Language, sandbox: Sandbox, shipped_bank: Bank
) -> None:
    (block,) = [each for each in blocks(Path(page)) if each.kind == "text"]
    number, total = map(int, re.findall(r"\d+", block.text.partition("\n")[0]))
    screen = _screen(number, total, language, sandbox, shipped_bank)
    shown = block.text.splitlines()
    assert shown == screen.splitlines()[: len(shown)]
    assert len(screen.splitlines()) - len(shown) in (0, 1)
