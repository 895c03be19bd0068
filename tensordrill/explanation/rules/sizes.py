"""Numbers of dims that a function takes, and sizes of two of its operands that have to be the same: tables."""

from __future__ import annotations

from typing import NamedTuple

from tensordrill.explanation.call import Argument, Failed
from tensordrill.explanation.rules.rule import FIRST, LAST, Reason, of, of_two, rule
from tensordrill.messages import Message, message

_ANY = 64
POOLED = {
    f"{kind}{count}d": {"input": (count + 1, count + 2)}
    for kind in ("max_pool", "avg_pool", "adaptive_avg_pool", "adaptive_max_pool")
    for count in (1, 2, 3)
}
SLIDING = frozenset(
    f"{kind}{count}d"
    for kind in ("conv", "Conv", "conv_transpose", "ConvTranspose", "max_pool", "avg_pool", "AvgPool")
    for count in (1, 2, 3)
)
"""Functions and layers whose kernel or window goes over the input."""
SQUARE = frozenset(
    f"linalg_{name}"
    for name in "inv inv_ex det cholesky cholesky_ex slogdet eig eigh eigvals eigvalsh solve ldl_factor".split()
)
"""Functions of square matrices, by their own names."""
DIMS: dict[str, dict[str, tuple[int, int]]] = {
    **POOLED,
    "BatchNorm1d": {"input": (2, 3)}, "BatchNorm2d": {"input": (4, 4)}, "BatchNorm3d": {"input": (5, 5)},
    "InstanceNorm1d": {"input": (2, 3)}, "InstanceNorm2d": {"input": (3, 4)}, "InstanceNorm3d": {"input": (4, 5)},
    **{name: {"input": (2, 3)} for name in ("RNN", "LSTM", "GRU")},
    **{name: {"input": (1, 2)} for name in ("RNNCell", "LSTMCell", "GRUCell")},
    "interpolate": {"input": (3, 5)}, "pixel_shuffle": {"input": (3, _ANY)}, "pixel_unshuffle": {"input": (3, _ANY)},
    "trace": {"input": (2, 2)}, "tril": {"input": (2, _ANY)}, "triu": {"input": (2, _ANY)},
    "diag": {"input": (1, 2)}, "fliplr": {"input": (2, _ANY)}, "flipud": {"input": (1, _ANY)},
    "rot90": {"input": (2, _ANY)}, "hsplit": {"input": (1, _ANY)}, "vsplit": {"input": (2, _ANY)},
    "dsplit": {"input": (3, _ANY)}, "cov": {"input": (0, 2), "fweights": (0, 1), "aweights": (0, 1)},
    "multinomial": {"input": (1, 2)}, "cdist": {"x1": (2, _ANY), "x2": (2, _ANY)}, "bincount": {"input": (1, 1)},
    **{name: {"A": (2, _ANY)} for name in SQUARE},
    **{name: {"index": (0, 1)} for name in ("index_add", "index_copy")},
}  # fmt: skip
"""The fewest and the most dims of arguments."""


class Same(NamedTuple):
    """A dim of one argument and a dim of another, which have the same size."""

    a: str
    i: int
    b: str
    j: int


