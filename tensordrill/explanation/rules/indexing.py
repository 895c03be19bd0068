"""`x[…]` and `x[…] = …`: indices that are out of range, of no use, or too many, and values that do not fit."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import combinations

from msgspec.structs import replace

from tensordrill.explanation.call import Argument, Failed
from tensordrill.explanation.dtypes import BOOL, INT, kind
from tensordrill.explanation.index_layout import Index, bounds, indexed, layout, placed
from tensordrill.explanation.rules.elements import first, outside, picked
from tensordrill.explanation.rules.memory import on_expanded, overlap_partly
from tensordrill.explanation.rules.rule import Fix, Reason, changed, of, rule
from tensordrill.explanation.shapes import broadcast, fits
from tensordrill.messages import message
from tensordrill.sandbox.trace import TensorFact
from tensordrill.sandbox.values import Float


@rule("item", "set item", raises="IndexError RuntimeError TypeError ValueError", needs=("self",))
def index_types(call: Failed, x: Argument) -> Reason:
    """An index that can't be one."""
    for index in call.rest:
        if index.type in ("float", "str", "complex"):
            return message("indexing-type", index=index.code, type=index.type)
        bound = next((each for each in index.bounds or () if isinstance(each, Float)), None)
        if bound is not None:
            return message("indexing-slice", index=index.code, value=bound.v)
        if index.tensor is not None and kind(index.dtype) not in (BOOL, INT, None):
            cast = "{}.bool()" if _is_mask(index, x) else "{}.long()"
            return message("indexing-dtype", index=index.code, dtype=index.dtype), *changed(index, cast)
    return None


def _is_mask(index: Argument, x: Argument) -> bool:
    """Whether an index has a 0 or 1 for each element of the first dims."""
    shape = index.shape
    is_binary = first(index, lambda each: each not in (0, 1)) is None
    return bool(shape) and x.shape[: len(shape)] == shape and index.fact.values is not None and is_binary


@rule("item", "set item", raises="IndexError RuntimeError ValueError", needs=("self",))
def index_range(call: Failed, x: Argument) -> Reason:
    """Indices that are too many, out of range, or that do not go together."""
    n, indices = len(x.shape), placed(call.rest, len(x.shape))
    if indices is None:
        return None
    count = sum(index.takes for index in indices)
    if count > n and not call.is_a("IndexError"):
        return None
    if count > n and not n:
        return message("indexing-flat", x=x.code, x_=x.dotted)
    if count > n:
        return message("indexing-many", n=n, count=count, **of(x))
    for index in indices:
        if reason := _out_of_range(call, index, x):
            return reason
    return _apart(indices)


def _out_of_range(call: Failed, index: Index, x: Argument) -> Reason:
    if index.kind == "slice":
        return _step(call, index, x) if call.is_a("ValueError") else None
    if index.kind == "mask":
        return _mask(call, index, x) if call.is_a("IndexError") else None
    if not index.takes or not call.is_a("IndexError", *["RuntimeError"] * (index.kind == "tensor")):
        return None
    size, argument = x.shape[index.dim], index.argument
    limits = {"dim": index.dim, "size": size, "low": -size, "high": size - 1}
    if index.kind == "int":
        at = argument.integer
        if size and at is not None and not -size <= at < size:
            return message("indexing-range", index=at, **limits, **of(x))
        wrong = at if not size else None
    elif index.kind == "tensor":
        wrong = outside(argument, -size, size - 1)
    else:
        wrong = next((at for at in index.numbers if size and not -size <= at < size), None)
    if wrong is None:
        return None
    if not size:
        return message("indexing-range-empty", dim=index.dim, **of(x))
    return message("indexing-range-tensor", index=argument.code, value=wrong, **limits, **of(x))


def _step(call: Failed, index: Index, x: Argument) -> Reason:
    cut = bounds(index.argument)
    if cut is None or cut[2] is None or cut[2] > 0:
        return None
    is_flip = cut == (None, None, -1) and call.failure.call.node == "index"
    fix = message("indexing-flip", fix=f"{x.dotted}.flip({index.dim})")
    flip = [Fix(fix, f"{{self}}.flip({index.dim})")] * is_flip
    return message("indexing-step", step=cut[2]), *flip


def _mask(call: Failed, index: Index, x: Argument) -> Reason:
    for at, (m, n) in enumerate(zip(index.shape, x.shape[index.dim :], strict=False)):
        if m != n:
            values = {"mask": index.argument.code, "shape_mask": index.shape, "at": at, "m": m, "n": n}
            return message("indexing-mask", dim=index.dim + at, **values, **of(x)), *_later(call, index, x)
    return None


