"""Provenance: the origin of the sizes that a failed call could not take.

A size is followed back from the failed call through the steps that kept it, to the one that made it. The trail ends
at the last step that is sure; where that is none, nothing is said.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple, Protocol

from msgspec import Struct
from msgspec.structs import replace

from tensordrill.explanation import call as calls
from tensordrill.explanation.call import Call, Failed, quoted
from tensordrill.explanation.clashes import Clash, clashes
from tensordrill.explanation.fates import DimSource, Fate, Fates, Kind, fates
from tensordrill.explanation.shapes import Shape
from tensordrill.explanation.sources import text_at
from tensordrill.explanation.step import Step
from tensordrill.messages import Language, Message, message

MAX_ORIGINS = 3


class Origin(Struct, frozen=True):
    """The step that made a size, or dropped a dim, of an operand of a failed call."""

    line: int
    file: str
    expression: str
    kind: Kind | Literal["dropped", "viewed"]
    size: int
    dim: int
    """The dim of the step's result that got the size; of its operand, that was dropped."""
    shape: Shape
    """The step's result."""
    source: Shape
    """The operand that it was made of; () of none."""
    sizes: tuple[int, ...] = ()
    """The sizes that were multiplied or added; the dims that were dropped."""
    was: int | None = None
    """The size of the dim before, where another operand still has it."""
    other: str = ""
    """The code of that other operand."""
    keeping: str = ""
    """The code that would have kept dim 0."""
    is_any: bool = False
    """Every dim of 1 was dropped, whichever it was."""

    def is_of(self, other: Origin) -> bool:
        """Whether both are of one step and its tensor, whose shapes say all."""
        here, there = ((each.line, each.file, each.expression, each.shape) for each in (self, other))
        return here == there

    def text(self, language: Language, file: str = "") -> str:
        """Return the sentences about it, for an error in a file."""
        return " ".join(each.text(language) for each in self._messages(where(self, file)))

    def _messages(self, where: Message) -> Iterator[Message]:
        values = {
            "where": where,
            "code": f"`{quoted(self.expression)}`",
            "size": self.size,
            "dim": self.dim,
            "shape": self.shape,
            "source": self.source,
        }
        match self.kind:
            case "merged":
                yield message("provenance-merged", sizes="·".join(map(str, self.sizes)), **values)
            case "viewed":
                yield message("provenance-viewed", sizes="·".join(map(str, self.sizes)), **values)
            case "joined":
                yield message("provenance-joined", sizes=" + ".join(map(str, self.sizes)), **values)
            case "dropped":
                yield message(
                    "provenance-dropped",
                    count=len(self.sizes),
                    dims=", ".join(map(str, self.sizes)),
                    **values,
                )
            case "born":
                yield message("provenance-born", **values)
            case _:
                yield message("provenance-became", **values)
        if self.was is not None:
            yield message("provenance-until", was=self.was, other=f"`{quoted(self.other)}`")
        if self.keeping:
            shape = (self.source[0], math.prod(self.source[1:]))
            yield message("provenance-rows", code=f"`{quoted(self.keeping)}`", shape=shape)
        if self.is_any:
            yield message("provenance-squeeze")


class HasLine(Protocol):
    """Something in a line of a file, "" for the program."""

    @property
    def line(self) -> int: ...
    @property
    def file(self) -> str: ...


def where(place: HasLine, file: str) -> Message:
    """Return what a line is called in sentences about an error in a file."""
    if place.file == file:
        return message("provenance-line", line=place.line)
    if not place.file:
        return message("provenance-program", line=place.line)
    return message("provenance-file", file=place.file, line=place.line)


# ---- one size, back through the steps ----


class Birth(NamedTuple):
    """The step that made a size, the dim of its tensor that got it, and that dim's fate."""

    step: int
    dim: int
    fate: Fate


def trail(steps: Sequence[Step], index: int, dim: int) -> Birth | None:
    """Follow a dim of a step's tensor back to the step that made its size; None where that is not sure."""
    while (operated := operation(steps, index)) is not None:
        index, known = operated
        fate = known.dims[dim]
        if fate is None:
            return None
        if fate.kind != "kept":
            return Birth(index, dim, fate)
        source = fate.sources[0]
        if source.argument.step is None:
            return None
        index, dim = source.argument.step, source.dim
    return None


def drop(steps: Sequence[Step], index: int) -> tuple[int, tuple[DimSource, ...]] | None:
    """Follow a tensor back to the step that dropped dims of another one, and return these."""
    while (operated := operation(steps, index)) is not None:
        index, known = operated
        if known.dropped:
            return index, known.dropped
        given = [fate.sources[0].argument for fate in known.dims if fate is not None and fate.sources]
        earlier = (each.step for each in given if len(each.shape) == len(known.dims))
        step = next((step for step in earlier if step is not None), None)
        if step is None:
            return None
        index = step
    return None


