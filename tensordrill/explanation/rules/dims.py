"""A dim that a tensor does not have, and orders of dims that are none."""

from __future__ import annotations

from tensordrill.explanation.rules.operation import Given, Operation, Told, integer, sequence
from tensordrill.explanation.rules.shapes import numel
from tensordrill.explanation.rules.signatures import SIGNATURES
from tensordrill.sandbox.traced import TensorFact

WORDS = {
    "dims-range": (
        "For {x} {shape}, `{function}` takes a dim from {low} to {high}; {dim} is outside.",
        "{x} {shape}에서 `{function}`에 쓸 수 있는 dim은 {low}부터 {high}까지입니다. {dim}은(는) 범위를 벗어납니다.",
    ),
    "dims-range-flat": (
        "{x} is 0-d: it has no dims, and `{function}` takes only 0 or -1 for it. {dim} is outside.",
        "{x}에는 dim이 없습니다(0-d). 이때 `{function}`에 쓸 수 있는 dim은 0과 -1뿐이며 {dim}은(는) 범위를 벗어납니다.",
    ),
    "dims-range-new": (
        "`{function}` puts in a new dim, so its range is one wider than that of other functions: "
        "for {x} {shape} it is {low} to {high}. {dim} is outside.",
        "`{function}`에서는 dim이 새로 하나 생기므로 범위가 다른 함수보다 하나 넓습니다. "
        "{x} {shape}에는 {low}부터 {high}까지 쓸 수 있고, {dim}은(는) 범위를 벗어납니다.",
    ),
    "dims-none": (
        "{x} is 0-d: it has no dims, and `{function}` needs one to go along.",
        "{x}에는 dim이 없는데(0-d) `{function}`에는 따라갈 dim이 필요합니다.",
    ),
    "dims-one": (
        "`{function}` takes one dim; {value} is of type {type}.",
        "`{function}`에는 dim을 하나만 줄 수 있는데 {value} ({type})을(를) 주었습니다.",
    ),
    "dims-last": ("The last dim is {last}, or -1.", "마지막 dim은 {last} 또는 -1입니다."),
    "dims-last-new": (
        "A new last dim is {last}, or -1.",
        "맨 뒤에 새 dim을 만들려면 {last} 또는 -1을 씁니다.",
    ),
    "dims-type": (
        "A dim is an integer; `{function}` got {value} ({type}).",
        "dim은 정수여야 합니다. `{function}`에 준 값은 {value} ({type})입니다.",
    ),
    "dims-one-at-a-time": (
        "`unsqueeze` takes one dim; {value} is of type {type}. Call it once for each new dim.",
        "`unsqueeze`에는 dim을 하나만 줄 수 있는데 {value} ({type})을(를) 주었습니다. 새 dim마다 한 번씩 호출하면 됩니다.",
    ),
    "dims-order-count": (
        "`permute` wants each of the {n} dims of {x} {shape} exactly once; it got {count}: {dims}.",
        "`permute`에는 {x} {shape}의 dim {n}개를 하나도 빠짐없이 한 번씩 써야 합니다. 받은 것은 {count}개입니다: {dims}.",
    ),
    "dims-order-repeated": (
        "`{function}` takes each dim once; {dims} names dim {dim} more than once.",
        "`{function}`에는 같은 dim을 두 번 쓸 수 없습니다. {dims}에는 dim {dim}이(가) 두 번 이상 있습니다.",
    ),
    "dims-transpose-count": (
        "`transpose` swaps two dims; it got {count}. To put all dims in a new order, use `permute`.",
        "`transpose`는 dim 두 개를 맞바꿉니다. 받은 dim은 {count}개입니다. 모든 dim의 순서를 정하려면 `permute`를 쓰세요.",
    ),
    "dims-flatten-order": (
        "`flatten` goes from `start_dim` to `end_dim`, and {start} (dim {first}) comes after {end} (dim {last}).",
        "`flatten`은 `start_dim`부터 `end_dim`까지 합치는데, {start}(dim {first})이(가) {end}(dim {last})보다 뒤에 있습니다.",
    ),
    "dims-matrix-at-most": (
        "`t` transposes a matrix; {x} {shape} has {n:dim}. `{x_}.mT` swaps the last two, `transpose` any two.",
        "`t`는 행렬을 전치합니다. {x} {shape}의 dim은 {n}개입니다. 마지막 두 dim은 `{x_}.mT`로, "
        "원하는 두 dim은 `transpose`로 바꿉니다.",
    ),
    "dims-matrix-at-least": (
        "`{function}` swaps the last two dims; {x} {shape} has only {n}.",
        "`{function}`은(는) 마지막 두 dim을 바꿉니다. {x} {shape}의 dim은 {n}개뿐입니다.",
    ),
    "dims-empty-reduction": (
        "{x} {shape} has no elements, so there is no `{function}` of it{along}.",
        "{x} {shape}에는 원소가 없어서 `{function}`의 결과를 정할 수 없습니다.",
    ),
}

