"""The choice of a picture for a step, or for an error, of an explanation."""

from __future__ import annotations

import math

from msgspec import Struct

from tensordrill.explanation import call
from tensordrill.explanation.alignment import Alignment, aligned
from tensordrill.explanation.call import Call
from tensordrill.explanation.drawing import RESHAPING, Corners, Drawing
from tensordrill.explanation.explanation import Explanation
from tensordrill.explanation.grid import grid
from tensordrill.explanation.shapes import Merge, merge
from tensordrill.explanation.step import Step
from tensordrill.explanation.strip import MAX_ELEMENTS, Strip, strip
from tensordrill.sandbox.trace import TensorFact


class Picture(Struct, frozen=True):
    """A drawing, and the expression that it is of; after a wrong answer, the solution's as well."""

    drawing: Drawing
    expression: str
    is_solution: bool = False
    """Whether the expression is the solution's."""
    solution: Picture | None = None
    """The picture of the solution's step in its place."""


def call_of(explanation: Explanation, index: int) -> Call | None:
    """Return what a step applied; None where it is no operation of torch's."""
    return call.of_step(explanation.steps[index], explanation.steps)


def of_the_step(explanation: Explanation, index: int) -> Picture | None:
    """Return the picture that a step is worth: none where nothing about it could surprise."""
    step, applied = explanation.steps[index], call_of(explanation, index)
    drawing = (applied and (_aligned(step, applied) or _table(step, applied))) or _memory(step)
    return None if drawing is None else Picture(drawing, step.expression)


def _aligned(step: Step, applied: Call) -> Alignment | None:
    if applied.name in ("expand", "expand_as", "broadcast_to"):
        return None
    return alignment_of(step, applied)


def alignment_of(step: Step, applied: Call) -> Alignment | None:
    """Align the operands of a step; None where that does not give the tensor of the step."""
    met = aligned(applied)
    return met if met is not None and met.result == step.tensor.shape else None


def _table(step: Step, applied: Call) -> Merge | None:
    """Return the merge table of a reshape that had to copy."""
    tensor = applied.tensor("input") if step.memory == "copy" and applied.name in RESHAPING else None
    if tensor is None or tensor.stride is None:
        return None
    table = merge(tensor.shape, tensor.stride, step.tensor.shape)
    return table if table.verdict == "copy" else None


def _memory(step: Step) -> Strip | Corners | None:
    """Draw the memory of a view that does not simply read all cells in order."""
    tensor = step.tensor
    if step.memory != "view" or tensor.storage is None:
        return None
    is_plain = tensor.contiguous and tensor.storage_offset == 0
    if is_plain and math.prod(tensor.shape) == tensor.storage.cells:
        return None
    return strip(tensor) or (None if is_plain else corners(tensor))


def corners(tensor: TensorFact) -> Corners | None:
    """Return the ends of a tensor that is too large to draw."""
    numel = math.prod(tensor.shape)
    drawn = grid(tensor) if numel > MAX_ELEMENTS else None
    return None if drawn is None else Corners(tensor.shape, numel, drawn)


def of_the_error(explanation: Explanation) -> Picture | None:
    """Return the picture of shapes or strides that do not go together; None where that is not what failed."""
    error = explanation.error
    return Picture(error.drawing, error.expression) if error is not None and error.drawing else None
