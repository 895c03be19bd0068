"""Layers: convolutions, pools, norms, recurrent layers and attention, and what may be assigned to a module."""

from __future__ import annotations

import math

from tensordrill.explanation.call import Argument, Call, Failed, sequence
from tensordrill.explanation.dtypes import kind
from tensordrill.explanation.rules.rule import Reason, changed, of, rule
from tensordrill.explanation.rules.sizes import differing
from tensordrill.explanation.shapes import Shape
from tensordrill.messages import message

_SPATIAL = {1: "L", 2: "H, W", 3: "D, H, W"}
CONVOLUTIONS = {f"{name}{count}d": count for name in ("conv", "Conv") for count in _SPATIAL}
TRANSPOSED = {f"{name}{count}d": count for name in ("conv_transpose", "ConvTranspose") for count in _SPATIAL}
POOLS = {
    f"{name}{count}d": count for name in ("max_pool", "avg_pool", "MaxPool", "AvgPool") for count in _SPATIAL
}
_RECURRENT = ("RNN", "LSTM", "GRU")


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
    last = changed(x, f"{{}}.movedim(-1, {-count - 1})") if x.shape[-1] == wanted else ()
    grouped = [message("layers-groups", groups=groups)] * (groups > 1)
    return message("layers-channels", function=call.function, **values, **of(x)), *grouped, *last


def _bias(call: Failed, weight: Argument) -> Reason:
    bias = call.get("bias")
    if bias is None or bias.tensor is None or call.name in TRANSPOSED:
        return None
    if len(bias.shape) == 1 and bias.shape[0] != weight.shape[0]:
        return differing(call, bias, weight, 0, 0)
    return None


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
    if x.dtype == weight.dtype:
        return None
    dtypes = {"dtype": x.dtype, "weight": weight.code, "dtype_weight": weight.dtype}
    is_safe = (kind(x.dtype) or 0) <= (kind(weight.dtype) or 0)
    differ = message("layers-dtype", function=call.function, x=x.code, **dtypes)
    return differ, *changed(x, f"{{}}.to(torch.{weight.dtype})") * is_safe


@rule(*POOLS, needs=("input", "kernel_size:ints"))
def pool(call: Failed, x: Argument, kernel: Shape) -> Reason:
    """A window that is larger than the input, or padding of more than half of it."""
    kernel = kernel * (POOLS[call.name] if len(kernel) == 1 else 1)
    padding = _each(call, "padding", len(kernel), 0)
    for size, pad in zip(kernel, padding or (), strict=False):
        if 2 * pad > size:
            return message("layers-half", function=call.function, padding=pad, kernel=size)
    return _kernel(call, x, kernel)


# ---- norms ----


@rule("verify_batch_size", "verify_spatial_size", raises="ValueError", needs=("size:ints",))
def one_value(call: Failed, shape: Shape) -> Reason:
    """Batch norm and instance norm of one value for each channel."""
    if call.name == "verify_batch_size":
        return message("layers-one-value", shape=shape) if math.prod(shape) == shape[1] else None
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
    if len(weight.shape) != 1 or weight.shape[0] == 1 or len(x.shape) < 2 or weight.shape[0] == x.shape[1]:
        return None
    return differing(call, weight, x, 0, 1)


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


# ---- recurrent layers and attention ----


@rule(*_RECURRENT, needs=("hx", "expected_hidden_size:ints"))
def state(call: Failed, x: Argument, wanted: Shape) -> Reason:
    """A state with other sizes than the layer and the batch have."""
    if x.shape == wanted:
        return None
    layout = message("layers-state-batch" if len(wanted) == 3 else "layers-state-alone")
    return message("layers-state", function=call.function, wanted=wanted, layout=layout, **of(x))


@rule(*_RECURRENT, needs=("input", "hx"))
def state_dims(call: Failed, x: Argument, hidden: Argument) -> Reason:
    """A state without the batch of the input, or with one that the input lacks."""
    if len(x.shape) not in (2, 3) or len(hidden.shape) == len(x.shape):
        return None
    wanted = {
        "n": len(x.shape),
        "state": hidden.code,
        "shape_state": hidden.shape,
        "count": len(hidden.shape),
    }
    return message("layers-state-dims", function=call.function, **wanted, **of(x))


@rule("multi_head_attention_forward", raises="RuntimeError AssertionError", needs=("query",))
def attention(call: Failed, query: Argument) -> Reason:
    """`MultiheadAttention` of other features, or with a mask of other sizes."""
    features = call.integer("embed_dim_to_check")
    if features is not None and query.shape and query.shape[-1] != features:
        return message("layers-features", wanted=features, size=query.shape[-1], **of(query))
    mask, heads = call.get("attn_mask"), call.integer("num_heads")
    batch, target, source = map(call.integer, ("bsz", "tgt_len", "src_len"))
    if mask is None or mask.tensor is None or None in (heads, batch, target, source):
        return None
    each = (target, source)
    wanted = each if len(mask.shape) == 2 else ((batch or 0) * (heads or 0), *each)
    if mask.shape == wanted or len(mask.shape) not in (2, 3):
        return None
    layout = message("layers-mask" if len(mask.shape) == 2 else "layers-mask-heads", batch=batch, heads=heads)
    return message("layers-attention", wanted=wanted, **of(mask)), layout


@rule("MultiheadAttention", raises="AssertionError", needs=("embed_dim:int", "num_heads:int"))
def heads(_: Failed, features: int, count: int) -> Reason:
    """`MultiheadAttention` whose features the heads don't divide."""
    return message("layers-heads", features=features, count=count) if count > 0 and features % count else None


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
