"""`view`, `reshape` and their like: sizes that do not fit the elements, dims that cannot merge."""

from __future__ import annotations

import math

from tensordrill.explanation.alignment import target_of
from tensordrill.explanation.call import Argument, Failed, sequence
from tensordrill.explanation.dtypes import item_bytes
from tensordrill.explanation.rules.rule import Fix, Reason, of, rule
from tensordrill.explanation.shapes import Shape, fitting, merge, resolve
from tensordrill.messages import message
from tensordrill.sandbox.values import Dtype, Float


@rule("view", needs=("input",))
def bytes_of_dtype(call: Failed, x: Argument) -> Reason:
    """`view(dtype)` where the elements' bytes can't be read as wanted."""
    given = call.get("dtype") or (call.rest[0] if len(call.rest) == 1 else None)
    if given is None or not isinstance(given.value, Dtype) or x.fact.stride is None:
        return None
    old, new = item_bytes(x.dtype), item_bytes(given.value.v)
    if old is None or new is None or old == new:
        return None
    if not x.shape:
        return message("views-bytes-flat", x=x.code)
    size, stride = x.shape[-1], x.fact.stride[-1]
    if stride != 1:
        return message("views-bytes-stride", stride=stride, **of(x))
    if new < old or size % (new // old) == 0:
        return None
    ratio = new // old
    return message("views-bytes-size", size=size, ratio=ratio, old=x.dtype, dtype=given.value.v, **of(x))


@rule("view", "view_as", "reshape", "reshape_as", needs=("input",))
def sizes(call: Failed, x: Argument) -> Reason:
    """Sizes that do not multiply to the number of elements."""
    wanted, total = target_of(call), math.prod(x.shape)
    if wanted is None:
        return None
    known = math.prod([size for size in wanted if size != -1])
    match resolve(wanted, total):
        case "negative":
            return message("views-negative", wanted=wanted, size=next(size for size in wanted if size < -1))
        case "two-unknown":
            return message("views-two-unknown", wanted=wanted, count=wanted.count(-1))
        case "ambiguous":
            return message("views-unknown-of-nothing", wanted=wanted, **of(x))
        case "size" if -1 in wanted and known:
            times, left = divmod(total, known)
            values = {"total": total, "known": known, "times": times, "left": left}
            return message("views-remainder", wanted=wanted, **values, **of(x)), *_fitting(call, x, wanted)
        case "size":
            needs = message("views-elements", total=total, wanted=wanted, count=known, **of(x))
            return needs, *_fitting(call, x, wanted)
    return None


def _fitting(call: Failed, x: Argument, wanted: Shape) -> tuple[Fix, ...]:
    shape = fitting(x.shape, wanted)
    if shape is None or call.name not in ("view", "reshape"):
        return ()
    return (Fix(message("views-fitting", fitting=shape), f"{{input}}.{call.name}({shape})"),)


@rule("view", "view_as", needs=("input",))
def strides(call: Failed, x: Argument) -> Reason:
    """Two dims that a view would have to merge and can't."""
    wanted, stride = target_of(call), x.fact.stride
    table = None if wanted is None or stride is None else merge(x.shape, stride, wanted)
    if table is None or table.blocked is None:
        return None
    pair = table.blocked
    return message(
        "views-strides",
        wanted=table.target,
        outer=pair.outer,
        inner=pair.inner,
        stride_outer=pair.outer_stride,
        size_inner=pair.inner_size,
        stride_inner=pair.inner_stride,
        product=pair.inner_size * pair.inner_stride,
        **of(x),
    ), Fix(
        message("fixes-copy", fix=call.function.replace("view", "reshape")),
        f"{{input}}.reshape({table.target})",
    )


@rule("view", "reshape", "repeat", "expand", raises="TypeError", needs=("input",))
def size_types(call: Failed, _: Argument) -> Reason:
    """Sizes that are no integers."""
    for given in call.rest:
        if isinstance(given.value, Float):
            is_quotient = "/" in given.text.replace("//", "")
            whole = [message("views-whole", quotient=given.text)] * is_quotient
            return message("views-type", value=given.code, type="float"), *whole
        for piece in sequence(given.value) or ():
            if isinstance(piece, Float):
                return message("views-type", value=f"`{piece.v}`", type="float")
        if given.type == "str":
            return message("views-type", value=given.code, type="str")
    return None


@rule("unflatten", needs=("input", "dim:int", "sizes:ints"))
def unflatten(_: Failed, x: Argument, dim: int, wanted: Shape) -> Reason:
    """`unflatten` into sizes that do not multiply to the dim's."""
    if not -len(x.shape) <= dim < len(x.shape) or min(wanted, default=-1) < 0:
        return None
    size, count = x.shape[dim], math.prod(wanted)
    if count == size:
        return None
    return message("views-unflatten", dim=dim, size=size, wanted=wanted, count=count, **of(x))


@rule("repeat", needs=("input", "*repeats:ints"))
def repeats(call: Failed, x: Argument, wanted: Shape) -> Reason:
    """`repeat` with fewer numbers than dims."""
    n, count = len(x.shape), len(wanted)
    repeats = {"n": n, "repeats": wanted, "count": count}
    return message("views-repeat", function=call.function, **repeats, **of(x)) if count < n else None
