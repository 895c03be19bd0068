"""Losses: the shapes and dtypes of their targets."""

from __future__ import annotations

import math

from tensordrill.explanation.call import Argument, Failed
from tensordrill.explanation.dtypes import FLOAT, kind
from tensordrill.explanation.rules.elements import first, outside
from tensordrill.explanation.rules.rule import Reason, changed, instead, of, rule
from tensordrill.messages import message


@rule("cross_entropy", "nll_loss", raises="RuntimeError IndexError ValueError", needs=("input", "target"))
def classes(call: Failed, x: Argument, target: Argument) -> Reason:
    """`cross_entropy` and `nll_loss`: the target has the input's shape without the dim of classes."""
    if not x.shape:
        return None
    dim = 0 if len(x.shape) == 1 else 1
    wanted, size = x.shape[:dim] + x.shape[dim + 1 :], x.shape[dim]
    if target.shape == x.shape and call.name == "cross_entropy":
        if kind(target.dtype) == FLOAT:
            return None
        return message("losses-probabilities", target=target.code, dtype=target.dtype, wanted=wanted)
    if target.shape != wanted:
        shapes = {"wanted": wanted, "target": target.code, "shape_target": target.shape}
        return message("losses-target-shape", dim=dim, **shapes, **of(x))
    if target.dtype not in ("int64", "uint8"):
        dtype = message("losses-target-dtype", function=call.function, target=target.code, dtype=target.dtype)
        return dtype, *changed(target, "{}.long()")
    value = outside(target, 0, size - 1)
    if value in (None, call.integer("ignore_index", -100)):
        return None
    return message("losses-classes", size=size, high=size - 1, target=target.code, value=value, **of(x))


@rule(
    "binary_cross_entropy",
    "binary_cross_entropy_with_logits",
    raises="RuntimeError ValueError",
    needs=("input", "target"),
)
def same_shape(call: Failed, x: Argument, target: Argument) -> Reason:
    """`binary_cross_entropy`: a float target of the input's shape."""
    if x.shape != target.shape:
        other = {"target": target.code, "shape_target": target.shape}
        return message("losses-same-shape", function=call.function, **other, **of(x))
    if kind(target.dtype) in (FLOAT, None):
        return None
    dtype = message("losses-float-target", function=call.function, target=target.code, dtype=target.dtype)
    return dtype, *changed(target, "{}.float()")


@rule("binary_cross_entropy", needs=("input", "target"))
def probabilities(call: Failed, x: Argument, _: Argument) -> Reason:
    """`binary_cross_entropy` of logits."""
    value = first(x, lambda each: not 0 <= each <= 1)
    if value is None:
        return None
    reason = message("losses-no-probabilities", function=call.function, value=f"{value:.4g}", **of(x))
    if not math.isfinite(value):
        return reason
    fixes = instead(call, "F.binary_cross_entropy_with_logits({input}, {target})")
    return reason, message("losses-logits"), *fixes


@rule("gaussian_nll_loss", raises="ValueError", needs=("input", "var"))
def variance(call: Failed, x: Argument, var: Argument) -> Reason:
    """`gaussian_nll_loss` with variances that are neither one for each element nor one for each row."""
    if var.shape in (x.shape, x.shape[:-1], (*x.shape[:-1], 1)):
        return None
    return message(
        "losses-variance",
        function=call.function,
        var=var.code,
        shape_var=var.shape,
        row=(*x.shape[:-1], 1),
        **of(x),
    )


@rule("ctc_loss", needs=("log_probs", "targets"))
def aligned_labels(call: Failed, x: Argument, targets: Argument) -> Reason:
    """`ctc_loss` with lengths beyond the end, or a blank that is no class."""
    for name in ("input_lengths", "target_lengths"):
        lengths = call.get(name)
        if lengths and lengths.tensor and len(x.shape) == 3 and lengths.shape not in ((), x.shape[1:2]):
            reason = message(
                "losses-batch", name=name, lengths=lengths.code, shape_lengths=lengths.shape, **of(x)
            )
            return reason, *changed(x, "{}.transpose(0, 1)") * (lengths.shape == x.shape[:1])
    limits = {"input_lengths": (x, 0), "target_lengths": (targets, 1)}
    for name, (tensor, dim) in limits.items():
        lengths = call.get(name)
        size = tensor.shape[dim] if len(tensor.shape) > 1 else None
        value = outside(lengths, 0, size) if size is not None and lengths and lengths.tensor else None
        if value is not None and lengths is not None:
            sizes = {"name": name, "lengths": lengths.code, "dim": dim, "size": size, "value": value}
            return message("losses-lengths", function=call.function, **sizes, **of(tensor))
    blank = call.integer("blank", 0)
    if blank is None or not x.shape or 0 <= blank < x.shape[-1]:
        return None
    return message("losses-blank", size=x.shape[-1], high=x.shape[-1] - 1, blank=blank, **of(x))
