"""An explanation as it is read: its steps under their source lines, without those that only repeat."""

from __future__ import annotations

import ast
import math
from itertools import groupby

from msgspec import Struct, structs

from tensordrill.trace.explanation import Explanation, Step
from tensordrill.trace.grid import nested_text, number_texts
from tensordrill.trace.pictures import Corners, Picture, of_the_step
from tensordrill.trace.strip import Strip

MAX_PICTURES = 12
MAX_VALUES = 16


class Row(Struct, frozen=True):
    """One step that is shown: `label` is its expression, without what the row before it says already."""

    index: int
    step: Step
    label: str
    name: str | None
    """The variable that it is assigned to."""
    of: str | None
    """What the program calls the tensor that it is, views or copies; None where that is the label itself."""
    dtype: str | None
    """The dtype where it is another than before."""
    values: str | None = None
    """The elements as nested lists, where a statement's result is small and no picture shows them."""
    picture: Picture | None = None


class Group(Struct, frozen=True):
    """The rows that one visit of a source line gave."""

    line: int
    file: str
    rows: tuple[Row, ...]


def outline(found: Explanation) -> tuple[Group, ...]:
    """Give the steps in order, grouped by line; a bare name has a row only where a line has no other."""
    names = bound_names(found.source)
    drawn = _pictures(found)
    groups = []
    dtype = ""
    for (file, line), members in groupby(enumerate(found.steps), lambda pair: (pair[1].file, pair[1].line)):
        if not file and line < found.first_line:
            continue
        rows: list[Row] = []
        kept = _kept([index for index, _ in members], found, names)
        for index in kept:
            before = rows[-1].step.expression if rows else ""
            row = _row(index, found, names, before, dtype)
            shown = drawn.get(index)
            has_values = shown is not None and isinstance(shown.drawing, Strip | Corners)
            values = _values(row.step) if index == kept[-1] and not has_values else None
            rows.append(structs.replace(row, picture=shown, values=values))
            dtype = row.step.tensor.dtype
        groups.append(Group(line, file, tuple(rows)))
    return _without_the_failing(tuple(groups), found)


def _without_the_failing(groups: tuple[Group, ...], found: Explanation) -> tuple[Group, ...]:
    """Leave the rows of the failing line out where its operands say the same."""
    error = found.error
    if not groups or error is None or (error.file, error.line) != (groups[-1].file, groups[-1].line):
        return groups
    operands = {operand.step for operand in error.operands}
    rows = tuple(
        row for row in groups[-1].rows if row.index not in operands or row.of or row.step.memory == "new"
    )
    return (*groups[:-1], Group(groups[-1].line, groups[-1].file, rows))


def _kept(members: list[int], found: Explanation, names: Names) -> list[int]:
    """Leave out bare names of known tensors, but for a new name, and for the very last step."""
    told = [index for index in members if not _only_repeats(found.steps[index], found)]
    if told:
        return told
    is_last = members[-1] == len(found.steps) - 1
    return members[-1:] if is_last or _name(found.steps[members[-1]], names) else []


def _pictures(found: Explanation) -> dict[int, Picture]:
    """Draw the first steps that are worth it, each place in the program once."""
    chosen: dict[int, Picture] = {}
    places: set[tuple[str, int, int, str]] = set()
    for index, step in enumerate(found.steps):
        place = (step.file, step.line, step.column, step.expression)
        if len(chosen) == MAX_PICTURES:
            break
        if place in places or (not step.file and step.line < found.first_line):
            continue
        drawn = of_the_step(found, index)
        if drawn is not None:
            places.add(place)
            chosen[index] = drawn
    return chosen


def _values(step: Step) -> str | None:
    """Give few elements in a line, as nested lists of short numbers."""
    values = step.tensor.values
    if values is None or not step.tensor.is_whole or math.prod(step.tensor.shape) > MAX_VALUES:
        return None
    return nested_text(number_texts(values), values.shape)


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
    while step.kind == "statement" and step.of is not None:
        step = found.steps[step.of]
    return (None if _is_name(step.expression) else _name(step, names)) or step.expression


def _name(step: Step, names: Names) -> str | None:
    return None if step.file else names.get((step.line, step.column, step.expression))


def _row(index: int, found: Explanation, names: Names, before: str, dtype: str) -> Row:
    step = found.steps[index]
    label = step.expression
    if before and label.startswith((before + ".", before + "[")):
        label = label[len(before) :]
    elif _is_name(label):
        label = _name(step, names) or label
    of = None if step.of is None else called(step.of, found, names)
    changed_dtype = step.tensor.dtype if step.tensor.dtype != dtype else None
    return Row(index, step, label, _name(step, names), None if of == label else of, changed_dtype)
