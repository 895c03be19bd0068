"""The alignment of shapes: columns of sizes, and what becomes of each column.

>>> broadcast(("a", (2, 3, 4)), ("b", (3, 1))).result
(2, 3, 4)
>>> matmul(("a", (5, 2, 3)), ("b", (3, 4))).columns[2]
Column(sizes=(3, 3), result=None, mark="contract")
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, TypeAlias

from msgspec import Struct

from tensordrill.explanation.grid import tuple_text
from tensordrill.messages import Message, message

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
"""What becomes of a dim: `added` is one that an operand lacks, `promoted` a 1 that is put in and taken out again."""
Kind: TypeAlias = Literal["broadcast", "expand", "matmul", "reduce", "cat", "stack"]
Shape: TypeAlias = tuple[int, ...]
Named: TypeAlias = tuple[str, Shape]


class Column(Struct, frozen=True):
    """One dim: its size in each operand, None where that has none, and in the result."""

    sizes: tuple[int | None, ...]
    result: int | None
    mark: ColumnMark


class Alignment(Struct, frozen=True, tag="alignment"):
    """Operands above each other; the first `batch` columns of a product are batch dims."""

    kind: Kind
    names: tuple[str, ...]
    columns: tuple[Column, ...]
    batch: int = 0
    notes: tuple[Message, ...] = ()
    is_wrong: bool = False
    """The operands do not fit for another reason than a column's, which the notes tell."""

    @property
    def is_clash(self) -> bool:
        """Whether these shapes do not go together."""
        return self.is_wrong or any(column.mark == "clash" for column in self.columns)

    @property
    def result(self) -> Shape | None:
        """Return the result's shape, None where the shapes clash."""
        if self.is_clash:
            return None
        return tuple(column.result for column in self.columns if column.result is not None)


def broadcast(*operands: Named) -> Alignment:
    """Align the operands of an elementwise operation from the right."""
    names, shapes = _split(operands)
    return Alignment("broadcast", names, _aligned(shapes))


def in_place(own: Named, *others: Named) -> Alignment:
    """Align what is written into a tensor with it: the others may stretch, the tensor itself can't."""
    names, shapes = _split((own, *others))
    columns = tuple(
        column if column.result == column.sizes[0] else Column(column.sizes, None, "clash")
        for column in _aligned(shapes)
    )
    is_own = any(
        column.mark == "clash" and fitting.mark != "clash"
        for column, fitting in zip(columns, _aligned(shapes), strict=True)
    )
    return Alignment(
        "broadcast", names, columns, notes=(message("align-in-place", name=own[0]),) if is_own else ()
    )


def _split(operands: Sequence[Named]) -> tuple[tuple[str, ...], list[Shape]]:
    return tuple(name for name, _ in operands), [shape for _, shape in operands]


def _aligned(shapes: Sequence[Shape]) -> tuple[Column, ...]:
    dims = max(map(len, shapes), default=0)
    padded = [(None,) * (dims - len(shape)) + shape for shape in shapes]
    return tuple(_met(sizes) for sizes in zip(*padded, strict=True))


def _met(sizes: tuple[int | None, ...]) -> Column:
    there = [size for size in sizes if size is not None]
    wide = {size for size in there if size != 1}
    if len(wide) > 1:
        return Column(sizes, None, "clash")
    result = wide.pop() if wide else 1
    if any(size != result for size in there):
        return Column(sizes, result, "stretch")
    return Column(sizes, result, "match" if len(there) == len(sizes) else "added")


def expand(operand: Named, target: Shape) -> Alignment:
    """Align a tensor with the shape that it is expanded to; -1 keeps a size."""
    name, shape = operand
    if len(target) < len(shape):
        columns = tuple(Column((size,), size, "stays") for size in shape)
        wrong = message("align-expand-dims", name=name, have=len(shape), want=len(target))
        return Alignment("expand", (name,), columns, notes=(wrong,), is_wrong=True)
    padded = (None,) * (len(target) - len(shape)) + shape
    return Alignment("expand", (name,), tuple(map(_expanded, padded, target)))


