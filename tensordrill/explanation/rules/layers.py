"""Layers: what they take, and what may be assigned to them."""

from __future__ import annotations

from tensordrill.explanation.rules.operation import Operation, Told

WORDS = {
    "layers-ndim": (
        "`{function}` takes (N, C, {spatial}) or (C, {spatial}); {x} {shape} has {n:dim}.",
        "`{function}`에는 (N, C, {spatial}) 또는 (C, {spatial})인 텐서가 필요합니다. {x} {shape}의 dim은 {n}개입니다.",
    ),
    "layers-channels": (
        "`{function}` takes {wanted} channels for each group: its weight is {weight}. {x} {shape} has {count} channels.",
        "`{function}`의 weight는 {weight}이므로 그룹마다 채널이 {wanted}개씩 필요합니다. {x} {shape}의 채널은 {count}개입니다.",
    ),
    "layers-init": (
        "{x} is not ready for layers and parameters yet: call `super().__init__()` before the first is assigned.",
        "{x}에 아직 레이어나 파라미터를 넣을 수 없습니다. 첫 대입 전에 `super().__init__()`을 호출하세요.",
    ),
    "layers-parameter": (
        "`{name}` of {x} is a parameter, and {value} is a plain tensor. `nn.Parameter({value_})` makes it one.",
        "{x}의 `{name}`은(는) 파라미터인데 {value}은(는) 일반 텐서입니다. `nn.Parameter({value_})`(으)로 감싸세요.",
    ),
}

CONVOLUTIONS = {
    "Conv1d": "L", "Conv2d": "H, W", "Conv3d": "D, H, W", "conv1d": "L", "conv2d": "H, W", "conv3d": "D, H, W",
}  # fmt: skip


def convolution(op: Operation) -> list[Told]:
    """An input with too few dims, or with channels that the weight does not fit."""
    x, weight, spatial = op.tensor("input"), op.tensor("weight"), CONVOLUTIONS[op.name]
    size = len(spatial.split(", "))
    if x is None or weight is None or len(weight.shape) != size + 2 or not op.is_a("RuntimeError"):
        return []
    values: dict[str, object] = {
        "function": op.written, "x": op.code("input"), "shape": x.shape, "n": len(x.shape), "spatial": spatial,
    }  # fmt: skip
    if len(x.shape) not in (size + 1, size + 2):
        return [Told("layers-ndim", values)]
    count, wanted = x.shape[-size - 1], weight.shape[1]
    if not wanted or count % wanted == 0:
        return []
    return [Told("layers-channels", values | {"wanted": wanted, "count": count, "weight": weight.shape})]


def assigned(op: Operation) -> list[Told]:
    """`self.w = …` before `super().__init__()`, or a tensor where a parameter is."""
    given, value, inner = op.get("self"), op.get("value"), op.failure.inner
    if given is None or value is None or inner is None or given.type != inner.function:
        return []
    if op.is_a("AttributeError"):
        return [Told("layers-init", {"x": given.code})]
    if value.tensor is None or not op.is_a("TypeError") or value.tensor.type == "Parameter":
        return []
    values = {"name": op.written, "x": given.code, "value": value.code, "value_": value.expression}
    return [Told("layers-parameter", values)]
