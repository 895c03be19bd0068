"""The operation that an expression applies last, with the tensors and plain values that it was given.

`x.sum(1)` and `torch.sum(x, 1)` are one operation; `a + b` is `+` of a and b.
"""

from __future__ import annotations

import ast
from collections.abc import Callable
from functools import lru_cache
from typing import Any, TypeAlias

from msgspec import Struct

from tensordrill.lab import values
from tensordrill.lab.traced import TensorFact
from tensordrill.lab.values import Value
from tensordrill.trace.explanation import Explanation

UNKNOWN = object()
"""The plain value of what is a tensor, or is not known."""

_SIGNS: dict[type[ast.AST], str] = {
    ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/", ast.FloorDiv: "//", ast.Mod: "%", ast.Pow: "**",
    ast.MatMult: "@", ast.BitOr: "|", ast.BitXor: "^", ast.BitAnd: "&", ast.Eq: "==", ast.NotEq: "!=",
    ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">=",
}  # fmt: skip


class Argument(Struct, frozen=True):
    """One thing that an operation is given: a tensor, a list with tensors, or a plain value."""

    name: str
    tensor: TensorFact | None = None
    items: tuple[Argument, ...] = ()
    value: Any = UNKNOWN


class Operation(Struct, frozen=True):
    """A function's name and its arguments, a method's own tensor first."""

    function: str
    arguments: tuple[Argument, ...]
    keywords: dict[str, Argument]

    def get(self, place: int, keyword: str) -> Any:
        """Give an argument's plain value; None where it was not given, UNKNOWN where it can't be told."""
        found = self.keywords.get(keyword)
        if found is None and place < len(self.arguments):
            found = self.arguments[place]
        return None if found is None else found.value


Find: TypeAlias = Callable[[ast.expr], Argument]


def of_step(found: Explanation, index: int) -> Operation | None:
    """Give what a step applied; its operands are the latest steps before it with their expressions."""

    def find(node: ast.expr) -> Argument:
        return _stepped(node, found, index) or _plain(node, find)

    return _operation(found.steps[index].expression, find)


def of_error(found: Explanation) -> Operation | None:
    """Give the operation that failed; parts of its operands are known from the steps."""
    error = found.error
    if error is None:
        return None
    given: dict[str, Argument] = {}
    for operand in error.operands:
        name = _normal(operand.expression)
        value = UNKNOWN if operand.value is None else python_value(operand.value)
        given.setdefault(name, Argument(name, operand.tensor, value=value))

    def find(node: ast.expr) -> Argument:
        known = given.get(ast.unparse(node))
        if known is not None and (known.tensor is not None or known.value is not UNKNOWN):
            return known
        return _stepped(node, found, len(found.steps)) or _plain(node, find)

    return _operation(error.expression, find)


def _stepped(node: ast.expr, found: Explanation, index: int) -> Argument | None:
    """Find the latest step before an index that gave the value of a node."""
    name = ast.unparse(node)
    for step in reversed(found.steps[:index]):
        if step.expression == name or _normal(step.expression) == name:
            return Argument(name, step.tensor)
    return None


def _plain(node: ast.expr, find: Find) -> Argument:
    """Give a list or tuple by its parts, or a literal by its value."""
    name = ast.unparse(node)
    if isinstance(node, ast.List | ast.Tuple):
        items = tuple(find(part) for part in node.elts)
        whole = tuple(item.value for item in items)
        return Argument(name, None, items, UNKNOWN if UNKNOWN in whole else whole)
    try:
        return Argument(name, value=ast.literal_eval(node))
    except (ValueError, TypeError, SyntaxError, MemoryError, RecursionError):
        return Argument(name)


@lru_cache(4096)
def _normal(expression: str) -> str:
    try:
        return ast.unparse(ast.parse(expression, mode="eval"))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return expression


def _operation(expression: str, find: Find) -> Operation | None:
    try:
        tree = ast.parse(expression)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    statement = tree.body[0] if tree.body else None
    if isinstance(statement, ast.AugAssign):
        target = ast.parse(ast.unparse(statement.target), mode="eval").body
        sign = _SIGNS.get(type(statement.op), "")
        return Operation(f"{sign}=", (find(target), find(statement.value)), {})
    return _applied(statement.value, find) if isinstance(statement, ast.Expr) else None


def _applied(node: ast.expr, find: Find) -> Operation | None:
    match node:
        case (
            ast.BinOp(left=left, op=sign, right=right)
            | ast.Compare(left=left, ops=[sign], comparators=[right])
        ):
            return Operation(_SIGNS.get(type(sign), ""), (find(left), find(right)), {})
        case ast.Attribute(value=value, attr=name):
            return Operation(name, (find(value),), {})
        case ast.Subscript(value=value):
            return Operation("[]", (find(value),), {})
        case ast.Call():
            return _called(node, find)
        case _:
            return None


def _called(node: ast.Call, find: Find) -> Operation | None:
    arguments = [find(part) for part in node.args if not isinstance(part, ast.Starred)]
    keywords = {part.arg: find(part.value) for part in node.keywords if part.arg}
    match node.func:
        case ast.Attribute(value=owner, attr=name):
            own = find(owner)
            first = [own] if own.tensor is not None else []
            return Operation(name, (*first, *arguments), keywords)
        case ast.Name(id=name):
            return Operation(name, tuple(arguments), keywords)
        case _:
            return None


def python_value(value: Value) -> Any:
    """Give a plain value that was reported: None, bool, int, or a tuple of such; else UNKNOWN."""
    match value:
        case values.Nothing():
            return None
        case values.Bool(v=plain):
            return plain
        case values.Int(v=digits):
            return int(digits)
        case values.Size(v=sizes):
            return sizes
        case values.Tuple(v=parts) | values.List(v=parts):
            whole = tuple(python_value(part) for part in parts)
            return UNKNOWN if UNKNOWN in whole else whole
        case _:
            return UNKNOWN
