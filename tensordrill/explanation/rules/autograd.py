"""Gradients: where a backward can't begin, what it can't read, and what may not be changed in place."""

from __future__ import annotations

import math

from tensordrill.explanation.call import Argument, Failed, quoted
from tensordrill.explanation.rules.rule import ELEMENTWISE, LAST, Reason, of, rule
from tensordrill.explanation.step import Step
from tensordrill.messages import message
from tensordrill.sandbox.traced import Saved
from tensordrill.sandbox.values import Bool, Nothing

_SEVERAL = frozenset(("SplitBackward0", "UnbindBackward0", "SplitWithSizesBackward0", "ChunkBackward0"))
_MAX_CHANGES = 3


@rule("backward", needs=("input",))
def backward(call: Failed, x: Argument) -> Reason:
    """`backward` from several numbers, from what needs no gradient, twice, or over what was changed."""
    if not x.fact.requires_grad:
        return message("autograd-detached", x=x.code)
    return _start(x, call.get("gradient")) or _saved(call)


def _start(x: Argument, gradient: Argument | None) -> Reason:
    if gradient is None or isinstance(gradient.value, Nothing):
        count = math.prod(x.shape)
        return message("autograd-scalar", count=count, fix=x.dotted, **of(x)) if count != 1 else None
    if gradient.tensor is None or gradient.shape == x.shape:
        return None
    given = {"gradient": gradient.code, "shape_gradient": gradient.shape}
    return message("autograd-gradient", **given, **of(x))


def _saved(call: Failed) -> Reason:
    """Return sentences on what a backward could not read."""
    if not call.failure.saved:
        return None
    saved = call.failure.saved[0]
    if saved.freed is not None:
        return message("autograd-freed", line=saved.freed, function=saved.function)
    is_of_a_step = saved.step is not None and saved.step < len(call.steps)
    what = message("autograd-result") if saved.what == "result" else message("autograd-operand")
    step = _code(call.steps[saved.step or 0]) if is_of_a_step else f"`{saved.function}`"
    changes = ", ".join(_changes(call, saved))
    return (
        message("autograd-overwritten", what=what, step=step),
        *([message("autograd-overwritten-by", changes=changes)] if changes else ()),
        message("autograd-overwritten-fix"),
    )


def _changes(call: Failed, saved: Saved) -> list[str]:
    """Return the places that changed tensors after the step that saved one."""
    after = call.steps if saved.step is None else call.steps[saved.step + 1 :]
    places = dict.fromkeys(_code(step) for step in after if step.changed and step.kind != "grad")
    return list(places)[:_MAX_CHANGES]


def _code(step: Step) -> str:
    return f"`{quoted(step.expression)}`"


@rule("grad", needs=("outputs:any",))
def grad(call: Failed, x: Argument) -> Reason:
    """`torch.autograd.grad` of what needs no gradient."""
    if x.tensor is not None:
        if not x.tensor.requires_grad:
            return message("autograd-detached", x=x.code)
        if reason := _start(x, call.get("grad_outputs")):
            return reason
    inputs = call.get("inputs")
    for each in (inputs, *inputs.items) if inputs is not None else ():
        if each.tensor is not None and not each.tensor.requires_grad:
            return message("autograd-inputs", x=each.code)
    return _saved(call)


@rule(ELEMENTWISE, LAST, needs=("input|self",))
def in_place(call: Failed, x: Argument) -> Reason:
    """An in-place change of a leaf that requires a gradient, or of a view of one."""
    is_assigned = call.failure.call.node == "assignment"
    if not (call.is_in_place or is_assigned) or not x.fact.requires_grad:
        return None
    if call.function.startswith("requires_grad"):
        return None
    function = call.function if call.function != "[]" else "[] ="
    if x.fact.is_leaf:
        is_written = not is_assigned or call.function == "[]"
        return message("autograd-leaf", x=x.code, function=function) if is_written else None
    if x.fact.grad_fn in _SEVERAL:
        several = (x.fact.grad_fn or "").removesuffix("Backward0").lower()
        return message("autograd-many-views", x=x.code, function=several, fix=x.dotted)
    leaf = _leaf(call, x)
    return message("autograd-leaf-view", x=x.code, leaf=leaf, function=function) if leaf else None


def _leaf(call: Failed, x: Argument) -> str | None:
    """Return the name of the leaf that requires a gradient and whose memory a tensor has."""
    memory = x.fact.storage
    same = [
        _code(step)
        for step in call.steps
        if step.tensor.is_leaf and step.tensor.requires_grad and step.kind == "value"
        if memory and step.tensor.storage and step.tensor.storage.id == memory.id
    ]
    return next((name for name in same if name.strip("`").isidentifier()), same[0] if same else None)


@rule("numpy", needs=("input",))
def numpy(call: Failed, x: Argument) -> Reason:
    """`.numpy()` of a tensor that requires a gradient."""
    force = call.get("force")
    if not x.fact.requires_grad or (force is not None and force.value == Bool(True)):
        return None
    return message("autograd-numpy", x=x.code, fix=x.dotted)


@rule("set attribute", needs=("self", "value"))
def assigned_grad(call: Failed, x: Argument, value: Argument) -> Reason:
    """`x.grad = …` with another shape or dtype."""
    if call.function != "grad":
        return None
    if value.shape != x.shape:
        return message("autograd-grad-shape", value=value.code, shape_value=value.shape, **of(x))
    if value.dtype == x.dtype:
        return None
    dtypes = {"dtype": x.dtype, "dtype_value": value.dtype}
    return message("autograd-grad-dtype", x=x.code, value=value.code, **dtypes)


@rule("requires_grad_", "set attribute", needs=("input|self",))
def flag(_: Failed, x: Argument) -> Reason:
    """`requires_grad` of a computed tensor set to False."""
    if x.fact.is_leaf:
        return None
    return message("autograd-flag", x=x.code, grad_fn=x.fact.grad_fn or "", fix=x.dotted)


@rule("retain_grad", needs=("input",))
def retain(_: Failed, x: Argument) -> Reason:
    """`retain_grad` of what needs no gradient."""
    return None if x.fact.requires_grad else message("autograd-retain", x=x.code)
