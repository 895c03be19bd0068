"""Pages as tests: the console blocks of a page are run in their order, and say what the page says.

In a block, a line with `$ ` is run by a shell, with the lines below it that begin with `> `. The lines below are
what it prints, where `…` stands for anything, a line of its own for any number of lines. A CSV block is written
where the page says it lies.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from msgspec import Struct

ROOT = Path(__file__).parent.parent
EXAMPLE = Path("examples", "assignment")

_BLOCK = re.compile(r"^```(?P<kind>\w+)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)

_COMMAND = re.compile(r"[^\n]*\n(?:> [^\n]*\n)*")


class Block(Struct, frozen=True):
    """A fenced block: what is written behind its fence, and its text."""

    kind: str
    text: str


class ConsoleCommand(Struct, frozen=True):
    """A command of a console block, and what it prints."""

    line: str
    prints: str


def blocks(page: Path) -> list[Block]:
    """Return the fenced blocks of a page in their order."""
    text = (ROOT / page).read_text(encoding="utf-8")
    return [Block(match["kind"], match["text"]) for match in _BLOCK.finditer(text)]


def commands(block: Block) -> Iterator[ConsoleCommand]:
    """Yield the commands of a console block."""
    for part in re.split(r"^\$ ", block.text, flags=re.MULTILINE)[1:]:
        match = _COMMAND.match(part)
        assert match
        yield ConsoleCommand(match[0].rstrip("\n").replace("\n> ", "\n"), part[match.end() :])


def clone(folder: Path) -> Path:
    """Return a folder that holds the examples, as a clone does."""
    shutil.copytree(ROOT / EXAMPLE, folder / EXAMPLE)
    return folder


def run(command: ConsoleCommand, folder: Path) -> None:
    """Run a command of a page in a folder, and compare what it prints with what the page says."""
    done = subprocess.run(
        ["bash", "-c", command.line],
        cwd=folder,
        env=_environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        stdin=subprocess.DEVNULL,
        encoding="utf-8",
        timeout=300,
        check=False,
    )
    is_right = done.returncode in ((0, 1) if " check " in command.line else (0,))
    assert is_right, f"{command.line}: {done.returncode}\n{done.stdout}"
    check(command, done.stdout)


def check(command: ConsoleCommand, printed: str) -> None:
    """Compare what a command printed with what the page says, where it says something."""
    if command.prints.strip():
        assert _pattern(command.prints).fullmatch(printed.strip("\n") + "\n"), (
            f"{command.line} printed\n{printed}\nthe page says\n{command.prints}"
        )


def run_page(page: Path, folder: Path, csv: Mapping[str, str]) -> int:
    """Run a page's console blocks; `csv` tells by their first lines where CSV blocks lie. Give how many ran."""
    count = 0
    for block in blocks(page):
        if block.kind == "csv":
            heading = block.text.partition("\n")[0]
            (folder / csv[heading]).write_text(block.text, encoding="utf-8")
        for command in commands(block) if block.kind == "console" else ():
            run(command, folder)
            count += 1
    return count


def _environment() -> dict[str, str]:
    beside = str(Path(sys.executable).parent)
    return {
        **os.environ,
        "PATH": f"{beside}{os.pathsep}{os.environ['PATH']}",
        "COLUMNS": "80",
        "NO_COLOR": "1",
    }


def _pattern(prints: str) -> re.Pattern[str]:
    """Return what matches the printed lines: `…` alone is any lines, within a line any text."""
    parts = []
    for line in prints.strip("\n").split("\n"):
        if line == "…":
            parts.append(r"(?:[^\n]*\n)*?")
        else:
            parts.append(r"[^\n]*".join(map(re.escape, line.split("…"))) + r"[ ]*\n")
    return re.compile("".join(parts))
