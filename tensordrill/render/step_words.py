"""Short words for one step beside its shape and stride, in the interface's language."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator

from rich.cells import cell_len, set_cell_size

from tensordrill.explanation.grid import tuple_text
from tensordrill.explanation.outline import StepRow
from tensordrill.messages import Language, fill, say
from tensordrill.sandbox.trace import NestedFact, TensorFact

_MOST = 40
"""Cells of an expression in a sentence."""


def shape(tensor: TensorFact) -> str:
    """Return a shape as Python prints it."""
    return tuple_text(tensor.shape)


def stride(tensor: TensorFact, language: Language) -> str:
    """Return strides; nothing for a tensor without."""
    return "" if tensor.stride is None else say("explain-stride", language, stride=tuple_text(tensor.stride))


def nested(name: str, tensor: NestedFact, language: Language) -> str:
    """Return an operand that is a nested tensor, with the shapes of its pieces; its name stands between backticks."""
    shapes = [tuple_text(shape) for shape in tensor.shapes]
    listed = ", ".join(shapes if len(shapes) == tensor.count else [*shapes, "…"])
    return say("explain-nested", language, operand=f"`{name}`", count=tensor.count, shapes=listed)


def words(row: StepRow, language: Language, most: int = 80) -> list[str]:
    """Return where the tensor's memory is and what is special about it; an expression fits into `most` cells."""
    return list(_words(row, language, most))


def _words(row: StepRow, language: Language, most: int) -> Iterator[str]:
    from tensordrill.messages.explanation import RELATIONS  # imported when it is needed, as `say` does

    tensor = row.step.tensor
    is_same = row.step.memory == "same"
    if tensor.storage_offset and not is_same:
        yield say("explain-offset", language, offset=tensor.storage_offset)
    if row.step.memory == "new":
        yield say("explain-new", language)
    elif row.of is not None:
        relation = RELATIONS[row.step.memory]
        around = cell_len(fill(relation, language, of=","))
        yield fill(relation, language, of=short(row.of, min(_MOST, most - around)))
    if not (tensor.contiguous or is_same):
        yield say("explain-not-contiguous", language)
    if row.dtype:
        yield row.dtype
    if tensor.device != "cpu":
        yield tensor.device
    if tensor.type not in ("Tensor", "FakeTensor"):
        yield tensor.type
    yield from _autograd(tensor)


def _autograd(tensor: TensorFact) -> Iterator[str]:
    if tensor.grad_fn is not None:
        yield f"grad_fn {tensor.grad_fn}"
    elif tensor.requires_grad:
        yield "requires_grad, leaf" if tensor.is_leaf else "requires_grad"


def changed(row: StepRow, language: Language) -> Iterator[str]:
    """Name the tensors whose values a step changed, variables first."""
    names = sorted(row.step.changed, key=lambda name: not name.isidentifier())
    if names:
        yield say("explain-changed", language, names=", ".join(f"`{short(name)}`" for name in names))


def short(expression: str, most: int = _MOST) -> str:
    """Return an expression that fits into a sentence, its middle left out where it is long."""
    if cell_len(expression) <= most:
        return expression
    start = (most - 1) // 2
    end = most - 1 - start
    at = bisect_left(range(len(expression) + 1), -end, key=lambda at: -cell_len(expression[at:]))
    return f"{set_cell_size(expression, start)}…{expression[at:]}"
