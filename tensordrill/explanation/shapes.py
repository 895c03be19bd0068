"""The algebra of shapes, as torch has it: what shapes give together, and where they clash.

Each function takes shapes (and strides) alone. Rules explain its result, and drawings show it.

>>> broadcast((2, 3, 4), (3, 1)).result
(2, 3, 4)
>>> broadcast((2, 3), (4,)).clash
(1, 0)
>>> merge((3, 2), (1, 3), (-1,)).blocked
Pair(outer=0, inner=1, outer_stride=1, inner_size=2, inner_stride=3, can_merge=False)
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Literal, TypeAlias

from msgspec import Struct

Shape: TypeAlias = tuple[int, ...]
ColumnMark: TypeAlias = Literal[
    "match",
    "stretch",
    "added",
    "clash",
    "contract",
    "free",
    "promoted",
    "gone",
    "kept",
    "stays",
    "joined",
    "new",
]
"""The fate of a dim: `added` is one that an operand lacks, `promoted` a 1 that is put in and taken out again."""


class Column(Struct, frozen=True):
    """One dim: its size in each shape, None where that has none, and in the result."""

    sizes: tuple[int | None, ...]
    result: int | None
    mark: ColumnMark


def places(columns: Sequence[Column], count: int) -> Iterator[tuple[Column, tuple[int | None, ...]]]:
    """Yield each column with the dim that stands in it, of each of `count` shapes; None where it has none there."""
    counters = [itertools.count() for _ in range(count)]
    for column in columns:
        is_there = (size is not None and column.mark != "promoted" for size in column.sizes)
        yield column, tuple(next(counters[at]) if there else None for at, there in enumerate(is_there))


class Misfit(Struct, frozen=True):
    """A misfit beyond the sizes in a column: the shape `operand` has `have` where `want` is needed.

    What is added to a product is its third operand.
    """

    kind: Literal["grows", "few-dims", "no-dim", "cat-dims", "stack-dims", "scalar", "rank", "batch", "added"]
    operand: int = 0
    have: int | Shape = 0
    want: int | Shape = 0


class Aligned(Struct, frozen=True):
    """Shapes above each other, dim by dim; the first `batch` columns of a product are batch dims."""

    columns: tuple[Column, ...]
    batch: int = 0
    misfits: tuple[Misfit, ...] = ()

    @property
    def is_clash(self) -> bool:
        """Whether these shapes do not go together."""
        return bool(self.misfits) or any(column.mark == "clash" for column in self.columns)

    @property
    def result(self) -> Shape | None:
        """The result's shape, None where the shapes clash."""
        return None if self.is_clash else self.sizes

    @property
    def sizes(self) -> Shape:
        """The sizes that are known of the result."""
        return tuple(column.result for column in self.columns if column.result is not None)

    @property
    def clash(self) -> tuple[int, ...] | None:
        """The last dims, one of each shape, that clash."""
        at = next((at for at, each in reversed([*enumerate(self.columns)]) if each.mark == "clash"), None)
        if at is None:
            return None
        before = [column.sizes for column in self.columns[:at]]
        return tuple(sum(size is not None for size in sizes) for sizes in zip(*before, strict=True)) or (
            (0,) * len(self.columns[at].sizes)
        )


# ---- broadcasting ----


def broadcast(*shapes: Shape) -> Aligned:
    """Align the operands of an elementwise operation from the right."""
    return Aligned(tuple(map(_met, _from_the_right(shapes))))


def _from_the_right(shapes: Sequence[Shape]) -> list[tuple[int | None, ...]]:
    dims = max(map(len, shapes), default=0)
    return list(zip(*((None,) * (dims - len(shape)) + shape for shape in shapes), strict=True))


def _met(sizes: tuple[int | None, ...]) -> Column:
    there = [size for size in sizes if size is not None]
    wide = {size for size in there if size != 1}
    if len(wide) > 1:
        return Column(sizes, None, "clash")
    result = wide.pop() if wide else 1
    if any(size != result for size in there):
        return Column(sizes, result, "stretch")
    return Column(sizes, result, "match" if len(there) == len(sizes) else "added")


def fits(shape: Shape, wanted: Shape) -> bool:
    """Whether a shape broadcasts to another, which stays as it is."""
    return broadcast(shape, wanted).result == wanted


def in_place(own: Shape, *others: Shape) -> Aligned:
    """Align what is written into a tensor with it: the others may stretch, the tensor itself can't."""
    met = broadcast(own, *others).columns
    columns = tuple(
        column if column.result == column.sizes[0] else Column(column.sizes, None, "clash") for column in met
    )
    grows = any(column.result not in (None, column.sizes[0]) for column in met)
    return Aligned(columns, misfits=(Misfit("grows"),) if grows else ())


