"""Writes in place to memory that several elements share, or that is still to be read."""

from __future__ import annotations

import math

from tensordrill.explanation.alignment import operands
from tensordrill.explanation.call import Argument, Failed
from tensordrill.explanation.rules.rule import ELEMENTWISE, Reason, changed, of, rule
from tensordrill.explanation.shapes import Shape
from tensordrill.messages import message
from tensordrill.sandbox.trace import TensorFact

_CHECKED = frozenset("add sub mul div remainder fmod pow atan2 copy neg exp log sqrt sigmoid tanh".split())
"""Functions whose in-place form refuses a tensor with several elements at one place."""


@rule(ELEMENTWISE, needs=("input",))
def expanded(call: Failed, x: Argument) -> Reason:
    """An in-place operation on a tensor with several elements at one place."""
    return on_expanded(x) if call.is_in_place and call.name in _CHECKED else None


def on_expanded(x: Argument) -> Reason:
    """Return where several elements lie at one place."""
    dims = enumerate(zip(x.shape, x.fact.stride or (), strict=False))
    dim = next((dim for dim, (size, stride) in dims if size > 1 and stride == 0), None)
    if dim is None:
        return None
    return message("memory-expanded", dim=dim, size=x.shape[dim], **of(x)), *changed(x, "{}.clone()")


@rule(ELEMENTWISE, needs=("input",))
def overlapping(call: Failed, x: Argument) -> Reason:
    """An in-place operation that reads from the memory that it writes."""
    for each in operands(call) if call.is_in_place else ():
        if each is not x and each.tensor is not None and overlap_partly(x.fact, each.tensor):
            return message("memory-overlap", a=x.code, b=each.code), *changed(each, "{}.clone()")
    return None


@rule("as_strided", "as_strided_scatter", needs=("input", "size:ints", "stride:ints"))
def beyond(call: Failed, x: Argument, size: Shape, stride: Shape) -> Reason:
    """`as_strided` that reaches over the end of the memory, or with another number of strides than sizes."""
    if len(size) != len(stride):
        return message(
            "memory-strides", function=call.function, sizes=size, strides=stride, m=len(size), n=len(stride)
        )
    first = call.integer("storage_offset", x.fact.storage_offset)
    if first is None or x.fact.storage is None or 0 in size or min(*size, *stride, first, 0) < 0:
        return None
    last, cells = (
        first + sum((n - 1) * step for n, step in zip(size, stride, strict=True)),
        x.fact.storage.cells,
    )
    return (
        message("memory-beyond", function=call.function, last=last, cells=cells, x=x.code)
        if last >= cells
        else None
    )


def overlap_partly(a: TensorFact, b: TensorFact) -> bool:
    """Whether two runs of memory have some places in common, and are not the very same."""
    if a.storage is None or b.storage is None or a.storage.id != b.storage.id or a.dtype != b.dtype:
        return False
    if not (_is_dense(a) and _is_dense(b)) or 0 in a.shape + b.shape:
        return False
    if (a.storage_offset, a.shape, a.stride) == (b.storage_offset, b.shape, b.stride):
        return False
    first, last = a.storage_offset, a.storage_offset + math.prod(a.shape)
    return first < b.storage_offset + math.prod(b.shape) and b.storage_offset < last


def _is_dense(tensor: TensorFact) -> bool:
    """Whether the elements fill one run of memory, each at a place of its own."""
    if tensor.stride is None:
        return False
    run = 1
    dims = zip(tensor.stride, tensor.shape, strict=True)
    for stride, size in sorted((stride, size) for stride, size in dims if size != 1):
        if stride != run:
            return False
        run *= size
    return True
