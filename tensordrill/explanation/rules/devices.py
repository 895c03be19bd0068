"""Tensors on different devices, and values that the meta device does not have."""

from __future__ import annotations

from tensordrill.explanation.call import Argument, Failed
from tensordrill.explanation.rules.rule import FIRST, Reason, changed, rule
from tensordrill.messages import message

_VALUES = frozenset("item tolist numpy nonzero equal allclose masked_select unique bool int float".split())
_MOVES = frozenset("cpu to cuda".split())


def _tensors(call: Failed) -> list[Argument]:
    """Return all tensors that a call was given, also those in lists."""
    given = [*call.arguments.values(), *call.rest]
    given += [item for each in given for item in each.items]
    return [each for each in given if each.tensor is not None]


@rule(FIRST)
def differ(call: Failed) -> Reason:
    """Two tensors on two devices; a 0-d tensor on the CPU goes with any."""
    counted = [x for x in _tensors(call) if x.shape or x.fact.device != "cpu"]
    a = counted[0] if counted and call.name not in _MOVES else None
    b = next((x for x in counted if a and x.fact.device != a.fact.device), None)
    if a is None or b is None:
        return None
    devices = {"device_a": a.fact.device, "device_b": b.fact.device}
    move, to = (b, a) if a.fact.device != "cpu" else (a, b)
    different = message("devices-differ", a=a.code, b=b.code, **devices)
    return different, *changed(move, f"{{}}.to('{to.fact.device}')")


@rule(FIRST, raises="RuntimeError NotImplementedError TypeError")
def without_values(call: Failed) -> Reason:
    """Something that needs the elements of a meta tensor."""
    x = next((x for x in _tensors(call) if x.fact.device == "meta"), None)
    if x is None:
        return None
    if call.name in _MOVES:
        return message("devices-meta-copy", x=x.code, x_=x.text)
    if {call.name, call.function} & _VALUES or call.name == "truth":
        return message("devices-meta", x=x.code, function=call.function or "if")
    return None


@rule(FIRST)
def unknown(call: Failed) -> Reason:
    """A name that is no device's."""
    name = call.raised.message.rpartition("at start of device string: ")[2]
    is_unknown = call.raised.message.startswith("Expected one of cpu, cuda")
    return message("devices-unknown", name=name) if is_unknown else None


@rule(FIRST, raises="AssertionError")
def no_cuda(call: Failed) -> Reason:
    """A device that this build of torch does not have, which torch alone knows."""
    return (
        message("devices-no-cuda") if call.raised.message == "Torch not compiled with CUDA enabled" else None
    )
