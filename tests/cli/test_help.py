"""Help in both languages: every command, option and argument, in a terminal and in a pipe.

REGENERATE_SCREENS=1 pytest tests/cli/test_help.py   writes the screens in golden/ anew; then read what changed.
"""

from __future__ import annotations

import os
import re
import shlex
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
import typer
from rich.console import Console
from rich.text import Text
from wcwidth import wcswidth

from tensordrill.cli.app import app
from tensordrill.cli.commands import HELP, CommandGroup, build
from tensordrill.cli.help import help_page
from tensordrill.messages import LANGUAGES, Language
from tensordrill.render.help import WIDTH, HelpPage, help_text

from .conftest import Terminal, run, run_process

_GOLDEN = Path(__file__).parent / "golden"
_HANGUL = re.compile("[가-힣]")


def _contexts(language: Language) -> Iterator[typer.Context]:
    """Yield the context of each command, groups and what is in them."""
    root = build(app, language)
    waiting = [typer.Context(root, info_name="tensordrill", obj=language, help_option_names=list(HELP))]
    while waiting:
        context = waiting.pop(0)
        yield context
        command = context.command
        if not isinstance(command, CommandGroup):
            continue
        for name in command.list_commands(context):
            inner = command.get_command(context, name)
            assert inner is not None
            waiting.append(typer.Context(inner, info_name=name, parent=context))


@cache
def _pages(language: Language) -> dict[str, HelpPage]:
    return {context.command_path: help_page(context) for context in _contexts(language)}


_COMMANDS = list(_pages("en"))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("width", "boxed"), [(80, True), (120, True), (80, False)], ids=["80", "120", "plain"]
)
def test_the_help_screens(language: Language, width: int, boxed: bool) -> None:
    console = Console(width=width, force_terminal=boxed, color_system="standard", _environ={"TERM": "xterm"})
    screens = "\n\n".join(
        f"$ {command} --help\n{Text.from_ansi(help_text(page, console)).plain}"
        for command, page in _pages(language).items()
    )
    assert [line for line in screens.splitlines() if wcswidth(line) > min(width, WIDTH)] == []
    file = _GOLDEN / f"help-{language}-{width if boxed else 'plain'}.txt"
    if "REGENERATE_SCREENS" in os.environ:
        file.write_text(f"{screens}\n", encoding="utf-8")
    assert f"{screens}\n" == file.read_text(encoding="utf-8")


@pytest.mark.parametrize("command", _COMMANDS)
def test_everything_is_described_in_both_languages(command: str) -> None:
    english, korean = (_pages(language)[command] for language in LANGUAGES)
    assert english.text
    assert _HANGUL.search(korean.text)
    for here, there in zip(
        (*english.sections, english.examples), (*korean.sections, korean.examples), strict=True
    ):
        assert here.rows
        for row, again in zip(here.rows, there.rows, strict=True):
            assert row.name == again.name
            assert row.text
            assert not _HANGUL.search(row.text)
            assert _HANGUL.search(again.text)


@pytest.mark.parametrize("command", _COMMANDS)
def test_an_example_is_a_command_line_that_is_understood(command: str) -> None:
    for example in _pages("en")[command].examples.rows:
        assert len(example.name) <= 80 - len("│  │")
        context = next(_contexts("en"))
        name, *words = shlex.split(example.name.partition(" > ")[0])
        assert name == "tensordrill"
        while isinstance(context.command, CommandGroup):
            name, *words = words
            inner = context.command.get_command(context, name)
            assert inner is not None
            context = typer.Context(inner, info_name=name, parent=context)
        assert context.command.make_context(name, words, parent=context.parent)
        assert context.command_path.startswith(command)


def test_each_option_has_a_name_of_its_own() -> None:
    for context in _contexts("en"):
        names = [name for option in context.command.get_params(context) for name in option.opts]
        assert sorted(set(names)) == sorted(names)


# --- where it is shown ---


@pytest.mark.parametrize("command", _COMMANDS)
def test_a_pipe_gets_plain_text(command: str) -> None:
    words = command.split()[1:]
    ran = run(*words, "--help")
    assert (ran.code, ran.err) == (0, "")
    assert run(*words, "-h") == ran
    assert f"$ {command} --help\n{ran.out}" in (_GOLDEN / "help-en-plain.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("variables", "usage"),
    [
        pytest.param({}, "\n Usage: tensordrill quiz [OPTIONS]\n", id="panels"),
        pytest.param({"NO_COLOR": "1"}, "Usage: tensordrill quiz [OPTIONS]\n", id="NO_COLOR"),
        pytest.param({"TERM": "dumb"}, "Usage: tensordrill quiz [OPTIONS]\n", id="dumb"),
    ],
)
def test_a_terminal_gets_panels_unless_it_asks_for_plain_text(variables: dict[str, str], usage: str) -> None:
    with Terminal("quiz", "--help", **variables) as terminal:
        assert terminal.end() == 0
    assert terminal.text.startswith(usage)
    assert ("╭─ Options ─" in terminal.text, "\x1b[" in terminal.raw) == (not variables, not variables)


@pytest.mark.parametrize(
    ("words", "environment"),
    [
        pytest.param(["--lang", "ko", "quiz", "--help"], {}, id="before-the-command"),
        pytest.param(["quiz", "--help", "--lang", "ko"], {}, id="after-it"),
        pytest.param(["quiz", "--lang=ko", "-h"], {}, id="with-an-equals-sign"),
        pytest.param(["--lang", "en", "quiz", "--lang", "ko", "-h"], {}, id="the-last-one-counts"),
        pytest.param(["quiz", "-h"], {"TENSORDRILL_LANG": "ko"}, id="TENSORDRILL_LANG"),
        pytest.param(["quiz", "-h"], {"LC_ALL": "ko_KR.UTF-8"}, id="locale"),
    ],
)
def test_help_speaks_the_language_that_is_asked_for(words: list[str], environment: dict[str, str]) -> None:
    ran = run(*words, cwd=None, **environment)
    assert ran.out.startswith("사용법: tensordrill quiz [OPTIONS]\n\n여러 주제에서 고루 고른 문제를 풉니다.")


def test_help_imports_no_command_and_little_else() -> None:
    program = (
        "import atexit, sys; sys.argv[1:] = ['--help']; "
        "atexit.register(lambda: print(sorted(sys.modules), file=sys.stderr)); "
        "from tensordrill.cli.app import main; main()"
    )
    ran = run_process("-c", program, program=(sys.executable,))
    modules = set(re.findall(r"'([^']+)'", ran.err))
    assert "tensordrill.cli.help" in modules
    heavy = {"torch", "numpy", "yaml", "msgspec", "jinja2", "prompt_toolkit", "pygments", "rich.markdown"}
    commands = {f"tensordrill.cli.{command.split()[1]}" for command in _COMMANDS if " " in command}
    assert modules & (heavy | commands) == set()
