"""Rules of shapes, strides and dtypes, as torch defines them: broadcasting, merging dims, promotion."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

from tensordrill.sandbox.traced import TensorFact

Shape = tuple[int, ...]

_KINDS = {"bool": 0, "int": 1, "uint": 1, "float": 2, "bfloat": 2, "complex": 3}
BOOL, INT, FLOAT, COMPLEX = range(4)


def numel(shape: Sequence[int]) -> int:
    """Count the elements of a shape."""
    return math.prod(shape)


def kind(dtype: str) -> int | None:
    """Return BOOL, INT, FLOAT or COMPLEX; None for any other dtype."""
    return _KINDS.get(dtype.rstrip("0123456789"))


def item_bytes(dtype: str) -> int | None:
    """Return the bytes of an element."""
    digits = dtype[len(dtype.rstrip("0123456789")) :]
    if dtype == "bool":
        return 1
    return int(digits) // 8 if kind(dtype) is not None and digits and len(digits) < 4 else None


# ---- broadcasting ----


def broadcast(a: Shape, b: Shape) -> Shape | None:
    """Return the shape that two broadcast to; None where they clash."""
    if clash(a, b) is not None:
        return None
    width = max(len(a), len(b))
    left, right = (1,) * (width - len(a)) + a, (1,) * (width - len(b)) + b
    return tuple(n if m == 1 else m for m, n in zip(left, right, strict=True))


def clash(a: Shape, b: Shape) -> tuple[int, int] | None:
    """Return the last dims, one of each, that do not broadcast."""
    for back in range(1, min(len(a), len(b)) + 1):
        if a[-back] != b[-back] and 1 not in (a[-back], b[-back]):
            return len(a) - back, len(b) - back
    return None


def unsqueezed(small: Shape, large: Shape) -> int | None:
    """Return the dim to put a 1 at, so that `small` broadcasts with `large`; None where none does."""
    if len(small) >= len(large) or not small:
        return None
    for dim in range(len(small), 0, -1):
        if broadcast((*small[:dim], 1, *small[dim:]), large) == large:
            return dim
    return None


# ---- merging ----


def gap(shape: Shape, stride: Shape, wanted: Shape) -> tuple[int, int] | None:
    """Return two neighbouring dims that `wanted` has merged and whose strides forbid it; None for a view.

    Where two neighbours can't merge, the elements under them have to be a product of last sizes of `wanted`.
    """
    if numel(shape) == 0:
        return None
    ends = {numel(wanted[at:]) for at in range(len(wanted) + 1)}
    dims = [dim for dim, size in enumerate(shape) if size != 1]
    for outer, inner in reversed(list(pairwise(dims))):
        if not merges(shape, stride, outer, inner) and numel(shape[inner:]) not in ends:
            return outer, inner
    return None


def merges(shape: Shape, stride: Shape, outer: int, inner: int) -> bool:
    """Whether two dims are one run of memory."""
    return stride[outer] == shape[inner] * stride[inner]


def fitting(shape: Shape, wanted: Shape) -> Shape | None:
    """Return `wanted` with one size replaced, so that it has the elements of `shape`; None where none does."""
    total = numel(shape)
    for at in reversed(range(len(wanted))):
        others = numel(wanted[:at] + wanted[at + 1 :])
        if others > 0 and total % others == 0 and total:
            return (*wanted[:at], total // others, *wanted[at + 1 :])
    return None


# ---- memory ----


def expanded_dim(tensor: TensorFact) -> int | None:
    """Return a dim along which all elements lie at one place."""
    for dim, (size, stride) in enumerate(zip(tensor.shape, tensor.stride or (), strict=False)):
        if size > 1 and stride == 0:
            return dim
    return None


def is_dense(tensor: TensorFact) -> bool:
    """Whether the elements fill one run of memory, each at a place of its own."""
    if tensor.stride is None or len(tensor.stride) != len(tensor.shape):
        return False
    expected = 1
    for stride, size in sorted(
        (stride, size) for stride, size in zip(tensor.stride, tensor.shape, strict=True) if size != 1
    ):
        if stride != expected:
            return False
        expected *= size
    return True


def overlap_partly(a: TensorFact, b: TensorFact) -> bool:
    """Whether two runs of memory have some places in common, and are not the very same."""
    if a.storage is None or b.storage is None or a.storage.id != b.storage.id or a.dtype != b.dtype:
        return False
    if not (is_dense(a) and is_dense(b)) or 0 in a.shape + b.shape:
        return False
    if (a.storage_offset, a.shape, a.stride) == (b.storage_offset, b.shape, b.stride):
        return False
    first, last = a.storage_offset, a.storage_offset + numel(a.shape)
    return first < b.storage_offset + numel(b.shape) and b.storage_offset < last
