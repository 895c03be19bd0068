"""What a program calls its tensors: the variables that whole expressions are assigned to."""

from __future__ import annotations

import ast
from functools import lru_cache
from typing import TypeAlias

from tensordrill.trace.explanation import Explanation, Step

Names: TypeAlias = dict[tuple[int, int, str], str]
"""The variable that an expression at a line and column is assigned to."""


@lru_cache(8)
def bound_names(source: str) -> Names:
    """Give the variables that a program assigns whole expressions to."""
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return {}
    lines = source.encode(errors="replace").split(b"\n")
    found: Names = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            value = node.value
            found[value.lineno, value.col_offset + 1, _text(value, lines)] = node.targets[0].id
    return found


def _text(node: ast.expr, lines: list[bytes]) -> str:
    own = lines[node.lineno - 1 : node.end_lineno]
    own[-1] = own[-1][: node.end_col_offset]
    own[0] = own[0][node.col_offset :]
    return " ".join(line.decode(errors="replace").strip() for line in own)


def called(index: int, found: Explanation, names: Names) -> str:
    """Give what the program calls the tensor of a step: its variable, else its expression."""
    step = found.steps[index]
    while step.kind == "statement" and step.of is not None:
        step = found.steps[step.of]
    return (None if is_name(step.expression) else name_of(step, names)) or step.expression


def name_of(step: Step, names: Names) -> str | None:
    """Give the variable that a step's tensor is assigned to."""
    return None if step.file else names.get((step.line, step.column, step.expression))


def is_name(expression: str) -> bool:
    """Tell whether an expression is a name, or attributes of one."""
    return all(part.isidentifier() for part in expression.split("."))
