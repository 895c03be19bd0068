"""Two operands that both grow when they meet: a column against a row, of predictions and targets."""

from __future__ import annotations

import math
from collections.abc import Iterator

from tensordrill.explanation.alignment import alignment
from tensordrill.explanation.explanation import Certainty
from tensordrill.explanation.grid import tuple_text
from tensordrill.explanation.shapes import Shape, broadcast
from tensordrill.explanation.suspicions.calls import CallGraph, CallInput, CallNode
from tensordrill.explanation.suspicions.functions import (
    ARITHMETIC,
    ELEMENTWISE,
    REDUCING,
    following,
    preceding,
)
from tensordrill.explanation.suspicions.suspicion import Suspicion
from tensordrill.messages import Name, message

_LOSSES = frozenset(
    "mse_loss l1_loss smooth_l1_loss huber_loss MSELoss L1Loss SmoothL1Loss HuberLoss poisson_nll_loss "
    "PoissonNLLLoss kl_div KLDivLoss soft_margin_loss SoftMarginLoss gaussian_nll_loss GaussianNLLLoss".split()
)
_MEANT = frozenset("unsqueeze [] view reshape expand expand_as view_as reshape_as outer meshgrid".split())
"""Functions by which a program makes a column on purpose."""

_NORMALISING = frozenset("- sub subtract / div divide true_divide".split())
_REDUCTIONS = frozenset("sum mean std var norm amax amin logsumexp".split())
_CHOOSING = frozenset("argmax argmin max min topk".split())
"""Functions that keep a dim so that what they choose lies beside what it is compared with."""


def losses(graph: CallGraph) -> Iterator[Suspicion]:
    """Yield each loss whose input and target have shapes that stretch."""
    for call in graph:
        if call.function not in _LOSSES:
            continue
        pair = call.argument(0, "input"), call.argument(1, "target")
        first, second = (None if each is None else each.shape for each in pair)
        if pair[0] is None or pair[1] is None or first is None or second is None or first == second:
            continue
        shape = broadcast(first, second).result
        if shape is None or min(math.prod(first), math.prod(second)) < 2:
            continue
        yield _suspicion(
            call, pair[0], pair[1], shape, "certain" if _both_grow(first, second, shape) else "look"
        )


def differences(graph: CallGraph) -> Iterator[Suspicion]:
    """Yield each elementwise operation of as many elements in a column and a row that is then summed up."""
    for call in graph:
        pair = call.tensors
        if call.function not in ARITHMETIC or len(pair) != 2:
            continue
        first, second = pair[0].node.shape, pair[1].node.shape
        if math.prod(first) != math.prod(second) or not _both_grow(first, second, call.shape):
            continue
        certainty = _certainty(call, *pair)
        if certainty is not None and _is_summed_up(call):
            yield _suspicion(call, *pair, call.shape, certainty)


def misaligned(graph: CallGraph) -> Iterator[Suspicion]:
    """Yield each square matrix that meets its own sums, or means, of rows along its columns."""
    for call in graph:
        if call.function not in _NORMALISING or len(call.tensors) != 2:
            continue
        first, second = (each.node for each in call.tensors)
        reduction = preceding(second, ELEMENTWISE)
        source = reduction.argument(0, "input")
        dim = reduction.argument(1, "dim", "axis")
        if reduction.function not in _REDUCTIONS or source is None or source.call is None or dim is None:
            continue
        rank, along = len(first.shape), dim.integer
        if (
            along is None
            or source.shape != first.shape
            or len(second.shape) != rank - 1
            or reduction.shape != second.shape
        ):
            continue
        along %= rank
        is_shifted = any(size > 1 for size in first.shape[:along])
        is_own = preceding(first, ELEMENTWISE).index == preceding(source.call, ELEMENTWISE).index
        if is_shifted and is_own and not _is_symmetric(source.call):
            values = {
                "reduction": reduction.expression,
                "tensor": call.tensors[0].name,
                "dim": along,
                "shape": tuple_text(first.shape),
                "other": tuple_text(second.shape),
                "last": rank - 1,
            }
            is_sure = source.call.tensor.values is not None and source.call.tensor.is_whole
            yield Suspicion(
                "broadcast",
                call.place,
                "likely" if is_sure else "look",
                message("suspicious-misaligned", **values),
            )


def _is_symmetric(call: CallNode) -> bool:
    """Whether a matrix is its own transpose, so that its rows and columns have one sum."""
    values = call.tensor.values
    if values is None or not call.tensor.is_whole or len(call.shape) != 2:
        return False
    size = len(values.data) // math.prod(call.shape)
    rows, columns = call.shape
    cells = [values.data[at : at + size] for at in range(0, len(values.data), size)]
    return all(
        cells[row * columns + column] == cells[column * columns + row]
        for row in range(rows)
        for column in range(row)
    )


def _certainty(call: CallNode, first: CallInput, second: CallInput) -> Certainty | None:
    """Return how sure it is that a column was not meant to be one."""
    roots = [preceding(each.node, ELEMENTWISE) for each in (first, second)]
    if not any(_is_meant(root) for root in roots):
        return "likely"
    sources = [preceding(each, ELEMENTWISE | _MEANT).index for each in roots]
    if any(each.node.function in _MEANT for each in (first, second)):
        return None  # the column is made where it is used
    is_compared = call.function in ("-", "sub", "==", "eq") and sources[0] != sources[1]
    if not is_compared or len(first.node.shape) == len(second.node.shape):
        return None
    is_prediction = first.node.tensor.requires_grad != second.node.tensor.requires_grad
    return "likely" if is_prediction else "look"


def _is_meant(root: CallNode) -> bool:
    keepdim = root.argument(2, "keepdim")
    is_kept = keepdim is not None and keepdim.is_true and root.function not in _CHOOSING
    return root.function in _MEANT or is_kept


def _is_summed_up(call: CallNode) -> bool:
    return any(
        user.function in REDUCING and user.argument(1, "dim", "axis") is None
        for user in following(call, ELEMENTWISE)
    )


def _both_grow(first: Shape, second: Shape, result: Shape) -> bool:
    return math.prod(result) > max(math.prod(first), math.prod(second))


def _suspicion(
    call: CallNode, first: CallInput, second: CallInput, shape: Shape, certainty: Certainty
) -> Suspicion:
    one, other = first.node.shape, second.node.shape
    is_fitting = math.prod(one) == math.prod(other)
    longer, shorter = (first, second) if len(one) >= len(other) else (second, first)
    values = {
        "first": first.name,
        "one": tuple_text(one),
        "second": second.name,
        "other": tuple_text(other),
        "shape": tuple_text(shape),
        "count": math.prod(shape),
        "pairs": max(math.prod(one), math.prod(other)),
        "fix": f"{shorter.receiver}.reshape_as({longer.name})",
    }
    named = ((first.name, one), (second.name, other))
    drawing = alignment("broadcast", named, broadcast(one, other))
    is_sure = is_fitting and certainty != "look"
    name: Name = "suspicious-broadcast" if is_sure else "suspicious-broadcast-unequal"
    return Suspicion("broadcast", call.place, certainty, message(name, **values), drawing)
