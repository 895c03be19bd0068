"""Clues: facts of a run beside its steps, of its layers, gradients, values and writes, which may be suspicious.

The child reports what happened; whether it is a mistake, the parent judges. Each clue is bounded by itself, as
the steps of `traced` are.
"""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

from msgspec import Meta, Struct

from tensordrill.sandbox.child.wire import MAX_CLUES, MAX_DIMS, MAX_LISTED
from tensordrill.sandbox.trace import Place, Size
from tensordrill.sandbox.values import Shape, Words

Names: TypeAlias = Annotated[tuple[Words, ...], Meta(max_length=MAX_LISTED)]
Squash: TypeAlias = Literal["softmax", "log_softmax", "sigmoid"]
Cause: TypeAlias = Literal[
    "", "zero-by-zero", "negative-log", "negative-root", "masked-row", "one-element", "no-element",
    "infinities", "all-ignored", "data", "overflow", "zero-division", "log-of-zero",
]  # fmt: skip
"""Why a value that is not finite came out of finite ones; "" where the operands do not show it."""


class _Clue(Struct, frozen=True, forbid_unknown_fields=True, tag_field="clue"):
    place: Place


class NonFinite(_Clue, frozen=True, tag="non-finite"):
    """The first operation that made nan, or infinities that reached a loss, of operands that had none."""

    what: Literal["nan", "inf"]
    count: Size
    numel: Size
    cause: Cause = ""
    gradient: Words = ""
    """The tensor whose gradient it is; "" for the value of the expression."""

    def __post_init__(self) -> None:
        if self.count > self.numel:
            raise ValueError("more elements than there are")


class DuplicateIndices(_Clue, frozen=True, tag="duplicate-indices"):
    """An update in place through an index that names some elements more than once."""

    count: Size
    distinct: Size
    target: Place
    index: Place
    is_sum: bool
    """Whether it adds or subtracts, so that elements named twice should have changed twice."""

    def __post_init__(self) -> None:
        if self.distinct > self.count:
            raise ValueError("more distinct indices than indices")


class Overlap(_Clue, frozen=True, tag="overlap"):
    """An operation in place that reads, through another operand, the memory that it writes."""

    operand: Place


class LostWrite(_Clue, frozen=True, tag="lost-write"):
    """A write to a copy that nothing refers to."""

    copy: Place
    source: Place
    """The tensor that was copied."""


class SameMemory(_Clue, frozen=True, tag="same-memory"):
    """A list got the same memory again, with other values since, or a model was loaded from its own."""

    kind: Literal["list", "state"]
    value: Place
    is_array: bool = False


class UnusedResult(_Clue, frozen=True, tag="unused-result"):
    """A statement that only calls a method of a tensor, whose result is another tensor."""

    tensor: Place
    method: Words
    has_twin: bool
    """Whether there is a method that does the same in place."""


class Repeated(_Clue, frozen=True, tag="repeated"):
    """A write to one memory that stands for several tensors of a list, or for several elements of a tensor."""

    kind: Literal["list", "expanded"]
    times: Size
    write: Place


class LastOfBatch(_Clue, frozen=True, tag="last-of-batch"):
    """An index that takes the last of the batch from the output of a layer of sequences."""

    layer: Words
    shape: Shape
    source: Place
    is_batch_first: bool

    def __post_init__(self) -> None:
        if len(self.shape) != 3:
            raise ValueError("an output without a batch, time and features")


class NearlyEqual(_Clue, frozen=True, tag="nearly-equal"):
    """A comparison of numbers some of which only rounding keeps apart."""

    count: Size
    numel: Size

    def __post_init__(self) -> None:
        if self.count > self.numel:
            raise ValueError("more elements than there are")


class Accumulated(_Clue, frozen=True, tag="accumulated"):
    """Updates that used gradients added to those of the update before."""

    times: Size
    updates: Size
    optimizer: Words = ""
    """The program's name of the optimizer; "" where it updates by itself."""


class NoGradient(_Clue, frozen=True, tag="no-gradient"):
    """Parameters of an optimizer whose gradient was None at each of its steps; its place is that of its making."""

    names: Names
    count: Size
    total: Size
    steps: Size
    is_zero: bool = False
    """Whether they had a gradient, and it was 0 each time."""
    is_cleared: bool = False
    """Whether backward calls gave gradients, and none was left at any step."""
    cut: Place | None = None
    """The place where a tensor that depends on them gave one that does not."""
    function: Words = ""


