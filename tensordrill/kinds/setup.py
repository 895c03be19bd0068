"""The names that a question's `setup` defines, which is all that is shown of it."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from tensordrill.kinds.code import parsed


def defines(setup: str) -> tuple[str, ...]:
    """Return the names that a setup binds at its top level, in their order; private ones are left out.

    >>> defines("from pathlib import Path\\ndef load(path): ...\\n_seen, total = [], 0")
    ('Path', 'load', 'total')
    """
    tree = parsed(setup)
    names = (name for statement in (tree.body if tree else ()) for name in _bound(statement))
    return tuple(dict.fromkeys(name for name in names if not name.startswith("_")))


def _bound(statement: ast.stmt) -> Iterator[str]:
    match statement:
        case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
            yield statement.name
        case ast.Import() | ast.ImportFrom():
            yield from (alias.asname or alias.name.partition(".")[0] for alias in statement.names)
        case ast.Assign() | ast.AnnAssign() | ast.With() | ast.For():
            stored = (node for node in ast.walk(statement) if isinstance(node, ast.Name))
            yield from (node.id for node in stored if isinstance(node.ctx, ast.Store))
