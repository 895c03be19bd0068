"""Dims out of range, of the wrong type, or in an invalid order."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

from tensordrill.explanation.call import Argument, Call, Failed, sequence
from tensordrill.explanation.rules.rule import FIRST, LAST, Reason, of, rule
from tensordrill.explanation.shapes import Shape, from_front
from tensordrill.explanation.signatures import SIGNATURES
from tensordrill.messages import message

_NEW = frozenset(("unsqueeze", "stack", "diag_embed"))
RANGE = re.compile(
    r"Dimension out of range \(expected to be in range of \[(-\d+), (\d+)\], but got (-?\d+)\)\Z"
)
"""torch's words on a dim that is out of range, by which rules that know no more check themselves."""
_NAMES = ("dim", "dim0", "dim1", "dim2", "start_dim", "end_dim", "dims", "source", "destination", "dimension")
_DEFAULTS = {
    "normalize": {"dim": 1}, "cosine_similarity": {"dim": 1}, "glu": {"dim": -1},
    "diagonal": {"dim1": 0, "dim2": 1},
}  # fmt: skip
_NEEDS_DIMS = frozenset("select narrow unbind chunk split tensor_split size stride".split())
"""Functions that take no dim of a 0-d tensor, not even 0."""
_ONE = frozenset(
    "softmax log_softmax cumsum cumprod cummax cummin argmax argmin sort argsort median max min".split()
)
_MANY = frozenset(("permute", "flip"))
_REDUCTIONS = "sum mean nanmean std var prod min max amin amax argmin argmax median squeeze".split()
_EACH_ONCE = frozenset(
    "permute flip sum mean squeeze amax amin logsumexp std var rot90 gradient empty_permuted".split()
)


@rule(FIRST, raises="IndexError RuntimeError", needs=("input",))
def without_dims(call: Failed, x: Argument) -> Reason:
    """A function that goes along a dim, of a tensor without any."""
    if call.name not in _NEEDS_DIMS or x.shape:
        return None
    return message("dims-none", x=x.code, function=call.function)


@rule(FIRST, raises="IndexError RuntimeError")
def out_of_range(call: Failed) -> Reason:
    """A dim outside of the range that the tensor has."""
    if not call.is_a("IndexError") and call.name != "narrow":  # `narrow_copy` raises RuntimeError
        return None
    x = call.get("tensors") or call.get("input") or call.get("x1")
    x = x.items[0] if x is not None and x.items else x
    if x is None or x.tensor is None or call.name not in SIGNATURES:
        return None
    is_new = call.name in _NEW
    ndim = len(x.shape) + is_new
    dim = next((dim for dim in _dims(call) if from_front([dim], ndim) is None), None)
    if dim is None:
        return None
    stated = RANGE.match(call.raised.message)
    if stated is not None and (int(stated[1]), int(stated[3])) != (-max(ndim, 1), dim):
        return None
    function, high = call.function, max(ndim, 1) - 1
    if ndim == 0:
        return message("dims-range-flat", function=function, x=x.code, dim=dim)
    values = {"function": function, "low": -ndim, "high": high, "dim": dim, **of(x)}
    outside = message("dims-range-new" if is_new else "dims-range", **values)
    last = message("dims-last-new" if is_new else "dims-last", last=high)
    return (outside, last) if dim == ndim else outside


def _dims(call: Call) -> list[int]:
    names = [name for name in _NAMES if name in call.arguments]
    dims = [dim for name in names for dim in call.integers(name) or ()]
    if call.name in _MANY:
        dims += call.integers("*dims") or ()
    defaults = _DEFAULTS.get(call.name, {})
    return dims + [dim for name, dim in defaults.items() if name not in call.arguments]


@rule(LAST, raises="TypeError", needs=("input", "dim:any"))
def wrong_type(call: Failed, _: Argument, dim: Argument) -> Reason:
    """A dim that is no integer."""
    value = {"value": dim.code, "type": dim.type}
    if call.name == "unsqueeze" and sequence(dim.value) is not None:
        return message("dims-one-at-a-time", **value)
    if call.name in _ONE and sequence(dim.value) is not None:
        return message("dims-one", function=call.function, **value)
    return message("dims-type", function=call.function, **value) if dim.type in ("float", "str") else None


@rule("permute", "flip", needs=("input", "*dims:ints"))
def order(call: Failed, x: Argument, dims: Shape) -> Reason:
    """`permute` and others with too few, too many or repeated dims."""
    n = len(x.shape)
    if call.name == "permute" and len(dims) != n:
        return message("dims-order-count", n=n, count=len(dims), dims=dims, **of(x))
    placed = from_front(dims, n) if n else []
    repeated = next((dim for dim in placed or () if (placed or []).count(dim) > 1), None)
    if repeated is None or call.name not in _EACH_ONCE:
        return None
    return message("dims-order-repeated", function=call.function, dims=dims, dim=repeated)


@rule(*_REDUCTIONS, "gradient", "rot90", needs=("input", "dim|dims:ints"))
def named_twice(call: Failed, x: Argument, dims: Shape) -> Reason:
    """A function that goes along dims of which one is named twice."""
    return order.explain(call, x, dims)


@rule("transpose", raises="TypeError", needs=("input",))
def transpose_count(call: Failed, _: Argument) -> Reason:
    """`transpose` with all dims, as numpy's takes them."""
    dims = [*filter(None, map(call.get, ("dim0", "dim1"))), *call.rest]
    pieces: Sequence[object] | None = sequence(dims[0].value) if len(dims) == 1 else None
    count = len(dims if pieces is None else pieces)
    return message("dims-transpose-count", count=count) if count != 2 else None


@rule("flatten", needs=("input", "start_dim:int=0", "end_dim:int=-1"))
def flatten_order(_: Failed, x: Argument, start: int, end: int) -> Reason:
    """`flatten` whose start comes after its end."""
    if not x.shape:
        return None
    first, last = start % len(x.shape), end % len(x.shape)
    if first <= last:
        return None
    return message("dims-flatten-order", start=start, end=end, first=first, last=last)


@rule("t", "adjoint", "attribute", needs=("input|self",))
def matrix(call: Failed, x: Argument) -> Reason:
    """`t` of more than two dims, `mT` and others of fewer."""
    name = call.function if call.name == "attribute" else call.name
    n = len(x.shape)
    if name == "t" and n > 2:
        return message("dims-matrix-at-most", n=n, x_=x.text, **of(x))
    is_short = (name in ("mT", "mH", "adjoint") and n < 2) or (name == "H" and n == 1)
    return message("dims-matrix-at-least", function=name, n=n, **of(x)) if is_short else None


@rule(
    "min",
    "max",
    "aminmax",
    "argmin",
    "argmax",
    "median",
    "amin",
    "amax",
    raises="RuntimeError IndexError",
    needs=("input",),
)
def empty_reduction(call: Failed, x: Argument) -> Reason:
    """The largest of no elements."""
    dim, at = call.get("dim"), call.integer("dim")
    if math.prod(x.shape) or call.get("other") is not None:
        return None
    if dim is None:
        return message("dims-empty-reduction", function=call.function, **of(x))
    if at is None or not -len(x.shape) <= at < len(x.shape) or x.shape[at]:
        return None
    return message("dims-empty-along", function=call.function, dim=at, **of(x))
