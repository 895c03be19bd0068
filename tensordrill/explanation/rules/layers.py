"""Layers: what they take, and what may be assigned to them."""

from __future__ import annotations

from tensordrill.explanation.call import Argument, Failed
from tensordrill.explanation.rules.rule import Reason, of, rule
from tensordrill.messages import message

CONVOLUTIONS = {
    "Conv1d": "L", "Conv2d": "H, W", "Conv3d": "D, H, W", "conv1d": "L", "conv2d": "H, W", "conv3d": "D, H, W",
}  # fmt: skip


@rule(*CONVOLUTIONS, needs=("input", "weight"))
def convolution(call: Failed, x: Argument, weight: Argument) -> Reason:
    """An input with too few dims, or with channels that the weight does not fit."""
    spatial = CONVOLUTIONS[call.name]
    size, n = len(spatial.split(", ")), len(x.shape)
    if len(weight.shape) != size + 2:
        return None
    if n not in (size + 1, size + 2):
        return message("layers-ndim", function=call.function, spatial=spatial, n=n, **of(x))
    count, wanted = x.shape[-size - 1], weight.shape[1]
    if not wanted or count % wanted == 0:
        return None
    channels = {"wanted": wanted, "count": count, "weight": weight.shape}
    return message("layers-channels", function=call.function, **channels, **of(x))


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
