"""Shapes that do not broadcast, results that would have to grow, and memory that is written twice."""

from __future__ import annotations

from collections.abc import Sequence

from tensordrill.explanation.rules.operation import Given, Operation, Told
from tensordrill.explanation.rules.shapes import (
    Shape,
    broadcast,
    clash,
    expanded_dim,
    overlap_partly,
    unsqueezed,
)
from tensordrill.sandbox.traced import TensorFact

WORDS = {
    "broadcasts-clash": (
        "Aligned from the right, dim {i} of {a} {shape_a} has size {m} and dim {j} of {b} {shape_b} has {n}; "
        "they differ and neither is 1.",
        "오른쪽부터 맞추면 {a} {shape_a}의 dim {i}은(는) {m}, {b} {shape_b}의 dim {j}은(는) {n}입니다. "
        "서로 다르고 어느 쪽도 1이 아닙니다.",
    ),
    "broadcasts-unsqueeze": (
        "`{fix}` has shape {shape}, which would do.",
        "`{fix}`의 shape는 {shape}이므로 브로드캐스트됩니다.",
    ),
    "broadcasts-grow": (
        "`{function}` writes into {a}, whose shape {shape_a} can't grow to {shape}, "
        "the shape that the two broadcast to.",
        "`{function}`은(는) 결과를 {a}에 씁니다. 브로드캐스트한 shape는 {shape}인데 {a}의 shape {shape_a}은(는) 늘어날 수 없습니다.",
    ),
    "broadcasts-new": (
        "Without the in-place form there is a new tensor of that shape.",
        "제자리(in-place) 연산 대신 일반 연산을 쓰면 그 shape의 새 텐서가 생깁니다.",
    ),
    "broadcasts-expanded": (
        "{x} {shape} is expanded: its stride at dim {dim} is 0, so {size} elements lie at one place, "
        "and writing them one by one makes no sense. `{fix}` gives each its own place.",
        "{x} {shape}은(는) expand된 텐서입니다. dim {dim}의 stride가 0이라 원소 {size}개가 같은 자리에 있어서 "
        "제자리에서 바꿀 수 없습니다. `{fix}`(으)로 복사하면 원소마다 자리가 생깁니다.",
    ),
    "broadcasts-overlap": (
        "{a} and {b} lie partly at the same places in memory, so that writing one changes what is still to be read. "
        "`{fix}` reads from a copy.",
        "{a}과(와) {b}의 메모리가 일부 겹쳐서, 한쪽을 쓰면 아직 읽지 않은 값이 바뀝니다. `{fix}`(으)로 복사본에서 읽으면 됩니다.",
    ),
    "broadcasts-expand": (
        "`{function}` only stretches dims of size 1; dim {dim} of {x} {shape} has size {size}, not {wanted}.",
        "`{function}`(으)로 늘릴 수 있는 것은 크기 1인 dim뿐입니다. {x} {shape}의 dim {dim}은(는) {size}인데 {wanted}을(를) 달라고 했습니다.",
    ),
    "broadcasts-expand-repeat": (
        "`repeat` copies the elements that many times: `{fix}` has shape {result}.",
        "원소를 여러 번 복사하려면 `repeat`을 씁니다. `{fix}`의 shape는 {result}입니다.",
    ),
    "broadcasts-expand-new": (
        "-1 keeps the size of a dim that is there. {sizes} has {extra} more than {x} {shape} has dims, "
        "and a new dim in front needs a size.",
        "-1은 이미 있는 dim의 크기를 그대로 둔다는 뜻입니다. {sizes}은(는) {x} {shape}의 dim보다 {extra}개 많은데, "
        "앞에 새로 생기는 dim에는 크기를 정해 주어야 합니다.",
    ),
    "broadcasts-negative": (
        "`{function}` takes numbers that are not negative; {sizes} has {size}.",
        "`{function}`에는 음수를 쓸 수 없습니다. {sizes}에 {size}이(가) 있습니다.",
    ),
    "broadcasts-expand-few": (
        "`{function}` keeps all dims: {x} {shape} has {n}, and {sizes} gives sizes for {count}.",
        "`{function}`에는 모든 dim의 크기를 써야 합니다. {x} {shape}의 dim은 {n}개인데 {sizes}은(는) {count}개입니다.",
    ),
}

ELEMENTWISE = frozenset(
    "add sub mul div floor_divide remainder fmod pow atan2 maximum minimum fmax fmin hypot eq ne lt le gt ge "
    "logical_and logical_or logical_xor bitwise_and bitwise_or bitwise_xor where lerp addcmul addcdiv "
    "mse_loss l1_loss copy masked_fill masked_select".split()
)
_CHECKED = frozenset("add sub mul div remainder fmod pow atan2 copy neg exp log sqrt sigmoid tanh".split())
"""Functions whose in-place form refuses a tensor with several elements at one place."""
_OPERANDS = (
    "condition", "input", "mask", "other", "exponent", "end", "weight", "tensor1", "tensor2", "target", "src",
)  # fmt: skip


def operands(op: Operation) -> list[tuple[Given, TensorFact]]:
    """Return the tensors that an elementwise operation aligns."""
    found = [op.by[name] for name in _OPERANDS if name in op.by]
    return [(given, given.tensor) for given in found if given.tensor is not None]


def clashing(op: Operation) -> list[Told]:
    """Two operands that do not broadcast."""
    return _first_clash(op, operands(op))


