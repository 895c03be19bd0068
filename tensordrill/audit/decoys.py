"""Lazy answers to a write question: none of them may pass, and none holds the idea of a misconception."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import NamedTuple

from tensordrill.bank.schema import Write
from tensordrill.bank.variant import Variant
from tensordrill.kinds import KINDS
from tensordrill.kinds.answers import Unreadable
from tensordrill.kinds.code import parsed
from tensordrill.kinds.facets import shown
from tensordrill.kinds.key import Key
from tensordrill.lab.protocol import Program, Tensor


class Decoy(NamedTuple):
    """A lazy answer with its programs; an idle one has torch do nothing, so that it tells of no idea.

    `gives_back` says that it is a given value, unchanged.
    """

    code: str
    programs: tuple[Program, ...]
    is_idle: bool
    gives_back: bool


def decoys(variant: Variant, key: Key) -> Iterator[Decoy]:
    """Yield lazy answers: literals for the shown draw, the input, its transpose, and code that does nothing."""
    question = variant.question
    if not isinstance(question, Write):
        return
    names = _names(question)
    printing = [f"print({name})" for name in names]
    if question.write == "statements":
        lazy, back = [], []
        idle = ["pass", "unused = 3", *printing, *(f"{name} = {name}" for name in names)]
    else:
        lazy, back = [*_literals(key), *(f"{name}.transpose(-2, -1)" for name in names)], names
        idle = ["3", *printing]
    for code in (*lazy, *back, *idle):
        answer = KINDS["write"].read(variant, code)
        if not isinstance(answer, Unreadable) and code != question.solution:
            programs = KINDS["write"].learner_programs(variant, answer)
            yield Decoy(code, programs, code not in lazy, code in back)


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


def _names(question: Write) -> list[str]:
    """Return the names that `given` binds."""
    tree = parsed(question.given)
    names = [
        target.id
        for node in (tree.body if tree else [])
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    ]
    return list(dict.fromkeys(names))
