"""Softmax and sigmoid over a dim that can't be meant, and before a loss that applies them itself."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tensordrill.explanation.explanation import Certainty
from tensordrill.explanation.grid import tuple_text
from tensordrill.explanation.suspicions.calls import CallGraph, CallInput, CallNode
from tensordrill.explanation.suspicions.functions import ARITHMETIC, ELEMENTWISE
from tensordrill.explanation.suspicions.suspicion import Suspicion
from tensordrill.messages import Name, message
from tensordrill.sandbox.clues import PositiveLogs, Squashed, SquashedTwice

MAX_USES = 40
_PRODUCTS = ("@", "matmul", "bmm", "mm")
_SCALING = ("/", "div", "divide", "true_divide")
"""Functions that may make another dim add up to 1."""
_EQUATION = re.compile(r"[\"']([A-Za-z, ]+)->([A-Za-z ]*)[\"']")
_ENTROPIES = ("cross_entropy", "CrossEntropyLoss")


def one_element(graph: CallGraph) -> Iterator[Suspicion]:
    """Yield each softmax over a dim of size 1, and each cross entropy of one class."""
    for clue in graph.clues_of(Squashed):
        if clue.is_always_one and clue.dim is not None:
            result = 0 if clue.function == "log_softmax" else 1
            values = {"dim": clue.dim, "shape": tuple_text(clue.shape), "result": result}
            text = message("suspicious-softmax-one", function=clue.function, **values)
            yield Suspicion("softmax-dim", clue.place, "certain", text)
    for call in graph:
        operand = call.argument(0, "input")
        shape = None if operand is None else operand.shape
        if (
            call.function in _ENTROPIES
            and operand is not None
            and shape
            and shape[min(1, len(shape) - 1)] == 1
        ):
            text = message("suspicious-one-class", input=operand.name, shape=tuple_text(shape))
            yield Suspicion("softmax-dim", call.place, "certain", text)


def batch(graph: CallGraph) -> Iterator[Suspicion]:
    """Yield each softmax over a dim that what follows takes for the batch."""
    for clue in graph.clues_of(Squashed):
        if clue.dim is None or clue.is_always_one or len(clue.shape) < 2:
            continue
        for call in graph.at(clue.place):
            user = _other_dim(call, clue.dim)
            if user is not None:
                values = {"dim": clue.dim, "shape": tuple_text(clue.shape), "last": len(clue.shape) - 1}
                user_text = {"user": user.expression, "line": user.place.line}
                text = message("suspicious-softmax-dim", function=clue.function, **values, **user_text)
                is_odd = clue.dim == 0 or len(clue.shape) > 3
                certainty: Certainty = "likely" if is_odd else "look"
                yield Suspicion("softmax-dim", clue.place, certainty, text)
                break


def _other_dim(call: CallNode, dim: int) -> CallNode | None:
    """Return what takes another dim of a softmax for the one that adds up to 1."""
    for user, operand, at, is_alone in _uses(call, dim):
        if user.function in _PRODUCTS and operand.role in ("self", "left", "0") and at != _last(operand):
            return user
        is_sum = user.function == "sum" and (_last(operand) > 1 or at == 0) and _is_weighted(user)
        if is_sum or (is_alone and user.function in ("argmax", "max", "topk")):
            chosen = user.argument(2 if user.function == "topk" else 1, "dim", "axis")
            along = chosen.integer if chosen else None
            if along is not None and along % (_last(operand) + 1) != at:
                return user
        if user.function in (*_ENTROPIES, "nll_loss", "NLLLoss") and at != min(1, _last(operand)):
            return user
        if user.function == "einsum" and _keeps(user, operand, at):
            return user
    return None


def _uses(call: CallNode, dim: int) -> Iterator[tuple[CallNode, CallInput, int, bool]]:
    """Yield the calls that used a tensor, with the operand that it is, and where a dim of it is there.

    Last is whether the operand has its elements alone: a product of two softmaxes is read along either dim.
    """
    todo, known = [(call, dim, True)], {call.index}
    while todo and len(known) < MAX_USES:
        tensor, at, is_alone = todo.pop()
        for user in tensor.users:
            operand = next(
                (each for each in user.tensors if each.call and each.call.origin is tensor.origin), None
            )
            if operand is None or user.index in known:
                continue
            known.add(user.index)
            yield user, operand, at, is_alone
            moved = _moved(user, operand, at)
            if moved is not None:
                is_met = user.function in ARITHMETIC and len(user.tensors) > 1
                todo.append((user, moved, is_alone and not is_met))


def _moved(user: CallNode, operand: CallInput, at: int) -> int | None:
    """Return where a dim is after a function; None where it is gone, or its values add up no more."""
    before, after = len(operand.shape or ()), len(user.shape)
    dims = [each.integer for each in user.arguments if each.integer is not None]
    match user.function:
        case "unsqueeze" if len(dims) == 1:
            return at + (dims[0] % after <= at)
        case "squeeze" if len(dims) == 1:
            return at - (dims[0] % before < at)
        case "transpose" if len(dims) == 2:
            pair = [each % before for each in dims]
            return pair[1 - pair.index(at)] if at in pair else at
        case "view" | "reshape":
            is_last_kept = operand.shape is not None and operand.shape[-1:] == user.shape[-1:]
            return None if not is_last_kept else after - 1 if at == before - 1 else 0
        case function if function in ELEMENTWISE and function not in _SCALING:
            return after - before + at
        case _:
            return None


def _last(operand: CallInput) -> int:
    return len(operand.shape or ()) - 1


def _is_weighted(user: CallNode) -> bool:
    """Whether what is summed was multiplied by something first, as values are by weights."""
    operand = user.tensors[0].call
    return operand is not None and operand.origin.function in ("*", "mul", "multiply")


def _keeps(user: CallNode, operand: CallInput, at: int) -> bool:
    """Whether an einsum keeps a dim of an operand and sums over another one."""
    equation = _EQUATION.search(user.expression)
    operands = [each for each in user.tensors if each.call is not None]
    if equation is None or operand not in operands:
        return False
    names = equation[1].replace(" ", "").split(",")
    number = operands.index(operand)
    if number >= len(names) or at >= len(names[number]):
        return False
    return names[number][at] in equation[2] and not set(names[number]) <= set(equation[2])


def twice(graph: CallGraph) -> Iterator[Suspicion]:
    """Yield each loss that applies a softmax or sigmoid that was applied already."""
    for clue in graph.clues_of(SquashedTwice):
        where = clue.source or clue.place
        name, certainty = _TWICE.get((clue.loss, clue.function), _TWICE["", clue.function])
        values = {"loss": clue.loss, "function": clue.function, "line": clue.place.line}
        yield Suspicion("softmax-twice", where, certainty, message(name, **values))


def missing(graph: CallGraph) -> Iterator[Suspicion]:
    """Yield each loss of log-probabilities whose input has numbers that are none."""
    for clue in graph.clues_of(PositiveLogs):
        is_nll = clue.loss in ("nll_loss", "NLLLoss")
        name: Name = "suspicious-no-log-softmax" if is_nll else "suspicious-no-log"
        text = message(name, loss=clue.loss, count=clue.count, numel=clue.numel)
        yield Suspicion("softmax-missing", clue.place, "likely", text)


_LOGS: tuple[Name, Certainty] = ("suspicious-probabilities", "certain")
_TWICE: dict[tuple[str, str], tuple[Name, Certainty]] = {
    ("", "softmax"): ("suspicious-softmax-twice", "certain"),
    ("", "log_softmax"): ("suspicious-log-softmax-twice", "look"),
    ("", "sigmoid"): ("suspicious-sigmoid-twice", "certain"),
    ("binary_cross_entropy_with_logits", "softmax"): ("suspicious-sigmoid-twice", "certain"),
    ("BCEWithLogitsLoss", "softmax"): ("suspicious-sigmoid-twice", "certain"),
    ("nll_loss", "softmax"): _LOGS,
    ("NLLLoss", "softmax"): _LOGS,
    ("kl_div", "softmax"): _LOGS,
    ("KLDivLoss", "softmax"): _LOGS,
}
"""The sentence for a loss and what was applied before it; "" stands for any other loss."""
