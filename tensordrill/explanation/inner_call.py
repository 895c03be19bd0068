"""The operands of a layer, or of another function of torch's own, that raised inside a call of the program."""

from __future__ import annotations

from msgspec.structs import replace

from tensordrill.sandbox.traced import Failure, Operand

WEIGHTED: dict[str, tuple[str, str]] = {
    "Linear": ("input", "weight"),
    **dict.fromkeys(("RNN", "LSTM", "GRU"), ("input", "weight_ih_l0")),
    **dict.fromkeys(("RNNCell", "LSTMCell", "GRUCell"), ("input", "weight_ih")),
}
"""A layer's input, and the weight of shape (out, in) that it is multiplied with."""
BROADCASTING = "broadcast_tensors"
"""What losses align their operands with."""


def operands(failure: Failure) -> tuple[Operand, ...]:
    """Return what the function that raised was given; what the program's own call was given has its place there.

    Nothing where it is no function of torch's.
    """
    inner = failure.inner
    if inner is None or failure.owner not in ("torch", "module", "tensor"):
        return ()
    return tuple(_placed(each, failure) for each in inner.operands)


def meeting(failure: Failure) -> tuple[Operand, ...]:
    """Return the tensors among them whose shapes have to fit, where it is known which those are."""
    function = failure.inner.function if failure.inner else ""
    given = {each.role: each for each in operands(failure)}
    if function == BROADCASTING:
        found = given["tensors"].items if "tensors" in given else ()
    else:
        found = tuple(given[role] for role in WEIGHTED.get(function, ()) if role in given)
    return found if len(found) > 1 and all(each.tensor is not None for each in found) else ()


def _placed(operand: Operand, failure: Failure) -> Operand:
    for outer in failure.operands:
        if operand.tensor is not None and outer.tensor == operand.tensor:
            return replace(operand, place=outer.place, step=outer.step)
    return replace(operand, items=tuple(_placed(item, failure) for item in operand.items))
