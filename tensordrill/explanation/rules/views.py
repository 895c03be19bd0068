"""`view`, `reshape` and their like: sizes that do not fit the elements, dims that cannot merge."""

from __future__ import annotations

from tensordrill.explanation.rules.operation import Given, Operation, Told, sequence
from tensordrill.explanation.rules.shapes import fitting, gap, item_bytes, numel
from tensordrill.sandbox.traced import TensorFact
from tensordrill.sandbox.values import Dtype, Float

WORDS = {
    "views-elements": (
        "{x} {shape} has {total:element}; {wanted} needs {count}.",
        "{x} {shape}의 원소는 {total}개입니다. {wanted}에는 원소 {count}개가 필요합니다.",
    ),
    "views-remainder": (
        "{x} {shape} has {total:element}. The other sizes of {wanted} take {known} at a time, "
        "and {total} is {times} × {known} with {left} left over, so no number fits at -1.",
        "{x} {shape}의 원소는 {total}개입니다. {wanted}에서 -1을 뺀 나머지 크기의 곱은 {known}인데, "
        "{total} = {times} × {known} + {left}이므로 나누어떨어지지 않아 -1에 들어갈 수가 없습니다.",
    ),
    "views-fitting": ("{fitting} would fit.", "{fitting}이면 맞습니다."),
    "views-two-unknown": (
        "Only one size can be -1, because torch works it out from the others; {wanted} has {count}.",
        "-1은 하나만 쓸 수 있습니다. 나머지 크기에서 계산하기 때문입니다. {wanted}에는 {count}개가 있습니다.",
    ),
    "views-negative": (
        "A size is 0 or more, or one -1 for what is left; {wanted} has {size}.",
        "크기는 0 이상이거나, 나머지를 뜻하는 -1 하나여야 합니다. {wanted}에 {size}이(가) 있습니다.",
    ),
    "views-unknown-of-nothing": (
        "{x} {shape} has no elements, and the other sizes of {wanted} multiply to 0: "
        "any number would fit at -1. Say the size instead.",
        "{x} {shape}에는 원소가 없고 {wanted}에서 -1을 뺀 나머지 크기의 곱도 0이라 -1에 어떤 수든 들어갈 수 있습니다. "
        "-1 대신 크기를 직접 쓰세요.",
    ),
    "views-strides": (
        "A view only changes shape and stride, and {wanted} needs dims {outer} and {inner} of {x} {shape} merged. "
        "They aren't one run of memory: the stride of dim {outer} is {stride_outer}, "
        "not {size_inner} × {stride_inner} = {product}. `{fix}` copies, and works.",
        "`view`는 shape와 stride만 바꾸므로, {wanted}을(를) 만들려면 {x} {shape}의 dim {outer}과(와) {inner}이(가) 합쳐져야 "
        "합니다. 그런데 메모리에서 이어져 있지 않습니다. dim {outer}의 stride는 {stride_outer}이고 "
        "{size_inner} × {stride_inner} = {product}이(가) 아닙니다. 복사하는 `{fix}`은(는) 됩니다.",
    ),
    "views-type": (
        "Sizes are integers; {value} is of type {type}.",
        "크기는 정수여야 합니다. {value}의 타입은 {type}입니다.",
    ),
    "views-whole": (
        "`{quotient}` is a float also where nothing is left over; `//` gives an integer.",
        "`{quotient}`은(는) 나누어떨어져도 float입니다. `//`로 나누면 정수가 됩니다.",
    ),
    "views-bytes-flat": (
        "`view` of a dtype with other bytes changes the last dim, and {x} is 0-d: it has none.",
        "원소의 바이트 수가 다른 dtype으로 `view`하면 마지막 dim의 크기가 바뀌는데, {x}에는 dim이 없습니다(0-d).",
    ),
    "views-bytes-stride": (
        "`view` of a dtype with other bytes needs neighbours in the last dim: stride 1. "
        "The last stride of {x} {shape} is {stride}.",
        "원소의 바이트 수가 다른 dtype으로 `view`하려면 마지막 dim의 원소가 붙어 있어야(stride 1) 합니다. "
        "{x} {shape}의 마지막 stride는 {stride}입니다.",
    ),
    "views-bytes-size": (
        "`view` as {dtype} takes {ratio} elements of {old} for each new one; the last size of {x} {shape} "
        "is {size}, no multiple of {ratio}.",
        "{dtype}(으)로 `view`하면 {old} 원소 {ratio}개가 하나가 됩니다. {x} {shape}의 마지막 크기 {size}은(는) "
        "{ratio}의 배수가 아닙니다.",
    ),
    "views-unflatten": (
        "`unflatten` splits dim {dim} of {x} {shape}, which has size {size}; {wanted} multiplies to {count}.",
        "`unflatten`은 {x} {shape}의 dim {dim}(크기 {size})을 나눕니다. {wanted}의 곱은 {count}입니다.",
    ),
    "views-repeat": (
        "`{function}` takes a number for every dim, and more for new dims in front: "
        "{x} {shape} has {n:dim}, {repeats} has {count}.",
        "`{function}`에는 dim마다 숫자가 하나씩 필요합니다(더 쓰면 앞에 새 dim이 생깁니다). "
        "{x} {shape}의 dim은 {n}개인데 {repeats}은(는) {count}개입니다.",
    ),
}


