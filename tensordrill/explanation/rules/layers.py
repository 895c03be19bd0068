"""Layers: convolutions, pools, norms and others, and what may be assigned to a module."""

from __future__ import annotations

import math

from tensordrill.explanation.call import Argument, Call, Failed, sequence
from tensordrill.explanation.rules.dtypes import differ
from tensordrill.explanation.rules.elements import outside
from tensordrill.explanation.rules.rule import Reason, of, rule
from tensordrill.explanation.rules.sizes import differing
from tensordrill.explanation.shapes import Shape
from tensordrill.explanation.signatures import CONVOLUTIONS
from tensordrill.messages import message
from tensordrill.sandbox.values import Text

_SPATIAL = {1: "L", 2: "H, W", 3: "D, H, W"}
TRANSPOSED = {f"{name}{count}d": count for name in ("conv_transpose", "ConvTranspose") for count in _SPATIAL}
POOLS = {
    f"{name}{count}d": count for name in ("max_pool", "avg_pool", "MaxPool", "AvgPool") for count in _SPATIAL
}
UNPOOLS = {f"max_unpool{count}d": count for count in _SPATIAL}


# ---- convolutions and pools ----


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
        return message("layers-ndim", function=call.function, spatial=spatial, n=n, **of(x))
    return (
        _channels(call, x, weight, count)
        or _bias(call, weight)
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
        return message("layers-outputs", function=call.function, **outputs)
    wanted = weight.shape[0] if call.name in TRANSPOSED else weight.shape[1] * groups
    channels = x.shape[-count - 1]
    if channels == wanted:
        return None
    layout = message("layers-transposed" if call.name in TRANSPOSED else "layers-plain")
    values = {"wanted": wanted, "count": channels, "weight": weight.shape, "layout": layout}
    grouped = [message("layers-groups", groups=groups)] * (groups > 1)
    return message("layers-channels", function=call.function, **values, **of(x)), *grouped


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


def _same(call: Failed) -> Reason:
    """Return that a stride leaves out places, of which `padding='same'` gives as many as there were."""
    padding, strides = call.get("padding"), call.integers("stride")
    if padding is None or padding.value != Text("same") or not strides or max(strides) < 2:
        return None
    return message("layers-same", stride=max(strides))


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
            padded = [message("layers-padded", padding=padding[at], room=room)] * (padding[at] > 0)
            return message("layers-kernel", function=call.function, **sizes, **of(x)), *padded
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
            return message("layers-half", function=call.function, padding=pad, kernel=reach)
    dims = range(len(x.shape) - count - 1, len(x.shape))
    empty = next((dim for dim in dims if dim >= 0 and x.shape[dim] == 0), None)
    if empty is not None:
        return message("layers-empty", function=call.function, dim=empty, **of(x))
    return _kernel(call, x, kernel)


@rule(*UNPOOLS, needs=("input", "indices", "output_size:ints"))
def unpooled(call: Failed, _: Argument, indices: Argument, sizes: Shape) -> Reason:
    """Indices of `max_unpool` that the output has no element for."""
    sizes = sizes[-UNPOOLS[call.name] :]
    value = outside(indices, 0, math.prod(sizes) - 1)
    if value is None:
        return None
    return message(
        "layers-unpooled", indices=indices.code, value=value, sizes=sizes, high=math.prod(sizes) - 1
    )


# ---- norms ----


@rule("verify_batch_size", "verify_spatial_size", raises="ValueError", needs=("size:ints",))
def one_value(call: Failed, shape: Shape) -> Reason:
    """Batch norm and instance norm of one value for each channel, group norm for each group."""
    if call.name == "verify_batch_size" and math.prod(shape) == shape[1]:
        is_grouped = call.failure.call.function in ("GroupNorm", "group_norm")
        return message("layers-one-group") if is_grouped else message("layers-one-value", shape=shape)
    if call.name == "verify_batch_size":
        return None
    return message("layers-one-place", shape=shape) if math.prod(shape[2:]) == 1 else None


@rule("layer_norm", "rms_norm", "native_layer_norm", needs=("input", "normalized_shape:ints"))
def layer_norm(call: Failed, x: Argument, wanted: Shape) -> Reason:
    """`layer_norm` over other last dims than the input has, or with a weight of another shape."""
    if not wanted:
        return message("layers-normalized-none", function=call.function)
    for name in ("weight", "bias"):
        weight = call.get(name)
        if weight is not None and weight.tensor is not None and weight.shape != wanted:
            return message("layers-weight", function=call.function, name=name, wanted=wanted, **of(weight))
    if x.shape[-len(wanted) :] == wanted:
        return None
    return message("layers-normalized", function=call.function, wanted=wanted, **of(x))


@rule("group_norm", needs=("input", "num_groups:int"))
def group_norm(call: Failed, x: Argument, groups: int) -> Reason:
    """`group_norm` of channels that the groups don't divide."""
    if len(x.shape) < 2 or groups < 1 or x.shape[1] % groups == 0:
        return None
    return message("layers-divided", function=call.function, groups=groups, count=x.shape[1], **of(x))


@rule("prelu", "PReLU", needs=("input", "weight"))
def prelu(call: Failed, x: Argument, weight: Argument) -> Reason:
    """`prelu` with another number of weights than there are channels."""
    if weight.shape in ((), (1,)) or len(weight.shape) > 1:
        return None
    if len(x.shape) < 2:
        return message("layers-weights", function=call.function, **of(weight))
    if weight.shape[0] == x.shape[1]:
        return None
    return differing(call.function, weight, x, 0, 1)


@rule("glu", needs=("input", "dim:int=-1"))
def halved(call: Failed, x: Argument, dim: int) -> Reason:
    """`glu` of a dim that can't be cut in two."""
    if not -len(x.shape) <= dim < len(x.shape) or x.shape[dim] % 2 == 0:
        return None
    return message(
        "cat-parts", function=call.function, dim=dim % len(x.shape), size=x.shape[dim], count=2, **of(x)
    )


@rule("pixel_shuffle", needs=("input", "upscale_factor:int"))
def shuffled(call: Failed, x: Argument, factor: int) -> Reason:
    """`pixel_shuffle` of channels that the factor's square doesn't divide."""
    if len(x.shape) < 3 or factor < 1 or x.shape[-3] % factor**2 == 0:
        return None
    sizes = {"factor": factor, "square": factor**2, "count": x.shape[-3]}
    return message("layers-shuffled", function=call.function, **sizes, **of(x))


@rule("interpolate", raises="ValueError", needs=("input",))
def interpolated(call: Failed, x: Argument) -> Reason:
    """`interpolate` to another number of sizes than there are spatial dims."""
    for name in ("size", "scale_factor"):
        given = call.get(name)
        count = len(sequence(given.value) or ()) if given else 0
        if given and count not in (0, len(x.shape) - 2):
            values = {"n": len(x.shape) - 2, "sizes": given.code, "count": count}
            return message("layers-spatial", name=name, **values, **of(x))
    return None


@rule("grid_sample", needs=("input", "grid"))
def grid(call: Failed, x: Argument, grid: Argument) -> Reason:
    """A grid whose last dim does not hold a coordinate for each spatial dim."""
    count = len(x.shape) - 2
    if not grid.shape or grid.shape[-1] == count:
        return None
    return message(
        "layers-grid", function=call.function, grid=grid.code, shape_grid=grid.shape, count=count, **of(x)
    )


@rule("pad", raises="RuntimeError NotImplementedError", needs=("input", "pad:ints", "mode:any"))
def mirrored(_: Failed, x: Argument, pads: Shape, mode: Argument) -> Reason:
    """`pad` with the elements themselves: of other dims than it is for, or more than there are."""
    name, count = mode.value.v if isinstance(mode.value, Text) else "", len(pads) // 2
    if name not in (*_MIRRORS, "replicate") or len(pads) % 2:
        return None
    if len(x.shape) not in (count + 1, count + 2):
        dims = {"low": count + 1, "high": count + 2, "n": len(x.shape)}
        return message("layers-pads-dims", mode=name, count=count, **dims, **of(x))
    for at, pad in enumerate(pads if name in _MIRRORS else ()):
        dim = len(x.shape) - 1 - at // 2
        if pad > x.shape[dim] - _MIRRORS[name]:
            most = {"dim": dim, "pad": pad, "most": x.shape[dim] - _MIRRORS[name]}
            return message("layers-pads-most", mode=name, **most, **of(x))
    return None


_MIRRORS = {"reflect": 1, "circular": 0}
"""The elements by which a pad has to be smaller than its dim."""


# ---- modules ----


@rule("set attribute", raises="AttributeError TypeError", needs=("self:any", "value:any"))
def assigned(call: Failed, x: Argument, value: Argument) -> Reason:
    """`self.w = …` before `super().__init__()`, or a tensor where a parameter is."""
    inner = call.failure.inner
    if inner is None or x.type != inner.function:
        return None
    if call.is_a("AttributeError"):
        return message("layers-init", x=x.code)
    if value.tensor is None or value.tensor.type == "Parameter":
        return None
    return message("layers-parameter", name=call.function, x=x.code, value=value.code, value_=value.text)
