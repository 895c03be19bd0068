"""The merge table of `view` and `reshape`: which neighbouring dims are one walk through memory.

Two dims can merge where the outer stride is the inner size times the inner stride. A view cuts and merges
dims at will inside such runs; a new dim that reaches over the end of a run needs a copy.

>>> merge((3, 2), (1, 3), (-1,)).blocked
Pair(outer=0, inner=1, outer_stride=1, inner_size=2, inner_stride=3, can_merge=False)
"""

from __future__ import annotations

import math
from itertools import pairwise
from typing import Literal, TypeAlias

from msgspec import Struct

Shape: TypeAlias = tuple[int, ...]
Verdict: TypeAlias = Literal["view", "copy", "size", "two-unknown", "ambiguous", "negative"]
"""`copy`: `view` refuses and `reshape` copies; the others are new shapes that no tensor of this size has."""


class Pair(Struct, frozen=True):
    """Two dims that follow each other when those of size 1 are left out."""

    outer: int
    inner: int
    outer_stride: int
    inner_size: int
    inner_stride: int
    can_merge: bool


class Merge(Struct, frozen=True, tag="merge"):
    """The requirements of a view from a shape and strides to a new shape, and whether they are met."""

    shape: Shape
    stride: Shape
    target: Shape
    """The new shape; -1 is replaced where it is known what it stands for."""
    pairs: tuple[Pair, ...]
    free: tuple[int, ...]
    """The dims of size 1, whose strides do not matter."""
    verdict: Verdict
    blocked: Pair | None = None
    """The pair that would have to merge and cannot."""
    wanted: int | None = None
    """The new dim that needs it."""


def merge(shape: Shape, stride: Shape, target: Shape) -> Merge:
    """Return whether `view(target)` works on a tensor with these strides, and what is in its way."""
    long = [dim for dim, size in enumerate(shape) if size != 1]
    free = tuple(dim for dim, size in enumerate(shape) if size == 1)
    pairs = tuple(_pair(outer, inner, shape, stride) for outer, inner in pairwise(long))
    numel: int = math.prod(shape)
    resolved = resolve(target, numel)
    if isinstance(resolved, str):
        return Merge(shape, stride, target, pairs, free, resolved)
    for pair in reversed(pairs):
        over = None if pair.can_merge else _reaches_over(resolved, math.prod(shape[pair.inner :]))
        if over is not None and numel:
            return Merge(shape, stride, resolved, pairs, free, "copy", pair, over)
    return Merge(shape, stride, resolved, pairs, free, "view")


def _pair(outer: int, inner: int, shape: Shape, stride: Shape) -> Pair:
    can_merge = stride[outer] == shape[inner] * stride[inner]
    return Pair(outer, inner, stride[outer], shape[inner], stride[inner], can_merge)


def resolve(target: Shape, numel: int) -> Shape | Verdict:
    """Return the new shape with its -1 replaced, or what is wrong with it."""
    if any(size < -1 for size in target):
        return "negative"
    if target.count(-1) > 1:
        return "two-unknown"
    known = math.prod([size for size in target if size != -1])
    if -1 not in target:
        return target if known == numel else "size"
    if known == 0:
        return "size" if numel else "ambiguous"
    return tuple(numel // known if size == -1 else size for size in target) if numel % known == 0 else "size"


def _reaches_over(target: Shape, boundary: int) -> int | None:
    """Find the new dim that holds elements of both sides of a boundary, counted in elements from the right."""
    inside = 1
    for dim in range(len(target) - 1, -1, -1):
        if inside == boundary:
            return None
        if inside < boundary < inside * target[dim]:
            return dim
        inside *= target[dim]
    return None
