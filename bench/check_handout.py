"""How long a student waits for a check of ten questions: beyond `import torch`, and after a save."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from functools import partial
from pathlib import Path
from typing import IO

from bench.pairs import IMPORT_TORCH, beyond, command, seconds, spread
from tensordrill.bank.load import Bank
from tensordrill.bank.schema import Write
from tensordrill.bank.sources import shipped
from tensordrill.bank.variant import from_address
from tensordrill.course.assignment.assignment import Item
from tensordrill.course.assignment.folder import create, open_folder, questions
from tensordrill.course.handout.build import build

TENSORDRILL = str(Path(sys.executable).with_name("tensordrill"))
QUESTIONS = 10
RUNS = 9
SAVES = 40


def main() -> None:
    """Check a solved hand-out as a whole process, then again and again as it is saved."""
    with tempfile.TemporaryDirectory() as home:
        os.environ["TENSORDRILL_HOME"] = home
        handout = solved(Path(home))
        torch = partial(seconds, partial(command, IMPORT_TORCH))
        check = partial(seconds, partial(command, [TENSORDRILL, "check", str(handout)]))
        beyond("check of 10 questions, beyond import torch", check, torch, RUNS, 0.3)
        spread("check --watch, from a save to the verdict", watched(handout), 150, 300)


def solved(folder: Path) -> Path:
    """Make a hand-out of ten questions with right answers."""
    bank = Bank(shipped())
    entries = [
        entry
        for topic in bank.topics()
        for entry in topic.entries
        if isinstance(entry.question, Write) and entry.question.write == "expression"
    ]
    items = [Item(id=entry.id) for entry in entries[:: len(entries) // QUESTIONS][:QUESTIONS]]
    create(folder / "hw", bank, items, shared=True, language="en")
    opened = open_folder(folder / "hw")
    bundle = questions(opened, snapshot=False)
    handout, *_ = build(opened, bundle, [], folder / "handout", as_notebook=False)
    cells = handout.read_text(encoding="utf-8").split("# %%")
    for at in range(2, QUESTIONS + 2):
        cells[at] = cells[at].replace("answer = ...", f"answer = {_solution(bundle.bank, cells[at])}")
    handout.write_text("# %%".join(cells), encoding="utf-8")
    command([TENSORDRILL, "check", str(handout)])
    return handout


def _solution(bank: Bank, cell: str) -> str:
    """Return the solution of the variant whose address stands in a cell."""
    variant = from_address(bank, cell.splitlines()[1].removeprefix("# "), 0)
    assert isinstance(variant.question, Write)
    return variant.question.solution


def watched(handout: Path) -> list[float]:
    """Return the seconds from each save, by an editor that replaces the file, to the last line of the check."""
    text = handout.read_text(encoding="utf-8")
    words = [TENSORDRILL, "check", str(handout), "--watch", "--json"]
    with subprocess.Popen(words, stdout=subprocess.PIPE, encoding="utf-8") as process:
        assert process.stdout
        _until_total(process.stdout)
        times = []
        for number in range(SAVES):
            fresh = handout.with_suffix(".new")
            at = text.rindex("answer = ")
            fresh.write_text(f"{text[:at]}answer = {number} * {text[at + 9 :]}", encoding="utf-8")
            saved = time.perf_counter()
            fresh.replace(handout)
            _until_total(process.stdout)
            times.append(time.perf_counter() - saved)
            time.sleep(0.1)
        process.terminate()
    return times


def _until_total(lines: IO[str]) -> None:
    while json.loads(lines.readline())["event"] != "total":
        pass


if __name__ == "__main__":
    main()
