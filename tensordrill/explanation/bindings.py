"""The names of a program's tensors: the variables that whole expressions are assigned to."""

from __future__ import annotations

import ast
from functools import lru_cache
from typing import TypeAlias

from tensordrill.explanation.explanation import Explanation
from tensordrill.explanation.sources import column_at, text_at
from tensordrill.explanation.step import Step
from tensordrill.sandbox.trace import Place

Names: TypeAlias = dict[tuple[int, int, str], str]
"""The variable that an expression at a line and column is assigned to."""


@lru_cache(8)
def bound_names(source: str) -> Names:
    """Return the variables that a program assigns whole expressions to."""
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return {}
    names: Names = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            place, sources = _place(node.value), {"": source}
            key = (place.line, column_at(place, sources), text_at(place, sources))
            names[key] = node.targets[0].id
    return names


def _place(node: ast.expr) -> Place:
    ending = (node.end_lineno or node.lineno, node.end_col_offset or node.col_offset)
    return Place(node.lineno, node.col_offset, *ending)


def called(index: int, explanation: Explanation, names: Names) -> str:
    """Return what the program calls the tensor of a step: its variable, else its expression."""
    step = explanation.steps[index]
    while step.kind == "statement" and step.of is not None:
        step = explanation.steps[step.of]
    return (None if is_name(step.expression) else name_of(step, names)) or step.expression


def name_of(step: Step, names: Names) -> str | None:
    """Return the variable that a step's tensor is assigned to."""
    return None if step.file else names.get((step.line, step.column, step.expression))


def is_name(expression: str) -> bool:
    """Whether an expression is a name, or attributes of one."""
    return all(part.isidentifier() for part in expression.split("."))
