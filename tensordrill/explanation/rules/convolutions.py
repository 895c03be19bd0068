"""Convolutions and pools: channels, kernels, and settings for each spatial dim."""

from __future__ import annotations

import math

from tensordrill.explanation.call import Argument, Call, Failed
from tensordrill.explanation.rules.dtypes import differ
from tensordrill.explanation.rules.elements import outside
from tensordrill.explanation.rules.rule import Reason, of, rule
from tensordrill.explanation.rules.sizes import differing
from tensordrill.explanation.shapes import Shape
from tensordrill.explanation.signatures import CONVOLUTIONS
from tensordrill.messages import Message, message
from tensordrill.sandbox.values import Text

_SPATIAL = {1: "L", 2: "H, W", 3: "D, H, W"}
TRANSPOSED = {f"{name}{count}d": count for name in ("conv_transpose", "ConvTranspose") for count in _SPATIAL}
POOLS = {
    f"{name}{count}d": count for name in ("max_pool", "avg_pool", "MaxPool", "AvgPool") for count in _SPATIAL
}
UNPOOLS = {f"max_unpool{count}d": count for count in _SPATIAL}


@rule(*CONVOLUTIONS, *TRANSPOSED, needs=("input", "weight"))
def convolution(call: Failed, x: Argument, weight: Argument) -> Reason:
    """An input with other dims or channels than the weight takes, or another dtype."""
    count = (CONVOLUTIONS | TRANSPOSED)[call.name]
    n = len(x.shape)
    if len(weight.shape) != count + 2:
        wanted = {"wanted": message("sizes-exactly", low=count + 2), "n": len(weight.shape)}
        return message("sizes-dims", function=call.function, **wanted, **of(weight))
    if n not in (count + 1, count + 2):
        spatial = _SPATIAL[count]
        return message("convolutions-ndim", function=call.function, spatial=spatial, n=n, **of(x))
    return (
        _channels(call, x, weight, count)
        or _bias(call, weight)
        or _settings(call, count)
        or _same(call)
        or _kernel(call, x, weight.shape[2:])
        or _dtype(call, x, weight)
    )


def _channels(call: Failed, x: Argument, weight: Argument, count: int) -> Reason:
    """Return that the input has other channels than the weight, whose first dims are (out, in / groups)."""
    groups = call.integer("groups", 1)
    if groups is None:
        return None
    if call.name not in TRANSPOSED and groups > 0 and weight.shape[0] % groups:
        outputs = {"count": weight.shape[0], "groups": groups, "x": weight.code, "shape": weight.shape}
        return message("convolutions-outputs", function=call.function, **outputs)
    wanted = weight.shape[0] if call.name in TRANSPOSED else weight.shape[1] * groups
    channels = x.shape[-count - 1]
    if channels == wanted:
        return None
    layout = message("convolutions-transposed" if call.name in TRANSPOSED else "convolutions-plain")
    values = {"wanted": wanted, "count": channels, "weight": weight.shape, "layout": layout}
    grouped = [message("convolutions-groups", groups=groups)] * (groups > 1)
    return (
        message("convolutions-channels", function=call.function, **values, **of(x)),
        *grouped,
        *_alone(x, count),
    )


def _alone(x: Argument, count: int) -> list[Message]:
    """Return that an input without a batch has its channels first."""
    n = len(x.shape)
    return [message("convolutions-alone", n=n, spatial=_SPATIAL[count])] * (n == count + 1)


def _bias(call: Failed, weight: Argument) -> Reason:
    bias, groups = call.get("bias"), call.integer("groups", 1)
    if (
        bias is None
        or bias.tensor is None
        or len(bias.shape) != 1
        or (call.name in TRANSPOSED and groups != 1)
    ):
        return None
    dim = int(call.name in TRANSPOSED)
    return differing(call.function, bias, weight, 0, dim) if bias.shape[0] != weight.shape[dim] else None


def _settings(call: Failed, count: int) -> Reason:
    """Return a setting for another number of spatial dims, or more output padding than the stride leaves open."""
    for name in ("stride", "padding", "output_padding", "dilation"):
        numbers = call.integers(name)
        if numbers is not None and len(numbers) not in (1, count):
            values = {"name": name, "numbers": numbers, "count": count, "n": len(numbers)}
            return message("convolutions-settings", function=call.function, **values)
    each = (_each(call, name, count, least) for name, least in _OPEN.items())
    for extra, stride, dilation in zip(*(sizes or () for sizes in each), strict=False):
        if extra >= max(stride, dilation) and call.name in TRANSPOSED:
            values = {"extra": extra, "stride": stride, "dilation": dilation}
            return message("convolutions-output-padding", function=call.function, **values)
    return None


