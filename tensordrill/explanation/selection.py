"""The elements that an operation selects, by their numbers in its tensor, in the order of its result.

Indices are laid out as torch does it: integers, slices, `None` and `...` first, as a view; then the index tensors
pick from it together. https://pytorch.org/docs/stable/tensor_view.html
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from itertools import product
from typing import Any, NamedTuple

from tensordrill.explanation.marks import MAX_ELEMENTS
from tensordrill.explanation.operation import Argument, Operation, is_integer
from tensordrill.explanation.strip import addresses
from tensordrill.kinds.numbers import elements
from tensordrill.sandbox.traced import TensorFact

Shape = tuple[int, ...]
Numbers = tuple[int, ...]


def selection(operation: Operation, result: TensorFact, *, is_view: bool) -> Numbers | None:
    """Return what an operation selects; None where it is none that selects, or where that is not known."""
    given = operation.tensor
    if given is None or max(math.prod(given.shape), math.prod(result.shape)) > MAX_ELEMENTS:
        return None
    if is_view:
        return _viewed(given, result) if operation.function in VIEWS else None
    select = _SELECTING.get(operation.function)
    return select(operation, given) if select else None


VIEWS = frozenset("[] select narrow diagonal diag unfold index".split())
"""Functions whose views leave elements out, or read some twice."""


def _viewed(given: TensorFact, result: TensorFact) -> Numbers | None:
    """Find the elements by their cells in memory; None where two of them share one."""
    if given.stride is None or result.stride is None:
        return None
    cells = addresses(given.shape, given.stride, given.storage_offset)
    numbers = {cell: number for number, cell in enumerate(cells)}
    path = addresses(result.shape, result.stride, result.storage_offset)
    if len(numbers) < len(cells) or not numbers.keys() >= set(path):
        return None
    return tuple(numbers[cell] for cell in path)


# ---- functions that take an index ----


def _gather(operation: Operation, given: TensorFact) -> Numbers | None:
    index, dim = operation.argument(2, "index"), operation.get(1, "dim")
    return _along(given.shape, dim, index)


def _take_along_dim(operation: Operation, given: TensorFact) -> Numbers | None:
    index, dim = operation.argument(1, "indices"), operation.get(2, "dim")
    if dim is None or index is None or index.tensor is None:
        return None
    sizes = index.tensor.shape
    is_plain = len(sizes) == len(given.shape) and all(
        one == other for at, (one, other) in enumerate(zip(sizes, given.shape, strict=True)) if at != dim
    )
    return _along(given.shape, dim, index) if is_plain else None  # else it broadcasts


def _along(shape: Shape, dim: object, index: Argument | None) -> Numbers | None:
    values = _integers(index)
    axis = _axis(dim, len(shape))
    if values is None or axis is None or index is None or index.tensor is None:
        return None
    if len(index.tensor.shape) != len(shape):
        return None
    places = product(*(range(size) for size in index.tensor.shape))
    found = []
    for place, value in zip(places, values, strict=True):
        found.append(_number((*place[:axis], value, *place[axis + 1 :]), shape))
    return _inside(found)


def _index_select(operation: Operation, given: TensorFact) -> Numbers | None:
    values, axis = _integers(operation.argument(2, "index")), _axis(operation.get(1, "dim"), len(given.shape))
    if values is None or axis is None:
        return None
    sizes = [range(size) for size in given.shape]
    chosen = [*sizes[:axis], values, *sizes[axis + 1 :]]
    return _inside([_number(place, given.shape) for place in product(*chosen)])


def _take(operation: Operation, given: TensorFact) -> Numbers | None:
    values = _integers(operation.argument(1, "index"))
    count = math.prod(given.shape)
    return (
        None if values is None else _inside([value % count if -count <= value else None for value in values])
    )


def _masked_select(operation: Operation, given: TensorFact) -> Numbers | None:
    mask = operation.argument(1, "mask")
    if mask is None or mask.tensor is None or mask.tensor.shape != given.shape:
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


def _axis(dim: object, rank: int) -> int | None:
    """Count a dim from the front; None where it is none."""
    if not is_integer(dim) or not -rank <= dim < rank:
        return None
    return dim % rank


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


class _Dim(NamedTuple):
    """A dim of the view that integers and slices make: its size, how far one step goes in element numbers."""

    size: int
    step: int
    picks: tuple[Shape, list[int]] | None = None
    """The shape and the integers of an index tensor that picks along it."""


def _indexed(operation: Operation, given: TensorFact) -> Numbers | None:
    indices = operation.arguments[1:]
    if len(indices) == 1 and isinstance(indices[0].value, tuple):
        indices = tuple(Argument("", value=value) for value in indices[0].value)
    taken = [_takes(index) for index in indices]
    if any(count is None for count in taken):
        return None
    left = len(given.shape) - sum(count or 0 for count in taken)
    layout = _laid_out(given.shape, indices, left) if left >= 0 else None
    return None if layout is None else _picked(*layout)


def _takes(index: Argument) -> int | None:
    """Return how many dims an index takes; None where it is not known."""
    if index.tensor is not None:
        return len(index.tensor.shape) if index.tensor.dtype == "bool" else 1
    if index.value is None or index.value is ...:
        return 0
    is_known = index.bounds is not None or isinstance(index.value, int | list)
    return 1 if is_known and not isinstance(index.value, bool) else None


def _laid_out(shape: Shape, indices: Sequence[Argument], left: int) -> tuple[list[_Dim], int] | None:
    """Return the dims of the view and the number of its first element."""
    steps = [math.prod(shape[dim + 1 :]) for dim in range(len(shape))]
    dims: list[_Dim] = []
    offset = at = 0
    for index in indices:
        if index.tensor is not None or isinstance(index.value, list):
            picks = _picks(index)
            if picks is None:
                return None
            for found in picks:
                dims.append(_Dim(shape[at], steps[at], found))
                at += 1
        elif index.bounds is not None:
            if not _is_forward(index.bounds):
                return None
            run = range(*slice(*index.bounds).indices(shape[at]))
            dims.append(_Dim(len(run), steps[at] * run.step))
            offset += steps[at] * run.start if run else 0
            at += 1
        elif index.value is None:
            dims.append(_Dim(1, 0))
        elif index.value is ...:
            dims += [_Dim(shape[dim], steps[dim]) for dim in range(at, at + left)]
            at, left = at + left, 0
        else:
            if not -shape[at] <= index.value < shape[at]:
                return None
            offset += steps[at] * (index.value % shape[at])
            at += 1
    return [*dims, *(_Dim(shape[dim], steps[dim]) for dim in range(at, len(shape)))], offset


def _is_forward(bounds: tuple[Any, Any, Any]) -> bool:
    """Whether a slice is one that a tensor takes."""
    return all(each is None or type(each) is int for each in bounds) and (bounds[2] is None or bounds[2] > 0)


def _picks(index: Argument) -> list[tuple[Shape, list[int]]] | None:
    """Return the integers with which an index tensor picks along each dim that it takes."""
    if index.tensor is None:
        values = index.value
        if not all(type(value) is int for value in values):
            return None
        return [((len(values),), values)]
    if index.tensor.dtype != "bool":
        numbers = _integers(index)
        return None if numbers is None else [(index.tensor.shape, numbers)]
    flags = _flags(index.tensor)
    if flags is None or not index.tensor.shape:
        return None
    places = product(*(range(size) for size in index.tensor.shape))
    found = [place for place, flag in zip(places, flags, strict=True) if flag]
    return [((len(found),), [place[dim] for place in found]) for dim in range(len(index.tensor.shape))]


def _picked(dims: Sequence[_Dim], offset: int) -> Numbers | None:
    """Pick together along the dims that index tensors take.

    What they pick stands where they are next to each other, else in front.
    """
    picking = [at for at, dim in enumerate(dims) if dim.picks]
    if not picking:
        return None
    shape = _together([dim.picks[0] for dim in dims if dim.picks])
    if shape is None:
        return None
    offsets = list(_offsets(dims, shape))
    if any(found is None for found in offsets):
        return None
    is_joined = picking == list(range(picking[0], picking[-1] + 1))
    front = dims[: picking[0]] if is_joined else []
    rest = [dim for at, dim in enumerate(dims) if dim.picks is None and (not is_joined or at > picking[0])]
    return tuple(
        offset + outer + (chosen or 0) + inner
        for outer in _walked(front)
        for chosen in offsets
        for inner in _walked(rest)
    )


def _walked(dims: Sequence[_Dim]) -> list[int]:
    return [sum(place) for place in product(*([at * dim.step for at in range(dim.size)] for dim in dims))]


def _offsets(dims: Sequence[_Dim], shape: Shape) -> Iterator[int | None]:
    """Yield how far each pick is from the first element; None where it is outside."""
    for place in product(*(range(size) for size in shape)):
        at: int | None = 0
        for dim in dims:
            if dim.picks is not None and at is not None:
                sizes, values = dim.picks
                own = [
                    0 if size == 1 else index
                    for size, index in zip(sizes, place[len(place) - len(sizes) :], strict=True)
                ]
                value = values[_number(own, sizes) or 0]
                at = at + dim.step * (value % dim.size) if -dim.size <= value < dim.size else None
        yield at


def _together(shapes: Sequence[Shape]) -> Shape | None:
    """Broadcast the shapes of index tensors."""
    rank = max(map(len, shapes))
    found = []
    for sizes in zip(*((1,) * (rank - len(shape)) + shape for shape in shapes), strict=True):
        wide = {size for size in sizes if size != 1}
        if len(wide) > 1:
            return None
        found.append(wide.pop() if wide else 1)
    return tuple(found)


_SELECTING: dict[str, Callable[[Operation, TensorFact], Numbers | None]] = {
    "[]": _indexed,
    "gather": _gather,
    "take_along_dim": _take_along_dim,
    "index_select": _index_select,
    "take": _take,
    "masked_select": _masked_select,
}