def _later(call: Failed, mask: Index, x: Argument) -> Sequence[Fix]:
    """Return for which other dim a mask of one dim would do."""
    if len(call.rest) != 1 or len(mask.shape) != 1 or x.shape.count(mask.shape[0]) != 1:
        return ()
    dim = x.shape.index(mask.shape[0])
    fix = f"{x.dotted}[{':, ' * dim}{mask.argument.text}]"
    later = message("indexing-mask-later", fix=fix, dim=dim)
    return (Fix(later, f"(slice(None),) * {dim} + ({{}},)", mask.argument),)


def _apart(indices: Sequence[Index]) -> Reason:
    """Return which two index tensors do not broadcast."""
    for a, b in combinations([index for index in indices if index.kind in ("tensor", "list")], 2):
        if broadcast(a.shape, b.shape).is_clash:
            shapes = {"shape_a": a.shape, "shape_b": b.shape}
            return message("indexing-together", a=a.argument.code, b=b.argument.code, **shapes)
    return None


# ---- assignment ----

_ASSIGNED = ("item", "set item")


@rule(*_ASSIGNED, raises="TypeError", needs=("self", "value:any"))
def value_type(_: Failed, __: Argument, value: Argument) -> Reason:
    """A value that is neither a number nor a tensor."""
    if value.type not in ("list", "tuple", "str", "dict"):
        return None
    return message("indexing-value-type", value=value.code, type=value.type), *changed(
        value, "torch.tensor({})"
    )


@rule(*_ASSIGNED, raises="RuntimeError IndexError ValueError", needs=("self", "value"))
def value_fits(call: Failed, x: Argument, value: Argument) -> Reason:
    """A tensor that can't be assigned."""
    indices = placed(call.rest, len(x.shape))
    if indices is None:
        return None
    place = f"{x.text}[{', '.join(index.text for index in call.rest)}]"
    shape, wanted = value.shape, indexed(x.shape, indices)
    while shape and shape[0] == 1:
        shape = shape[1:]
    if wanted is not None and not fits(shape, wanted):
        return message("indexing-value", place=place, wanted=wanted, value=value.code, shape=value.shape)
    if reason := _masked(indices, x, value):
        return reason
    if wanted is not None and any(index.kind in ("tensor", "list") for index in indices):
        if value.dtype == x.dtype:
            return None
        dtypes = {"dtype_x": x.dtype, "dtype": value.dtype}
        differ = message("indexing-value-dtype", x=x.code, value=value.code, **dtypes)
        return differ, *changed(value, f"{{}}.to(torch.{x.dtype})")
    return _overlapping(indices, x, value, place)


def _masked(indices: Sequence[Index], x: Argument, value: Argument) -> Reason:
    mask = indices[0].argument if len(indices) == 1 and indices[0].kind == "mask" else None
    count, given = picked(x, mask) if mask is not None else None, math.prod(value.shape)
    if mask is not None and mask.shape != x.shape:
        return _rows(x, mask, value)
    if mask is None or count is None or given in (1, count):
        return None
    values = {"mask": mask.code, "count": count, "value": value.code, "shape": value.shape, "given": given}
    return message("indexing-value-mask", **values)


def _rows(x: Argument, mask: Argument, value: Argument) -> Reason:
    """Return that a mask of the first dims picks another number of rows than are assigned."""
    count = picked(mask, mask)
    wanted = None if count is None else (count, *x.shape[len(mask.shape) :])
    if wanted is None or fits(value.shape, wanted):
        return None
    values = {"mask": mask.code, "count": count, "wanted": wanted, "value": value.code, "shape": value.shape}
    return message("indexing-value-rows", **values)


def _overlapping(indices: Sequence[Index], x: Argument, value: Argument, place: str) -> Reason:
    view = _view(indices, x)
    if view is None or not overlap_partly(view, value.fact):
        return None
    return message("indexing-overlap", place=place, value=value.code), *changed(value, "{}.clone()")


def _view(indices: Sequence[Index] | None, x: Argument) -> TensorFact | None:
    """Return what is written to, where that is a view."""
    stride, offset = x.fact.stride, x.fact.storage_offset
    view = layout(x.shape, stride, indices, offset) if stride is not None and indices is not None else None
    if view is None or view.picking:
        return None
    shape, strides = (tuple(dim[part] for dim in view.dims) for part in (0, 1))
    return replace(x.fact, shape=shape, stride=strides, storage_offset=view.offset, values=None)


@rule(*_ASSIGNED, needs=("self", "value:any"))
def into_expanded(call: Failed, x: Argument, _: Argument) -> Reason:
    """A value that is written to where several elements lie at one place."""
    return on_expanded(x) if _view(placed(call.rest, len(x.shape)), x) is not None else None


@rule("index_put", raises="RuntimeError IndexError ValueError", needs=("input", "indices:any", "values"))
def put(call: Failed, x: Argument, indices: Argument, value: Argument) -> Reason:
    """`index_put`, which is `x[…] = …` as a function."""
    assignment = replace(call, arguments={"self": x, "value": value}, rest=indices.items)
    reasons = (each(assignment) for each in (index_types, index_range, value_fits))
    return next(filter(None, reasons), None)
