"""The lines of a student's own above `answer =`: they run before the answer, as they do in the cell.

A cell also holds lines that must not run there: the given ones, which grading sets up itself with the
operands of its choice, and what changes no answer.
"""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator

from tensordrill.kinds.code import dumped, parsed, problem, unparsed


def own_lines(above: str, given: str, value: str, name: str) -> str:
    """Return the statements above an answer that are not the given ones; nothing where they are no Python.

    `value` is what the answer's `name` is set to.
    """
    if _lines(above) == _lines(given):
        return ""
    tree, handed_out = parsed(above), parsed(given)
    if tree is None or handed_out is None or problem(above):
        return ""
    left = [dumped(statement) for statement in handed_out.body]
    names = {bound for statement in handed_out.body for bound in _bound(statement)}
    kept = []
    for statement in tree.body:
        same = dumped(statement)
        if same is not None and same in left:
            left.remove(same)
        elif not _is_idle(statement) and not _sets_up(statement, names):
            kept.append(statement)
    if name not in _read(parsed(f"({value}\n)")):
        kept = [statement for statement in kept if set(_bound(statement)) != {name}]
    return _source(kept)


def without_setup(body: str, setup: str) -> str:
    """Return a cell's text without the lines of its setup, which runs by itself; one that was edited stays."""
    if not setup:
        return body
    lines = [line.rstrip() for line in body.split("\n")]
    wanted = [line.rstrip() for line in setup.split("\n")]
    for start in range(len(lines) - len(wanted) + 1):
        if lines[start : start + len(wanted)] == wanted:
            return "\n".join([*body.split("\n")[:start], *body.split("\n")[start + len(wanted) :]])
    return body


def _lines(code: str) -> list[str]:
    lines = (line.rstrip() for line in code.split("\n"))
    return [line for line in lines if line and not line.startswith("#")]


def _source(statements: list[ast.stmt]) -> str:
    """Return statements as text that does not depend on comments, blank lines and spaces."""
    lines = [unparsed(statement) for statement in statements]
    return "\n".join(line or "" for line in lines) if None not in lines else ""


def _is_idle(statement: ast.stmt) -> bool:
    """Whether a statement only says something: a text, dots, a print."""
    match statement:
        case ast.Expr(value=ast.Constant() | ast.Call(func=ast.Name(id="print"))):
            return True
        case _:
            return False


def _sets_up(statement: ast.stmt, names: Collection[str]) -> bool:
    """Whether a given line was edited: it sets given names, and computes them from none of them."""
    bound = set(_bound(statement))
    return bool(bound) and bound <= set(names) and not set(names) & set(_read(statement))


def _bound(statement: ast.stmt) -> Iterator[str]:
    """Yield the names that an assignment sets."""
    if isinstance(statement, ast.Assign | ast.AnnAssign):
        targets = statement.targets if isinstance(statement, ast.Assign) else [statement.target]
        for target in targets:
            yield from _names(target, ast.Store)


def _read(tree: ast.AST | None) -> Iterator[str]:
    return _names(tree, ast.Load) if tree else iter(())


def _names(tree: ast.AST, how: type[ast.expr_context]) -> Iterator[str]:
    return (node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and isinstance(node.ctx, how))
