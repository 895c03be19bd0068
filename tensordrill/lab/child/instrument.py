"""A program's syntax tree with a call around each expression that may give a tensor.

`STEP(value, number)` gives its value back, so that the program does what it did; `DONE(number, value)`
stands after each simple statement, with the variable that it may change in place. Numbers count from
`first` and stand for `Instrumented.nodes`, the original nodes. Text inside f-strings, patterns and
annotations is left alone.
"""

from __future__ import annotations

import ast
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
_SIMPLE = (ast.Expr, ast.Assign, ast.AugAssign, ast.AnnAssign, ast.Delete)


class Instrumented:
    """Code ready to run, the tree as it was written, and its nodes that the calls speak of."""

    def __init__(self, source: str, file: str, first: int = 0) -> None:
        tree, original = ast.parse(source, file), ast.parse(source, file)
        rewriter = _Rewriter(dict(zip(map(id, ast.walk(tree)), ast.walk(original), strict=True)), first)
        tree.body = rewriter.statements(tree.body)
        self.tree = original
        self.nodes: list[ast.AST] = rewriter.nodes
        self.code: CodeType = compile(tree, file, "exec", dont_inherit=True)


class _Rewriter(ast.NodeTransformer):
    def __init__(self, originals: dict[int, ast.AST], first: int) -> None:
        self.nodes: list[ast.AST] = []
        self.first = first
        self.originals = originals

    # ---- statements ----

    def statements(self, body: list[ast.stmt]) -> list[ast.stmt]:
        found: list[ast.stmt] = []
        for index, statement in enumerate(body):
            if (_is_text(statement) and index == 0) or _is_future(statement):
                found.append(statement)
                continue
            done = self._done(statement) if isinstance(statement, _SIMPLE) else None
            found.append(self.visit(statement))
            found += [done] if done else []
        return found

    def generic_visit(self, node: ast.AST) -> ast.AST:
        for name, value in ast.iter_fields(node):
            if isinstance(value, list) and value and isinstance(value[0], ast.stmt):
                setattr(node, name, self.statements(value))
            elif isinstance(value, list):
                value[:] = [self.visit(item) if isinstance(item, ast.AST) else item for item in value]
            elif isinstance(value, ast.AST):
                setattr(node, name, self.visit(value))
        return node

    def _done(self, statement: ast.stmt) -> ast.stmt:
        target = _changed_in_place(statement)
        value: ast.expr = ast.Name(target, ast.Load()) if target else ast.Constant(None)
        return _at(
            ast.Expr(_call(DONE, [ast.Constant(self._number(statement)), value], statement)), statement
        )

    # ---- what is left alone ----

    def visit_JoinedStr(self, node: ast.JoinedStr) -> ast.AST:
        return node

    def visit_match_case(self, node: ast.match_case) -> ast.AST:
        node.guard = node.guard and self.visit(node.guard)
        node.body = self.statements(node.body)
        return node

    def visit_arg(self, node: ast.arg) -> ast.AST:
        return node

    def visit_AnnAssign(self, node: ast.AnnAssign) -> ast.AST:
        node.target = self.visit(node.target)
        node.value = node.value and self.visit(node.value)
        return node

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        return self._function(node)

    def visit_AsyncFunctionDef(self, node: ast.AsyncFunctionDef) -> ast.AST:
        return self._function(node)

    def _function(self, node: ast.FunctionDef | ast.AsyncFunctionDef) -> ast.AST:
        node.decorator_list = [self.visit(decorator) for decorator in node.decorator_list]
        node.args = self.visit(node.args)
        node.body = self.statements(node.body)
        return node

    # ---- expressions ----

    def visit(self, node: ast.AST) -> Any:
        if not isinstance(node, _TRACED):
            return super().visit(node)
        if not isinstance(getattr(node, "ctx", ast.Load()), ast.Load):
            return self.generic_visit(node)
        inner: Any = self._called(node) if isinstance(node, ast.Call) else self.generic_visit(node)
        return _call(STEP, [inner, ast.Constant(self._number(node))], node)

    def _called(self, node: ast.Call) -> ast.AST:
        """Leave what is called bare, so that a method's call stays one."""
        if isinstance(node.func, ast.Attribute):
            node.func.value = self.visit(node.func.value)
        elif not isinstance(node.func, ast.Name):
            node.func = self.visit(node.func)
        node.args = [self.visit(argument) for argument in node.args]
        for keyword in node.keywords:
            keyword.value = self.visit(keyword.value)
        return node

    def _number(self, node: ast.AST) -> int:
        self.nodes.append(self.originals[id(node)])
        return self.first + len(self.nodes) - 1


def _call(function: str, arguments: list[ast.expr], place: ast.AST) -> ast.Call:
    for argument in arguments:
        if not hasattr(argument, "lineno"):
            _at(argument, place)
    return _at(ast.Call(_at(ast.Name(function, ast.Load()), place), arguments, []), place)


def _at(node: _Node, place: ast.AST) -> _Node:
    return ast.copy_location(node, place)


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