def unsqueezed(small: Shape, large: Shape) -> int | None:
    """Return the dim to put a 1 at, so that `small` broadcasts to `large`; None where none does."""
    dims = range(len(small), 0, -1)
    return next((dim for dim in dims if fits((*small[:dim], 1, *small[dim:]), large)), None)


def expand(shape: Shape, target: Shape) -> Aligned:
    """Align a shape with the one that it is expanded to; -1 keeps a size."""
    if len(target) < len(shape):
        return Aligned(_staying(shape), misfits=(Misfit("few-dims", 0, len(shape), len(target)),))
    padded = (None,) * (len(target) - len(shape)) + shape
    return Aligned(tuple(map(_expanded, padded, target)))


def _expanded(size: int | None, wanted: int) -> Column:
    if size is None:
        return Column((None,), wanted, "added" if wanted >= 0 else "clash")
    if wanted in (-1, size):
        return Column((size,), size, "match")
    return Column((size,), wanted, "stretch" if size == 1 and wanted >= 0 else "clash")


# ---- reductions, and tensors that are put together ----


def reduce(shape: Shape, dims: Sequence[int] | None, *, keepdim: bool = False) -> Aligned:
    """Return which dims a reduction removes; None and no dims stand for all."""
    chosen = from_front(dims or range(len(shape)), len(shape))
    if chosen is None or len(set(chosen)) < len(chosen):
        return Aligned(_staying(shape), misfits=(Misfit("no-dim", 0, len(shape), tuple(dims or ())),))
    result, mark = _KEPT if keepdim else _GONE
    return Aligned(
        tuple(
            Column((size,), result, mark) if dim in chosen else Column((size,), size, "stays")
            for dim, size in enumerate(shape)
        )
    )


_KEPT: tuple[int | None, ColumnMark] = (1, "kept")
_GONE: tuple[int | None, ColumnMark] = (None, "gone")


def from_front(dims: Sequence[int], count: int) -> list[int] | None:
    """Count dims from the front; None where one is out of range. A 0-d tensor is taken as if it had one."""
    room = max(count, 1)
    return [dim % room for dim in dims] if all(-room <= dim < room for dim in dims) else None


def _staying(shape: Shape) -> tuple[Column, ...]:
    return tuple(Column((size,), size, "stays") for size in shape)


def cat(shapes: Sequence[Shape], dim: int) -> Aligned:
    """Put tensors behind each other along a dim; the other dims have to match.

    As torch does, vectors without elements fit whatever the others' dims are; among themselves, whatever the
    dim is. Their rows are left out where others are there.
    """
    if all(shape == (0,) for shape in shapes):
        dim = 0
    shapes = [shape for shape in shapes if shape != (0,)] or shapes
    counts = {len(shape) for shape in shapes}
    at = from_front([dim], len(shapes[0])) if len(counts) == 1 and counts != {0} else None
    if at is None:
        return Aligned(_loose(shapes), misfits=(Misfit("cat-dims", want=dim),))
    columns = list(map(_same, zip(*shapes, strict=True)))
    sizes = columns[at[0]].sizes
    columns[at[0]] = Column(sizes, sum(size or 0 for size in sizes), "joined")
    return Aligned(tuple(columns))


def stack(shapes: Sequence[Shape], dim: int) -> Aligned:
    """Put tensors of one shape side by side along a new dim."""
    at = from_front([dim], len(shapes[0]) + 1)
    if len({len(shape) for shape in shapes}) > 1 or at is None:
        return Aligned(_loose(shapes), misfits=(Misfit("stack-dims", want=dim),))
    columns = list(map(_same, zip(*shapes, strict=True)))
    columns.insert(at[0], Column((None,) * len(shapes), len(shapes), "new"))
    return Aligned(tuple(columns))


def _same(sizes: tuple[int, ...]) -> Column:
    return Column(sizes, sizes[0], "match" if len(set(sizes)) == 1 else "clash")


def _loose(shapes: Sequence[Shape]) -> tuple[Column, ...]:
    """Return the columns of shapes that do not meet."""
    return tuple(Column(sizes, None, "free") for sizes in _from_the_right(shapes))


# ---- products ----

RANKS: dict[str, tuple[int, int]] = {
    "mm": (2, 2), "addmm": (2, 2), "mv": (2, 1), "addmv": (2, 1), "bmm": (3, 3), "baddbmm": (3, 3),
    "addbmm": (3, 3), "dot": (1, 1), "vdot": (1, 1), "outer": (1, 1), "ger": (1, 1), "addr": (1, 1),
}  # fmt: skip
"""Products that take factors of just so many dims."""


