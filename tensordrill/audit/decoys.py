"""Lazy answers to code: none of them may pass, and none holds the idea of a misconception."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import NamedTuple

from tensordrill.bank.schema import Order, Write
from tensordrill.bank.template import excerpt
from tensordrill.bank.variant import Variant
from tensordrill.kinds import KINDS
from tensordrill.kinds.answer_key import Key
from tensordrill.kinds.answers import Unreadable
from tensordrill.kinds.code import parsed
from tensordrill.kinds.format_value import format_value
from tensordrill.kinds.order import programs_of
from tensordrill.messages import Message, message
from tensordrill.sandbox.protocol import Program, Tensor

_LAZY_CLASSES = ("pass", "def forward(self, x):\n    return x")


class Decoy(NamedTuple):
    """A lazy answer: how a finding names it, its programs, the field at fault and the remedy.

    An idle one has torch do nothing, so that it tells of no idea; `gives_back` says that it is a given value,
    unchanged.
    """

    name: str | Message
    programs: tuple[Program, ...]
    place: tuple[str | int, ...]
    remedy: Message
    is_idle: bool = False
    gives_back: bool = False


def decoys(variant: Variant, key: Key) -> Iterator[Decoy]:
    """Yield lazy answers: literals for the shown draw, the input, its transpose, and code that does nothing."""
    question = variant.question
    if isinstance(question, Order):
        yield from _orders(variant, question)
    if not isinstance(question, Write):
        return
    names = _names(question)
    printing = [f"print({name})" for name in names]
    lazy: list[str] = []
    back: list[str] = []
    if question.write == "statements":
        idle = ["pass", "unused = 3", *printing, *(f"{name} = {name}" for name in names)]
    elif question.write == "class":
        lazy, idle = list(_LAZY_CLASSES), []
    else:
        lazy, back = [*_literals(key), *(f"{name}.transpose(-2, -1)" for name in names)], names
        idle = ["3", *printing]
    for code in (*lazy, *back, *idle):
        answer = KINDS["write"].read(variant, code)
        if not isinstance(answer, Unreadable) and code != question.solution:
            programs = KINDS["write"].learner_programs(variant, answer)
            is_idle, gives_back = code not in lazy, code in back
            remedy = message("do-add-operands")
            yield Decoy(excerpt(code), programs, ("solution",), remedy, is_idle, gives_back)


def _orders(variant: Variant, question: Order) -> Iterator[Decoy]:
    """Yield the right order without one of its lines, and with one that belongs nowhere, at every place."""
    lines = question.order
    for at, line in enumerate(lines):
        programs = programs_of(variant, [*lines[:at], *lines[at + 1 :]])
        name = message("decoy-without", line=excerpt(line))
        yield Decoy(name, programs, ("order", at), message("do-see-line"))
    for index, line in enumerate(question.distractors):
        for at in range(len(lines) + 1):
            programs = programs_of(variant, [*lines[:at], line, *lines[at:]])
            name = message("decoy-with", line=excerpt(line), place=at + 1)
            yield Decoy(name, programs, ("distractors", index), message("do-see-distractor"))


def _literals(key: Key) -> list[str]:
    value = key.reference[0].value
    if not isinstance(value, Tensor):
        return []
    dtype = f"dtype=torch.{value.dtype}"
    return [
        f"torch.zeros({value.shape}, {dtype})",
        f"torch.ones({value.shape}, {dtype})",
        f"torch.tensor({format_value(value).replace('nan', 'math.nan').replace('inf', 'math.inf')}, {dtype})",
    ]


def _names(question: Write) -> list[str]:
    """Return the names that `setup` and `given` bind."""
    tree = parsed(f"{question.setup}\n{question.given}")
    names = [
        target.id
        for node in (tree.body if tree else [])
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    ]
    return list(dict.fromkeys(names))
