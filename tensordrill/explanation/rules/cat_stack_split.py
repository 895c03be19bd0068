"""Tensors that can't be joined, and parts that can't be cut."""

from __future__ import annotations

from tensordrill.explanation.rules.operation import Given, Operation, Told
from tensordrill.explanation.rules.shapes import Shape
from tensordrill.sandbox.traced import TensorFact

WORDS = {
    "joins-flat": (
        "`{function}` joins along a dim that is there, and {x} is 0-d. `stack` makes a new dim.",
        "`{function}`은(는) 이미 있는 dim을 따라 잇는데 {x}에는 dim이 없습니다(0-d). `stack`은 새 dim을 만듭니다.",
    ),
    "joins-ndim": (
        "`{function}` takes tensors with the same number of dims: {a} {shape_a} has {m}, {b} {shape_b} has {n}.",
        "`{function}`(으)로 이을 텐서는 dim의 개수가 같아야 합니다. {a} {shape_a}은(는) {m}개, {b} {shape_b}은(는) {n}개입니다.",
    ),
    "joins-size": (
        "`{function}` joins along dim {dim}, and all other dims have to agree: "
        "dim {at} of {a} {shape_a} has size {m}, of {b} {shape_b} it has {n}.",
        "`{function}`은(는) dim {dim}을(를) 따라 이으므로 나머지 dim의 크기는 모두 같아야 합니다. "
        "{a} {shape_a}의 dim {at}은(는) {m}, {b} {shape_b}의 dim {at}은(는) {n}입니다.",
    ),
    "joins-other-dim": ("Along dim {dim} they would join.", "dim {dim}을(를) 따라서는 이을 수 있습니다."),
    "joins-stack": (
        "`stack` takes tensors of one shape; {a} has {shape_a} and {b} has {shape_b}.",
        "`stack`할 텐서는 shape가 모두 같아야 합니다. {a}의 shape는 {shape_a}, {b}의 shape는 {shape_b}입니다.",
    ),
    "joins-cat": (
        "`cat` would join them along dim {dim}.",
        "`cat`으로는 dim {dim}을(를) 따라 이을 수 있습니다.",
    ),
    "joins-nothing": (
        "`{function}` needs at least one tensor; the list is empty.",
        "`{function}`에는 텐서가 하나 이상 필요한데 리스트가 비어 있습니다.",
    ),
    "joins-one-list": (
        "`{function}` takes one list or tuple of tensors; the first argument, {x}, is a tensor. "
        "Write `[…]` around them.",
        "`{function}`에는 텐서의 리스트나 튜플 하나를 줍니다. 첫 번째 인수 {x}은(는) 텐서입니다. 텐서들을 `[…]`로 묶으세요.",
    ),
    "joins-no-tensor": (
        "`{function}` takes tensors; {x} is of type {type}.",
        "`{function}`에는 텐서만 줄 수 있습니다. {x}의 타입은 {type}입니다.",
    ),
    "joins-split-sum": (
        "`split` by a list needs sizes that add up: dim {dim} of {x} {shape} has size {size}, {sizes} add up to {total}.",
        "`split`에 리스트를 주면 크기의 합이 dim의 크기와 같아야 합니다. {x} {shape}의 dim {dim}은(는) {size}인데 "
        "{sizes}의 합은 {total}입니다.",
    ),
    "joins-split-size": (
        "`split` takes the size of a part, 1 or more; it got {size}.",
        "`split`에는 조각의 크기(1 이상)를 줍니다. 받은 값은 {size}입니다.",
    ),
    "joins-chunks": (
        "`chunk` takes the number of parts, 1 or more; it got {count}.",
        "`chunk`에는 조각의 개수(1 이상)를 줍니다. 받은 값은 {count}입니다.",
    ),
    "joins-narrow": (
        "`narrow` takes {length} from {start} on; dim {dim} of {x} {shape} has size {size} and ends before {end}.",
        "`narrow`는 {start}부터 {length}개를 꺼내는데 {x} {shape}의 dim {dim}은(는) 크기가 {size}라서 {end}까지 가지 못합니다.",
    ),
    "joins-narrow-length": (
        "`narrow` takes how many there are to be, 0 or more; it got {length}.",
        "`narrow`의 길이는 0 이상이어야 합니다. 받은 값은 {length}입니다.",
    ),
    "joins-narrow-start": (
        "`narrow` starts inside dim {dim} of {x} {shape}, which has size {size}; {start} is outside.",
        "`narrow`의 시작은 {x} {shape}의 dim {dim}(크기 {size}) 안에 있어야 합니다. {start}은(는) 범위를 벗어납니다.",
    ),
}


def _pieces(op: Operation) -> list[tuple[Given, TensorFact]]:
    given = op.get("tensors")
    items = given.items if given is not None else ()
    return [(item, item.tensor) for item in items if item.tensor is not None]


def cat(op: Operation) -> list[Told]:
    """`cat` of tensors that differ in more than one dim."""
    pieces, dim = _pieces(op), op.integer("dim", 0)
    if not pieces or dim is None or not op.is_a("RuntimeError"):
        return []
    for given, tensor in pieces:
        if not tensor.shape:
            return [Told("joins-flat", {"function": op.written, "x": given.code})]
    pieces = [(given, tensor) for given, tensor in pieces if tensor.shape != (0,)]
    return _joined(op, pieces, dim) if pieces else []


