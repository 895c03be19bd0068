"""Lists, tuples, numbers and None where a tensor is meant."""

from __future__ import annotations

import re

from tensordrill.explanation.call import Argument, Failed
from tensordrill.explanation.rules.attributes import PROPERTIES
from tensordrill.explanation.rules.rule import FIRST, LAST, Reason, rule
from tensordrill.explanation.signatures import SIGNATURES
from tensordrill.messages import Message, message
from tensordrill.sandbox.child.wire import MAX_ITEMS

_NO_TENSOR = re.compile(r"must be Tensor, not (tuple|list)\Z|'(tuple|list)' object has no attribute '\w+'\Z")
_OF_A_TENSOR = PROPERTIES | set(SIGNATURES) | {
    "backward", "item", "detach", "cpu", "cuda", "to", "numpy", "float", "long", "int", "bool", "half", "double",
    "clone", "contiguous", "requires_grad_", "zero_", "tolist", "type", "add_", "data", "numel", "dim", "is_contiguous",
}  # fmt: skip
"""Names that a tensor has."""
_NUMBERS = ("float", "int", "bool")
_LISTS = ("list", "tuple")


@rule("attribute", "other call", "item", "set item", raises="AttributeError TypeError", needs=("self:any",))
def pieces(call: Failed, x: Argument) -> Reason:
    """`out.size()`, `out[:, -1]` of a list or tuple of tensors."""
    is_index = call.failure.call.node in ("index", "assignment") and call.function == "[]"
    if x.type not in _LISTS or not (is_index or call.function in _OF_A_TENSOR):
        return None
    return _pieces(x)


def _pieces(x: Argument) -> tuple[Message, ...]:
    """Return what a list of tensors is, and how to get one."""
    at = next((at for at, each in enumerate(x.items) if each.tensor is not None), None)
    if at is None:
        return ()
    first = x.items[at]
    one = {"x": x.code, "type": x.type, "first": f"`{x.text}[{at}]`", "shape": first.shape}
    is_alike = len(x.items) < MAX_ITEMS and all(
        each.tensor is not None and each.shape == first.shape for each in x.items
    )
    joined = [message("lists-stack", x=x.text)] * (is_alike and x.type == "list")
    return message("lists-pieces", **one), *joined


@rule(FIRST, raises="TypeError AttributeError")
def given_pieces(call: Failed) -> Reason:
    """A layer or a function of a list or tuple of tensors, as what an LSTM gives."""
    match = _NO_TENSOR.search(call.raised.message)
    kind = match and (match[1] or match[2])
    x = next((each for each in call.rest or call.given if each.type == kind and each.items), None)
    if x is None or call.failure.call.owner not in ("module", "torch") or x.expression[:1] in ("(", "["):
        return None
    if call.function in ("RNN", "GRU") and x in call.rest[1:]:
        return None  # which has one state
    if x.expression:
        return _pieces(x)
    is_chain = call.failure.call.function == "Sequential"
    shapes = ", ".join(str(each.shape) if each.tensor is not None else each.type for each in x.items)
    inside = message("lists-inside", function=call.function, type=x.type, shapes=shapes)
    return inside, *[message("lists-sequence")] * is_chain


@rule(FIRST, raises="TypeError AttributeError")
def packed(call: Failed) -> Reason:
    """A packed sequence where a layer takes a tensor."""
    x = next((each for each in call.given if each.type == "PackedSequence" and each.expression), None)
    if x is None or "PackedSequence" not in call.raised.message:
        return None
    return message("lists-packed", x=x.code, x_=x.text)


@rule("attribute", raises="AttributeError", needs=("self:any",))
def number(call: Failed, x: Argument) -> Reason:
    """`total.backward()` of a number."""
    if x.type not in _NUMBERS or call.function not in _OF_A_TENSOR:
        return None
    reason = message("lists-number", x=x.code, type=x.type, name=call.function)
    if call.function == "backward":
        return reason, message("lists-graph")
    return reason, *[message("lists-equal")] * (x.type == "bool" and "==" in x.text)


@rule(FIRST, raises="AttributeError TypeError")
def none(call: Failed) -> Reason:
    """None where a tensor or a number is meant: a gradient that nothing has computed, or what a function gave."""
    is_method = call.failure.call.node == "call" and call.failure.call.owner not in ("torch", "module")
    if "NoneType" not in call.raised.message or is_method:
        return None
    given = call.given[:2] if call.failure.call.node == "call" else call.given
    x = next((each for each in given if each.type == "None" and each.expression not in ("", "None")), None)
    if x is None:
        return None
    owner, _, name = x.expression.rpartition(".")
    if name != "grad":
        is_given = x.expression.isidentifier() or x.expression.endswith(")")
        return message("lists-none", x=x.code), *[message("lists-return")] * is_given
    steps = [step for step in call.steps if step.expression == owner]
    if steps and not steps[-1].tensor.is_leaf:
        return message("lists-grad-computed", x=x.code, owner=owner, grad_fn=steps[-1].tensor.grad_fn)
    if steps and not steps[-1].tensor.requires_grad:
        return message("lists-grad-off", x=x.code, owner=owner)
    return message("lists-grad", x=x.code)


@rule(LAST, raises="TypeError")
def operated(call: Failed) -> Reason:
    """`weights * outs` of lists."""
    if call.failure.call.node != "operator":
        return None
    operands = [each for name in ("input", "other") if (each := call.get(name)) is not None]
    x = next((each for each in operands if each.type in _LISTS), None)
    if x is None or any(each.tensor is not None for each in operands):
        return None
    makes = "torch.stack" if x.items else "torch.tensor"
    return message("lists-operator", function=call.function, x=x.code, type=x.type, fix=f"{makes}({x.text})")
