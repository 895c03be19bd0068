"""An explanation as it is read: its steps under their source lines, without those that only repeat."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from itertools import groupby

from msgspec import Struct

from tensordrill.trace.explanation import Explanation, Step


class Row(Struct, frozen=True):
    """One step that is shown: `label` is its expression, without what the row before it says already."""

    index: int
    step: Step
    label: str
    of: str | None
    """What the program calls the tensor that it is, views or copies; None where that is the label itself."""
    dtype: str | None
    """The dtype where it is another than before."""


class Group(Struct, frozen=True):
    """The rows that one visit of a source line gave."""

    line: int
    file: str
    rows: tuple[Row, ...]


def outline(found: Explanation) -> tuple[Group, ...]:
    """Give the steps in order, grouped by line; a bare name has a row only where a line has no other."""
    names = bound_names(found.source)
    groups = []
    dtype = ""
    for (file, line), members in groupby(enumerate(found.steps), lambda pair: (pair[1].file, pair[1].line)):
        rows: list[Row] = []
        for index in _kept(list(members), found):
            step = found.steps[index]
            rows.append(_row(index, found, names, rows[-1].step.expression if rows else "", dtype))
            dtype = step.tensor.dtype
        groups.append(Group(line, file, tuple(rows)))
    return tuple(groups)


def _kept(members: list[tuple[int, Step]], found: Explanation) -> Iterator[int]:
    told = [index for index, step in members if not _only_repeats(step, found)]
    yield from told or [members[-1][0]]


def _only_repeats(step: Step, found: Explanation) -> bool:
    """Tell whether a step is a name for a tensor that is as it was."""
    if step.of is None or step.memory != "same" or step.changed or step.kind != "value":
        return False
    before = found.steps[step.of].tensor
    facts = [(t.shape, t.stride, t.storage_offset, t.dtype, t.requires_grad) for t in (before, step.tensor)]
    return _is_name(step.expression) and facts[0] == facts[1]


def _is_name(expression: str) -> bool:
    return all(part.isidentifier() for part in expression.split("."))


Names = dict[tuple[int, int, str], str]
"""The variable that an expression at a line and column is assigned to."""


def bound_names(source: str) -> Names:
    """Give the variables that a program assigns whole expressions to."""
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return {}
    found: Names = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            value = node.value
            text = " ".join(
                line.strip() for line in (ast.get_source_segment(source, value) or "").split("\n")
            )
            found[value.lineno, value.col_offset + 1, text] = node.targets[0].id
    return found


def called(index: int, found: Explanation, names: Names) -> str:
    """Give what the program calls the tensor of a step: its variable, else its expression."""
    step = found.steps[index]
    if step.file or _is_name(step.expression):
        return step.expression
    return names.get((step.line, step.column, step.expression), step.expression)


def _row(index: int, found: Explanation, names: Names, before: str, dtype: str) -> Row:
    step = found.steps[index]
    label = step.expression
    if before and label.startswith((before + ".", before + "[")):
        label = label[len(before) :]
    elif _is_name(label):
        label = names.get((step.line, step.column, label), label)
    of = None if step.of is None else called(step.of, found, names)
    changed_dtype = step.tensor.dtype if step.tensor.dtype != dtype else None
    return Row(index, step, label, None if of == label else of, changed_dtype)
