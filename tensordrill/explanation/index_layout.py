"""The indices between the brackets of `x[…]`: which dims each takes, and what they give together.

As torch does it: integers, slices, `None` and `...` make a view first; then the index tensors pick from that together.
https://pytorch.org/docs/stable/tensor_view.html
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Literal, NamedTuple, TypeAlias

from msgspec.structs import replace

from tensordrill.explanation.call import Argument, integer
from tensordrill.explanation.dtypes import BOOL, INT, kind
from tensordrill.explanation.shapes import Shape, broadcast
from tensordrill.sandbox.trace import TensorFact
from tensordrill.sandbox.values import Bool, Int, List, Nothing

Kind: TypeAlias = Literal["int", "slice", "new", "dots", "flag", "mask", "tensor", "list", "other"]
"""`flag` is a bool, `other` what can't be an index."""
_PICKING = ("mask", "tensor", "list")


class Index(NamedTuple):
    """One index: its kind, and the dims of the tensor that it takes, from the first on."""

    argument: Argument
    kind: Kind
    takes: int
    dim: int = 0

    @property
    def shape(self) -> Shape:
        """The shape of an index tensor, or of a list of integers."""
        tensor = self.argument.tensor
        return tensor.shape if tensor is not None else (len(self.numbers),)

    @property
    def numbers(self) -> tuple[int, ...]:
        """The integers of a list."""
        return self.argument.integers or ()


def placed(arguments: Sequence[Argument], ndim: int) -> list[Index] | None:
    """Lay indices out over the dims; None where one of them was not seen or is of no known kind."""
    known = [index for argument in _spread(arguments) if (index := _index(argument))]
    if len(known) < len(_spread(arguments)):
        return None
    left, dim, laid_out = max(ndim - sum(index.takes for index in known), 0), 0, []
    for index in known:
        laid_out.append(index._replace(dim=dim))
        dim += left if index.kind == "dots" else index.takes
        left = 0 if index.kind == "dots" else left
    return laid_out


def _spread(arguments: Sequence[Argument]) -> Sequence[Argument]:
    """Take a tuple in a variable for the indices that it holds."""
    if len(arguments) != 1 or arguments[0].type != "tuple":
        return arguments
    whole = arguments[0]
    pieces = getattr(whole.value, "v", ())
    return whole.items or [
        Argument(str(at), "", f"{whole.text}[{at}]", value=piece) for at, piece in enumerate(pieces)
    ]


def _index(argument: Argument) -> Index | None:
    match argument.value:
        case None if argument.tensor is None:
            return None
        case None if kind(argument.dtype) == BOOL or argument.dtype == "uint8":
            return Index(argument, "mask", len(argument.shape))
        case None:
            return Index(argument, "tensor" if kind(argument.dtype) == INT else "other", 1)
        case Bool():
            return Index(argument, "flag", 0)
        case Int():
            return Index(argument, "int", 1)
        case Nothing():
            return Index(argument, "new", 0)
        case List(v=pieces) if pieces and all(isinstance(piece, Bool) for piece in pieces):
            mask = TensorFact((len(pieces),), "bool", "cpu")
            return Index(replace(argument, tensor=mask), "mask", 1)
        case List(v=pieces):
            return Index(argument, "list", 1) if all(isinstance(piece, Int) for piece in pieces) else None
    match argument.type:
        case "slice":
            return Index(argument, "slice", 1)
        case "ellipsis":
            return Index(argument, "dots", 0)
        case "float" | "str" | "complex":
            return Index(argument, "other", 1)
    return None


def bounds(argument: Argument) -> tuple[int | None, int | None, int | None] | None:
    """Return the start, stop and step of a slice; None where one of them is no integer."""
    cut = [integer(value) for value in argument.bounds or ()]
    if not cut or any(
        number is None and not isinstance(value, Nothing)
        for number, value in zip(cut, argument.bounds or (), strict=True)
    ):
        return None
    return cut[0], cut[1], cut[2]


class Dim(NamedTuple):
    """A dim of the view: its size, its stride, and the index that picks along it, if any."""

    size: int
    stride: int
    picks: Index | None = None


class Layout(NamedTuple):
    """The view that integers, slices, `None` and `...` make, from which the other indices pick."""

    dims: tuple[Dim, ...]
    offset: int

    @property
    def picking(self) -> list[int]:
        """The places of the dims that indices pick along."""
        return [at for at, dim in enumerate(self.dims) if dim.picks]


def layout(shape: Shape, stride: Shape, indices: Sequence[Index], offset: int = 0) -> Layout | None:
    """Lay the view of a tensor out; None where an index is out of range, too many, or can't be one."""
    whole = [Dim(size, step) for size, step in zip(shape, stride, strict=True)]
    dims: list[Dim] = []
    at = 0
    for index in indices:
        dims += whole[at : index.dim]
        at = index.dim + index.takes
        if at > len(shape):
            return None
        taken = whole[index.dim : at]
        match index.kind:
            case "new":
                dims.append(Dim(1, 0))
            case "slice":
                cut = bounds(index.argument)
                if cut is None or (cut[2] is not None and cut[2] < 1):
                    return None
                run = range(*slice(*cut).indices(taken[0].size))
                dims.append(Dim(len(run), taken[0].stride * run.step))
                offset += taken[0].stride * run.start if run else 0
            case "int":
                number = index.argument.integer
                if number is None or not -taken[0].size <= number < taken[0].size:
                    return None
                offset += taken[0].stride * (number % taken[0].size)
            case "mask" | "tensor" | "list" if taken:
                dims += [dim._replace(picks=index) for dim in taken]
            case "mask" | "flag" | "other":  # a bool and a 0-d mask put in a dim of their own
                return None
    return Layout((*dims, *whole[at:]), offset)


def indexed(shape: Shape, indices: Sequence[Index]) -> Shape | None:
    """Return the shape that indexing gives; None where masks or tensors make it a matter of values or order."""
    view = layout(shape, (0,) * len(shape), indices)
    if view is None:
        return None
    sizes, picking = tuple(dim.size for dim in view.dims), view.picking
    if not picking:
        return sizes
    if any(index.kind in ("mask", "int", "new") for index in indices):
        return None
    picked = broadcast(*(index.shape for index in indices if index.kind in _PICKING)).result
    if picked is None or any(after - before > 1 for before, after in pairwise(picking)):
        return None
    return sizes[: picking[0]] + picked + sizes[picking[-1] + 1 :]
