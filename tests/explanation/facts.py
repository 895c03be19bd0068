"""Tensors as a trace reports them, made without torch."""

from __future__ import annotations

import math
import struct
from collections.abc import Sequence

from tensordrill.sandbox.trace import TensorFact
from tensordrill.sandbox.values import Tensor

Shape = tuple[int, ...]


def counted(shape: Shape) -> TensorFact:
    """Return `torch.arange(n).reshape(shape)`."""
    return holding(shape, range(math.prod(shape)))


def holding(shape: Shape, numbers: Sequence[int]) -> TensorFact:
    """Return a contiguous tensor of integers."""
    stride = tuple(math.prod(max(size, 1) for size in shape[dim + 1 :]) for dim in range(len(shape)))
    values = Tensor("int64", shape, struct.pack(f"={len(numbers)}q", *numbers))
    return TensorFact(shape, "int64", "cpu", stride=stride, values=values)
