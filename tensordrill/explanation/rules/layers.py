"""Layers: norms and others that are neither convolutions nor recurrent, and what may be assigned to a module."""

from __future__ import annotations

import math

from tensordrill.explanation.call import Argument, Failed, sequence
from tensordrill.explanation.rules.rule import Reason, changed, of, rule
from tensordrill.explanation.rules.sizes import differing
from tensordrill.explanation.shapes import Shape
from tensordrill.messages import message
from tensordrill.sandbox.values import Bool, Text

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


@rule("pixel_shuffle", "PixelShuffle", needs=("input", "upscale_factor:int"))
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
            return message("layers-spatial", name=name, **values, **of(x)), *changed(x, "{}.unsqueeze(0)")
    corners, mode = call.get("align_corners"), call.get("mode")
    if corners is None or not isinstance(corners.value, Bool) or mode is None or mode.value not in _UNALIGNED:
        return None
    return message("layers-corners", mode=mode.value.v)


_UNALIGNED = tuple(map(Text, ("nearest", "nearest-exact", "area")))
"""Modes that take each element whole, so that corners have no say."""


@rule("affine_grid", needs=("theta", "size:ints"))
def transformed(call: Failed, x: Argument, size: Shape) -> Reason:
    """Another number of transforms than there are pictures."""
    if not x.shape or not size or x.shape[0] == size[0]:
        return None
    return message("layers-transforms", function=call.function, count=size[0], size=size, **of(x)), *changed(
        x, f"{{}}.expand({size[0]}, -1, -1)"
    ) * (x.shape[0] == 1)


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
