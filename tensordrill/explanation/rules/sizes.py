"""Numbers of dims that a function takes, and sizes of two of its operands that have to be the same: tables."""

from __future__ import annotations

from collections.abc import Sequence
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
SQUARE = frozenset(
    f"linalg_{name}"
    for name in "inv inv_ex det cholesky cholesky_ex slogdet eig eigh eigvals eigvalsh solve ldl_factor".split()
) | {
    "inverse",
    "det",
    "logdet",
    "slogdet",
    "matrix_power",
    "matrix_exp",
    "linalg_matrix_power",
    "linalg_matrix_exp",
}
"""Functions of square matrices, by their own names."""
_FANS = "xavier_uniform xavier_normal kaiming_uniform kaiming_normal".split()
"""Functions of `nn.init` that need a number of inputs and of outputs."""
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
    **{name: {"A": (2, _ANY), "input": (2, _ANY)} for name in SQUARE},
    **{name: {"index": (0, 1)} for name in ("index_add", "index_copy")},
    **{f"linalg_{name}": {"A": (2, _ANY)} for name in "svd svdvals qr pinv matrix_rank cond lstsq".split()},
    **{name: {"start": (0, 0), "end": (0, 0)} for name in ("linspace", "logspace")},
    **{name: {"input": (2, _ANY)} for name in ("renorm", "ormqr", "histogramdd", "group_norm")},
    **{f"max_unpool{count}d": {"input": (count + 1, count + 2)} for count in (1, 2, 3)},
    "prelu": {"weight": (0, 1)}, "masked_fill": {"value": (0, 0)}, "bucketize": {"boundaries": (1, 1)},
    "narrow": {"start": (0, 0)},
    "combinations": {"input": (1, 1)}, "vander": {"x": (1, 1)}, "quantile": {"q": (0, 1)}, "nanquantile": {"q": (0, 1)},
    "repeat_interleave": {"repeats": (0, 1)}, "grid_sample": {"input": (4, 5)},
    "embedding_bag": {"weight": (2, 2), "input": (1, 2), "offsets": (1, 1)}, "ctc_loss": {"log_probs": (2, 3)},
    **{name: {"input": (2, _ANY)} for name in _FANS},
    "meshgrid": {"*tensors": (0, 1)}, "cartesian_prod": {"*tensors": (1, 1)}, "block_diag": {"*tensors": (0, 2)},
    "linear_cross_entropy": {"input": (1, 2), "linear_weight": (2, _ANY)},
    "multi_margin_loss": {"input": (1, 2), "target": (0, 1), "weight": (1, 1)},
    "multilabel_margin_loss": {"input": (0, 2)}, "cosine_embedding_loss": {"target": (0, 1)},
}  # fmt: skip
"""The fewest and the most dims of arguments."""


class Same(NamedTuple):
    """A dim of one argument and a dim of another, which have the same size."""

    a: str
    i: int
    b: str
    j: int


SAME_DIMS = {
    "triplet_margin_loss": ("anchor", "positive", "negative"),
    "triplet_margin_with_distance_loss": ("anchor", "positive", "negative"),
    "margin_ranking_loss": ("input1", "input2", "target"),
    "linalg_cross": ("input", "other"),
}
"""Tensors that have the same number of dims."""
_NORM = tuple(Same("input", 1, name, 0) for name in ("running_mean", "running_var", "weight", "bias"))
SAME: dict[str, tuple[Same, ...]] = {
    "batch_norm": _NORM, "instance_norm": _NORM, "group_norm": _NORM[2:],
    "cdist": (Same("x1", -1, "x2", -1),),
    "bilinear": (Same("input1", -1, "weight", 1), Same("input2", -1, "weight", 2)),
    "Bilinear": (Same("input1", -1, "weight", 1), Same("input2", -1, "weight", 2)),
    "linear": (Same("bias", 0, "weight", 0),),
    "scaled_dot_product_attention": (Same("query", -1, "key", -1), Same("key", -2, "value", -2)),
    "cross_entropy": (Same("weight", 0, "input", 1),), "nll_loss": (Same("weight", 0, "input", 1),),
    "multi_margin_loss": (Same("target", 0, "input", 0), Same("weight", 0, "input", -1)),
    "linear_cross_entropy": (Same("input", -1, "linear_weight", -1), Same("linear_bias", 0, "linear_weight", 0)),
    "cov": (Same("fweights", 0, "input", -1), Same("aweights", 0, "input", -1)),
    "cosine_embedding_loss": (Same("target", 0, "input1", 0),),
    "ctc_loss": (Same("input_lengths", 0, "log_probs", 1), Same("target_lengths", 0, "log_probs", 1)),
    "grid_sample": (Same("grid", 0, "input", 0),),
    "linalg_solve": (Same("A", -1, "B", -2),), "linalg_lstsq": (Same("A", -2, "B", -2),),
}  # fmt: skip
"""Sizes that have to be the same; a function's own rules come first."""


