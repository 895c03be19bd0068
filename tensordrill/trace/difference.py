"""Where two explained programs part: the first step that gave another tensor."""

from __future__ import annotations

from itertools import zip_longest

from tensordrill.trace.explanation import Explanation, Step
from tensordrill.trace.outline import Row, outline


def first_difference(one: Explanation, other: Explanation) -> tuple[int | None, int | None]:
    """Give the steps' indices in both; None where one program has no more steps, or where all agree.

    Expressions may differ: what is compared are shape, strides, dtype, values, and where the memory is.
    """
    for mine, theirs in zip_longest(_rows(one), _rows(other)):
        if mine is None or theirs is None or _facts(mine.step) != _facts(theirs.step):
            return (mine.index if mine else None, theirs.index if theirs else None)
    return (None, None)


def _rows(found: Explanation) -> list[Row]:
    return [row for group in outline(found) for row in group.rows]


def _facts(step: Step) -> tuple[object, ...]:
    tensor = step.tensor
    return (
        tensor.shape, tensor.stride, tensor.storage_offset, tensor.dtype, tensor.values, tensor.requires_grad,
        tensor.device, step.memory, bool(step.changed),
    )  # fmt: skip
