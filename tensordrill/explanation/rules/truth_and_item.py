"""A tensor where Python wants one number, one truth, a length, or a given count of pieces."""

from __future__ import annotations

import math
import re

from tensordrill.explanation.call import Argument, Failed
from tensordrill.explanation.rules.rule import FIRST, Reason, of, rule
from tensordrill.messages import message
from tensordrill.sandbox.child.wire import MAX_ITEMS

_AMBIGUOUS = "RuntimeError ValueError"
_LOOPS = frozenset(
    "list tuple set enumerate zip map filter iter sum any all sorted reversed min max next dict".split()
)
_EXTREMES = {"max": "maximum", "min": "minimum"}
_COMPARING = frozenset(("max", "min", "sorted"))
_NUMBERS = frozenset(("int", "float", "complex"))
_MATH = frozenset("sqrt exp log sin cos tan floor ceil pow".split())


@rule("truth", raises=_AMBIGUOUS, needs=("value",))
def truth(call: Failed, x: Argument) -> Reason:
    """`if x`, `not x`, `x and y`."""
    count = math.prod(x.shape)
    if count > 1 and x.dtype == "bool" and (word := _joining(call)):
        return message("item-bitwise", word=word, sign=_BITWISE[word], count=count, **of(x))
    if count == 0:
        return message("item-truth-empty", **of(x))
    return message("item-truth", count=count, **of(x)) if count > 1 else None


_BITWISE = {"and": "&", "or": "|"}


def _joining(call: Failed) -> str | None:
    """Return the `and` or `or` that an operand stands before, with the rest of its expression."""
    place = call.failure.place
    lines = call.sources.get(place.file, "").splitlines()[place.end_line - 1 : place.end_line]
    match = _WORD.match(lines[0].encode()[place.end_column :].decode(errors="replace")) if lines else None
    return match[1] if match else None


_WORD = re.compile(r"\)*\s*(and|or)\b")


@rule("chain", raises=_AMBIGUOUS, needs=("value:any",))
def chain(_: Failed, x: Argument) -> Reason:
    """`0 < x < 1`."""
    return message("item-chain", x=x.code)


@rule("iteration", "unpacking", raises="TypeError", needs=("value",))
def iteration(_: Failed, x: Argument) -> Reason:
    """A loop over a 0-d tensor, or taking one apart."""
    return None if x.shape else message("item-iteration", x=x.code, fix=x.dotted)


@rule("unpacking", raises="ValueError", needs=("value",))
def unpacking(_: Failed, x: Argument) -> Reason:
    """Another number of names than dim 0 has."""
    return message("item-unpacking", count=x.shape[0], **of(x)) if x.shape else None


@rule(FIRST, raises="TypeError")
def formatted(call: Failed) -> Reason:
    """`f"{loss:.3f}"` of several numbers."""
    is_format = call.raised.message.startswith("unsupported format string passed to Tensor.__format__")
    return message("item-format") if is_format else None


@rule("unpacking", raises="ValueError", needs=("value:any",))
def unpacked_pieces(_: Failed, x: Argument) -> Reason:
    """Another number of names than a function gave tensors."""
    if (
        x.type not in ("list", "tuple") or not 0 < len(x.items) < MAX_ITEMS
    ):  # of more, the report has the first
        return None
    reason = message("item-pieces", x=x.code, type=x.type, count=len(x.items))
    if ".split(" in x.expression:
        return reason, message("item-split")
    is_state = len(x.items) == 2 and x.items[1].type == "tuple"
    return reason, *[message("item-state")] * is_state


@rule("python call", raises="TypeError")
def without_dims(call: Failed) -> Reason:
    """Python's functions of a 0-d tensor, which want a length or something to go through."""
    x = call.rest[0] if call.rest else None
    if x is None or x.tensor is None:
        return None
    if not x.shape and call.function == "len":
        return message("item-length", x=x.code, fix=x.dotted)
    if not x.shape and call.function in _LOOPS:
        return message("item-iteration", x=x.code, fix=x.dotted)
    if call.function == "range":
        return message("item-index", function="range", dtype=x.dtype, **of(x))
    return None


@rule("python call", raises="RuntimeError TypeError ValueError")
def python_call(call: Failed) -> Reason:
    """Python's own functions of a tensor, which want one number or truth."""
    x = call.rest[0] if call.rest else None
    if x is None or x.tensor is None:
        return _compared(call, x)
    if call.function == "bool":
        return truth.explain(call, x)
    if call.function in ("max", "min", "sorted", "any", "all") and x.shape:
        return _several(call, x)
    return item.explain(call, x) if call.function in _NUMBERS | _MATH else None


def _several(call: Failed, x: Argument) -> Reason:
    """`max(x, y)`, or `max(x)` of a tensor whose pieces are no numbers."""
    is_several = any(each.tensor is not None and math.prod(each.shape) > 1 for each in call.rest)
    is_compared = len(call.rest) > 1 or (len(x.shape) > 1 and x.shape[0] > 1)
    return _comparing(call) if is_several and is_compared else None


def _compared(call: Failed, x: Argument | None) -> Reason:
    """`max` or `sorted` of a list of tensors."""
    items = x.items if x else ()
    is_several = any(each.tensor is not None and math.prod(each.shape) > 1 for each in items)
    return _comparing(call) if len(items) > 1 and is_several and call.function in _COMPARING else None


def _comparing(call: Failed) -> Reason:
    function = call.function
    if call.is_a("NotImplementedError") or not call.is_a("RuntimeError", "ValueError"):
        return None
    full = _EXTREMES.get(function)
    instead = [message("item-extreme", function=function, full=full)] if full else []
    return message("item-compared", function=function), *instead


@rule("in", "not in", "other call", raises=_AMBIGUOUS)
def contained(call: Failed) -> Reason:
    """`x in [y, z]`, `[y, z].index(x)`."""
    x, held = call.get("input") or next(iter(call.rest), None), call.get("other") or call.get("self")
    if x is None or x.tensor is None or call.is_a("NotImplementedError"):
        return None
    if call.function not in ("in", "not in", "index", "remove", "count"):
        return None
    tensors = [each.tensor for each in (x, *(held.items if held else ())) if each.tensor is not None]
    if all(math.prod(each.shape) < 2 for each in tensors):
        return None
    return message("item-compared", function=call.function), message("item-equal")


@rule("item", raises=_AMBIGUOUS, needs=("input",))
def item(call: Failed, x: Argument) -> Reason:
    """`.item()` and Python's numbers of several elements."""
    count = math.prod(x.shape)
    if count == 1:
        return None
    one = message("item-one", function=call.function, count=count, **of(x))
    if call.function in _MATH:
        return one, message("item-torch", function=call.function)
    return one, message("item-list", fix=x.dotted)
