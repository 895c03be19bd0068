"""Data sets and loaders: batches of samples, splits, and tensors that are paired."""

from __future__ import annotations

import math
import re

from tensordrill.explanation.call import Argument, Failed, number, sequence, value_type
from tensordrill.explanation.rules.rule import FIRST, Reason, of_two, rule
from tensordrill.explanation.rules.sizes import differing
from tensordrill.messages import message
from tensordrill.sandbox.values import Float

_NONE = re.compile(r"\bNoneType\b")


@rule("collate_tensor_fn", needs=("batch:any",))
def collated(_: Failed, batch: Argument) -> Reason:
    """A `DataLoader` whose samples have different shapes."""
    tensors = [each for each in batch.items if each.tensor is not None]
    other = next((each for each in tensors if each.shape != tensors[0].shape), None)
    return message("data-collated", **of_two(tensors[0], other)) if other else None


@rule("collate", raises="RuntimeError TypeError", needs=("batch:any",))
def collated_pieces(call: Failed, batch: Argument) -> Reason:
    """A `DataLoader` whose samples hold lists of different lengths, None, or what it can't join."""
    if _NONE.search(call.raised.message):
        return message("data-none")
    pieces = sequence(batch.value) or ()
    lengths = list(dict.fromkeys(len(each) for piece in pieces if (each := sequence(piece)) is not None))
    if call.is_a("RuntimeError"):
        return message("data-lengths", m=lengths[0], n=lengths[1]) if len(lengths) > 1 else None
    return message("data-pieces", type=value_type(pieces[0])) if pieces and not lengths else None


@rule("DataLoader", raises="ValueError")
def no_samples(call: Failed) -> Reason:
    """A `DataLoader` that draws from an empty list."""
    x = call.get("input")
    if x is None or x.value is None or sequence(x.value) != () or x.items:
        return None
    return message("data-no-samples", x=x.code)


@rule("TensorDataset", raises="AssertionError")
def paired(call: Failed) -> Reason:
    """A `TensorDataset` of tensors with different numbers of samples."""
    tensors = [x for x in call.given if x.tensor is not None and x.shape]
    other = next((x for x in tensors if x.shape[0] != tensors[0].shape[0]), None)
    return None if other is None else differing(call.function, tensors[0], other, 0, 0)


@rule("random_split", raises="ValueError", needs=("lengths:any",))
def split(call: Failed, lengths: Argument) -> Reason:
    """`random_split` into parts that do not add up to the data set, or to 1."""
    values = sequence(lengths.value) or ()
    parts = [each for each in map(number, values) if each is not None]
    if not parts or len(parts) < len(values) or not call.raised.message.startswith("Sum of input lengths"):
        return None
    total = math.fsum(parts)
    if any(isinstance(each, Float) for each in values):
        return message("data-shares", parts=", ".join(map(str, parts)), total=total)
    return message("data-split", parts=" + ".join(str(int(each)) for each in parts), total=int(total))


@rule(FIRST, raises="TypeError")
def no_length(call: Failed) -> Reason:
    """A loader of a data set without a length, or one that is taken for an iterator."""
    if call.raised.message == "'DataLoader' object is not an iterator":
        x = next(iter(call.rest), None)
        return message("data-iterator", x=x.code, fix=f"next(iter({x.text}))") if x else None
    match = _NO_LENGTH.match(call.raised.message)
    return message("data-length", type=match[1]) if match and call.function == "DataLoader" else None


_NO_LENGTH = re.compile(r"object of type '(\w+)' has no len\(\)")


@rule("TensorDataset", raises="TypeError AttributeError")
def arrays(call: Failed) -> Reason:
    """A `TensorDataset` of arrays or lists."""
    x = next((each for each in call.given if each.tensor is None and each.type in ("ndarray", "list")), None)
    return message("data-tensors", function=call.function, x=x.code, x_=x.text, type=x.type) if x else None
