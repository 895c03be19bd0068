"""The static type of an answer, inferred from the expression asked for, without running it.

>>> static_type("x.t().shape"), static_type("x.shape[0]"), static_type("x.is_contiguous()"), static_type("x @ y")
('shape', 'int', 'bool', 'tensor')
"""

from __future__ import annotations

import ast
from collections.abc import Sequence
from functools import lru_cache
from typing import Literal, TypeAlias, cast

from tensordrill.bank.schema import AnswerType, PlainType
from tensordrill.kinds.code import expression

Piece: TypeAlias = Literal["int", "float", "bool", "dtype", "text", "none"]
_PLAIN: dict[AnswerType, Piece] = {
    "int": "int", "float": "float", "bool": "bool", "dtype": "dtype", "text": "text"
}  # fmt: skip


def _by_type(names: dict[AnswerType, str]) -> dict[str, AnswerType]:
    return {name: type_ for type_, words in names.items() for name in words.split()}


_METHODS = _by_type(
    {
        "tuple": "stride",
        "int": "dim ndimension numel nelement element_size storage_offset nbytes data_ptr count index",
        "bool": "is_contiguous is_floating_point is_shared equal allclose is_tensor",
    }
)
_ATTRIBUTES = _by_type(
    {
        "shape": "shape",
        "dtype": "dtype",
        "int": "ndim itemsize nbytes",
        "bool": "requires_grad is_leaf is_sparse retains_grad",
        "text": "__name__",
    }
)
_FUNCTIONS = _by_type(
    {
        "int": "len int",
        "float": "float",
        "bool": "bool isinstance hasattr all any shares_memory changed",
        "text": "str repr",
        "tuple": "tuple",
    }
)


_CONSTANTS: dict[type, AnswerType] = {bool: "bool", int: "int", float: "float", str: "text"}


def static_type(ask: str) -> AnswerType:
    """Return the kind of answer to `ask`; a tensor where nothing shows another."""
    if ask == "line":
        return "line"
    if ask == "warns":
        return "text"
    try:
        return _of(expression(ask))
    except RecursionError:
        return "tensor"


def plain_type(type_: AnswerType) -> PlainType:
    """Return the type of an answer that is not None."""
    return cast(PlainType, type_.removeprefix("none-or-"))


@lru_cache(maxsize=1000)
def pieces(ask: str) -> frozenset[Piece] | None:
    """Return what a tuple that `ask` gives may hold, however deep; None where `ask` does not show it.

    >>> pieces("x.stride()"), pieces("(x.dim(), len(x))"), pieces("(x, y)")
    (frozenset({'int'}), frozenset({'int'}), None)
    """
    try:
        return _pieces(expression(ask))
    except RecursionError:
        return None


def writes_pieces(ask: str) -> bool:
    """Whether `ask` writes two or more pieces of a tuple out, so that no single word can answer it.

    >>> writes_pieces("(x.shape, x.dtype)"), writes_pieces("tuple(names)")
    (True, False)
    """
    tree = expression(ask)
    pieces = tree.elts if isinstance(tree, ast.Tuple) else []
    return len(pieces) > 1 and not any(isinstance(piece, ast.Starred) for piece in pieces)


def _pieces(node: ast.expr | None) -> frozenset[Piece] | None:
    match node:
        case ast.Tuple(elts=parts) | ast.List(elts=parts):
            return _joined(parts)
        case ast.GeneratorExp(elt=part) | ast.ListComp(elt=part) | ast.Starred(value=part):
            return _pieces(part)
        case ast.Call(func=ast.Name(id="tuple" | "list"), args=[part]):
            return _pieces(part)
        case ast.Call(func=ast.Attribute(attr="tolist" | "item")):
            return frozenset({"int", "float", "bool"})
        case ast.Subscript(value=value) if _of(value) == "tuple":
            return _pieces(value)
        case ast.IfExp(body=body, orelse=other):
            return _joined([body, other])
        case ast.BoolOp(values=values):
            return _joined(values)
        case ast.Constant(value=None):
            return frozenset({"none"})
    if _of(node) in ("shape", "tuple"):
        return frozenset({"int"}) if _gives_sizes(node) else None
    piece = _PLAIN.get(_of(node))
    return None if piece is None else frozenset({piece})


def _joined(parts: Sequence[ast.expr]) -> frozenset[Piece] | None:
    known = [pieces for part in parts if (pieces := _pieces(part)) is not None]
    return frozenset().union(*known) if len(known) == len(parts) else None


def _gives_sizes(node: ast.expr | None) -> bool:
    """Whether a shape or a tuple holds integers only: torch's own `shape`, `size()` and `stride()`."""
    return _of(node) == "shape" or (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute))


def _of(node: ast.expr | None) -> AnswerType:
    match node:
        case ast.Compare() | ast.UnaryOp(op=ast.Not()):
            return "bool" if _is_plain_comparison(node) else "tensor"
        case ast.BoolOp(values=values):
            return _of(values[0])
        case ast.Tuple():
            return "tuple"
        case ast.Constant(value=value):
            return _CONSTANTS.get(type(value), "tensor")
        case ast.Attribute(attr=attr):
            return _ATTRIBUTES.get(attr, "tensor")
        case ast.Call(func=ast.Name(id=name)):
            return _FUNCTIONS.get(name, "tensor")
        case ast.Call(func=ast.Attribute(attr="size" | "stride" as name), args=args, keywords=keywords):
            return "int" if args or keywords else "shape" if name == "size" else "tuple"
        case ast.Call(func=ast.Attribute(attr=name)):
            return _METHODS.get(name, "tensor")
        case ast.Subscript(value=value, slice=index):
            is_item = _of(value) in ("shape", "tuple") and not isinstance(index, ast.Slice)
            return "int" if is_item else _of(value)
        case ast.BinOp(left=left, op=op, right=right):
            return _of_arithmetic(_of(left), op, _of(right))
        case ast.UnaryOp(op=ast.USub() | ast.UAdd(), operand=operand):
            return _of(operand) if _of(operand) in ("int", "float") else "tensor"
        case ast.IfExp(body=body):
            return _of(body)
        case _:
            return "tensor"


def _is_plain_comparison(node: ast.expr) -> bool:
    """Whether an expression is `is`, `in`, `not` or a comparison of plain values, not an elementwise one."""
    if not isinstance(node, ast.Compare):
        return True
    if any(isinstance(op, ast.Is | ast.IsNot | ast.In | ast.NotIn) for op in node.ops):
        return True
    sides = [_of_side(side) for side in (node.left, *node.comparators)]
    return "tensor" not in sides or any(side in ("shape", "dtype", "tuple", "text") for side in sides)


def _of_side(node: ast.expr) -> str:
    match node:
        case ast.Call(func=ast.Attribute(attr="item" | "tolist")):
            return "python"
        case _:
            return _of(node)


def _of_arithmetic(left: AnswerType, op: ast.operator, right: AnswerType) -> AnswerType:
    if left in ("shape", "text"):
        return left
    if not {left, right} <= {"int", "float", "bool"}:
        return "tensor"
    return "float" if "float" in (left, right) or isinstance(op, ast.Div) else "int"