_NEW = frozenset(("unsqueeze", "stack"))
_NAMES = ("dim", "dim0", "dim1", "dim2", "start_dim", "end_dim", "dims", "source", "destination", "dimension")
_DEFAULTS = {
    "normalize": {"dim": 1}, "cosine_similarity": {"dim": 1}, "glu": {"dim": -1},
    "diagonal": {"dim1": 0, "dim2": 1},
}  # fmt: skip
_NEEDS_DIMS = frozenset("select narrow unbind chunk split tensor_split size stride".split())
"""Functions that take no dim of a 0-d tensor, not even 0."""
_ONE = frozenset(
    "softmax log_softmax cumsum cumprod cummax cummin argmax argmin sort argsort median max min".split()
)
_MANY = frozenset(("permute", "flip"))
_EMPTY = frozenset(("min", "max", "argmin", "argmax", "median", "aminmax", "amin", "amax", "mode"))
_PERMUTED_ONCE = frozenset(
    ("permute", "flip", "sum", "mean", "squeeze", "amax", "amin", "logsumexp", "std", "var")
)


def out_of_range(op: Operation) -> list[Told]:
    """A dim outside of the range that the tensor has."""
    subject = _subject(op)
    if subject is None or not op.is_a("IndexError") or op.name not in SIGNATURES:
        return []
    given, tensor = subject
    wider = op.name in _NEW
    ndim = len(tensor.shape) + wider
    low, high = -max(ndim, 1), max(ndim, 1) - 1
    for dim in _dims(op):
        if not low <= dim <= high:
            values: dict[str, object] = {
                "function": op.written, "x": given.code, "shape": tensor.shape, "n": len(tensor.shape),
                "low": low, "high": high, "dim": dim,
            }  # fmt: skip
            if ndim == 0:
                return [Told("dims-range-flat", values)]
            last = Told("dims-last-new" if wider else "dims-last", {"last": high})
            return [
                Told("dims-range-new" if wider else "dims-range", values),
                *([last] if dim == ndim else []),
            ]
    return []


def _subject(op: Operation) -> tuple[Given, TensorFact] | None:
    """Return the tensor whose dims are counted: the first of a list of them."""
    given = op.get("tensors") or op.get("input") or op.get("x1")
    if given is not None and given.items:
        given = given.items[0]
    return (given, given.tensor) if given is not None and given.tensor is not None else None


def _dims(op: Operation) -> list[int]:
    names = [name for name in _NAMES if op.get(name) is not None]
    found = [dim for name in names for dim in op.integers(name) or ()]
    if op.name in _MANY:
        found += op.integers("*dims") or ()
    found += [dim for name, dim in _DEFAULTS.get(op.name, {}).items() if op.get(name) is None]
    return found


def without_dims(op: Operation) -> list[Told]:
    """A function that goes along a dim, of a tensor without any."""
    tensor = op.tensor("input")
    if (
        op.name not in _NEEDS_DIMS
        or tensor is None
        or tensor.shape
        or not op.is_a("IndexError", "RuntimeError")
    ):
        return []
    return [Told("dims-none", {"x": op.code("input"), "function": op.written})]


