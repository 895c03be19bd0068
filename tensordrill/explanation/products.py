"""The shapes of matrix products: batch dims, the two contracted dims, and what 1-D operands become."""

from __future__ import annotations

from tensordrill.explanation.alignment import (
    Alignment,
    Column,
    ColumnMark,
    Named,
    Shape,
    broadcast,
    plain,
)
from tensordrill.messages import Message, message

RANKS: dict[str, tuple[int, int]] = {"mm": (2, 2), "mv": (2, 1), "dot": (1, 1), "bmm": (3, 3)}
"""Products that take operands of just so many dims."""


def matmul(left: Named, right: Named) -> Alignment:
    """Align the operands of `@`: batch dims from the right, then rows, the contracted dim, and columns."""
    (one, a), (other, b) = left, right
    if not (a and b):
        name = one if not a else other
        wrong = message("align-scalar", name=name)
        return Alignment("matmul", (one, other), _product(a, b), notes=(wrong,), is_wrong=True)
    batch = broadcast((one, a[:-2]), (other, b[:-2])).columns
    return Alignment("matmul", (one, other), (*batch, *_product(a, b)), len(batch))


def _product(a: Shape, b: Shape) -> tuple[Column, ...]:
    """Return the columns of rows, of the contracted dim and of columns; a vector has a 1 put in and taken out."""
    found = []
    if len(a) >= 2:
        found.append(Column((a[-2], None), a[-2], "free"))
    elif a:
        found.append(Column((1, None), None, "promoted"))
    inner = (a[-1] if a else None, (b[-2] if len(b) >= 2 else b[-1]) if b else None)
    mark: ColumnMark = "contract" if inner[0] == inner[1] else "clash"
    found.append(Column(inner, None, mark))
    if len(b) >= 2:
        found.append(Column((None, b[-1]), b[-1], "free"))
    elif b:
        found.append(Column((None, 1), None, "promoted"))
    return tuple(found)


def product(function: str, left: Named, right: Named, called: str = "") -> Alignment:
    """Align the operands of `mm`, `mv`, `dot` or `bmm`, which neither broadcast nor promote.

    `called` is the function that is called, where it multiplies as one of them does.
    """
    found = matmul(left, right)
    wrong = tuple(_wrong_ranks(function, called or function, left, right))
    if wrong:
        would = () if called or found.is_clash else (message("align-matmul-would"),)
        return Alignment("matmul", found.names, plain(left, right), notes=(*wrong, *would), is_wrong=True)
    if function == "bmm" and left[1][0] != right[1][0]:
        first = Column((left[1][0], right[1][0]), None, "clash")
        return _but(found, (message("align-bmm"),), (first, *found.columns[1:]))
    return _but(found, (), _bare(found.columns), is_wrong=False)


def _wrong_ranks(function: str, called: str, left: Named, right: Named) -> list[Message]:
    wanted = RANKS[function]
    return [
        message("align-rank", name=name, have=len(shape), function=called, want=want)
        for (name, shape), want in zip((left, right), wanted, strict=True)
        if len(shape) != want
    ]


def _bare(columns: tuple[Column, ...]) -> tuple[Column, ...]:
    return tuple(column for column in columns if column.mark != "promoted")


def _but(
    found: Alignment,
    notes: tuple[Message, ...],
    columns: tuple[Column, ...] | None = None,
    *,
    is_wrong: bool = True,
) -> Alignment:
    shown = found.columns if columns is None else columns
    return Alignment(found.kind, found.names, shown, found.batch, (*found.notes, *notes), is_wrong)


def linear(left: Named, weight: Named) -> Alignment:
    """Align an input with a layer's weight of shape (out, in), which is transposed before it is multiplied."""
    name, shape = weight
    if not left[1] or len(shape) != 2:
        return matmul(left, weight)
    return matmul(left, (f"{name}.mT", shape[::-1]))


def addmm(bias: Named, left: Named, right: Named) -> Alignment:
    """Align the operands of `addmm`: a product of two matrices, and a tensor that stretches to it."""
    found = product("mm", left, right, "addmm")
    name, shape = bias
    if found.is_clash or found.result is None:
        return found
    fits = len(shape) <= 2 and all(
        size in (1, wanted) for size, wanted in zip(shape[::-1], found.result[::-1], strict=False)
    )
    if fits:
        return found
    wrong = message("align-addmm", name=name, have=str(shape), want=str(found.result))
    return _but(found, (wrong,))
