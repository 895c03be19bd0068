"""The report of a traced program: each tensor that it made, where its memory is, and the operation that failed.

Positions are those of Python's syntax tree: lines count from 1, columns are bytes of UTF-8 from 0. The
parent has the text, so that expressions do not travel.

What decodes is sound: strides fit their shape, values are few and have a shape that the tensor's has room for,
a step refers to an earlier one, and no list is longer than a child makes it. So no reader of a trace has
to look out for a forger, or makes anything as large as a number in it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal, TypeAlias

from msgspec import Meta, Struct

from tensordrill.sandbox.child.wire import (
    MAX_CALLERS,
    MAX_CHANGED,
    MAX_CHANGES,
    MAX_DIMS,
    MAX_ITEMS,
    MAX_NEAR,
    MAX_NESTED,
    MAX_OPERANDS,
    MAX_SAVED,
    MAX_STEPS,
    MAX_VALUES,
)
from tensordrill.sandbox.values import Shape, Tensor, Value, Words, cells

Memory: TypeAlias = Literal["new", "same", "view", "copy"]
Node: TypeAlias = Literal[
    "call", "attribute", "index", "operator", "assignment", "name", "statement", "syntax"
]  # fmt: skip
Owner: TypeAlias = Literal["", "tensor", "torch", "python", "module", "class"]
Within: TypeAlias = Literal["", "iteration", "unpacking", "truth", "chain"]
Size: TypeAlias = Annotated[int, Meta(ge=0, le=2**63 - 1)]
Line: TypeAlias = Annotated[int, Meta(ge=1, le=2**31 - 1)]
"""Python's own lines and columns are C ints."""
Column: TypeAlias = Annotated[int, Meta(ge=0, le=2**31 - 1)]
Index: TypeAlias = Annotated[int, Meta(ge=0, lt=MAX_STEPS)]
"""The number of a step."""


class Place(Struct, frozen=True, forbid_unknown_fields=True):
    """A part of a program's text; `file` is the path of a module of the user's own, "" for the program."""

    line: Line
    column: Column
    end_line: Line
    end_column: Column
    file: Words = ""


class Storage(Struct, frozen=True, forbid_unknown_fields=True):
    """The memory behind a tensor: which one it is, how many elements fit, and what they are if they are few."""

    id: Size
    cells: Size
    values: Tensor | None = None

    def __post_init__(self) -> None:
        if self.values is not None and (self.values.shape != (self.cells,) or self.cells > MAX_VALUES):
            raise ValueError("values that a storage does not hold")


class TensorFact(Struct, frozen=True, forbid_unknown_fields=True):
    """A tensor at one moment; `values` are all its elements, or the corners of a large one, or unreadable."""

    shape: Shape
    dtype: Words
    device: Words
    stride: Annotated[tuple[Size, ...], Meta(max_length=MAX_DIMS)] | None = None
    storage_offset: Size = 0
    contiguous: bool = True
    requires_grad: bool = False
    is_leaf: bool = True
    grad_fn: Words | None = None
    type: Words = "Tensor"
    values: Tensor | None = None
    is_whole: bool = True
    storage: Storage | None = None

    def __post_init__(self) -> None:
        if self.stride is not None and len(self.stride) != len(self.shape):
            raise ValueError("strides that do not fit the shape")
        if self.values is not None and not self._has(self.values.shape):
            raise ValueError("values that do not fit the shape")

    def _has(self, part: tuple[int, ...]) -> bool:
        """Whether its values may have this shape: its own, that of its corners, or a row of its first ones."""
        if cells(part) > MAX_VALUES:
            return False
        if self.is_whole:
            return part == self.shape
        corners = len(part) == len(self.shape) and all(map(int.__le__, part, self.shape))
        return corners or len(part) == 1


class NestedFact(Struct, frozen=True, forbid_unknown_fields=True):
    """A nested tensor, which has no shape of its own: the number of its pieces, and the shapes of the first ones."""

    count: Size
    shapes: Annotated[tuple[Shape, ...], Meta(max_length=MAX_ITEMS)]

    def __post_init__(self) -> None:
        if len(self.shapes) > self.count:
            raise ValueError("more shapes than pieces")


class TracedOperand(Struct, frozen=True, forbid_unknown_fields=True):
    """An operand: a tensor, another value, or neither where it was not seen.

    Its place is there where no step's place says it.
    """

    role: Words
    """`self`, `left`, `right`, `function`, `value`, the index of an argument, or its keyword."""
    place: Place | None = None
    tensor: TensorFact | None = None
    value: Value | None = None
    step: Index | None = None
    """The step that gave it; where the tensor is as it was then, nothing else is reported."""
    items: Annotated[tuple[TracedOperand, ...], Meta(max_length=MAX_ITEMS)] = ()
    """The first pieces of a list or tuple that holds tensors."""
    bounds: tuple[Value, Value, Value] | None = None
    """The start, stop and step of a slice."""
    nested: NestedFact | None = None
    viewed: Shape | None = None
    """The shape of which a view made the tensor's, where that is known and no step gave it."""

    def __post_init__(self) -> None:
        level = self.items
        for _ in range(MAX_NESTED):
            level = tuple(item for operand in level for item in operand.items)
            if not level:
                return
        raise ValueError("lists too deep in each other")


