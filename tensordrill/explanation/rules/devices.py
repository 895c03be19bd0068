"""Tensors on different devices, and values that the meta device does not have."""

from __future__ import annotations

from tensordrill.explanation.rules.operation import Given, Operation, Told
from tensordrill.sandbox.traced import TensorFact

WORDS = {
    "devices-differ": (
        "{a} is on {device_a} and {b} is on {device_b}; an operation needs all its tensors on one device.",
        "{a}의 device는 {device_a}, {b}의 device는 {device_b}입니다. 연산에 쓰는 텐서는 모두 같은 device에 있어야 합니다.",
    ),
    "devices-move": ("`{fix}.to({to}.device)` moves one.", "`{fix}.to({to}.device)`(으)로 옮기세요."),
    "devices-meta": (
        "{x} is on the `meta` device: it has a shape and a dtype, but no values, and `{function}` needs values.",
        "{x}의 device는 `meta`입니다. shape와 dtype만 있고 값이 없는데 `{function}`에는 값이 필요합니다.",
    ),
    "devices-meta-copy": (
        "{x} is on the `meta` device and has no values to copy. `torch.empty_like({x_}, device=…)` makes "
        "a tensor of its shape elsewhere.",
        "{x}의 device는 `meta`라서 복사할 값이 없습니다. `torch.empty_like({x_}, device=…)`로 같은 shape의 텐서를 만들 수 있습니다.",
    ),
}

_VALUES = frozenset("item tolist numpy nonzero equal allclose masked_select unique bool int float".split())
_MOVES = frozenset("cpu to cuda".split())
_ELSEWHERE = frozenset("to cpu cuda".split())


def tensors(op: Operation) -> list[tuple[Given, TensorFact]]:
    """Return all tensors that an operation was given, also those in lists."""
    given = [*op.by.values(), *op.rest]
    given += [item for each in given for item in each.items]
    return [(each, each.tensor) for each in given if each.tensor is not None]


def differ(op: Operation) -> list[Told]:
    """Two tensors on two devices; a 0-d tensor on the CPU goes with any."""
    found = tensors(op)
    if op.name in _ELSEWHERE or not op.is_a("RuntimeError"):
        return []
    counted = [(given, tensor) for given, tensor in found if tensor.shape or tensor.device != "cpu"]
    for given, tensor in counted[1:]:
        first, other = counted[0]
        if tensor.device != other.device:
            values = {"a": first.code, "b": given.code, "device_a": other.device, "device_b": tensor.device}
            move, to = (given, first) if other.device != "cpu" else (first, given)
            return [
                Told("devices-differ", values),
                Told("devices-move", {"fix": move.dotted, "to": to.dotted}),
            ]
    return []


def without_values(op: Operation) -> list[Told]:
    """Something that needs the elements of a meta tensor."""
    if not op.is_a("RuntimeError", "NotImplementedError", "TypeError"):
        return []
    for given, tensor in tensors(op):
        if tensor.device != "meta":
            continue
        if op.name in _MOVES:
            return [Told("devices-meta-copy", {"x": given.code, "x_": given.expression})]
        if op.name in _VALUES or op.written in _VALUES or op.name == "truth":
            return [Told("devices-meta", {"x": given.code, "function": op.written or "if"})]
    return []
