"""The elements that an operation selects, by their numbers in its tensor, in the order of its result."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from itertools import product

from tensordrill.explanation.call import Argument, Call
from tensordrill.explanation.index_layout import Dim, Index, layout, placed
from tensordrill.explanation.marks import MAX_ELEMENTS
from tensordrill.explanation.shapes import Shape, broadcast
from tensordrill.explanation.strip import addresses
from tensordrill.kinds.numbers import elements
from tensordrill.sandbox.trace import TensorFact

Numbers = tuple[int, ...]


def selection(call: Call, result: TensorFact, *, is_view: bool) -> Numbers | None:
    """Return what a call selects; None where it is none that selects, or where that is not known."""
    tensor = call.first.tensor if call.first else None
    if tensor is None or max(math.prod(tensor.shape), math.prod(result.shape)) > MAX_ELEMENTS:
        return None
    if is_view:
        return _viewed(tensor, result) if call.name in VIEWS else None
    select = _SELECTING.get(call.name)
    return select(call, tensor) if select else None


VIEWS = frozenset("item select narrow diagonal diag unfold index".split())
"""Functions whose views leave elements out, or read some twice."""


def _viewed(tensor: TensorFact, result: TensorFact) -> Numbers | None:
    """Find the elements by their cells in memory; None where two of them share one."""
    if tensor.stride is None or result.stride is None:
        return None
    cells = addresses(tensor.shape, tensor.stride, tensor.storage_offset)
    numbers = {cell: number for number, cell in enumerate(cells)}
    path = addresses(result.shape, result.stride, result.storage_offset)
    if len(numbers) < len(cells) or not numbers.keys() >= set(path):
        return None
    return tuple(numbers[cell] for cell in path)


# ---- functions that take an index ----


def _gather(call: Call, tensor: TensorFact) -> Numbers | None:
    return _along(tensor.shape, call.integer("dim"), call.get("index"))


def _take_along_dim(call: Call, tensor: TensorFact) -> Numbers | None:
    index, dim = call.tensor("indices"), call.integer("dim")
    if dim is None or index is None or len(index.shape) != len(tensor.shape):
        return None
    sizes = enumerate(zip(index.shape, tensor.shape, strict=True))
    if any(one != other for at, (one, other) in sizes if at != dim):
        return None  # it broadcasts
    return _along(tensor.shape, dim, call.get("indices"))


def _along(shape: Shape, dim: int | None, index: Argument | None) -> Numbers | None:
    values, axis = _integers(index), _axis(dim, shape)
    if values is None or axis is None or index is None or len(index.shape) != len(shape):
        return None
    places = product(*map(range, index.shape))
    numbers = zip(places, values, strict=True)
    return _inside([_number((*place[:axis], value, *place[axis + 1 :]), shape) for place, value in numbers])


def _index_select(call: Call, tensor: TensorFact) -> Numbers | None:
    values, axis = _integers(call.get("index")), _axis(call.integer("dim"), tensor.shape)
    if values is None or axis is None:
        return None
    sizes = [range(size) for size in tensor.shape]
    chosen = [*sizes[:axis], values, *sizes[axis + 1 :]]
    return _inside([_number(place, tensor.shape) for place in product(*chosen)])


def _take(call: Call, tensor: TensorFact) -> Numbers | None:
    values, count = _integers(call.get("index")), math.prod(tensor.shape)
    if values is None:
        return None
    return _inside([value % count if -count <= value else None for value in values])


def _masked_select(call: Call, tensor: TensorFact) -> Numbers | None:
    mask = call.get("mask")
    if mask is None or mask.tensor is None or mask.shape != tensor.shape:
        return None
    flags = _flags(mask.tensor)
    return None if flags is None else tuple(number for number, flag in enumerate(flags) if flag)


def _integers(index: Argument | None) -> list[int] | None:
    """Return the integers that an index tensor holds."""
    tensor = index.tensor if index else None
    if tensor is None or tensor.values is None or not tensor.is_whole or "int" not in tensor.dtype:
        return None
    return [int(value.real) for value in elements(tensor.values)]


def _flags(mask: TensorFact) -> list[bool] | None:
    if mask.values is None or not mask.is_whole or mask.dtype != "bool":
        return None
    return [bool(value) for value in elements(mask.values)]


def _axis(dim: int | None, shape: Shape) -> int | None:
    """Count a dim from the front; None where it is none."""
    return dim % len(shape) if dim is not None and -len(shape) <= dim < len(shape) else None


def _number(place: Sequence[int], shape: Shape) -> int | None:
    """Return an element's number in row-major order; None where it is outside."""
    at = 0
    for index, size in zip(place, shape, strict=True):
        if not 0 <= index < size:
            return None
        at = at * size + index
    return at


