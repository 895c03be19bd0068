"""The baseline of grading: each submission is a pytest file, run by a fresh process."""

from __future__ import annotations

import os
import subprocess
import sys
import textwrap
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from bench.homework import Homework, solution_of
from bench.pairs import seconds
from tensordrill.bank.schema import BLANK, Fill, Write


def pytests(homework: Homework, folder: Path, count: int, jobs: int) -> float:
    """Run the first submissions, `jobs` at a time; give the seconds that each adds."""
    folder.mkdir()
    files = [folder / f"test_{number}.py" for number in range(count)]
    for number, file in enumerate(files):
        file.write_text(_tests(homework, number), encoding="utf-8")
    with ThreadPoolExecutor(jobs) as executor:
        return seconds(lambda: list(executor.map(_pytest, files))) / count


def _pytest(file: Path) -> None:
    words = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--rootdir", ".", file.name]
    alone = {**os.environ, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    done = subprocess.run(words, cwd=file.parent, env=alone, capture_output=True, check=False)
    assert done.returncode in (0, 1), done.stdout.decode()


def _tests(homework: Homework, number: int) -> str:
    pairs = zip(homework.variants(number), homework.answers(number), strict=True)
    tests = []
    for place, (variant, (_, answer)) in enumerate(pairs):
        question = variant.question
        assert isinstance(question, Write | Fill)
        tests.append(_test(place, question, answer))
    return "import torch\n\n" + "\n\n".join(tests)


def _test(number: int, question: Write | Fill, answer: str) -> str:
    """Return a test that compares what an answer gives with what the solution gives, on the shown operand."""
    lines = []
    for name, code in (("expected", solution_of(question)), ("got", answer)):
        lines += [question.given, *_run(question, code, name)]
    body = textwrap.indent("\n".join(lines), "    ")
    return f"def test_{number}():\n{body}\n    assert torch.equal(got, expected)\n"


def _run(question: Write | Fill, code: str, name: str) -> list[str]:
    """Return the lines that leave in a variable what code gives."""
    if isinstance(question, Fill):
        result = question.ask or question.fill.partition(" = ")[0]
        return [question.fill.replace(BLANK, code), f"{name} = {result}"]
    if question.write == "statements":
        return [code, f"{name} = {question.ask}"]
    if question.write == "function":
        function = f"def {question.signature}:\n{textwrap.indent(code, '    ')}"
        return [function, f"{name} = {question.signature}"]
    return [f"{name} = {code}"]
