"""An explanation as it is read: its steps under their source lines, without those that only repeat."""

from __future__ import annotations

import math
from collections.abc import Iterator

from msgspec import Struct, structs

from tensordrill.explanation.bindings import Names, bound_names, called, is_name, name_of
from tensordrill.explanation.drawing import Corners
from tensordrill.explanation.explanation import Explanation
from tensordrill.explanation.grid import nested_text, number_texts
from tensordrill.explanation.pictures import Picture, of_the_error, of_the_step
from tensordrill.explanation.step import Step
from tensordrill.explanation.strip import Strip

MAX_PICTURES = 12
MAX_VALUES = 16
MAX_VISITS = 3


class StepRow(Struct, frozen=True):
    """One step that is shown: `label` is its expression, without what the row before it says already."""

    index: int
    step: Step
    label: str
    name: str | None
    """The variable that it is assigned to."""
    of: str | None
    """The program's name of the tensor that it is, views or copies; None where that is the label itself."""
    dtype: str | None
    """The dtype where it is another than before."""
    values: str | None = None
    """The elements as nested lists, where a statement's result is small and no picture shows them."""
    picture: Picture | None = None


class LineGroup(Struct, frozen=True):
    """The rows that one visit of a source line gave."""

    line: int
    file: str
    rows: tuple[StepRow, ...]
    left_out: int = 0
    """The steps of earlier visits, just before, that are not shown."""


def outline(explanation: Explanation) -> tuple[LineGroup, ...]:
    """Return the steps in order, grouped by line; a bare name has a row only where a line has no other.

    Of a line that is visited often, the first visits are shown, and the last one.
    """
    names = bound_names(explanation.source) if explanation.steps else {}
    drawn = _pictures(explanation)
    groups = []
    dtype, left_out = "", 0
    visits = list(_visits(explanation))
    shown = _shown_visits(visits, explanation)
    for number, members in enumerate(visits):
        if number not in shown:
            left_out += len(members)
            continue
        rows: list[StepRow] = []
        kept = _kept(members, explanation, names)
        for index in kept:
            row = _row(index, explanation, names, rows[-1].step.expression if rows else "", dtype)
            rows.append(_with_picture(row, drawn.get(index), is_result=index == kept[-1]))
            dtype = row.step.tensor.dtype
        first = explanation.steps[members[0]]
        groups.append(LineGroup(first.line, first.file, tuple(rows), left_out))
        left_out = 0
    return _with_the_failing(tuple(groups), explanation)


def _visits(explanation: Explanation) -> Iterator[list[int]]:
    """Cut the steps where another line begins, or where an expression comes round again."""
    members: list[int] = []
    places: set[tuple[str, int, int, str, str]] = set()
    for index, step in enumerate(explanation.steps):
        if index < explanation.first_step:
            continue
        place = (step.file, step.line, step.column, step.expression, step.kind)
        before = explanation.steps[members[-1]] if members else step
        if (before.file, before.line) != (step.file, step.line) or place in places:
            yield members
            members, places = [], set()
        members.append(index)
        places.add(place)
    if members:
        yield members


def _shown_visits(visits: list[list[int]], explanation: Explanation) -> set[int]:
    """Choose the first visits of each line and its last."""
    by_line: dict[tuple[str, int], list[int]] = {}
    for number, members in enumerate(visits):
        first = explanation.steps[members[0]]
        by_line.setdefault((first.file, first.line), []).append(number)
    return {number for numbers in by_line.values() for number in (*numbers[:MAX_VISITS], numbers[-1])}


def _with_picture(row: StepRow, picture: Picture | None, *, is_result: bool) -> StepRow:
    has_values = picture is not None and isinstance(picture.drawing, Strip | Corners)
    values = _values(row.step) if is_result and not has_values else None
    return structs.replace(row, picture=picture, values=values)


def _with_the_failing(groups: tuple[LineGroup, ...], explanation: Explanation) -> tuple[LineGroup, ...]:
    """End with the failing line, without what the error repeats: its operands, and their picture."""
    error = explanation.error
    if error is None or not error.line:
        return groups
    if not groups or (error.file, error.line) != (groups[-1].file, groups[-1].line):
        return (*groups, LineGroup(error.line, error.file, ()))
    failed = of_the_error(explanation)
    operands = {operand.step for operand in error.operands}
    rows = tuple(
        structs.replace(row, picture=None)
        if failed and row.picture and row.picture.drawing == failed.drawing
        else row
        for row in groups[-1].rows
        if row.index not in operands or row.of or row.step.memory == "new"
    )
    return (*groups[:-1], structs.replace(groups[-1], rows=rows))


def _kept(members: list[int], explanation: Explanation, names: Names) -> list[int]:
    """Leave out bare names of known tensors, but for a new name, and for the very last step."""
    kept = [index for index in members if not _only_repeats(explanation.steps[index], explanation)]
    if kept:
        return kept
    is_last = members[-1] == len(explanation.steps) - 1
    return members[-1:] if is_last or name_of(explanation.steps[members[-1]], names) else []


def _pictures(explanation: Explanation) -> dict[int, Picture]:
    """Draw the first steps that are worth it, each place in the program once."""
    chosen: dict[int, Picture] = {}
    places: set[tuple[str, int, int, str]] = set()
    for index, step in enumerate(explanation.steps):
        place = (step.file, step.line, step.column, step.expression)
        if len(chosen) == MAX_PICTURES:
            break
        if place in places or index < explanation.first_step:
            continue
        drawn = of_the_step(explanation, index)
        if drawn is not None:
            places.add(place)
            chosen[index] = drawn
    return chosen


def _values(step: Step) -> str | None:
    """Return few elements in a line, as nested lists of short numbers."""
    values = step.tensor.values
    if values is None or not step.tensor.is_whole or math.prod(step.tensor.shape) > MAX_VALUES:
        return None
    return nested_text(number_texts(values), values.shape)


def _only_repeats(step: Step, explanation: Explanation) -> bool:
    """Whether a step is a name for a tensor that is as it was."""
    if step.of is None or step.memory != "same" or step.changed or step.kind != "value":
        return False
    before = explanation.steps[step.of].tensor
    facts = [(t.shape, t.stride, t.storage_offset, t.dtype, t.requires_grad) for t in (before, step.tensor)]
    return is_name(step.expression) and facts[0] == facts[1]


def _row(index: int, explanation: Explanation, names: Names, before: str, dtype: str) -> StepRow:
    step = explanation.steps[index]
    label = step.expression
    if before and label.startswith((before + ".", before + "[")):
        label = label[len(before) :]
    elif is_name(label):
        label = name_of(step, names) or label
    of = None if step.of is None else called(step.of, explanation, names)
    changed_dtype = step.tensor.dtype if step.tensor.dtype != dtype else None
    return StepRow(index, step, label, name_of(step, names), None if of == label else of, changed_dtype)