def _inside(numbers: Sequence[int | None]) -> Numbers | None:
    known = tuple(number for number in numbers if number is not None)
    return known if len(known) == len(numbers) else None


# ---- `x[…]` with index tensors ----


def _indexed(call: Call, tensor: TensorFact) -> Numbers | None:
    """Pick together along the dims that index tensors take.

    What they pick stands where they are next to each other, else in front.
    """
    indices = placed(call.rest, len(tensor.shape))
    steps = tuple(math.prod(tensor.shape[dim + 1 :]) for dim in range(len(tensor.shape)))
    view = layout(tensor.shape, steps, indices) if indices is not None else None
    if view is None or indices is None or not view.picking:
        return None
    picks = [
        pick for index in indices if index.kind in ("mask", "tensor", "list") for pick in _picks(index) or ()
    ]
    picking = view.picking
    shape = broadcast(*(sizes for sizes, _ in picks)).result if len(picks) == len(picking) else None
    if shape is None:
        return None
    offsets = list(_offsets([view.dims[at] for at in picking], picks, shape))
    is_joined = picking == list(range(picking[0], picking[-1] + 1))
    front = view.dims[: picking[0]] if is_joined else ()
    rest = [
        dim for at, dim in enumerate(view.dims) if dim.picks is None and (not is_joined or at > picking[0])
    ]
    chosen = _inside(offsets)
    return chosen and tuple(
        view.offset + outer + number + inner
        for outer in _walked(front)
        for number in chosen
        for inner in _walked(rest)
    )


Picks = tuple[Shape, Sequence[int]]
"""The shape and the integers with which an index picks along one dim."""


def _picks(index: Index) -> list[Picks] | None:
    """Return the integers with which an index picks along each dim that it takes."""
    tensor = index.argument.tensor
    if tensor is None:
        return [(index.shape, index.numbers)]
    if index.kind == "tensor":
        numbers = _integers(index.argument)
        return None if numbers is None else [(tensor.shape, numbers)]
    flags = _flags(tensor)
    if flags is None:
        return None
    places = product(*map(range, tensor.shape))
    picked = [place for place, flag in zip(places, flags, strict=True) if flag]
    return [((len(picked),), [place[dim] for place in picked]) for dim in range(len(tensor.shape))]


def _walked(dims: Sequence[Dim]) -> list[int]:
    return [sum(place) for place in product(*([at * dim.stride for at in range(dim.size)] for dim in dims))]


def _offsets(dims: Sequence[Dim], picks: Sequence[Picks], shape: Shape) -> Iterator[int | None]:
    """Yield how far each pick is from the first element; None where it is outside."""
    for place in product(*map(range, shape)):
        at: int | None = 0
        for dim, (sizes, values) in zip(dims, picks, strict=True):
            own = place[len(place) - len(sizes) :]
            value = values[
                _number([0 if size == 1 else i for size, i in zip(sizes, own, strict=True)], sizes) or 0
            ]
            is_inside = at is not None and -dim.size <= value < dim.size
            at = (at or 0) + dim.stride * (value % dim.size) if is_inside else None
        yield at


_SELECTING: dict[str, Callable[[Call, TensorFact], Numbers | None]] = {
    "item": _indexed,
    "gather": _gather,
    "take_along_dim": _take_along_dim,
    "index_select": _index_select,
    "take": _take,
    "masked_select": _masked_select,
}