def _expanded(size: int | None, wanted: int) -> Column:
    if size is None:
        return Column((None,), wanted, "added" if wanted >= 0 else "clash")
    if wanted in (-1, size):
        return Column((size,), size, "match")
    return Column((size,), wanted, "stretch" if size == 1 and wanted >= 0 else "clash")


def reduce(operand: Named, dims: Sequence[int] | None, *, keepdim: bool = False) -> Alignment:
    """Return which dims a reduction removes; None and no dims stand for all."""
    name, shape = operand
    chosen = _dims(dims or range(len(shape)), len(shape))
    if chosen is None:
        columns = tuple(Column((size,), size, "stays") for size in shape)
        wrong = message("align-no-dim", dims=tuple_text(tuple(dims or ())), name=name, have=len(shape))
        return Alignment("reduce", (name,), columns, notes=(wrong,), is_wrong=True)
    columns = tuple(
        Column((size,), size, "stays")
        if dim not in chosen
        else Column((size,), 1 if keepdim else None, "kept" if keepdim else "gone")
        for dim, size in enumerate(shape)
    )
    return Alignment("reduce", (name,), columns)


def _dims(dims: Sequence[int], count: int) -> set[int] | None:
    """Count dims from the front; None where one is out of range or named twice."""
    room = max(count, 1)
    if any(not -room <= dim < room for dim in dims):
        return None
    found = {dim % room for dim in dims}
    return found if len(found) == len(dims) else None


def cat(operands: Sequence[Named], dim: int) -> Alignment:
    """Put tensors behind each other along a dim; the other dims have to match.

    As torch does, vectors without elements are let through whatever the others' dims are; among
    themselves, whatever the dim is.
    """
    if all(shape == (0,) for _, shape in operands):
        dim = 0
    names, shapes = _split([each for each in operands if each[1] != (0,)] or operands)
    counts = {len(shape) for shape in shapes}
    chosen = _dims([dim], len(shapes[0])) if len(counts) == 1 and counts != {0} else None
    if chosen is None:
        wrong = message("align-cat-dims", dim=dim)
        return Alignment("cat", names, _plain(shapes), notes=(wrong,), is_wrong=True)
    columns = [_same(sizes) for sizes in zip(*shapes, strict=True)]
    (at,) = chosen
    sizes = columns[at].sizes
    columns[at] = Column(sizes, sum(size or 0 for size in sizes), "joined")
    return Alignment("cat", names, tuple(columns))


def stack(operands: Sequence[Named], dim: int) -> Alignment:
    """Put tensors of one shape side by side along a new dim."""
    names, shapes = _split(operands)
    room = len(shapes[0]) + 1
    if len({len(shape) for shape in shapes}) > 1 or not -room <= dim < room:
        wrong = message("align-stack-dims", dim=dim)
        return Alignment("stack", names, _plain(shapes), notes=(wrong,), is_wrong=True)
    columns = [_same(sizes) for sizes in zip(*shapes, strict=True)]
    columns.insert(dim % room, Column((None,) * len(shapes), len(shapes), "new"))
    return Alignment("stack", names, tuple(columns))


def _same(sizes: tuple[int, ...]) -> Column:
    return Column(sizes, sizes[0], "match" if len(set(sizes)) == 1 else "clash")


def plain(*operands: Named) -> tuple[Column, ...]:
    """Return the columns of shapes that do not meet: sizes from the right, and nothing said of them."""
    return _plain([shape for _, shape in operands])


def _plain(shapes: Sequence[Shape]) -> tuple[Column, ...]:
    dims = max(map(len, shapes), default=0)
    padded = [(None,) * (dims - len(shape)) + shape for shape in shapes]
    return tuple(Column(sizes, None, "free") for sizes in zip(*padded, strict=True))
