"""Lazy answers to a write question, none of which may pass."""

from __future__ import annotations

import ast

from tensordrill.bank.schema import Write
from tensordrill.bank.variant import Variant
from tensordrill.kinds import KINDS
from tensordrill.kinds.answers import Unreadable
from tensordrill.kinds.code import parsed
from tensordrill.kinds.facets import shown
from tensordrill.kinds.key import Key
from tensordrill.lab.protocol import Program, Tensor

_LAZY = {"statements": ["pass"], "class": ["pass", "def forward(self, x):\n    return x"]}


def decoys(variant: Variant, key: Key) -> list[tuple[str, tuple[Program, ...]]]:
    """Give each decoy's code and its programs: literals for the shown draw, the input, its transpose."""
    question = variant.question
    if not isinstance(question, Write) or "values" not in question.must:
        return []
    codes = _LAZY.get(question.write) or [*_literals(key), *_inputs(question)]
    found = []
    for code in codes:
        answer = KINDS["write"].read(variant, code)
        if not isinstance(answer, Unreadable) and code != question.solution:
            found.append((code, KINDS["write"].learner_programs(variant, answer)))
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