_OPEN = {"output_padding": 0, "stride": 1, "dilation": 1}
"""Settings that leave open how large the output of a transposed convolution is, with their defaults."""


@rule(*CONVOLUTIONS, raises="ValueError")
def made_same(call: Failed) -> Reason:
    """A layer of a stride and `padding='same'`."""
    return _same(call)


def _same(call: Failed) -> Reason:
    """Return that a stride leaves out places, of which `padding='same'` gives as many as there were."""
    padding, strides = call.get("padding"), call.integers("stride")
    if padding is None or padding.value != Text("same") or not strides or max(strides) < 2:
        return None
    return message("convolutions-same", stride=max(strides))


def _kernel(call: Failed, x: Argument, kernel: Shape) -> Reason:
    """Return a dim that is smaller than the kernel, with what is padded."""
    count = len(kernel)
    padding, dilation = _each(call, "padding", count, 0), _each(call, "dilation", count, 1)
    if padding is None or dilation is None or call.name in TRANSPOSED:
        return None
    for at in range(count):
        dim = len(x.shape) - count + at
        reach, room = dilation[at] * (kernel[at] - 1) + 1, x.shape[dim] + 2 * padding[at]
        if room < reach:
            sizes = {"dim": dim, "size": x.shape[dim], "reach": reach}
            padded = [message("convolutions-padded", padding=padding[at], room=room)] * (padding[at] > 0)
            return message("convolutions-kernel", function=call.function, **sizes, **of(x)), *padded
    return None


def _each(call: Call, name: str, count: int, default: int) -> Shape | None:
    """Return a setting of each spatial dim; None where it is no number."""
    sizes = call.integers(name) if call.get(name) else (default,)
    if sizes is None or len(sizes) not in (1, count):
        return None
    return sizes * (count if len(sizes) == 1 else 1)


def _dtype(call: Failed, x: Argument, weight: Argument) -> Reason:
    bias = call.get("bias")
    if x.dtype == weight.dtype and bias is not None and bias.tensor is not None:
        weight = bias
    return differ(call.function, weight, x)


@rule(*POOLS, needs=("input", "kernel_size:ints"))
def pool(call: Failed, x: Argument, kernel: Shape) -> Reason:
    """A window that is larger than the input, or padding of more than half of it; an input with nothing to pool."""
    count = POOLS[call.name]
    kernel = kernel * (count if len(kernel) == 1 else 1)
    padding, dilation = _each(call, "padding", len(kernel), 0), _each(call, "dilation", len(kernel), 1)
    for size, pad, step in zip(kernel, padding or (), dilation or (), strict=False):
        reach = step * (size - 1) + 1
        if 2 * pad > reach:
            return message("convolutions-half", function=call.function, padding=pad, kernel=reach)
    dims = range(len(x.shape) - count - 1, len(x.shape))
    empty = next((dim for dim in dims if dim >= 0 and x.shape[dim] == 0), None)
    if empty is not None:
        return message("convolutions-empty", function=call.function, dim=empty, **of(x))
    return _kernel(call, x, kernel)


@rule(*UNPOOLS, needs=("input", "indices", "output_size:ints"))
def unpooled(call: Failed, _: Argument, indices: Argument, sizes: Shape) -> Reason:
    """Indices of `max_unpool` that the output has no element for."""
    sizes = sizes[-UNPOOLS[call.name] :]
    value = outside(indices, 0, math.prod(sizes) - 1)
    if value is None:
        return None
    return message(
        "convolutions-unpooled", indices=indices.code, value=value, sizes=sizes, high=math.prod(sizes) - 1
    )


@rule("fold", needs=("input", "output_size:ints", "kernel_size:ints"))
def folded(call: Failed, x: Argument, output: Shape, kernel: Shape) -> Reason:
    """`fold` of another number of blocks than the output has room for, or of columns that are no blocks."""
    each = [_each(call, name, 2, least) for name, least in (("stride", 1), ("padding", 0), ("dilation", 1))]
    if None in each or len(x.shape) not in (2, 3):
        return None
    output, kernel = (sizes * (3 - len(sizes)) for sizes in (output, kernel))
    if x.shape[-2] % math.prod(kernel):
        values = {"kernel": kernel, "count": math.prod(kernel), "n": x.shape[-2]}
        return message("convolutions-columns", function=call.function, **values, **of(x))
    blocks = [
        (size + 2 * pad - reach * (width - 1) - 1) // step + 1
        for size, width, (step, pad, reach) in zip(
            output, kernel, zip(*filter(None, each), strict=True), strict=True
        )
    ]
    if math.prod(blocks) == x.shape[-1]:
        return None
    values = {"output": output, "blocks": " · ".join(map(str, blocks)), "count": math.prod(blocks)}
    return message("convolutions-blocks", function=call.function, n=x.shape[-1], **values, **of(x))
