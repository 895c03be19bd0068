"""Optimizers: the parameters that they take."""

from __future__ import annotations

import re

from tensordrill.explanation.call import Argument, Failed
from tensordrill.explanation.rules.rule import FIRST, Reason, changed, rule
from tensordrill.messages import message


@rule(FIRST, raises="ValueError")
def no_parameters(call: Failed) -> Reason:
    """An optimizer of a module without parameters, or of a generator that was gone through before."""
    if call.raised.message != "optimizer got an empty parameter list":
        return None
    x = next(iter(call.given), None)
    if x is None:
        return None
    if x.type == "generator" and not x.expression.endswith(")"):
        return message("optimizers-generator", function=call.function, x=x.code)
    if not x.expression.endswith("parameters()"):
        return message("optimizers-empty", function=call.function, x=x.code)
    return message("optimizers-no-parameters", function=call.function)


@rule(FIRST, raises="TypeError")
def of_module(call: Failed) -> Reason:
    """An optimizer of a module in place of its parameters."""
    x, inner = next(iter(call.given), None), call.failure.inner
    if x is None or inner is None or inner.function != "__init__" or not call.is_of_torch:
        return None
    if call.raised.message != f"'{x.type}' object is not iterable" or not x.expression.isidentifier():
        return None
    return message("optimizers-module", function=call.function, x=x.code, x_=x.text, type=x.type)


@rule("SGD", "Adam", "AdamW", raises="ValueError TypeError", needs=("params:any",))
def optimized(call: Failed, params: Argument) -> Reason:
    """An optimizer of one tensor, or of tensors that are computed."""
    if params.tensor is not None:
        return message("optimizers-one-parameter", function=call.function, x=params.code), *changed(
            params, "[{}]"
        )
    x = next((each for each in params.items if each.tensor is not None and not each.tensor.is_leaf), None)
    return (
        message("optimizers-no-leaf", function=call.function, x=x.code, grad_fn=x.fact.grad_fn) if x else None
    )


@rule(FIRST, raises="ValueError TypeError")
def other_model(call: Failed) -> Reason:
    """The state of another model's optimizer, or a scheduler of what is no optimizer."""
    text = call.raised.message
    if text.startswith("loaded state dict ") and "parameter group" in text:
        return message("optimizers-state")
    match = _NO_OPTIMIZER.match(text)
    return message("optimizers-scheduler", function=call.function, type=match[1]) if match else None


_NO_OPTIMIZER = re.compile(r"(\w+) is not an Optimizer\Z")


@rule(FIRST, raises="TypeError")
def rate(call: Failed) -> Reason:
    """A setting that is text, as a configuration file has it."""
    inner = call.failure.inner
    if (
        inner is None
        or inner.function != "__init__"
        or "'str'" not in call.raised.message
        or not call.is_of_torch
    ):
        return None
    x = next(
        (each for each in call.given if each.role in ("lr", "weight_decay", "eps") and each.type == "str"),
        None,
    )
    return message("optimizers-text", name=x.role, x=x.code, x_=x.text) if x else None
