"""Nodes of a syntax tree: where they are, what they apply, and to what."""

from __future__ import annotations

import ast
from typing import Any

Position = tuple[int, int, int, int]

PROGRAM = "<program>"
"""The file of the program itself, as tracebacks name it; a `traced.Place` says ""."""

_SIGNS: dict[type[ast.AST], str] = {
    ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/", ast.FloorDiv: "//", ast.Mod: "%",
    ast.Pow: "**", ast.MatMult: "@", ast.LShift: "<<", ast.RShift: ">>", ast.BitOr: "|",
    ast.BitXor: "^", ast.BitAnd: "&", ast.Eq: "==", ast.NotEq: "!=", ast.Lt: "<", ast.LtE: "<=",
    ast.Gt: ">", ast.GtE: ">=", ast.In: "in", ast.NotIn: "not in", ast.Is: "is", ast.IsNot: "is not",
    ast.Invert: "~", ast.USub: "-", ast.UAdd: "+", ast.Not: "not",
}  # fmt: skip


def position(node: ast.AST) -> Position:
    """Give the lines (from 1) and columns (bytes, from 0) where a node begins and ends."""
    return (
        getattr(node, "lineno", 0),
        getattr(node, "col_offset", 0),
        getattr(node, "end_lineno", 0) or 0,
        getattr(node, "end_col_offset", 0) or 0,
    )


def place(node: ast.AST, file: str) -> dict[str, Any]:
    """Give a `traced.Place` as plain data."""
    line, column, end_line, end_column = position(node)
    named = "" if file == PROGRAM else file
    return {"line": line, "column": column, "end_line": end_line, "end_column": end_column, "file": named}


def kind(node: ast.AST) -> str:
    """Name what a node does, as `traced.Failure` says it."""
    match node:
        case ast.Call():
            return "call"
        case ast.Attribute():
            return "attribute"
        case ast.Subscript():
            return "index"
        case ast.BinOp() | ast.UnaryOp() | ast.Compare() | ast.AugAssign():
            return "operator"
        case ast.Name():
            return "name"
        case _:
            return "statement"


def function(node: ast.AST) -> str:
    """Name what a node applies: a function, an attribute, `[]`, or an operator's sign."""
    match node:
        case ast.Call(func=ast.Attribute(attr=name) | ast.Name(id=name)):
            return name
        case ast.Attribute(attr=name):
            return name
        case ast.Subscript():
            return "[]"
        case ast.BinOp(op=sign) | ast.UnaryOp(op=sign):
            return _SIGNS[type(sign)]
        case ast.AugAssign(op=sign):
            return _SIGNS[type(sign)] + "="
        case ast.Compare(ops=[sign, *_]):
            return _SIGNS[type(sign)]
        case _:
            return ""


def operands(node: ast.AST) -> list[tuple[str, ast.expr]]:
    """Give the nodes that a node is applied to, each with its role."""
    match node:
        case ast.Call():
            return _arguments(node)
        case ast.Attribute(value=value):
            return [("self", value)]
        case ast.Subscript(value=value, slice=index):
            parts = index.elts if isinstance(index, ast.Tuple) else [index]
            return [("self", value), *((str(number), part) for number, part in enumerate(parts))]
        case ast.BinOp(left=left, right=right) | ast.Compare(left=left, comparators=[right, *_]):
            return [("left", left), ("right", right)]
        case ast.AugAssign(target=left, value=right):
            return [("left", left), ("right", right)]
        case ast.UnaryOp(operand=operand):
            return [("self", operand)]
        case ast.Assign(targets=[ast.Subscript(value=value, slice=index)], value=right):
            parts = index.elts if isinstance(index, ast.Tuple) else [index]
            return [("self", value), *((str(n), part) for n, part in enumerate(parts)), ("value", right)]
        case ast.Expr(value=value) | ast.Assign(value=value):
            return [("value", value)]
        case _:
            return []


def _arguments(node: ast.Call) -> list[tuple[str, ast.expr]]:
    found: list[tuple[str, ast.expr]] = []
    if isinstance(node.func, ast.Attribute):
        found.append(("self", node.func.value))
    else:
        found.append(("function", node.func))
    found += [(str(number), argument) for number, argument in enumerate(node.args)]
    return found + [(keyword.arg, keyword.value) for keyword in node.keywords if keyword.arg]
