"""A step of a traced program with its expression."""

from __future__ import annotations

from msgspec import Struct

from tensordrill.explanation.sources import Sources, column_at, text_at
from tensordrill.sandbox.trace import Memory, TensorFact, TracedCall, TracedStep


class Step(Struct, frozen=True):
    """One tensor that an expression gave, or one statement that changed some."""

    line: int
    column: int
    """Both count from 1, columns in letters."""
    expression: str
    tensor: TensorFact
    memory: Memory
    of: int | None
    """The index of the step whose tensor it is, or whose memory it views or copies."""
    changed: tuple[str, ...]
    depth: int
    kind: str
    file: str = ""
    call: TracedCall | None = None
    """The call or operator that gave it; None of a name."""
    no_grad: bool = False
    """Gradients were switched off."""

    @property
    def earlier(self) -> tuple[int, ...]:
        """The steps of the tensors that it was given."""
        operands = self.call.operands if self.call else ()
        given = (each.step for operand in operands for each in (operand, *operand.items))
        return tuple(number for number in given if number is not None)


def with_expression(step: TracedStep, sources: Sources) -> Step:
    """Return a step with the program's text for it."""
    place = step.place
    return Step(
        place.line,
        column_at(place, sources),
        step.expression or text_at(place, sources),
        step.tensor,
        step.memory,
        step.of,
        step.changed,
        step.depth,
        step.kind,
        place.file,
        step.call,
        step.no_grad,
    )
