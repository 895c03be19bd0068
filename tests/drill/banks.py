"""Banks for rounds: topics of questions whose idea shows on even draws."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from tensordrill.bank.load import Bank
from tensordrill.errors import Problem

NAMES = ("apple", "banana", "cherry", "damson", "elder", "fig")


def question(name: str, idea: str = "own", level: int = 1, draw: str = "n: {int: [2, 5]}") -> str:
    """Return a question in which an idea shows on the draws where n is even."""
    return f"""\
  - id: {name}
    level: {level}
    draw:
      {draw}
    given: x = torch.ones({{{{ n }}}})
    ask: x.shape
    misconceptions:
      - id: {idea}
        when: n % 2 == 0
        answer: "9"
"""


def topic(folder: Path, name: str, *questions: str, after: str = "") -> None:
    text = f"format: 1\ntopic: {name}\ntitle: {name}\nafter: [{after}]\nquestions:\n{''.join(questions)}"
    (folder / f"{name}.yaml").write_text(text, encoding="utf-8")


def bank(folder: Path, sizes: Sequence[int]) -> Bank:
    """Return a bank with so many questions in its topics; levels go 1 2 3 1 2 3 …"""
    for name, size in zip(NAMES, sizes, strict=False):
        topic(folder, name, *(question(f"q{index}", level=index % 3 + 1) for index in range(size)))
    return Bank(folder)


def no_problem(problem: Problem) -> None:
    raise AssertionError(problem)
