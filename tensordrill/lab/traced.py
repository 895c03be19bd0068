"""What a traced program reports: each tensor that came to be, where its memory is, and what failed.

Positions are those of Python's syntax tree: lines count from 1, columns are bytes of UTF-8 from 0. The
parent has the text, so that expressions do not travel.
"""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

from msgspec import Meta, Struct

from tensordrill.lab.values import Tensor, Value, Words

Memory: TypeAlias = Literal["new", "same", "view", "copy"]
Size: TypeAlias = Annotated[int, Meta(ge=0)]


class Place(Struct, frozen=True, forbid_unknown_fields=True):
    """A part of a program's text; `file` is the path of a module of the user's own, "" for the program."""

    line: int
    column: int
    end_line: int
    end_column: int
    file: Words = ""


class Storage(Struct, frozen=True, forbid_unknown_fields=True):
    """The memory behind a tensor: which one it is, how many elements fit, and what they are if they are few."""

    id: int
    cells: Size
    values: Tensor | None = None


class TensorFact(Struct, frozen=True, forbid_unknown_fields=True):
    """A tensor at one moment; `values` are all its elements, or the corners of a large one, or unreadable."""

    shape: tuple[Size, ...]
    dtype: Words
    device: Words
    stride: tuple[int, ...] | None = None
    storage_offset: int = 0
    contiguous: bool = True
    requires_grad: bool = False
    is_leaf: bool = True
    grad_fn: Words | None = None
    type: Words = "Tensor"
    values: Tensor | None = None
    is_whole: bool = True
    storage: Storage | None = None


class Step(Struct, frozen=True, forbid_unknown_fields=True):
    """One evaluation that gave a tensor, or one statement that changed some."""

    place: Place
    tensor: TensorFact
    memory: Memory
    of: int | None = None
    """The index of the step whose tensor it is, or whose memory it views or copies."""
    changed: tuple[Words, ...] = ()
    """The names of the earlier tensors whose values changed with this step."""
    expression: Words = ""
    """What the tensor is called where the place does not say it, as `w.grad` after a `backward`."""
    depth: int = 0
    """How many functions of the program are being called."""
    kind: Literal["value", "statement", "grad"] = "value"


class Operand(Struct, frozen=True, forbid_unknown_fields=True):
    """What a failing operation was given: a tensor, another value, or what was not seen: neither."""

    role: Words
    """`self`, `left`, `right`, `function`, `value`, the index of an argument, or its keyword."""
    place: Place | None = None
    tensor: TensorFact | None = None
    value: Value | None = None
    step: int | None = None
    """The step that gave it."""
    items: tuple[Operand, ...] = ()
    """The first pieces of a list or tuple that holds tensors."""
    bounds: tuple[Value, Value, Value] | None = None
    """The start, stop and step of a slice."""


class Inner(Struct, frozen=True, forbid_unknown_fields=True):
    """The function of a library, or the class of a module, in which a call raised, with its tensors."""

    function: Words
    operands: tuple[Operand, ...] = ()


class Saved(Struct, frozen=True, forbid_unknown_fields=True):
    """A tensor that a forward step saved, and that a backward can't read any more."""

    function: Words
    """The step of the graph, as `ExpBackward0`."""
    what: Words
    """Which of its tensors, as `self`, `other` or `result`."""
    freed: int | None = None
    """The line of the backward that freed it; None where the tensor was changed in place since."""
    step: int | None = None
    """The step that gave the tensor with this `grad_fn`."""


class Failure(Struct, frozen=True, forbid_unknown_fields=True):
    """The operation that raised: what kind of expression it is, what it calls, and its operands."""

    place: Place
    node: Words
    """`call`, `attribute`, `index`, `operator`, `assignment` (to an item or attribute), `name` or `statement`.

    `syntax` is the place at which Python could not read the program.
    """
    function: Words = ""
    """The own name of what is called, read or applied, as `view`, `t`, `+`, `[]`."""
    owner: Words = ""
    """Whose function is called: a `tensor`'s, `torch`'s, `python`'s, a `module`'s or a `class`; "" is others'."""
    operands: tuple[Operand, ...] = ()
    within: Words = ""
    """What the one operand is used for, without an operation: `iteration`, `unpacking`, `truth` or `chain`."""
    inner: Inner | None = None
    backwards: tuple[int, ...] = ()
    """The lines where a `backward` ended well before."""
    saved: tuple[Saved, ...] = ()
    """What a failing `backward` could not read."""
    near: tuple[Words, ...] = ()
    """The attributes that there are, spelt like one that there is not."""


class Trace(Struct, frozen=True, forbid_unknown_fields=True):
    """A program's steps in order of evaluation; `more` further ones were counted and not kept."""

    steps: tuple[Step, ...] = ()
    more: int = 0
    failure: Failure | None = None