def operation(steps: Sequence[Step], index: int) -> tuple[int, Fates] | None:
    """Return the step that gave a tensor, and the fates of its dims; None where it is no known operation."""
    index = _resolved(steps, index)
    step = steps[index]
    applied = calls.of_step(step, steps) or _layer(step, steps)
    return None if applied is None else (index, fates(applied, step.tensor.shape))


def _resolved(steps: Sequence[Step], index: int) -> int:
    """Return the first step that gave a tensor as it is."""
    step = steps[index]
    while step.memory == "same" and step.of is not None and steps[step.of].tensor.shape == step.tensor.shape:
        index = step.of
        step = steps[index]
    return index


def _layer(step: Step, steps: Sequence[Step]) -> Call | None:
    """Return the call of a layer, whose input comes first."""
    call = step.call
    if call is None or call.owner != "module":
        return None
    given = calls.arguments(call, {}, steps)
    return Call(call.function, call.function, {"input": given[0]}, given[1:]) if given else None


# ---- the sizes that a call could not take ----


def origins(failed: Sequence[Failed]) -> tuple[Origin, ...]:
    """Return the origin of the sizes that a failed call, or the library's function in it, could not take.

    What changed a size comes before what made a tensor with it.
    """
    known: list[Origin] = []
    for call in failed:
        for clash in clashes(call):
            for origin in (*_viewed(clash, call), *_origins(clash, call)):
                known += [] if any(origin.is_of(other) for other in known) else [origin]
        if known:
            break
    return tuple(sorted(known, key=lambda origin: origin.kind == "born")[:MAX_ORIGINS])


def _origins(clash: Clash, call: Failed) -> Iterator[Origin]:
    """Yield the origin of a size; of a product, also that of its last factor."""
    step, dim, steps = clash.operand.step, clash.dim, call.steps
    if step is None:
        return
    if dim is None:
        dropping = drop(steps, step)
        if dropping is not None:
            yield _dropped(*dropping, steps)
        return
    born = trail(steps, step, dim) if dim < len(steps[step].tensor.shape) else None
    if born is None or (born.fate.kind == "born" and _is_in_sight(born.step, step, call)):
        return
    yield _made(born, steps, clash.partner)
    if born.fate.kind == "merged":
        factor = born.fate.sources[-1]
        step = factor.argument.step
        before = None if step is None else trail(steps, step, factor.dim)
        if before is not None and before.fate.kind == "set":
            yield _made(before, steps)


def _viewed(clash: Clash, call: Failed) -> Iterator[Origin]:
    """Yield the product that a view made a size of, which no step is."""
    operand, dim, place = clash.operand, clash.dim, call.failure.place
    if operand.viewed is None or dim is None:
        return
    before = replace(operand, tensor=replace(operand.fact, shape=operand.viewed, stride=None, values=None))
    fate = fates(Call("view", "view", {"input": before}), operand.shape).dims[dim]
    if fate is not None and fate.kind == "merged":
        code, sizes = text_at(place, call.sources), tuple(each.size for each in fate.sources)
        size = operand.shape[dim]
        yield Origin(place.line, place.file, code, "viewed", size, dim, operand.shape, operand.viewed, sizes)


def _is_in_sight(born: int, operand: int, call: Failed) -> bool:
    """Whether a tensor was made in the failing line, or one that calls it, or is a name of the same function's."""
    one, other = call.steps[born], call.steps[operand]
    lines = [(place.line, place.file) for place in (call.failure.place, *call.failure.callers)]
    if (one.line, one.file) in lines:
        return True
    return one.depth == other.depth and _resolved(call.steps, operand) == born


def _made(born: Birth, steps: Sequence[Step], partner: Clash | None = None) -> Origin:
    step, (kind, sources), dim = steps[born.step], born.fate, born.dim
    source = sources[0].argument if sources else None
    shape = source.shape if source else ()
    origin = Origin(
        step.line,
        step.file,
        step.expression,
        kind,
        step.tensor.shape[dim],
        dim,
        step.tensor.shape,
        shape,
        tuple(each.size for each in sources),
    )
    is_placed = kind in ("cut", "set") and len(shape) == len(origin.shape) and len(sources) == 1
    if partner is None or partner.dim is None or not (is_placed or kind == "regrouped") or dim >= len(shape):
        return origin
    if shape[dim] != partner.operand.shape[partner.dim]:
        return origin
    keeping = f"{source.dotted}.flatten(1)" if source and kind == "regrouped" and not dim else ""
    return replace(origin, was=shape[dim], other=partner.operand.name, keeping=keeping)


def _dropped(index: int, dropped: Sequence[DimSource], steps: Sequence[Step]) -> Origin:
    step, first, dims = steps[index], dropped[0], tuple(each.dim for each in dropped)
    return Origin(
        step.line,
        step.file,
        step.expression,
        "dropped",
        first.size,
        first.dim,
        step.tensor.shape,
        first.argument.shape,
        dims,
        is_any=0 in dims and _is_any_squeeze(step),
    )


def _is_any_squeeze(step: Step) -> bool:
    """Whether a step drops every dim of 1."""
    return step.call is not None and step.call.function == "squeeze" and len(step.call.operands) == 1
