"""Recurrent layers and cells: their states, and packed sequences."""

from __future__ import annotations

from itertools import pairwise

from tensordrill.explanation.call import Argument, Failed, outer
from tensordrill.explanation.rules.rule import Reason, of, of_two, rule
from tensordrill.explanation.rules.sizes import differing
from tensordrill.explanation.shapes import Shape
from tensordrill.kinds.numbers import elements
from tensordrill.messages import Message, message
from tensordrill.sandbox.values import Bool

_RECURRENT = ("RNN", "LSTM", "GRU")
_CELLS = ("RNNCell", "LSTMCell", "GRUCell")


@rule(*_RECURRENT, needs=("hx", "expected_hidden_size:ints"))
def state(call: Failed, x: Argument, wanted: Shape) -> Reason:
    """A state with other sizes than the layer and the batch have."""
    if x.shape == wanted:
        return None
    is_batched, is_double = len(wanted) == 3, call.get("bidirectional")
    layers, both = call.integer("num_layers"), is_double is not None and is_double.value == Bool(True)
    layout = message("recurrent-state-batch" if is_batched else "recurrent-state-alone")
    reason = message("recurrent-state", function=call.function, wanted=wanted, layout=layout, **of(x))
    if both and layers is not None and x.shape[:1] == (layers,):
        return reason, message("recurrent-directions", layers=layers, states=wanted[0])
    return reason, *(_batched(call, x, wanted) if is_batched else ())


def _batched(call: Failed, x: Argument, wanted: Shape) -> tuple[Message, ...]:
    """Return which dim `batch_first` takes for the batch, where the state was made for the other one."""
    first = call.get("batch_first")
    if first is None or len(x.shape) != len(wanted):
        return ()
    if first.value == Bool(True) and x.shape == (wanted[1], wanted[0], wanted[2]):
        return (message("recurrent-batch-first"),)
    given = [each for each in outer(call) if each.tensor is not None]
    if first.value != Bool(False) or not given or len(given[0].shape) != 3:
        return ()
    length, batch, _ = given[0].shape
    if (wanted[0], length, wanted[2]) != x.shape or batch != wanted[1]:
        return ()
    return (message("recurrent-batch-second", batch=batch, **of(given[0])),)


@rule("module call", raises="RuntimeError")
def state_dims(call: Failed) -> Reason:
    """A state without the batch of the input, or with one that the input lacks."""
    x, state, *_ = (*call.rest, *(None,) * 2)
    if state is not None and state.items and call.function == "LSTM":
        state = state.items[0]
    if (
        call.function not in _RECURRENT
        or x is None
        or state is None
        or x.tensor is None
        or state.tensor is None
    ):
        return None
    if len(x.shape) not in (2, 3) or len(state.shape) == len(x.shape):
        return None
    counts = {"n": len(x.shape), "state": state.code, "shape_state": state.shape, "count": len(state.shape)}
    return message("recurrent-state-dims", function=call.function, **counts, **of(x))


@rule("module call", raises="AttributeError TypeError")
def one_state_alone(call: Failed) -> Reason:
    """A pair of states, as `LSTM` has, of another layer."""
    is_pair = call.function in ("RNN", "GRU") and len(call.rest) == 2 and call.rest[1].type == "tuple"
    return message("recurrent-one-state", function=call.function) if is_pair else None


@rule("LSTM", raises="IndexError RuntimeError", needs=("hx",))
def one_state(_: Failed, x: Argument) -> Reason:
    """A state of `LSTM` that is one tensor."""
    return message("recurrent-two-states", **of(x))


@rule(*_CELLS, needs=("input", "hx:any", "hidden_size:int"))
def cell_state(call: Failed, x: Argument, given: Argument, features: int) -> Reason:
    """A state of a cell with another batch than the input, or with other features than the cell."""
    flag = call.get("is_batched")
    own = int(flag is not None and flag.value == Bool(False))  # the cell has put in a batch of 1
    wanted = (*x.shape[:-1], features)[own:]
    layout = message("recurrent-state-one" if own else "recurrent-state-cell")
    for state in given.items or (given,):
        if state.tensor is not None and state.shape[own:] != wanted:
            values = {"wanted": wanted, "layout": layout, "x": state.code, "shape": state.shape[own:]}
            return message("recurrent-state", function=call.function, **values)
    return None


@rule("pack_padded_sequence", needs=("input", "lengths"))
def packed(call: Failed, x: Argument, lengths: Argument) -> Reason:
    """`pack_padded_sequence` with more or fewer lengths than the batch has sequences, or with unsorted ones."""
    first, is_sorted = call.get("batch_first"), call.get("enforce_sorted")
    dim = int(first is None or first.value != Bool(True))
    if len(x.shape) > dim and lengths.shape and lengths.shape[0] != x.shape[dim]:
        return differing(call.function, lengths, x, 0, dim)
    if len(lengths.shape) != 1 or lengths.fact.values is None or not lengths.fact.is_whole:
        return None
    numbers = [int(each.real) for each in elements(lengths.fact.values)]
    if numbers == sorted(numbers, reverse=True) or (is_sorted and is_sorted.value == Bool(False)):
        return None
    m, n = next(pair for pair in pairwise(numbers) if pair[0] < pair[1])
    return message("recurrent-unsorted", function=call.function, m=m, n=n, **of(lengths))


@rule("pad_sequence", needs=("sequences:any",))
def padded(call: Failed, sequences: Argument) -> Reason:
    """`pad_sequence` of tensors that differ in another dim than the first."""
    tensors = [each for each in sequences.items if each.tensor is not None and each.shape]
    other = next((each for each in tensors if each.shape[1:] != tensors[0].shape[1:]), None)
    if other is None:
        return None
    reason = message("recurrent-padded", function=call.function, **of_two(tensors[0], other))
    is_last = all(len(each.shape) == 2 and each.shape[0] == other.shape[0] for each in sequences.items)
    return reason, *[message("recurrent-padded-last")] * is_last
