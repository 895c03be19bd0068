"""Lazy answers to code, none of which may pass."""

from __future__ import annotations

import ast
from typing import NamedTuple

from tensordrill.bank.schema import Order, Write
from tensordrill.bank.template import excerpt
from tensordrill.bank.variant import Variant
from tensordrill.kinds import KINDS
from tensordrill.kinds.answers import Unreadable
from tensordrill.kinds.code import parsed
from tensordrill.kinds.facets import shown
from tensordrill.kinds.key import Key
from tensordrill.kinds.order import programs_of
from tensordrill.lab.protocol import Program, Tensor

_ADD = "add awkward operands to `also_on`, or to `must`"
_NEEDED = "let `ask` see what it does, add to `also_on`, or leave the line out"
_NOWHERE = "let `ask` see what it does, add to `also_on`, or leave it out"
_LAZY = {"statements": ["pass"], "class": ["pass", "def forward(self, x):\n    return x"]}


class Decoy(NamedTuple):
    """A lazy answer: how a finding names it, its programs, the field at fault and what to do."""

    name: str
    programs: tuple[Program, ...]
    place: tuple[str | int, ...]
    do: str


def decoys(variant: Variant, key: Key) -> list[Decoy]:
    """Return the lazy answers to a question, none of which may pass."""
    question = variant.question
    if isinstance(question, Order):
        return _orders(variant, question)
    if not isinstance(question, Write) or "values" not in question.must:
        return []
    codes = _LAZY.get(question.write) or [*_literals(key), *_inputs(question)]
    found = []
    for code in codes:
        answer = KINDS["write"].read(variant, code)
        if not isinstance(answer, Unreadable) and code != question.solution:
            programs = KINDS["write"].learner_programs(variant, answer)
            found.append(Decoy(excerpt(code), programs, ("solution",), _ADD))
    return found


def _orders(variant: Variant, question: Order) -> list[Decoy]:
    """Return the right order without one of its lines, and with one that belongs nowhere, at every place."""
    lines = question.order
    found = [
        Decoy(
            f"without {excerpt(line)}",
            programs_of(variant, [*lines[:at], *lines[at + 1 :]]),
            ("order", at),
            _NEEDED,
        )
        for at, line in enumerate(lines)
    ]
    for index, line in enumerate(question.distractors):
        for at in range(len(lines) + 1):
            programs = programs_of(variant, [*lines[:at], line, *lines[at:]])
            found.append(
                Decoy(f"with {excerpt(line)} in place {at + 1}", programs, ("distractors", index), _NOWHERE)
            )
    return found


def _literals(key: Key) -> list[str]:
    value = key.reference[0].value
    if not isinstance(value, Tensor):
        return []
    dtype = f"dtype=torch.{value.dtype}"
    return [
        f"torch.zeros({value.shape}, {dtype})",
        f"torch.ones({value.shape}, {dtype})",
        f"torch.tensor({shown(value).replace('nan', 'math.nan').replace('inf', 'math.inf')}, {dtype})",
    ]


def _inputs(question: Write) -> list[str]:
    tree = parsed(f"{question.setup}\n{question.given}")
    names = [
        target.id
        for node in (tree.body if tree else [])
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    ]
    return [code for name in names for code in (name, f"{name}.transpose(-2, -1)")]
