"""Recurrent layers and cells: their states, and packed sequences."""

from __future__ import annotations

from tensordrill.explanation.call import Argument, Failed
from tensordrill.explanation.rules.rule import Reason, of, rule
from tensordrill.explanation.rules.sizes import differing
from tensordrill.explanation.shapes import Shape
from tensordrill.messages import message
from tensordrill.sandbox.values import Bool

_RECURRENT = ("RNN", "LSTM", "GRU")
_CELLS = ("RNNCell", "LSTMCell", "GRUCell")


@rule(*_RECURRENT, needs=("hx", "expected_hidden_size:ints"))
def state(call: Failed, x: Argument, wanted: Shape) -> Reason:
    """A state with other sizes than the layer and the batch have."""
    if x.shape == wanted:
        return None
    layout = message("recurrent-state-batch" if len(wanted) == 3 else "recurrent-state-alone")
    return message("recurrent-state", function=call.function, wanted=wanted, layout=layout, **of(x))


@rule("module call", raises="RuntimeError")
def state_dims(call: Failed) -> Reason:
    """A state without the batch of the input, or with one that the input lacks."""
    x, state, *_ = (*call.rest, *(None,) * 2)
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
    """`pack_padded_sequence` with more or fewer lengths than the batch has sequences."""
    first = call.get("batch_first")
    dim = int(first is None or first.value != Bool(True))
    if len(x.shape) <= dim or not lengths.shape or lengths.shape[0] == x.shape[dim]:
        return None
    return differing(call.function, lengths, x, 0, dim)