class Idle(_Clue, frozen=True, tag="idle"):
    """The last steps of an optimizer, which is made at the place, at which no parameter had a gradient any more."""

    idle: Size
    steps: Size
    is_frozen: bool
    """Whether none of them requires one."""

    def __post_init__(self) -> None:
        if self.idle > self.steps:
            raise ValueError("more idle steps than steps")


class NotOptimized(_Clue, frozen=True, tag="not-optimized"):
    """Parameters with gradients that no optimizer has, while others are updated."""

    names: Names
    count: Size
    relation: Literal["replaced", "left-out"]
    """Whether the optimizer has parameters that no model has any more."""


class Unregistered(_Clue, frozen=True, tag="unregistered"):
    """Layers or tensors that need gradients in an attribute of a module, where `parameters()` does not look."""

    owner: Words
    attribute: Words
    kind: Literal["layers", "tensors", "tensor"]
    count: Size
    """The elements of the parameters."""
    is_trained: bool
    """Whether an optimizer updated other parameters of the module."""


class SharedLayer(_Clue, frozen=True, tag="shared-layer"):
    """One layer that stands several times in a list, or has two names in a model."""

    name: Words
    times: Size
    kind: Literal["product", "list", "names"]
    """`product` is a list that `[layer] * times` made."""


class RemadeLayer(_Clue, frozen=True, tag="remade-layer"):
    """A layer with parameters, or a parameter, that each call of a `forward` made anew."""

    name: Words
    times: Size


class NoStep(_Clue, frozen=True, tag="no-step"):
    """An optimizer that never stepped, in a run with backward calls; its place is that of its making."""

    backwards: Size


class TrainingMode(_Clue, frozen=True, tag="training-mode"):
    """A model that was called in training mode while it was evaluated, or in evaluation mode while it was trained."""

    model: Words
    dropouts: Size
    norms: Size
    is_training: bool
    """Its mode."""
    evidence: Literal["name", "no-grad", "after", "last", "loaded", "function", "switched"]
    steps: Size = 0


class Squashed(_Clue, frozen=True, tag="squashed"):
    """A softmax, log_softmax or sigmoid, and the dim along which it is 1 in the end."""

    function: Squash
    shape: Shape
    dim: Annotated[int, Meta(ge=0, lt=MAX_DIMS)] | None
    is_always_one: bool
    """Whether the dim had size 1 each time."""

    def __post_init__(self) -> None:
        if self.dim is not None and self.dim >= len(self.shape):
            raise ValueError("a dim that the tensor does not have")


class SquashedTwice(_Clue, frozen=True, tag="squashed-twice"):
    """A loss that applies a function to what another one of its kind gave already."""

    loss: Words
    function: Squash
    source: Place | None = None


class PositiveLogs(_Clue, frozen=True, tag="positive-logs"):
    """A loss that takes log-probabilities, and numbers above 0 among them."""

    loss: Words
    count: Size
    numel: Size

    def __post_init__(self) -> None:
        if self.count > self.numel:
            raise ValueError("more elements than there are")


class NonLeafGrad(_Clue, frozen=True, tag="non-leaf-grad"):
    """The `.grad` of a tensor that is no leaf was read and is None."""

    source: Place | None = None


class ShownWarning(_Clue, frozen=True, tag="warned"):
    """A warning that was shown while a line of the program ran."""

    category: Words
    message: Words


Clue: TypeAlias = (
    NonFinite
    | DuplicateIndices
    | Overlap
    | LostWrite
    | SameMemory
    | UnusedResult
    | Repeated
    | LastOfBatch
    | NearlyEqual
    | PositiveLogs
    | Accumulated
    | NoGradient
    | Idle
    | NotOptimized
    | Unregistered
    | SharedLayer
    | RemadeLayer
    | NoStep
    | TrainingMode
    | Squashed
    | SquashedTwice
    | NonLeafGrad
    | ShownWarning
)
Clues: TypeAlias = Annotated[tuple[Clue, ...], Meta(max_length=MAX_CLUES)]


def last_line(clues: Clues) -> int:
    """Return the last line of the program that clues speak of; 0 where they speak of none."""
    values = (getattr(clue, name) for clue in clues for name in clue.__struct_fields__)
    places = (value for value in values if isinstance(value, Place) and not value.file)
    return max((max(place.line, place.end_line) for place in places), default=0)