def wrong_type(op: Operation) -> list[Told]:
    """A dim that is no integer."""
    given = op.get("dim")
    if given is None or not op.is_a("TypeError") or op.tensor("input") is None:
        return []
    if op.name == "unsqueeze" and sequence(given.value) is not None:
        return [Told("dims-one-at-a-time", {"value": given.code, "type": given.type})]
    if op.name in _ONE and sequence(given.value) is not None:
        return [Told("dims-one", {"function": op.written, "value": given.code, "type": given.type})]
    if given.type in ("float", "str"):
        return [Told("dims-type", {"function": op.written, "value": given.code, "type": given.type})]
    return []


def order(op: Operation) -> list[Told]:
    """`permute` and others with too few, too many or repeated dims."""
    tensor = op.tensor("input")
    if tensor is None or not op.is_a("RuntimeError"):
        return []
    dims = op.integers("*dims") if op.name in _MANY else op.integers("dim")
    if dims is None:
        return []
    if op.name == "permute" and len(dims) != len(tensor.shape):
        return [
            Told(
                "dims-order-count",
                {"x": op.code("input"), "shape": tensor.shape, "n": len(tensor.shape),
                 "count": len(dims), "dims": dims},
            )
        ]  # fmt: skip
    if any(not -len(tensor.shape) <= dim < len(tensor.shape) for dim in dims):
        return []
    plain = [dim % len(tensor.shape) for dim in dims]
    for dim in plain:
        if plain.count(dim) > 1 and op.name in _PERMUTED_ONCE:
            return [Told("dims-order-repeated", {"function": op.written, "dims": dims, "dim": dim})]
    return []


def transpose_count(op: Operation) -> list[Told]:
    """`transpose` with all dims, as numpy's takes them."""
    count = len(op.rest) + sum(op.get(name) is not None for name in ("dim0", "dim1"))
    dims = op.get("dim0")
    if count == 1 and dims is not None and (pieces := sequence(dims.value)) is not None:
        count = len(pieces)
    if op.is_a("TypeError") and op.tensor("input") is not None and count != 2:
        return [Told("dims-transpose-count", {"count": count})]
    return []


def flatten_order(op: Operation) -> list[Told]:
    """`flatten` whose start comes after its end."""
    tensor, start, end = op.tensor("input"), op.integer("start_dim", 0), op.integer("end_dim", -1)
    if tensor is None or start is None or end is None or not tensor.shape or not op.is_a("RuntimeError"):
        return []
    first, last = start % len(tensor.shape), end % len(tensor.shape)
    if first <= last:
        return []
    return [Told("dims-flatten-order", {"start": start, "end": end, "first": first, "last": last})]


def matrix(op: Operation) -> list[Told]:
    """`t` of more than two dims, `mT` and others of fewer."""
    name = op.written.rstrip("_") if op.name != "attribute" else op.written
    given = op.get("input") or op.get("self")
    if given is None or given.tensor is None or not op.is_a("RuntimeError"):
        return []
    n = len(given.tensor.shape)
    values = {"function": name, "x": given.code, "x_": given.expression, "shape": given.tensor.shape, "n": n}
    if name == "t" and n > 2:
        return [Told("dims-matrix-at-most", values)]
    if (name in ("mT", "mH", "adjoint") and n < 2) or (name == "H" and n not in (0, 2)):
        return [Told("dims-matrix-at-least", values)] if n < 2 else []
    return []


def empty_reduction(op: Operation) -> list[Told]:
    """The largest of no elements."""
    tensor = op.tensor("input")
    if op.name not in _EMPTY or tensor is None or numel(tensor.shape) or op.get("other") is not None:
        return []
    dim = op.get("dim")
    at = integer(dim.value) if dim is not None else None
    is_along_nothing = (
        at is not None and -len(tensor.shape) <= at < len(tensor.shape) and not tensor.shape[at]
    )
    if dim is not None and not is_along_nothing:
        return []
    along = f" along dim {at}" if at is not None else ""
    return [
        Told(
            "dims-empty-reduction",
            {"function": op.written, "x": op.code("input"), "shape": tensor.shape, "along": along},
        )
    ]
