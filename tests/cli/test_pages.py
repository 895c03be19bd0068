"""Screens of a terminal of 80×24 and of 120×40: each page of a round, in both languages, without colour."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from wcwidth import wcswidth

from tensordrill.messages import LANGUAGES, Language

from .conftest import Terminal, only

pytestmark = pytest.mark.filterwarnings("ignore:.*forkpty.*:DeprecationWarning")

_GOLDEN = Path(__file__).parent / "golden" / "pages"


class _Small(Terminal):
    columns, rows = 80, 24


class _Large(Terminal):
    columns, rows = 120, 40


_TERMINALS = (_Small, _Large)
_NEXT = {"en": "next ›", "ko": "다음 ›"}
_WRONG = {"swap": "2,3", "column": "v.unsqueeze(0)", "sharing": "2"}
_PAGES = ("question", "swap", "column", "sharing", "summary", "second-try", "hints", "exam-review")

Pages = Iterator[tuple[str, list[str]]]


def _quiz(terminal: Terminal, language: Language) -> Pages:
    """Yield the first question, each verdict on a wrong answer, and the summary."""
    for number in range(len(_WRONG)):
        name = terminal.until_match(r"basics · (\w+)")[1]
        terminal.prompt()
        if not number:
            yield "question", terminal.screen()
        terminal.type(_WRONG[name])
        terminal.until("basics/", _NEXT[language])
        yield name, terminal.screen()
        terminal.type("")
    terminal.until("--seed 3", "practice --topic basics")
    assert terminal.end() == 0
    yield "summary", terminal.screen()


def _practice(terminal: Terminal, language: Language) -> Pages:
    """Yield a second try, and more hints and unreadable answers below a question than there is room for."""
    terminal.until(_NEXT[language])
    terminal.type("")
    terminal.answer("2,3")
    terminal.until("✗")
    terminal.prompt()
    yield "second-try", terminal.screen()
    for _ in range(8):
        terminal.type("???")
        terminal.until("???")
        terminal.prompt()
    yield "hints", terminal.screen()


def _exam(terminal: Terminal, language: Language) -> Pages:
    """Yield the last of the answers that an exam shows at its end."""
    terminal.answer("v.unsqueeze(0)")
    terminal.until("basics/", _NEXT[language])
    yield "exam-review", terminal.screen()


def _shown(pages: Pages, language: Language, terminal: Terminal) -> None:
    width, height = terminal.columns, terminal.rows
    for name, lines in pages:
        file = _GOLDEN / f"{name}-{language}-{width}x{height}.txt"
        text = "".join(f"{line}\n" for line in lines).rstrip("\n") + "\n"
        if os.environ.get("REGENERATE_SCREENS"):
            file.parent.mkdir(exist_ok=True)
            file.write_text(text, encoding="utf-8")
        assert text.splitlines() == file.read_text(encoding="utf-8").splitlines()
        assert [line for line in lines if wcswidth(line) > width] == []
        if name != "summary":
            assert any("basics · " in line for line in lines[:2]), "the question has left the screen"


@pytest.mark.parametrize("kind", _TERMINALS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_pages(language: Language, kind: type[Terminal], basics: Path) -> None:
    options = ["--lang", language, "--seed", "3"]
    with kind("quiz", *options, *only(basics, *_WRONG), NO_COLOR="1") as terminal:
        _shown(_quiz(terminal, language), language, terminal)
    with kind("practice", *options, *only(basics, "swap"), NO_COLOR="1") as terminal:
        _shown(_practice(terminal, language), language, terminal)
    with kind("quiz", "--exam", *options, *only(basics, "column"), NO_COLOR="1") as terminal:
        _shown(_exam(terminal, language), language, terminal)


def test_every_golden_page_belongs_to_one() -> None:
    names = {
        f"{name}-{lang}-{kind.columns}x{kind.rows}.txt"
        for name in _PAGES
        for lang in LANGUAGES
        for kind in _TERMINALS
    }
    assert {path.name for path in _GOLDEN.iterdir()} == names


def test_what_is_printed_on_stays_where_it_is(basics: Path) -> None:
    with Terminal("quiz", "--no-clear", *only(basics, "swap", "dense")) as terminal:
        for _ in range(2):
            terminal.answer("raises")
            terminal.until("✗", "next ›")
            terminal.type("")
        assert terminal.end() == 0
        text = "\n".join(terminal.screen())
    assert re.findall(r"question (\d) of 2|(\d) of 2", text)[:2] == [("1", ""), ("2", "")]
    assert "\x1b[2J" not in terminal.raw