def _joined(op: Operation, pieces: list[tuple[Given, TensorFact]], dim: int) -> list[Told]:
    first, left = pieces[0]
    if not -len(left.shape) <= dim < len(left.shape):
        return []
    dim %= len(left.shape)
    for given, right in pieces[1:]:
        values: dict[str, object] = {
            "function": op.written, "a": first.code, "b": given.code, "shape_a": left.shape,
            "shape_b": right.shape, "dim": dim,
        }  # fmt: skip
        m, n = len(left.shape), len(right.shape)
        if m != n:
            return [Told("joins-ndim", values | {"m": m, "n": n})]
        at = _differing(left.shape, right.shape, dim)
        if at is not None:
            told = Told("joins-size", values | {"at": at, "m": left.shape[at], "n": right.shape[at]})
            return [told, *_other(op, pieces, dim)]
    return []


def _differing(a: Shape, b: Shape, dim: int) -> int | None:
    return next((at for at, (m, n) in enumerate(zip(a, b, strict=True)) if m != n and at != dim), None)


def _fits(pieces: list[tuple[Given, TensorFact]]) -> int | None:
    """Return the dim along which all of them would join."""
    first = pieces[0][1].shape
    for dim in range(len(first)):
        if all(
            len(tensor.shape) == len(first) and _differing(first, tensor.shape, dim) is None
            for _, tensor in pieces
        ):
            return dim
    return None


def _other(op: Operation, pieces: list[tuple[Given, TensorFact]], dim: int) -> list[Told]:
    found = _fits(pieces) if op.name == "cat" else None
    return [Told("joins-other-dim", {"dim": found})] if found not in (None, dim) else []


def stack(op: Operation) -> list[Told]:
    """`stack` of tensors with different shapes."""
    pieces = _pieces(op)
    if not pieces or not op.is_a("RuntimeError"):
        return []
    first, left = pieces[0]
    for given, right in pieces[1:]:
        if right.shape != left.shape:
            values = {"a": first.code, "b": given.code, "shape_a": left.shape, "shape_b": right.shape}
            dim = _fits(pieces)
            return [
                Told("joins-stack", values),
                *([Told("joins-cat", {"dim": dim})] if dim is not None else []),
            ]
    return []


def side_by_side(op: Operation) -> list[Told]:
    """`hstack` and `vstack`: `cat` along dim 1 or 0, of tensors with at least that many dims."""
    pieces = _pieces(op)
    if not pieces or not op.is_a("RuntimeError"):
        return []
    wide = op.name == "vstack"
    if any(len(tensor.shape) < 1 + wide for _, tensor in pieces):
        return []
    return _joined(op, pieces, 0 if wide or len(pieces[0][1].shape) == 1 else 1)


def pieces_of(op: Operation) -> list[Told]:
    """Something else than one list of tensors."""
    given = op.get("tensors")
    if given is None:
        return []
    if given.tensor is not None and op.is_a("TypeError") and (op.rest or op.get("dim") is not None):
        follows = op.get("dim")
        if follows is None or follows.tensor is not None:
            return [Told("joins-one-list", {"function": op.written, "x": given.code})]
    if given.type in ("list", "tuple") and not given.items and _is_empty(given):
        return (
            [Told("joins-nothing", {"function": op.written})] if op.is_a("RuntimeError", "ValueError") else []
        )
    for item in given.items:
        if item.tensor is None and item.value is not None and op.is_a("TypeError"):
            values = {"function": op.written, "x": item.code, "type": item.type}
            return [Told("joins-no-tensor", values)]
    return []


def _is_empty(given: Given) -> bool:
    return getattr(given.value, "v", None) == ()


def split(op: Operation) -> list[Told]:
    """`split` into sizes that do not add up, `chunk` into none."""
    tensor, dim, count = op.tensor("input"), op.integer("dim", 0), op.integer("chunks")
    if op.name == "chunk":
        is_wrong = count is not None and count < 1 and op.is_a("RuntimeError")
        return [Told("joins-chunks", {"count": count})] if is_wrong else []
    if tensor is None or dim is None or not -len(tensor.shape) <= dim < len(tensor.shape):
        return []
    given = op.get("split_size") or op.get("split_size_or_sections")
    sizes = op.integers("split_size") or op.integers("split_size_or_sections")
    if given is None or sizes is None or not op.is_a("RuntimeError"):
        return []
    size = tensor.shape[dim]
    if given.type == "int":
        is_wrong = sizes[0] < 0 or (sizes[0] == 0 and size != 0)
        return [Told("joins-split-size", {"size": sizes[0]})] if is_wrong else []
    if sum(sizes) == size or min(sizes) < 0:
        return []
    values = {"dim": dim % len(tensor.shape), "x": op.code("input"), "shape": tensor.shape, "size": size}
    return [Told("joins-split-sum", values | {"sizes": sizes, "total": sum(sizes)})]


def narrow(op: Operation) -> list[Told]:
    """`narrow` beyond the end of a dim."""
    tensor, dim = op.tensor("input"), op.integer("dim")
    start, length = op.integer("start"), op.integer("length")
    if length is not None and length < 0 and op.is_a("RuntimeError"):
        return [Told("joins-narrow-length", {"length": length})]
    if tensor is None or dim is None or start is None or length is None:
        return []
    if not -len(tensor.shape) <= dim < len(tensor.shape):
        return []
    size = tensor.shape[dim]
    values = {"x": op.code("input"), "shape": tensor.shape, "dim": dim % len(tensor.shape), "size": size}
    if not -size <= start <= size:
        return [Told("joins-narrow-start", values | {"start": start})]
    first = start + size if start < 0 else start
    if first + length <= size:
        return []
    return [Told("joins-narrow", values | {"start": start, "length": length, "end": first + length})]
