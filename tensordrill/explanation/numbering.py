"""Element numbers in place of values, where all values are alike and a drawing of them would show nothing."""

from __future__ import annotations

import math
import struct
from collections.abc import Iterable

from msgspec.structs import replace

from tensordrill.kinds.numbers import elements
from tensordrill.sandbox.trace import TensorFact
from tensordrill.sandbox.values import Tensor

MOST = 256
"""The elements that are numbered: of larger tensors only corners are known."""


def are_alike(tensor: TensorFact) -> bool:
    """Whether a tensor has several elements, and all that are known of them are one value."""
    if math.prod(tensor.shape) < 2 or tensor.values is None:
        return False
    return len({repr(value) for value in elements(tensor.values)}) < 2


def numbered(tensor: TensorFact) -> TensorFact | None:
    """Return a tensor with its elements numbered in the order in which they are read; None of a large one."""
    count = math.prod(tensor.shape)
    return None if count > MOST else relabelled(tensor, range(count))


def relabelled(tensor: TensorFact, numbers: Iterable[int]) -> TensorFact:
    """Return a tensor that holds other elements' numbers."""
    return replace(tensor, dtype="int64", values=_integers(tensor.shape, numbers), is_whole=True)


def numbered_memory(tensor: TensorFact, path: tuple[int, ...]) -> TensorFact | None:
    """Return a tensor whose memory is numbered cell by cell; `path` is the cell of each of its elements."""
    storage = tensor.storage
    if storage is None or storage.cells > MOST or len(path) > MOST:
        return None
    cells = _integers((storage.cells,), range(storage.cells))
    return replace(
        tensor,
        dtype="int64",
        values=_integers(tensor.shape, path),
        is_whole=True,
        storage=replace(storage, values=cells),
    )


def _integers(shape: tuple[int, ...], numbers: Iterable[int]) -> Tensor:
    values = tuple(numbers)
    return Tensor("int64", shape, struct.pack(f"={len(values)}q", *values))
