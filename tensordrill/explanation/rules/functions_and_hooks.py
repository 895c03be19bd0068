"""Functions of `torch.autograd.Function`, hooks and `vmap`: what they have to give, and what they can't do."""

from __future__ import annotations

import re

from tensordrill.explanation.call import Failed
from tensordrill.explanation.rules.rule import FIRST, Reason, rule
from tensordrill.messages import message

_COUNT = re.compile(
    r"function (\w+)Backward returned an incorrect number of gradients \(expected (\d+), got (\d+)\)"
)
_SHAPE = re.compile(
    r"Function (\w+)Backward returned an invalid gradient at index (\d+) - got \[([\d, ]*)\] but expected shape "
    r"compatible with \[([\d, ]*)\]"
)
_MAPPED = re.compile(
    r"vmap: Expected all tensors to have the same size in the mapped dimension, got sizes \[([\d, ]+)\]"
)
_HOOK = re.compile(r"hook '(.+)' has changed the size of value")


@rule(FIRST)
def gradients(call: Failed) -> Reason:
    """A function of the program's own with another number of gradients than arguments, or of another shape."""
    if match := _COUNT.search(call.raised.message):
        function, wanted, count = match[1], int(match[2]), int(match[3])
        return message("functions-count", function=function, wanted=wanted, count=count)
    if match := _SHAPE.search(call.raised.message):
        shapes = {"at": int(match[2]), "shape": _sizes(match[3]), "wanted": _sizes(match[4])}
        return message("functions-shape", function=match[1], **shapes)
    return None


def _sizes(text: str) -> tuple[int, ...]:
    return tuple(map(int, text.split(", "))) if text else ()


@rule(FIRST)
def hooked(call: Failed) -> Reason:
    """A hook that gives a gradient of another shape."""
    match = _HOOK.search(call.raised.message)
    return message("functions-hook", name=match[1]) if match else None


@rule(FIRST, raises="RuntimeError ValueError")
def mapped(call: Failed) -> Reason:
    """A truth or a number of each sample, which `vmap` can't take apart."""
    text = call.raised.message
    if match := _MAPPED.search(text):
        return message("functions-vmap-sizes", sizes=_sizes(match[1]))
    if text.startswith("vmap: called random operation"):
        return message("functions-vmap-random")
    if text.startswith("vmap: inplace arithmetic(self, *extra_args) is not possible"):
        return message("functions-vmap-in-place")
    if not text.startswith("vmap: It looks like you're"):
        return None
    return message("functions-vmap-item" if "calling .item()" in text else "functions-vmap-truth")


@rule(FIRST)
def copied(call: Failed) -> Reason:
    """`deepcopy` of a tensor that was computed, or of what holds one."""
    if not call.raised.message.startswith("Only Tensors created explicitly by the user"):
        return None
    x = next((each for each in call.given if each.tensor is not None and not each.fact.is_leaf), None)
    if x is None:
        return message("functions-copied-inside")
    return message("functions-copied", x=x.code, x_=x.dotted, grad_fn=x.fact.grad_fn)
