"""`gather`, `index_select`, `scatter`, `one_hot` and others that take indices or masks as arguments."""

from __future__ import annotations

import math

from tensordrill.explanation.call import Argument, Call, Failed
from tensordrill.explanation.dtypes import INT, kind
from tensordrill.explanation.rules.dtypes import differ
from tensordrill.explanation.rules.elements import outside, picked
from tensordrill.explanation.rules.rule import Fix, Reason, changed, of, of_two, rule
from tensordrill.explanation.rules.sizes import differing
from tensordrill.messages import message

_BY_ELEMENT = ("gather", "scatter", "scatter_add", "scatter_reduce")
_BY_ROW = ("index_select", "index_add", "index_copy", "index_fill", "index_reduce")


@rule(
    *_BY_ELEMENT,
    *_BY_ROW,
    "take",
    "take_along_dim",
    raises="RuntimeError IndexError",
    needs=("input", "index|indices"),
)
def indices(call: Failed, x: Argument, index: Argument) -> Reason:
    """An index with wrong sizes, or with numbers out of range."""
    dim = _dim(call, x)
    return (
        (_sizes(call, x, index, dim) if call.get("index") and dim is not None else None)
        or (_rows(call, x, index, dim) if call.name in _BY_ROW and dim is not None else None)
        or (_along(call, x, index, dim) if call.name == "take_along_dim" and dim is not None else None)
        or (_source(call, x, index) if call.name in _BY_ELEMENT else None)
        or (_range(call, x, index, dim) if dim is not None else None)
        or (_taken(call, x, index) if call.name == "take" else None)
    )


def _dim(call: Call, x: Argument) -> int | None:
    dim = call.integer("dim")
    return None if dim is None or not -len(x.shape) <= dim < len(x.shape) else dim % len(x.shape)


def _sizes(call: Failed, x: Argument, index: Argument, dim: int) -> Reason:
    n = len(index.shape)
    values = {"function": call.function, "index": index.code, "shape_index": index.shape}
    if call.name in _BY_ROW:
        return message("gather-vector", n=n, **values) if n > 1 else None
    if call.name not in _BY_ELEMENT or 0 in index.shape:
        return None
    if max(len(x.shape), 1) != max(n, 1):
        lacks = index.shape == (*x.shape[:dim], *x.shape[dim + 1 :])
        return message("gather-ndim", n=n, **values, **of(x)), *changed(
            index, f"{{}}.unsqueeze({dim})"
        ) * lacks
    for at, (most, size) in enumerate(zip(x.shape, index.shape, strict=False)):
        if size > most and at != dim:
            return message("gather-size", dim=dim, at=at, m=most, n=size, **values, **of(x))
    return None


def _rows(call: Failed, x: Argument, index: Argument, dim: int) -> Reason:
    """Return that rows to be added or copied are not as many as the index, or of other sizes."""
    source = call.get("source")
    if source is None or source.tensor is None:
        return None
    if len(source.shape) != len(x.shape):
        counts = {"m": len(x.shape), "n": len(source.shape)}
        is_wrong = len(x.shape) > 1
        return (
            message("cat-ndim", function=call.function, **counts, **of_two(x, source)) if is_wrong else None
        )
    if index.shape and index.shape[0] != source.shape[dim]:
        return differing(call.function, index, source, 0, dim)
    dims = (at for at, size in enumerate(x.shape) if at != dim and size != source.shape[at])
    at = next(dims, None)
    return None if at is None else differing(call.function, x, source, at, at)


def _along(call: Failed, x: Argument, index: Argument, dim: int) -> Reason:
    """Return which dim of `take_along_dim`'s index does not broadcast, apart from the one it goes along."""
    n, values = len(index.shape), {"index": index.code, "shape_index": index.shape}
    if n != len(x.shape):
        return message("gather-ndim", function=call.function, n=n, **values, **of(x))
    for at, (m, size) in enumerate(zip(x.shape, index.shape, strict=True)):
        if at != dim and m != size and 1 not in (m, size):
            sizes = {"dim": dim, "at": at, "m": m, "n": size}
            return message("gather-along", function=call.function, **sizes, **values, **of(x))
    return None


def _source(call: Failed, x: Argument, index: Argument) -> Reason:
    source = call.get("src")
    if source is None or source.tensor is None:
        return None
    if len(source.shape) == len(index.shape) and 0 not in index.shape:
        for at, (most, size) in enumerate(zip(source.shape, index.shape, strict=True)):
            if size > most:
                shapes = {"shape_index": index.shape, "source": source.code, "shape_source": source.shape}
                sizes = {"at": at, "m": most, "n": size}
                return message("gather-source", function=call.function, index=index.code, **shapes, **sizes)
    return differ(call.function, x, source)