def matmul(a: Shape, b: Shape) -> Aligned:
    """Align the operands of `@`: batch dims from the right, then rows, the contracted dim, and columns."""
    if not (a and b):
        return Aligned(_rows_and_columns(a, b), misfits=(Misfit("scalar", int(bool(a))),))
    batch = broadcast(a[:-2], b[:-2]).columns
    return Aligned((*batch, *_rows_and_columns(a, b)), len(batch))


def _rows_and_columns(a: Shape, b: Shape) -> tuple[Column, ...]:
    """Return the columns of rows, of the contracted dim and of columns; a vector has a 1 put in and taken out."""
    columns = []
    if a:
        columns.append(
            Column((a[-2], None), a[-2], "free") if len(a) > 1 else Column((1, None), None, "promoted")
        )
    inner = (a[-1] if a else None, b[-2:][0] if b else None)
    columns.append(Column(inner, None, "contract" if inner[0] == inner[1] else "clash"))
    if b:
        columns.append(
            Column((None, b[-1]), b[-1], "free") if len(b) > 1 else Column((None, 1), None, "promoted")
        )
    return tuple(columns)


def product(function: str, a: Shape, b: Shape) -> Aligned:
    """Align the factors of a function of RANKS, which neither broadcasts nor promotes."""
    misfits = tuple(
        Misfit("rank", at, len(shape), want)
        for at, (shape, want) in enumerate(zip((a, b), RANKS[function], strict=True))
        if len(shape) != want
    )
    if misfits:
        return Aligned(_loose((a, b)), misfits=misfits)
    whole = matmul(a, b)
    if len(a) == 3 and a[0] != b[0]:
        first = Column((a[0], b[0]), None, "clash")
        return Aligned((first, *whole.columns[1:]), whole.batch, (Misfit("batch"),))
    return Aligned(tuple(each for each in whole.columns if each.mark != "promoted"), whole.batch)


def addmm(added: Shape, a: Shape, b: Shape) -> Aligned:
    """Align the factors of `addmm`, whose product another tensor is stretched to."""
    whole = product("addmm", a, b)
    if whole.result is None or fits(added, whole.result):
        return whole
    return Aligned(whole.columns, whole.batch, (Misfit("added", 2, added, whole.result),))


# ---- views ----

Verdict: TypeAlias = Literal["view", "copy", "size", "two-unknown", "ambiguous", "negative"]
"""`copy`: `view` refuses and `reshape` copies; those after it are new shapes that no tensor of this size has."""


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
    """Return whether `view(target)` works on a tensor with these strides, and what is in its way.

    Two dims can merge where the outer stride is the inner size times the inner stride. A view cuts and merges
    dims at will inside such runs; a new dim that reaches over the end of a run needs a copy.
    """
    long = [dim for dim, size in enumerate(shape) if size != 1]
    free = tuple(dim for dim, size in enumerate(shape) if size == 1)
    pairs = tuple(
        Pair(
            outer,
            inner,
            stride[outer],
            shape[inner],
            stride[inner],
            stride[outer] == shape[inner] * stride[inner],
        )
        for outer, inner in pairwise(long)
    )
    numel: int = math.prod(shape)
    resolved = resolve(target, numel)
    if isinstance(resolved, str):
        return Merge(shape, stride, target, pairs, free, resolved)
    for pair in reversed(pairs):
        over = None if pair.can_merge else _reaches_over(resolved, math.prod(shape[pair.inner :]))
        if over is not None and numel:
            return Merge(shape, stride, resolved, pairs, free, "copy", pair, over)
    return Merge(shape, stride, resolved, pairs, free, "view")


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


def fitting(shape: Shape, target: Shape) -> Shape | None:
    """Return `target` with one size replaced, so that it has the elements of `shape`; None where none does.

    What keeps the first size, the batch, comes before what doesn't, and the last size is the first to be replaced.
    Of a target with a -1, which no number fits, the -1 takes the place of all but the first size.
    """
    total = math.prod(shape)
    sizes = [(*target[:at], -1, *target[at + 1 :]) for at in reversed(range(len(target)))]
    if -1 in target:
        sizes = [(target[0], -1)] if target[:1] == shape[:1] else []
    shapes = [each for size in sizes if 0 not in shape and not isinstance(each := resolve(size, total), str)]
    return min(shapes, key=lambda each: each[:1] != shape[:1], default=None)