LEAST: dict[str, dict[str, int]] = {
    **{name: {"n": 0, "m": 0} for name in ("eye",)},
    **{name: {"steps": 0} for name in ("linspace", "logspace")},
    **{name: {"stride": 1, "dilation": 1, "groups": 1, "kernel_size": 1, "padding": 0} for name in SLIDING},
    **{name: {"output_size": 0} for name in POOLED if "adaptive" in name},
    "multinomial": {"num_samples": 1},
}
"""The least value of arguments that are integers."""
SAME_DIMS = {
    "triplet_margin_loss": ("anchor", "positive", "negative"),
    "margin_ranking_loss": ("input1", "input2", "target"),
    "linalg_cross": ("input", "other"),
}
"""Tensors that have the same number of dims."""
_NORM = tuple(Same("input", 1, name, 0) for name in ("running_mean", "running_var", "weight", "bias"))
_CELL = (Same("input", 0, "hx", 0),)
SAME: dict[str, tuple[Same, ...]] = {
    "batch_norm": _NORM, "instance_norm": _NORM, "group_norm": _NORM[2:],
    "cdist": (Same("x1", -1, "x2", -1),),
    "bilinear": (Same("input1", -1, "weight", 1), Same("input2", -1, "weight", 2)),
    "Bilinear": (Same("input1", -1, "weight", 1), Same("input2", -1, "weight", 2)),
    "linear": (Same("bias", 0, "weight", 0),),
    "scaled_dot_product_attention": (Same("query", -1, "key", -1), Same("key", -2, "value", -2)),
    "GRUCell": _CELL, "RNNCell": _CELL,
    "cross_entropy": (Same("weight", 0, "input", 1),), "nll_loss": (Same("weight", 0, "input", 1),),
}  # fmt: skip
"""Sizes that have to be the same; a function's own rules come first."""


@rule(FIRST, raises="RuntimeError ValueError IndexError NotImplementedError AssertionError")
def dims(call: Failed) -> Reason:
    """A tensor with too few dims, or too many."""
    for name, (low, high) in DIMS.get(call.name, {}).items():
        x = call.get(name)
        if x is not None and x.tensor is not None and not low <= len(x.shape) <= high:
            count = {"wanted": _count(low, high), "n": len(x.shape)}
            return message("sizes-dims", function=call.function, **count, **of(x))
    return _square(call)


def _count(low: int, high: int) -> Message:
    if low == high:
        return message("sizes-exactly", low=low)
    if high == _ANY:
        return message("sizes-at-least", low=low)
    if not low:
        return message("sizes-at-most", high=high)
    return message("sizes-or" if high == low + 1 else "sizes-from-to", low=low, high=high)


def _square(call: Failed) -> Reason:
    x = call.get("A")
    if call.name not in SQUARE or x is None or x.tensor is None or x.shape[-1] == x.shape[-2]:
        return None
    return message("sizes-square", function=call.function, m=x.shape[-2], n=x.shape[-1], **of(x))


@rule(FIRST, raises="RuntimeError ValueError")
def least(call: Failed) -> Reason:
    """A number that is too small."""
    for name, low in LEAST.get(call.name, {}).items():
        numbers = call.integers(name)
        if numbers and min(numbers) < low:
            return message("sizes-least", function=call.function, name=name, least=low, value=min(numbers))
    return None


@rule(*SAME_DIMS)
def same_dims(call: Failed) -> Reason:
    """Tensors with different numbers of dims."""
    tensors = [
        x for name in SAME_DIMS[call.name] if (x := call.get(name)) is not None and x.tensor is not None
    ]
    other = next((x for x in tensors if len(x.shape) != len(tensors[0].shape)), None)
    if other is None:
        return None
    counts = {"m": len(tensors[0].shape), "n": len(other.shape)}
    return message("joins-ndim", function=call.function, **counts, **of_two(tensors[0], other))


@rule(LAST, raises="RuntimeError ValueError IndexError")
def same(call: Failed) -> Reason:
    """Two dims whose sizes differ."""
    for pair in SAME.get(call.name, ()):
        a, b = call.get(pair.a), call.get(pair.b)
        if a is None or b is None or a.tensor is None or b.tensor is None:
            continue
        i, j = (at % max(len(x.shape), 1) for x, at in ((a, pair.i), (b, pair.j)))
        if i < len(a.shape) and j < len(b.shape) and a.shape[i] != b.shape[j]:
            return differing(call, a, b, i, j)
    return None


def differing(call: Failed, a: Argument, b: Argument, i: int, j: int) -> Message:
    """Return that a dim of one tensor has another size than a dim of another one."""
    sizes = {"i": i, "j": j, "m": a.shape[i], "n": b.shape[j]}
    return message("sizes-same", function=call.function, **sizes, **of_two(a, b))
