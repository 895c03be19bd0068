"""A program's syntax tree with a call around each expression that may give a tensor.

`STEP(value, number)` gives its value back, so that the program does what it did; `DONE(number, value)`
stands after each simple statement, with the variable that it may change in place. Numbers count from
`first` and stand for `Instrumented.nodes`, the original nodes. Text inside f-strings, patterns and
annotations is left alone.
"""

from __future__ import annotations

import ast
import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import CodeType
from typing import Any, TypeVar

_Node = TypeVar("_Node", bound=ast.AST)

STEP = "__step__"
DONE = "__done__"

_TRACED = (
    ast.Name,
    ast.Attribute,
    ast.Subscript,
    ast.Call,
    ast.BinOp,
    ast.UnaryOp,
    ast.Compare,
    ast.ListComp,
)
_DEPTH = 4000
_WHOLE = (ast.Constant, ast.JoinedStr, ast.expr_context, ast.operator, ast.unaryop, ast.cmpop)
_SIMPLE = (ast.Expr, ast.Assign, ast.AugAssign, ast.AnnAssign, ast.Delete)
_ALONE: dict[type[ast.AST], tuple[str, ...]] = {
    ast.match_case: ("pattern",),
    ast.arg: ("annotation",),
    ast.AnnAssign: ("annotation",),
    ast.FunctionDef: ("returns", "type_params"),
    ast.AsyncFunctionDef: ("returns", "type_params"),
    ast.ClassDef: ("type_params",),
}
"""The parts of nodes that are left alone."""


class Instrumented:
    """Code ready to run, the tree as it was written, and its nodes that the calls speak of."""

    def __init__(self, source: str, file: str, first: int = 0) -> None:
        with _many_nodes():
            self.tree = ast.parse(source, file)
            self.nodes: list[ast.AST] = []
            try:
                with _deep_nodes():
                    rewriter = _Rewriter(self.nodes, first)
                    rewritten = ast.Module(rewriter.statements(self.tree.body), [])
                    self.code: CodeType = compile(rewritten, file, "exec", dont_inherit=True)
            except RecursionError:  # it still runs, without steps
                self.code = compile(source, file, "exec", dont_inherit=True)


@contextmanager
def _many_nodes() -> Iterator[None]:
    """Let no garbage be looked for among the nodes, which takes as long as to make them."""
    is_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if is_on:
            gc.enable()


@contextmanager
def _deep_nodes() -> Iterator[None]:
    """Go deeper than usual: with calls around its parts, a tree is deeper than the program's own."""
    usual = sys.getrecursionlimit()
    sys.setrecursionlimit(max(usual, _DEPTH))
    try:
        yield
    finally:
        sys.setrecursionlimit(usual)


class _Rewriter:
    """Makes a tree with calls from one that it leaves as it is."""

    def __init__(self, nodes: list[ast.AST], first: int) -> None:
        self.nodes = nodes
        self.first = first

    # ---- statements ----

    def statements(self, body: list[ast.stmt]) -> list[ast.stmt]:
        found: list[ast.stmt] = []
        for index, statement in enumerate(body):
            if (_is_text(statement) and index == 0) or _is_future(statement):
                found.append(statement)
                continue
            done = self.done(statement) if isinstance(statement, _SIMPLE) else None
            found.append(self.visit(statement))
            found += [done] if done else []
        return found

    def done(self, statement: ast.stmt) -> ast.stmt:
        target, where = _changed_in_place(statement), _where(statement)
        value = ast.Name(target, ast.Load(), **where) if target else ast.Constant(None, **where)
        return ast.Expr(_call(DONE, [self.number(statement), value], where), **where)

    # ---- any node ----

    def visit(self, node: Any) -> Any:
        """Give what stands in a node's place; itself where nothing in it changes."""
        if not isinstance(node, ast.AST) or isinstance(node, _WHOLE):
            return node
        if isinstance(node, _TRACED) and isinstance(getattr(node, "ctx", None), ast.Load | None):
            inner = self.called(node) if isinstance(node, ast.Call) else self.parts(node)
            return _call(STEP, [inner, self.number(node)], _where(node))
        return self.parts(node, _ALONE.get(type(node), ()))

    def parts(self, node: _Node, alone: tuple[str, ...] = ()) -> _Node:
        changed = {}
        for name in node._fields:
            value = getattr(node, name, None)
            if name in alone:
                continue
            if isinstance(value, ast.AST):
                changed[name] = self.visit(value)
            elif isinstance(value, list) and value:
                is_body = isinstance(value[0], ast.stmt)
                changed[name] = self.statements(value) if is_body else [self.visit(each) for each in value]
        return _but(node, changed)

    def called(self, node: ast.Call) -> ast.Call:
        """Leave what is called bare, so that a method's call stays one."""
        function = node.func
        if isinstance(function, ast.Attribute):
            function = _but(function, {"value": self.visit(function.value)})
        elif not isinstance(function, ast.Name):
            function = self.visit(function)
        return _but(self.parts(node, ("func",)), {"func": function})

    def number(self, node: ast.AST) -> ast.Constant:
        self.nodes.append(node)
        return ast.Constant(self.first + len(self.nodes) - 1, **_where(node))


def _but(node: _Node, fields: dict[str, Any]) -> _Node:
    """Give a node with some fields replaced; the node itself is left as it is."""
    if not fields:
        return node
    changed = type(node).__new__(type(node))
    vars(changed).update(vars(node), **fields)
    return changed


def _call(function: str, arguments: list[ast.expr], where: dict[str, Any]) -> ast.Call:
    return ast.Call(ast.Name(function, ast.Load(), **where), arguments, [], **where)


def _where(node: Any) -> dict[str, Any]:
    places = ("lineno", "col_offset", "end_lineno", "end_col_offset")
    return {place: getattr(node, place) for place in places}


def _is_text(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)


def _is_future(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.ImportFrom) and statement.module == "__future__"


def _changed_in_place(statement: ast.stmt) -> str:
    """Name the variable whose value a statement may change: `x` in `x += 1` and in `x[0] = 1`."""
    targets = getattr(statement, "targets", None) or [getattr(statement, "target", None)]
    for target in targets:
        if isinstance(target, ast.Subscript | ast.Attribute) or isinstance(statement, ast.AugAssign):
            while isinstance(target, ast.Subscript | ast.Attribute):
                target = target.value
            if isinstance(target, ast.Name):
                return target.id
    return ""
