"""A program's syntax tree with a call around each expression that may give a tensor.

`step(value, number)` returns its value, so that the program does what it did; `done(number, value)` stands
after each simple statement, with the variable that it may change in place. Both are attributes of a `Hook`,
which is a constant of the code: no namespace of the program holds it, and no name leads to it. Numbers
count from `first` and stand for `Instrumented.nodes`, the original nodes. Text inside f-strings, patterns
and annotations is left alone.
"""

from __future__ import annotations

import ast
import gc
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import CodeType
from typing import Any, TypeVar

_Node = TypeVar("_Node", bound=ast.AST)

_STEP = "<step>"
_DONE = "<done>"
_HOOK = os.urandom(16)
"""Stands for the hook until the code is compiled, because only plain values can be compiled as constants."""

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


class Hook:
    """The functions that instrumented code calls, under names that no program can spell."""

    def __init__(self, step: Callable[[Any, int], Any], done: Callable[[int, Any], None]) -> None:
        vars(self).update({_STEP: step, _DONE: done})


class Instrumented:
    """A parsed program, and the nodes that calls to the hook speak of."""

    def __init__(self, source: str, file: str, first: int = 0) -> None:
        with _many_nodes():
            self.tree = ast.parse(source, file)
        self.nodes: list[ast.AST] = []
        self._source, self._file, self._first = source, file, first

    def code(self, hook: Hook) -> CodeType:
        """Compile the program with calls to the hook; without calls where it is too deep for them."""
        try:
            with _many_nodes(), _deep_nodes():
                rewriter = _Rewriter(self.nodes, self._first)
                rewritten = ast.Module(rewriter.statements(self.tree.body), [])
                return _with_hook(compile(rewritten, self._file, "exec", dont_inherit=True), hook)
        except RecursionError:
            return compile(self._source, self._file, "exec", dont_inherit=True)


def _with_hook(code: CodeType, hook: Hook) -> CodeType:
    return code.replace(co_consts=tuple(_constant(value, hook) for value in code.co_consts))


def _constant(value: object, hook: Hook) -> object:
    if isinstance(value, CodeType):
        return _with_hook(value, hook)
    return hook if type(value) is bytes and value == _HOOK else value


@contextmanager
def _many_nodes() -> Iterator[None]:
    """Disable the garbage collector: scanning the AST nodes takes as long as building them."""
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
        result: list[ast.stmt] = []
        for index, statement in enumerate(body):
            if (_is_text(statement) and index == 0) or _is_future(statement):
                result.append(statement)
                continue
            done = self.done(statement) if isinstance(statement, _SIMPLE) else None
            result.append(self.visit(statement))
            result += [done] if done else []
        return result

    def done(self, statement: ast.stmt) -> ast.stmt:
        target, where = _changed_in_place(statement), _where(statement)
        value = ast.Name(target, ast.Load(), **where) if target else ast.Constant(None, **where)
        return ast.Expr(_call(_DONE, [self.number(statement), value], where), **where)

    # ---- any node ----

    def visit(self, node: Any) -> Any:
        """Return what stands in a node's place; itself where nothing in it changes."""
        if not isinstance(node, ast.AST) or isinstance(node, _WHOLE):
            return node
        if isinstance(node, _TRACED) and isinstance(getattr(node, "ctx", None), ast.Load | None):
            inner = self.called(node) if isinstance(node, ast.Call) else self.parts(node)
            return _call(_STEP, [inner, self.number(node)], _where(node))
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
    """Return a node with some fields replaced; the node itself is left as it is."""
    if not fields:
        return node
    changed = type(node).__new__(type(node))
    vars(changed).update(vars(node), **fields)
    return changed


def _call(function: str, arguments: list[ast.expr], where: dict[str, Any]) -> ast.Call:
    hook = ast.Constant(_HOOK, **where)
    return ast.Call(ast.Attribute(hook, function, ast.Load(), **where), arguments, [], **where)


def _where(node: Any) -> dict[str, Any]:
    places = ("lineno", "col_offset", "end_lineno", "end_col_offset")
    return {place: getattr(node, place) for place in places}


def _is_text(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)


def _is_future(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.ImportFrom) and statement.module == "__future__"


def _changed_in_place(statement: ast.stmt) -> str:
    """Return the variable whose value a statement may change and keeps: `x` in `x += 1` and in `x[0] = 1`."""
    targets = getattr(statement, "targets", None) or [getattr(statement, "target", None)]
    for target in targets:
        if isinstance(target, ast.Subscript | ast.Attribute) or isinstance(statement, ast.AugAssign):
            while isinstance(target, ast.Subscript | ast.Attribute):
                target = target.value
            if isinstance(target, ast.Name) and not _deletes(statement, target.id):
                return target.id
    return ""


def _deletes(statement: ast.stmt, name: str) -> bool:
    return isinstance(statement, ast.Delete) and any(
        isinstance(node, ast.Name) and node.id == name and isinstance(node.ctx, ast.Del)
        for node in ast.walk(statement)
    )
