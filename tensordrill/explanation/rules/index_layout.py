"""The entries between the brackets of an index: which dims each takes, and the shape that they give."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from tensordrill.explanation.rules.operation import Given, integer
from tensordrill.explanation.rules.shapes import BOOL, INT, Shape, broadcast, kind
from tensordrill.sandbox.traced import TensorFact
from tensordrill.sandbox.values import Bool, Int, List, Nothing, Value


class Part(NamedTuple):
    """One index: its kind, and the dims of the tensor that it takes, from the first on."""

    given: Given
    kind: str
    """`int`, `slice`, `new`, `dots`, `mask`, `tensor`, or `other` for what can't be an index."""
    takes: int
    dim: int = 0


def parts(indices: Sequence[Given], ndim: int) -> list[Part] | None:
    """Lay indices out over the dims; None where one of them was not seen or is of no known kind."""
    found = [_part(given) for given in _spread(indices)]
    if any(part is None for part in found):
        return None
    known = [part for part in found if part is not None]
    left = ndim - sum(part.takes for part in known)
    placed, dim = [], 0
    for part in known:
        placed.append(part._replace(dim=dim))
        dim += max(left, 0) if part.kind == "dots" else part.takes
        if part.kind == "dots":
            left = 0
    return placed


def _spread(indices: Sequence[Given]) -> Sequence[Given]:
    """Take a tuple in a variable for the indices that it holds."""
    if len(indices) == 1 and indices[0].type == "tuple":
        given = indices[0]
        if given.items:
            return given.items
        pieces = getattr(given.value, "v", None)
        if isinstance(pieces, tuple):
            return [Given(f"{given.expression}[{at}]", None, piece) for at, piece in enumerate(pieces)]
    return indices


def _part(given: Given) -> Part | None:
    if given.tensor is not None:
        return _of_tensor(given, given.tensor)
    if given.value is None:
        return None
    if isinstance(given.value, Bool):
        return Part(given, "flag", 0)
    if isinstance(given.value, Int):
        return Part(given, "int", 1)
    if isinstance(given.value, Nothing):
        return Part(given, "new", 0)
    if isinstance(given.value, List):
        return Part(given, "list", 1) if _is_flat(given.value.v) else None
    return {"slice": Part(given, "slice", 1), "ellipsis": Part(given, "dots", 0)}.get(
        given.type, Part(given, "other", 1) if given.type in ("float", "str", "complex") else None
    )


def _of_tensor(given: Given, tensor: TensorFact) -> Part:
    if kind(tensor.dtype) == BOOL or tensor.dtype == "uint8":
        return Part(given, "mask", len(tensor.shape))
    return Part(given, "tensor" if kind(tensor.dtype) == INT else "other", 1)


def _is_flat(values: Sequence[Value]) -> bool:
    return all(isinstance(value, Int) for value in values)


def bounds(given: Given) -> tuple[int | None, int | None, int | None] | None:
    """Return the start, stop and step of a slice; None where one of them is no integer."""
    if given.bounds is None:
        return None
    found = [integer(value) for value in given.bounds]
    if any(
        number is None and not isinstance(value, Nothing)
        for number, value in zip(found, given.bounds, strict=True)
    ):
        return None
    return found[0], found[1], found[2]


def basic(tensor: TensorFact, placed: Sequence[Part]) -> TensorFact | None:
    """Return the view that integers, slices, `None` and `...` make; None where others are among them, or too many."""
    shape: list[int] = []
    stride: list[int] = []
    offset, old = tensor.storage_offset, tensor.stride or (0,) * len(tensor.shape)
    dim = 0
    for part in placed:
        shape += tensor.shape[dim : part.dim]
        stride += old[dim : part.dim]
        dim = part.dim + part.takes
        if dim > len(tensor.shape):
            return None
        if part.kind == "new":
            shape.append(1)
            stride.append(0)
        elif part.kind == "slice":
            cut = bounds(part.given)
            if cut is None or (cut[2] is not None and cut[2] < 1):
                return None
            run = range(*slice(*cut).indices(tensor.shape[part.dim]))
            shape.append(len(run))
            stride.append(old[part.dim] * run.step)
            offset += old[part.dim] * (run.start if len(run) else 0)
        elif part.kind == "int":
            at = integer(part.given.value) or 0
            offset += old[part.dim] * (at % max(tensor.shape[part.dim], 1))
        elif part.kind != "dots":
            return None
    shape += tensor.shape[dim:]
    stride += old[dim:]
    return TensorFact(
        tuple(shape),
        tensor.dtype,
        tensor.device,
        tuple(stride) if tensor.stride is not None else None,
        offset,
        storage=tensor.storage,
    )


def result(tensor: TensorFact, placed: Sequence[Part]) -> Shape | None:
    """Return the shape that indexing gives; None where masks or tensors make it a matter of values or order."""
    view = basic(tensor, placed)
    if view is not None:
        return view.shape
    chosen = [part for part in placed if part.kind in ("tensor", "list")]
    if any(part.kind in ("mask", "flag", "other", "int", "new") for part in placed) or not chosen:
        return None
    if len(chosen) > 1 and any(b.dim - a.dim != 1 for a, b in pairwise(chosen)):
        return None
    picked = joined([index_shape(part) for part in chosen])
    if picked is None:
        return None
    head = basic(tensor, [part for part in placed if part.dim < chosen[0].dim or part.kind == "dots"])
    rest = [part for part in placed if part.kind == "slice"]
    sizes = {part.dim: _length(tensor, part) for part in rest}
    if head is None or None in sizes.values():
        return None
    whole = [sizes.get(dim, size) or 0 for dim, size in enumerate(tensor.shape)]
    first, last = chosen[0].dim, chosen[-1].dim
    return (*whole[:first], *picked, *whole[last + 1 :])


def _length(tensor: TensorFact, part: Part) -> int | None:
    cut = bounds(part.given)
    if cut is None or (cut[2] is not None and cut[2] < 1):
        return None
    return len(range(*slice(*cut).indices(tensor.shape[part.dim])))


def index_shape(part: Part) -> Shape:
    """Return the shape of an index tensor, or of a list of integers."""
    if part.given.tensor is not None:
        return part.given.tensor.shape
    return (len(getattr(part.given.value, "v", ())),)


def joined(shapes: Sequence[Shape]) -> Shape | None:
    """Return the shape that all broadcast to."""
    found: Shape | None = ()
    for shape in shapes:
        found = broadcast(found, shape) if found is not None else None
    return found