def met(op: Operation) -> list[Told]:
    """Return a sentence on operands that a loss compares element by element and does not broadcast."""
    tensors = op.get("tensors")
    given = [(each, each.tensor) for each in tensors.items if each.tensor is not None] if tensors else []
    return _first_clash(op, given)


def _first_clash(op: Operation, given: Sequence[tuple[Given, TensorFact]]) -> list[Told]:
    if not op.is_a("RuntimeError"):
        return []
    for at, (a, left) in enumerate(given):
        for b, right in given[at + 1 :]:
            if clash(left.shape, right.shape) is not None:
                return between(a, left.shape, b, right.shape)
    return []


def between(a: Given, left: Shape, b: Given, right: Shape) -> list[Told]:
    """Return a sentence on where two shapes clash, and where a 1 would make them fit."""
    found = clash(left, right)
    if found is None:
        return []
    i, j = found
    values = {"a": a.code, "b": b.code, "shape_a": left, "shape_b": right}
    told = [Told("broadcasts-clash", values | {"i": i, "j": j, "m": left[i], "n": right[j]})]
    small, shape, other = (a, left, right) if len(left) < len(right) else (b, right, left)
    dim = unsqueezed(shape, other)
    if dim is None:
        return told
    fixed = (*shape[:dim], 1, *shape[dim:])
    return [*told, Told("broadcasts-unsqueeze", {"fix": f"{small.dotted}.unsqueeze({dim})", "shape": fixed})]


def growing(op: Operation) -> list[Told]:
    """An in-place operation whose result is larger than what it is written into."""
    given = operands(op)
    if not op.in_place or len(given) < 2 or not op.is_a("RuntimeError") or op.get("input") is None:
        return []
    result = _joined([each.shape for _, each in given])
    target = op.tensor("input")
    if target is None or result is None or result == target.shape:
        return []
    values = {"function": op.written, "a": op.code("input"), "shape_a": target.shape, "shape": result}
    return [Told("broadcasts-grow", values), Told("broadcasts-new")]


def _joined(shapes: Sequence[Shape]) -> Shape | None:
    found: Shape | None = shapes[0]
    for shape in shapes[1:]:
        found = broadcast(found, shape) if found is not None else None
    return found


def expanded(op: Operation) -> list[Told]:
    """An in-place operation on a tensor with several elements at one place."""
    target = op.get("input")
    if not op.in_place or target is None or target.tensor is None or not op.is_a("RuntimeError"):
        return []
    return on_expanded(target) if op.name in _CHECKED else []


def on_expanded(target: Given) -> list[Told]:
    """Return a sentence on where several elements lie at one place."""
    tensor = target.tensor
    dim = expanded_dim(tensor) if tensor is not None else None
    if tensor is None or dim is None:
        return []
    values = {"x": target.code, "shape": tensor.shape, "dim": dim, "size": tensor.shape[dim]}
    return [Told("broadcasts-expanded", values | {"fix": f"{target.dotted}.clone()"})]


def overlapping(op: Operation) -> list[Told]:
    """An in-place operation that reads from the memory that it writes."""
    target = op.get("input")
    if not op.in_place or target is None or target.tensor is None or not op.is_a("RuntimeError"):
        return []
    for given, tensor in operands(op):
        if given is not target and overlap_partly(target.tensor, tensor):
            return [
                Told(
                    "broadcasts-overlap",
                    {"a": target.code, "b": given.code, "fix": f"{given.dotted}.clone()"},
                )
            ]
    return []


def expand(op: Operation) -> list[Told]:
    """`expand` and `broadcast_to` with sizes that the tensor can't have."""
    tensor, wanted = op.tensor("input"), _sizes(op)
    if tensor is None or wanted is None or not op.is_a("RuntimeError"):
        return []
    values: dict[str, object] = {
        "x": op.code("input"), "shape": tensor.shape, "n": len(tensor.shape), "sizes": wanted,
        "count": len(wanted), "function": op.written,
    }  # fmt: skip
    extra = len(wanted) - len(tensor.shape)
    if min(wanted, default=0) < -1:
        return [Told("broadcasts-negative", values | {"size": min(wanted)})]
    if extra < 0:
        return [Told("broadcasts-expand-few", values)]
    if -1 in wanted[:extra]:
        return [Told("broadcasts-expand-new", values | {"extra": extra})]
    for dim in reversed(range(len(tensor.shape))):
        size, want = tensor.shape[dim], wanted[extra + dim]
        if want not in (size, -1) and size != 1:
            told = Told("broadcasts-expand", values | {"dim": dim, "size": size, "wanted": want})
            return [told, *_repeat(op, tensor.shape, wanted)]
    return []


def _sizes(op: Operation) -> tuple[int, ...] | None:
    if op.name == "expand_as":
        other = op.tensor("other")
        return other.shape if other else None
    return op.integers("*size") if op.name == "expand" else op.integers("size")


def _repeat(op: Operation, shape: Shape, wanted: Shape) -> list[Told]:
    given = op.get("input")
    padded = (1,) * (len(wanted) - len(shape)) + shape
    whole = tuple(size if want == -1 else want for size, want in zip(padded, wanted, strict=True))
    if given is None or 0 in padded or any(want % size for size, want in zip(padded, whole, strict=True)):
        return []
    counts = tuple(want // size for size, want in zip(padded, whole, strict=True))
    fix = f"{given.dotted}.repeat({', '.join(map(str, counts))})"
    return [Told("broadcasts-expand-repeat", {"fix": fix, "result": whole})]