def sizes(op: Operation) -> list[Told]:
    """Sizes that do not multiply to the number of elements."""
    tensor, wanted = op.tensor("input"), _wanted(op)
    if tensor is None or wanted is None or not op.is_a("RuntimeError"):
        return []
    total, unknown = numel(tensor.shape), wanted.count(-1)
    values: dict[str, object] = {
        "x": op.code("input"), "shape": tensor.shape, "total": total, "wanted": wanted, "count": unknown,
    }  # fmt: skip
    if negative := [size for size in wanted if size < -1]:
        return [Told("views-negative", values | {"size": negative[0]})]
    if unknown > 1:
        return [Told("views-two-unknown", values)]
    known = numel([size for size in wanted if size != -1])
    if unknown == 0:
        if known == total:
            return []
        return [Told("views-elements", values | {"count": known}), *_fitting(op, tensor, wanted)]
    if known == 0 and total == 0:
        return [Told("views-unknown-of-nothing", values)]
    if known == 0:
        return [Told("views-elements", values | {"count": 0})]
    if total % known == 0:
        return []
    left = {"known": known, "times": total // known, "left": total % known}
    return [Told("views-remainder", values | left)]


def _wanted(op: Operation) -> tuple[int, ...] | None:
    if op.name in ("view_as", "reshape_as"):
        other = op.tensor("other")
        return other.shape if other else None
    return op.integers("*size") if op.name in ("view", "reshape") else None


def _fitting(op: Operation, tensor: TensorFact, wanted: tuple[int, ...]) -> list[Told]:
    found = fitting(tensor.shape, wanted)
    if found is None or op.name not in ("view", "reshape"):
        return []
    if op.name == "view" and (tensor.stride is None or gap(tensor.shape, tensor.stride, found) is not None):
        return []
    return [Told("views-fitting", {"fitting": found})]


def strides(op: Operation) -> list[Told]:
    """Two dims that a view would have to merge and can't."""
    tensor, wanted = op.tensor("input"), _wanted(op)
    if tensor is None or wanted is None or tensor.stride is None or op.name not in ("view", "view_as"):
        return []
    known = numel([size for size in wanted if size != -1])
    if wanted.count(-1) > 1 or min(wanted, default=0) < -1 or not op.is_a("RuntimeError") or not known:
        return []
    whole = tuple(numel(tensor.shape) // known if size == -1 else size for size in wanted)
    found = gap(tensor.shape, tensor.stride, whole) if numel(whole) == numel(tensor.shape) else None
    if found is None:
        return []
    outer, inner = found
    values: dict[str, object] = {
        "x": op.code("input"), "shape": tensor.shape, "wanted": whole, "outer": outer, "inner": inner,
        "stride_outer": tensor.stride[outer], "size_inner": tensor.shape[inner],
        "stride_inner": tensor.stride[inner], "product": tensor.shape[inner] * tensor.stride[inner],
        "fix": op.written.replace("view", "reshape"),
    }  # fmt: skip
    return [Told("views-strides", values)]


def size_types(op: Operation) -> list[Told]:
    """Sizes that are no integers."""
    if not op.is_a("TypeError") or op.tensor("input") is None:
        return []
    for given in op.rest:
        if isinstance(given.value, Float):
            return [_is_float(given), *_division(given)]
        for piece in sequence(given.value) or ():
            if isinstance(piece, Float):
                return [Told("views-type", {"value": f"`{piece.v}`", "type": "float"})]
        if given.type == "str":
            return [Told("views-type", {"value": given.code, "type": "str"})]
    return []


def _is_float(given: Given) -> Told:
    return Told("views-type", {"value": given.code, "type": "float"})


def _division(given: Given) -> list[Told]:
    if "/" not in given.expression.replace("//", ""):
        return []
    return [Told("views-whole", {"quotient": given.expression})]


def bytes_of_dtype(op: Operation) -> list[Told]:
    """`view(dtype)` where the elements' bytes can't be read as wanted."""
    tensor = op.tensor("input")
    given = op.get("dtype") or (op.rest[0] if len(op.rest) == 1 else None)
    if tensor is None or given is None or not isinstance(given.value, Dtype) or not op.is_a("RuntimeError"):
        return []
    old, new = item_bytes(tensor.dtype), item_bytes(given.value.v)
    if old is None or new is None or old == new or tensor.stride is None:
        return []
    values: dict[str, object] = {"x": op.code("input"), "shape": tensor.shape}
    if not tensor.shape:
        return [Told("views-bytes-flat", values)]
    if tensor.stride[-1] != 1:
        return [Told("views-bytes-stride", values | {"stride": tensor.stride[-1]})]
    if new > old and tensor.shape[-1] % (new // old):
        sizes = {"size": tensor.shape[-1], "ratio": new // old, "old": tensor.dtype, "dtype": given.value.v}
        return [Told("views-bytes-size", values | sizes)]
    return []


def unflatten(op: Operation) -> list[Told]:
    """`unflatten` into sizes that do not multiply to the dim's."""
    tensor, dim, wanted = op.tensor("input"), op.integer("dim"), op.integers("sizes")
    if tensor is None or dim is None or wanted is None or not op.is_a("RuntimeError"):
        return []
    if not -len(tensor.shape) <= dim < len(tensor.shape) or min(wanted, default=-1) < 0:
        return []
    size = tensor.shape[dim]
    if numel(wanted) == size:
        return []
    values = {"dim": dim, "x": op.code("input"), "shape": tensor.shape, "size": size, "wanted": wanted}
    return [Told("views-unflatten", values | {"count": numel(wanted)})]


def repeats(op: Operation) -> list[Told]:
    """`repeat` with fewer numbers than dims, or with negative ones."""
    tensor, wanted = op.tensor("input"), op.integers("*repeats")
    if tensor is None or wanted is None or not op.is_a("RuntimeError"):
        return []
    if len(wanted) >= len(tensor.shape):
        negative = {"function": op.written, "sizes": wanted, "size": min(wanted, default=0)}
        return [Told("broadcasts-negative", negative)] if min(wanted, default=0) < 0 else []
    values = {"function": op.written, "x": op.code("input"), "shape": tensor.shape, "n": len(tensor.shape)}
    return [Told("views-repeat", values | {"repeats": wanted, "count": len(wanted)})]