class TracedCall(Struct, frozen=True, forbid_unknown_fields=True):
    """The function that a step or a failure applies, and its operands."""

    node: Node
    """`assignment` is one to an item or attribute, `syntax` stands for what Python could not read."""
    function: Words = ""
    """The own name of what is called, read or applied, as `view`, `t`, `+`, `[]`."""
    owner: Owner = ""
    """The owner of the function that is called; of other nodes `tensor`, where they have a tensor; "" is others'."""
    operands: Annotated[tuple[TracedOperand, ...], Meta(max_length=MAX_OPERANDS)] = ()


class TracedStep(Struct, frozen=True, forbid_unknown_fields=True):
    """One evaluation that gave a tensor, or one statement that changed some."""

    place: Place
    tensor: TensorFact
    memory: Memory
    of: Index | None = None
    """The step, an earlier one, whose tensor it is, or whose memory it views or copies."""
    changed: Annotated[tuple[Words, ...], Meta(max_length=MAX_CHANGED)] = ()
    """The names of the earlier tensors whose values changed with this step."""
    expression: Words = ""
    """The tensor's name where the place does not say it, as `w.grad` after a `backward`."""
    depth: Annotated[int, Meta(ge=0, le=64)] = 0
    """The number of functions of the program that are being called."""
    kind: Literal["value", "statement", "grad"] = "value"
    call: TracedCall | None = None
    """None of a name, and of a call of an unknown function."""
    no_grad: bool = False
    """Gradients were switched off."""


class SavedTensor(Struct, frozen=True, forbid_unknown_fields=True):
    """A tensor that a forward step saved, and that a backward can't read any more."""

    function: Words
    """The step of the graph, as `ExpBackward0`."""
    what: Words
    """The name of the tensor, as `self`, `other` or `result`."""
    freed: Line | None = None
    """The line of the backward that freed it; None where the tensor was changed in place since."""
    step: Index | None = None
    """The step in which the graph got this step."""
    is_whole: bool = False
    """The tensor of the program's step has this step of the graph as its `grad_fn`; else the graph's lies inside it."""
    name: Words = ""
    """The leaf that was saved, as the program names it."""
    changes: Annotated[tuple[Place, ...], Meta(max_length=MAX_CHANGES)] = ()
    """The places that changed the saved tensor since, the latest first."""
    is_update: bool = False
    """The latest change is an optimizer's."""


class Carried(Struct, frozen=True, forbid_unknown_fields=True):
    """A name of the program, or an attribute, whose value of an earlier round or call is part of a graph."""

    name: Words
    is_sequence: bool = False
    """It is a list or tuple of tensors."""


class Failure(Struct, frozen=True, forbid_unknown_fields=True):
    """The operation that raised."""

    place: Place
    call: TracedCall
    within: Within = ""
    """The use of the one operand where no operation is written."""
    inner: TracedCall | None = None
    """The function of a library, or the class of a module, in which it raised, with its locals."""
    saved: Annotated[tuple[SavedTensor, ...], Meta(max_length=MAX_SAVED)] = ()
    """The tensors that a failing `backward` could not read."""
    carried: Annotated[tuple[Carried, ...], Meta(max_length=MAX_CHANGES)] = ()
    """The names by which an earlier round or call hands a graph on."""
    kept: Words = ""
    """The name of a tensor that was computed before an earlier backward and is part of the graph."""
    no_grad: bool = False
    """Gradients were switched off."""
    near: Annotated[tuple[Words, ...], Meta(max_length=MAX_NEAR)] = ()
    """The attributes that there are, spelt like one that there is not."""
    callers: Annotated[tuple[Place, ...], Meta(max_length=MAX_CALLERS)] = ()
    """The program's calls that led here, the outermost first."""
    module: Words = ""
    """The module that was running, as the outermost running one holds it: `layer2[0].conv1`."""
    module_type: Words = ""
    """Its class."""
    outermost_type: Words = ""
    """The class of that outermost one."""


class Trace(Struct, frozen=True, forbid_unknown_fields=True):
    """A program's steps in order of evaluation; `more` further ones were counted and not kept."""

    steps: Annotated[tuple[TracedStep, ...], Meta(max_length=MAX_STEPS)] = ()
    more: Size = 0
    failure: Failure | None = None

    def __post_init__(self) -> None:
        for index, step in enumerate(self.steps):
            earlier = [step.of, *(operand.step for operand in _operands(step.call))]
            if any(number is not None and number >= index for number in earlier):
                raise ValueError("a step that refers to a later one")
        if self.failure is not None:
            steps = [operand.step for operand in _operands(self.failure.call, self.failure.inner)]
            steps += [saved.step for saved in self.failure.saved]
            if any(step is not None and step >= len(self.steps) for step in steps):
                raise ValueError("an operand of a step that there is not")

    @property
    def last_line(self) -> int:
        """The last line of the program that it speaks of; 0 where it speaks of none."""
        places = [step.place for step in self.steps]
        calls = [step.call for step in self.steps]
        if self.failure is not None:
            places.append(self.failure.place)
            places += (place for saved in self.failure.saved for place in saved.changes)
            places += self.failure.callers
            calls.append(self.failure.call)
        places += (operand.place for operand in _operands(*calls) if operand.place is not None)
        return max((max(place.line, place.end_line) for place in places if not place.file), default=0)


def _operands(*calls: TracedCall | None) -> Iterator[TracedOperand]:
    """Yield what calls were given, and the pieces of it."""
    level = tuple(operand for call in calls if call for operand in call.operands)
    while level:
        yield from level
        level = tuple(item for operand in level for item in operand.items)