def _range(call: Failed, x: Argument, index: Argument, dim: int) -> Reason:
    size = x.shape[dim]
    low = -size if call.name in ("index_fill", "take_along_dim") else 0
    value = outside(index, low, size - 1)
    if value is None or not size:
        return None
    limits = {"dim": dim, "size": size, "low": low, "high": size - 1}
    return message("gather-range", function=call.function, index=index.code, value=value, **limits, **of(x))


def _taken(call: Failed, x: Argument, index: Argument) -> Reason:
    size = math.prod(x.shape)
    value = outside(index, -size, size - 1)
    if value is None or not size:
        return None
    limits = {"size": size, "low": -size, "high": size - 1}
    return message("gather-taken", function=call.function, index=index.code, value=value, **limits, **of(x))


@rule("select", raises="IndexError", needs=("input", "index:int"))
def select(call: Failed, x: Argument, index: int) -> Reason:
    """`select` with an index out of range."""
    dim = _dim(call, x)
    size = x.shape[dim] if dim is not None else 0
    if -size <= index < size or not size:
        return None
    return message("indexing-range", dim=dim, size=size, low=-size, high=size - 1, index=index, **of(x))


@rule("masked_scatter", needs=("input", "mask", "source"))
def scattered(_: Failed, x: Argument, mask: Argument, source: Argument) -> Reason:
    """`masked_scatter` from fewer elements than the mask picks."""
    count, given = picked(x, mask), math.prod(source.shape)
    if count is None or given >= count:
        return None
    values = {"mask": mask.code, "count": count, "value": source.code, "shape": source.shape, "given": given}
    return message("indexing-value-mask", **values)


@rule("repeat_interleave", needs=("input", "repeats"))
def repeated(call: Failed, x: Argument, repeats: Argument) -> Reason:
    """`repeat_interleave` with another number of counts than there are elements along the dim."""
    dim = _dim(call, x)
    if len(repeats.shape) != 1 or repeats.shape == (1,) or (dim is None and call.get("dim")):
        return None
    size, counts = math.prod(x.shape) if dim is None else x.shape[dim], {"n": repeats.shape[0]}
    if repeats.shape[0] == size:
        return None
    return message(
        "gather-repeats", function=call.function, repeats=repeats.code, size=size, **counts, **of(x)
    )


@rule("one_hot", needs=("input",))
def one_hot(call: Failed, x: Argument) -> Reason:
    """`one_hot` with too few classes."""
    classes = call.integer("num_classes", -1)
    value = outside(x, 0, classes - 1) if classes is not None and classes > 0 else None
    if classes is None or value is None:
        return None
    return message("gather-classes-few", classes=classes, high=classes - 1, x=x.code, value=value)


@rule("embedding", needs=("weight",))
def table(call: Failed, weight: Argument) -> Reason:
    """`embedding` in what is no table, as where table and indices are swapped."""
    n, x = len(weight.shape), call.get("input")
    if n == 2 and (x is None or x.tensor is None or kind(x.dtype) == INT or kind(weight.dtype) != INT):
        return None
    swapped = []
    if x is not None and x.expression and weight.expression:
        fix = message("gather-embedding-swapped", fix=f"{call.function}({weight.text}, {x.text})")
        swapped = [Fix(fix, "F.embedding({weight}, {input})")]
    if n == 2 and x is not None:
        return message("gather-embedding-dtype", x=x.code, dtype=x.dtype), *swapped
    return message("gather-embedding-table", weight=weight.code, shape=weight.shape, n=n), *swapped


@rule("embedding", "embedding_bag", raises="RuntimeError IndexError", needs=("input", "weight"))
def embedding(_: Failed, x: Argument, weight: Argument) -> Reason:
    """`embedding` of floats, or of numbers that the table has no row for."""
    if kind(x.dtype) != INT:
        return message("gather-embedding-dtype", x=x.code, dtype=x.dtype), *changed(x, "{}.long()")
    if len(weight.shape) != 2:
        return None
    size = weight.shape[0]
    value = outside(x, 0, size - 1)
    if value is None:
        return None
    return message("gather-embedding-range", size=size, high=size - 1, x=x.code, value=value)


@rule("embedding_bag", raises="ValueError", needs=("input",))
def bags(call: Failed, x: Argument) -> Reason:
    """`embedding_bag` of a vector without the offsets of its bags, or of rows with them."""
    has_offsets = (offsets := call.get("offsets")) is not None and offsets.tensor is not None
    if has_offsets == (len(x.shape) == 1):
        return None
    return message(
        "gather-offsets" if len(x.shape) == 1 else "gather-no-offsets", function=call.function, **of(x)
    )
