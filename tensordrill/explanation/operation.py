"""The operation that a step or an error is of, with the tensors and plain values that it was given.

`x.sum(1)` and `torch.sum(x, 1)` are one operation; `a + b` is `+` of a and b. A function counts by its own name
and its owner, whatever the program calls it.
"""

from __future__ import annotations

import ast
from functools import lru_cache
from typing import Any, TypeGuard

from msgspec import Struct

from tensordrill.explanation.explanation import Explanation, GivenOperand, Step
from tensordrill.sandbox import values
from tensordrill.sandbox.traced import Operand, TensorFact
from tensordrill.sandbox.values import Value

UNKNOWN = object()
"""The plain value of what is a tensor, or is not known."""

_FIRST = ("input", "tensors")
"""The keywords that a function's first operand may be given by."""
_OTHER_NAMES = {"dim": ("dim", "axis"), "keepdim": ("keepdim", "keepdims")}


class Argument(Struct, frozen=True):
    """One thing that an operation is given: a tensor, a list with tensors, or a plain value."""

    name: str
    tensor: TensorFact | None = None
    items: tuple[Argument, ...] = ()
    value: Any = UNKNOWN
    bounds: tuple[Any, Any, Any] | None = None
    """The start, stop and step of a slice."""


class Operation(Struct, frozen=True):
    """A function's name and its arguments, a method's own tensor first."""

    function: str
    arguments: tuple[Argument, ...]
    keywords: dict[str, Argument]

    @property
    def tensor(self) -> TensorFact | None:
        """The tensor that comes first."""
        return self.arguments[0].tensor if self.arguments else None

    def argument(self, place: int, keyword: str) -> Argument | None:
        """Return an argument by its keyword or its place; None where it was not given."""
        for name in _OTHER_NAMES.get(keyword, (keyword,)):
            if name in self.keywords:
                return self.keywords[name]
        return self.arguments[place] if place < len(self.arguments) else None

    def get(self, place: int, keyword: str) -> Any:
        """Return an argument's plain value; None where it was not given, UNKNOWN where it can't be told."""
        found = self.argument(place, keyword)
        return None if found is None else found.value


def of_step(found: Explanation, index: int) -> Operation | None:
    """Return what a step applied; None where it is no operation of torch's."""
    step = found.steps[index]
    if step.owner not in ("tensor", "torch") or any(each.role in ("*", "**") for each in step.operands):
        return None
    written = [(each.role, _argument(each, step, found)) for each in step.operands]
    return _operation(step.function, written)


def _argument(operand: Operand, step: Step, found: Explanation) -> Argument:
    items = tuple(_argument(item, step, found) for item in operand.items)
    if operand.step is not None:
        given = found.steps[operand.step]
        return Argument(given.expression, given.tensor)
    if operand.role == "left" and operand.value is None and step.kind == "statement":
        return Argument(_target(step.expression), step.tensor)  # what is written in place keeps its shape
    return Argument(operand.role, None, items, *_plain(operand))


def _plain(operand: Operand | GivenOperand) -> tuple[Any, tuple[Any, Any, Any] | None]:
    value = UNKNOWN if operand.value is None else python_value(operand.value)
    if operand.bounds is None:
        return value, None
    start, stop, step = map(python_value, operand.bounds)
    return value, (start, stop, step)


@lru_cache(256)
def _target(expression: str) -> str:
    """Return what an assignment in place writes to."""
    try:
        statement = ast.parse(expression).body[0]
    except (SyntaxError, ValueError, RecursionError, MemoryError, IndexError):
        return expression
    return ast.unparse(statement.target) if isinstance(statement, ast.AugAssign) else expression


def _operation(function: str, written: list[tuple[str, Argument]]) -> Operation:
    placed = [argument for role, argument in written if _is_placed(role)]
    keywords = {role: argument for role, argument in written if not _is_placed(role)}
    first = [keywords.pop(name) for name in _FIRST if name in keywords]
    return Operation(function, (*first, *placed), keywords)


def _is_placed(role: str) -> bool:
    return role in ("self", "left", "right", "value") or role.isdigit()


def of_error(found: Explanation) -> Operation | None:
    """Return the operation of torch's that failed; None where it is none, or was not seen."""
    error = found.error
    if error is None or (error.is_call and error.owner not in ("tensor", "torch")):
        return None
    given = [each for each in error.operands if each.role != "function" and not _is_a_module(each)]
    return _operation(error.function, [(each.role, _failing(each)) for each in given])


def _is_a_module(operand: GivenOperand) -> bool:
    """Whether a function's owner is torch itself, or a part of it."""
    return operand.role == "self" and operand.tensor is None


def _failing(operand: GivenOperand) -> Argument:
    items = tuple(map(_failing, operand.items))
    return Argument(operand.name, operand.tensor, items, *_plain(operand))


def is_integer(value: Any) -> TypeGuard[int]:
    """Whether a plain value is an integer, and no bool, which Python takes for one."""
    return isinstance(value, int) and not isinstance(value, bool)


def python_value(value: Value) -> Any:
    """Return a plain value that was reported: None, `...`, bool, int, or a tuple or list of such; else UNKNOWN."""
    match value:
        case values.Nothing():
            return None
        case values.Bool(v=plain):
            return plain
        case values.Int(v=digits):
            return int(digits)
        case values.Size(v=sizes):
            return sizes
        case values.Tuple(v=parts):
            whole = tuple(map(python_value, parts))
            return UNKNOWN if UNKNOWN in whole else whole
        case values.List(v=parts):
            pieces = list(map(python_value, parts))
            return UNKNOWN if UNKNOWN in pieces else pieces
        case values.Other(type="ellipsis"):
            return ...
        case _:
            return UNKNOWN