@rule(FIRST, raises="RuntimeError ValueError IndexError NotImplementedError AssertionError")
def dims(call: Failed) -> Reason:
    """A tensor with too few dims, or too many."""
    given = ((name, x, *count) for name, count in DIMS.get(call.name, {}).items() for x in _named(call, name))
    for name, x, low, high in given:
        if x.tensor is not None and not low <= len(x.shape) <= high:
            count = {"wanted": dims_wanted(low, high), "n": len(x.shape)}
            if name in ("input", "A", "*tensors"):
                return message("sizes-dims", function=call.function, **count, **of(x))
            return message("sizes-dims-of", function=call.function, name=name, **count, **of(x))
    return _square(call)


def _named(call: Failed, name: str) -> Sequence[Argument]:
    """Return an argument, if it is there, or those of a starred parameter."""
    if name[0] != "*":
        return [call.arguments[name]] if name in call.arguments else []
    whole = call.get(name[1:])
    return whole.items if whole is not None else call.rest


def dims_wanted(low: int, high: int) -> Message:
    """Return how many dims are from the fewest to the most."""
    if low == high:
        return message("sizes-exactly", low=low)
    if high == _ANY:
        return message("sizes-at-least", low=low)
    if not low:
        return message("sizes-at-most", high=high)
    return message("sizes-or" if high == low + 1 else "sizes-from-to", low=low, high=high)


def _square(call: Failed) -> Reason:
    x = call.get("A") or call.get("input")
    if call.name not in SQUARE or x is None or x.tensor is None or x.shape[-1] == x.shape[-2]:
        return None
    return message("sizes-square", function=call.function, m=x.shape[-2], n=x.shape[-1], **of(x))


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
    return message("cat-ndim", function=call.function, **counts, **of_two(tensors[0], other))


@rule(LAST, raises="RuntimeError ValueError IndexError")
def same(call: Failed) -> Reason:
    """Two dims whose sizes differ."""
    for pair in SAME.get(call.name, ()):
        a, b = call.get(pair.a), call.get(pair.b)
        if a is None or b is None or a.tensor is None or b.tensor is None:
            continue
        i, j = (at % max(len(x.shape), 1) for x, at in ((a, pair.i), (b, pair.j)))
        if i < len(a.shape) and j < len(b.shape) and a.shape[i] != b.shape[j]:
            return differing(call.function, a, b, i, j)
    return None


def differing(function: str, a: Argument, b: Argument, i: int, j: int) -> Message:
    """Return that a dim of one tensor has another size than a dim of another one."""
    sizes = {"i": i, "j": j, "m": a.shape[i], "n": b.shape[j]}
    return message("sizes-same", function=function, **sizes, **of_two(a, b))


ONE_SHAPE = {
    **{f"max_unpool{count}d": ("input", "indices") for count in (1, 2, 3)},
    "multilabel_margin_loss": ("input", "target"), "embedding_bag": ("input", "per_sample_weights"),
}  # fmt: skip
"""Two tensors of one shape."""


@rule(*ONE_SHAPE, raises="RuntimeError ValueError")
def one_shape(call: Failed) -> Reason:
    """Two tensors whose shapes differ."""
    a, b = map(call.get, ONE_SHAPE[call.name])
    if a is None or b is None or a.tensor is None or b.tensor is None or a.shape == b.shape:
        return None
    return message("sizes-shape", function=call.function, **of_two(a, b))


@rule("linalg_cross", "cross", needs=("input", "other", "dim:int=-1"))
def crossed(call: Failed, a: Argument, b: Argument, dim: int) -> Reason:
    """A cross product of vectors that have not three elements."""
    for x in (a, b):
        if -len(x.shape) <= dim < len(x.shape) and x.shape[dim] != 3:
            return message("sizes-three", function=call.function, dim=dim, n=x.shape[dim], **of(x))
    return None


@rule("searchsorted", needs=("sorted_sequence", "input"))
def sorted_rows(call: Failed, edges: Argument, x: Argument) -> Reason:
    """Values to look up in rows of boundaries that are not theirs."""
    rows = edges.shape[:-1]
    if len(edges.shape) < 2 or (x.shape[:-1] == rows and len(x.shape) == len(edges.shape)):
        return None
    return message("sizes-sorted", function=call.function, rows=rows, **of_two(edges, x))
