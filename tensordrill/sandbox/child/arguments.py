"""The operation of a step, as plain data of a `traced.Step`: whose function it is, and what it was given.

A tensor that a step gave is told by that step's number, so that a trace describes it once.
"""

from __future__ import annotations

import ast
from types import FrameType
from typing import Any, Protocol

import callee
import failure
import syntax
import torch
from encode import text

MAX_PIECES = 24
"""Pieces of an argument that is told: sizes, dims and indices have few, the numbers of a new tensor many."""
MAX_TEXT = 40
MAX_ARGUMENTS = 16

_Tensor = torch.Tensor


class Run(Protocol):
    """The part of a traced run that this module reads."""

    def seen(self, file: str, node: ast.AST) -> Any:
        """Return the value that a node had last; UNSEEN where it was not evaluated."""

    def step(self, file: str, node: ast.AST) -> int | None:
        """Return the step that a node was last."""


def operation(run: Run, file: str, node: ast.AST, frame: FrameType) -> dict[str, Any]:
    """Return the function, its owner and the operands of a node; nothing of a plain name."""
    if isinstance(node, ast.Name | ast.ListComp):
        return {}
    if isinstance(node, ast.Attribute | ast.Subscript) and _is_of_several(run.seen(file, node.value)):
        node = node.value  # `x.max(dim=0).values` is what `max` gave
    roles = syntax.operands(node)
    if isinstance(node, ast.Call):
        called = callee.called(_called(run, file, node.func, frame))
        roles = [(role, child) for role, child in roles if role != "function"]
        if called.bound is not None and not isinstance(node.func, ast.Attribute):
            return {}  # a method kept under a name: its tensor is no operand that is written here
        owner, function = called.owner, called.name
    else:
        owner, function = "tensor", syntax.function(node)
    operands = [operand for role, child in roles for operand in _operands(run, file, role, child)]
    is_of_tensors = owner != "tensor" or any(operand.keys() & {"step", "tensor"} for operand in operands)
    if not function or not is_of_tensors or len(operands) > MAX_ARGUMENTS:
        return {}
    return {"function": text(function), "owner": owner, "operands": operands}


def _is_of_several(value: Any) -> bool:
    """Whether a function of torch's gave several tensors, under names of their own."""
    return type(value).__module__ == "torch.return_types"


def _called(run: Run, file: str, node: ast.expr, frame: FrameType) -> Any:
    """Return what a call calls; names are looked up as Python does."""
    if isinstance(node, ast.Attribute):
        return callee.attribute(_value(run, file, node.value, frame), node.attr, None)
    return _value(run, file, node, frame)


def _value(run: Run, file: str, node: ast.expr, frame: FrameType) -> Any:
    value = run.seen(file, node)
    if isinstance(value, failure.Unseen) and isinstance(node, ast.Name):
        for scope in (frame.f_locals, frame.f_globals, frame.f_builtins):
            if node.id in scope:
                return scope[node.id]
    return None if isinstance(value, failure.Unseen) else value


def _operands(run: Run, file: str, role: str, node: ast.expr) -> list[dict[str, Any]]:
    if isinstance(node, ast.Starred):
        value = run.seen(file, node.value)
        if type(value) not in (list, tuple, torch.Size) or len(value) > MAX_ARGUMENTS:
            return [{"role": "*"}]
        first = int(role) if role.isdigit() else 0
        return [{"role": str(first + number), **_given(item, None)} for number, item in enumerate(value)]
    if role == "**":
        return [{"role": "**"}]
    value = run.seen(file, node)
    if role == "self" and not isinstance(value, _Tensor):
        return []  # torch itself, a module of it, or a layer
    operand = {"role": text(role), **_given(value, run.step(file, node))}
    if isinstance(node, ast.Tuple | ast.List) and type(value) in (list, tuple):
        parts = [_operands(run, file, str(number), part) for number, part in enumerate(node.elts)]
        items = [part[0] for part in parts if len(part) == 1]
        if len(items) == len(value) <= MAX_ARGUMENTS and any("step" in item for item in items):
            operand["items"] = items
    return [operand]


def _given(value: Any, step: int | None) -> dict[str, Any]:
    """Return what an operand holds: the step that gave a tensor, a small value, or nothing."""
    if isinstance(value, _Tensor):
        return {} if step is None else {"step": step}
    if type(value) is str:
        return failure.given(value) if len(value) <= MAX_TEXT else {}
    if type(value) in (bool, int, float, complex, type(None), type(...), slice, torch.dtype):
        return failure.given(value)
    if type(value) in (list, tuple, torch.Size) and _pieces(value) <= MAX_PIECES:
        return failure.given(value)
    return {}


def _pieces(value: Any) -> int:
    """Count the plain pieces of a list or tuple; too many where it holds anything else."""
    if type(value) in (list, tuple, torch.Size):
        return sum(map(_pieces, value[: MAX_PIECES + 1])) + max(len(value) - MAX_PIECES, 0)
    return 1 if type(value) in (bool, int, float, complex, type(None), type(...)) else MAX_PIECES + 1
