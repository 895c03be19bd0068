"""The difference of two explained programs: the steps of one whose tensors the other never has."""

from __future__ import annotations

from typing import Literal, TypeAlias

from tensordrill.explanation.explanation import Explanation
from tensordrill.explanation.outline import StepRow, outline
from tensordrill.explanation.step import Step
from tensordrill.sandbox.trace import TracedOperand

Aspect: TypeAlias = Literal["values", "memory", "all"]
"""The depth of a comparison of steps: the tensors' elements; their memory as well; all that is known."""


def own_steps(one: Explanation, other: Explanation, aspect: Aspect = "values") -> tuple[int, ...]:
    """Return the steps of one program whose tensors the other never has, in whichever way it computes them."""
    shared = {_facts(step, aspect) for step in other.steps}
    return tuple(index for index, step in enumerate(one.steps) if _facts(step, aspect) not in shared)


def parting(one: Explanation, other: Explanation, aspect: Aspect = "values") -> tuple[int, ...]:
    """Return the own steps that make the difference: not those that only pass it on.

    A step passes on what the other program does as well, to operands of the same shapes, where the first of them
    has other elements.
    """
    mine, theirs = own_steps(one, other, aspect), own_steps(other, one, aspect)
    like = {_act(other.steps[index], other) for index in theirs}
    own = set(mine)
    return tuple(
        index
        for index in mine
        if not (
            _act(one.steps[index], one) in like
            and any(number in own for number in one.steps[index].earlier[:1])
        )
    )


def _facts(step: Step, aspect: Aspect) -> tuple[object, ...]:
    tensor = step.tensor
    facts: tuple[object, ...] = (tensor.shape, tensor.dtype, tensor.values, tensor.device)
    if aspect != "values":
        facts += (tensor.stride, tensor.storage_offset, step.memory in ("same", "view"))
    return (*facts, tensor.requires_grad, step.memory, bool(step.changed)) if aspect == "all" else facts


def _act(step: Step, explanation: Explanation) -> tuple[object, ...]:
    """Return what a step does, but for the elements that it does it to."""
    if step.call is None:
        return (step.expression,)
    given = tuple(_given(operand, explanation) for operand in step.call.operands)
    return (step.call.function, step.call.owner, given)


def _given(operand: TracedOperand, explanation: Explanation) -> tuple[object, ...]:
    shape = None if operand.step is None else explanation.steps[operand.step].tensor.shape
    items = tuple(_given(item, explanation) for item in operand.items)
    return (operand.role, shape, operand.value, operand.bounds, items)


def first_difference(one: Explanation, other: Explanation) -> tuple[int | None, int | None]:
    """Return the first step of each program, among those that are shown, that the other one has nowhere.

    Expressions may differ: shapes, dtypes and values are compared, then where the memory is. None where one has
    nothing of its own.
    """
    aspects: tuple[Aspect, ...] = ("values", "memory", "all")
    for aspect in aspects:
        first = _first(one, other, aspect), _first(other, one, aspect)
        if first != (None, None):
            return first
    return (None, None)


def _first(one: Explanation, other: Explanation, aspect: Aspect) -> int | None:
    own = set(own_steps(one, other, aspect))
    return next((row.index for row in _rows(one) if row.index in own), None)


def _rows(explanation: Explanation) -> list[StepRow]:
    return [row for group in outline(explanation) for row in group.rows]
