"""`x[…]` and `x[…] = …`: indices that are out of range, of no use, or too many, and values that do not fit."""

from __future__ import annotations

from collections.abc import Sequence

from tensordrill.explanation.rules.broadcasts import on_expanded
from tensordrill.explanation.rules.elements import outside
from tensordrill.explanation.rules.index_layout import Part, basic, bounds, index_shape, parts, result
from tensordrill.explanation.rules.operation import Given, Operation, Told, integer
from tensordrill.explanation.rules.shapes import INT, broadcast, clash, kind, numel, overlap_partly
from tensordrill.sandbox.traced import TensorFact

WORDS = {
    "indexing-flat": (
        "{x} is 0-d: it has no dim to index. `{x_}.item()` gives its number.",
        "{x}에는 dim이 없어서(0-d) 인덱스를 쓸 수 없습니다. `{x_}.item()`(으)로 값을 꺼내세요.",
    ),
    "indexing-many": (
        "{x} {shape} has {n:dim}, and the index takes {count}.",
        "{x} {shape}의 dim은 {n}개인데 인덱스는 dim {count}개에 걸칩니다.",
    ),
    "indexing-range": (
        "Dim {dim} of {x} {shape} has size {size}: indices go from {low} to {high}. {index} is outside.",
        "{x} {shape}의 dim {dim}은(는) 크기가 {size}이므로 인덱스는 {low}부터 {high}까지입니다. {index}은(는) 범위를 벗어납니다.",
    ),
    "indexing-range-empty": (
        "Dim {dim} of {x} {shape} has size 0: there is nothing to index.",
        "{x} {shape}의 dim {dim}은(는) 크기가 0이라 꺼낼 원소가 없습니다.",
    ),
    "indexing-range-tensor": (
        "Dim {dim} of {x} {shape} has size {size}: indices go from {low} to {high}. {index} holds {value}.",
        "{x} {shape}의 dim {dim}은(는) 크기가 {size}이므로 인덱스는 {low}부터 {high}까지입니다. {index}에 {value}이(가) 있습니다.",
    ),
    "indexing-mask": (
        "A mask has the sizes of the dims that it picks from: dim {at} of {mask} {shape_mask} has size {m}, "
        "dim {dim} of {x} {shape} has {n}.",
        "마스크의 크기는 골라낼 dim의 크기와 같아야 합니다. {mask} {shape_mask}의 dim {at}은(는) {m}, "
        "{x} {shape}의 dim {dim}은(는) {n}입니다.",
    ),
    "indexing-mask-later": (
        "`{fix}` uses it for dim {dim}, which has that size.",
        "`{fix}`(으)로 쓰면 크기가 같은 dim {dim}에 적용됩니다.",
    ),
    "indexing-type": (
        "An index is an integer, a slice, `None`, `...`, or a tensor of integers or bools; {index} is of type {type}.",
        "인덱스로는 정수, 슬라이스, `None`, `...`, 정수나 bool 텐서를 씁니다. {index}의 타입은 {type}입니다.",
    ),
    "indexing-dtype": (
        "A tensor as an index holds integers or bools; {index} is {dtype}. `{fix}.long()` converts it.",
        "인덱스로 쓰는 텐서의 dtype은 정수나 bool이어야 합니다. {index}의 dtype은 {dtype}입니다. `{fix}.long()`(으)로 변환하세요.",
    ),
    "indexing-together": (
        "Index tensors pick elements together, so their shapes have to broadcast: {a} has {shape_a}, {b} has {shape_b}.",
        "인덱스 텐서들은 짝을 지어 원소를 고르므로 서로 브로드캐스트되어야 합니다. {a}의 shape는 {shape_a}, {b}의 shape는 "
        "{shape_b}입니다.",
    ),
    "indexing-step": (
        "A slice of a tensor goes forward: its step is 1 or more, not {step}.",
        "텐서 슬라이스는 앞으로만 갑니다. 간격은 1 이상이어야 하는데 {step}입니다.",
    ),
    "indexing-flip": (
        "`{fix}` turns the order around.",
        "순서를 뒤집으려면 `{fix}`을(를) 쓰세요.",
    ),
    "indexing-value": (
        "The place `{place}` has shape {wanted}, and {value} {shape} does not broadcast to it.",
        "`{place}`의 shape는 {wanted}인데 {value} {shape}은(는) 그 shape로 브로드캐스트되지 않습니다.",
    ),
    "indexing-value-mask": (
        "The mask {mask} picks {count:element}, and {value} {shape} has {given}.",
        "마스크 {mask}이(가) 고르는 원소는 {count}개인데 {value} {shape}의 원소는 {given}개입니다.",
    ),
    "indexing-value-type": (
        "What is assigned is a number or a tensor; {value} is of type {type}. `torch.tensor({value_})` makes one.",
        "대입할 수 있는 것은 숫자나 텐서입니다. {value}의 타입은 {type}입니다. `torch.tensor({value_})`(으)로 텐서를 만드세요.",
    ),
    "indexing-value-dtype": (
        "With index tensors both sides need one dtype: {x} is {dtype_x}, {value} is {dtype}. "
        "`{fix}.to(torch.{dtype_x})` would do.",
        "인덱스 텐서로 대입할 때는 양쪽 dtype이 같아야 합니다. {x}의 dtype은 {dtype_x}, {value}의 dtype은 {dtype}입니다. "
        "`{fix}.to(torch.{dtype_x})`(으)로 맞추세요.",
    ),
    "indexing-overlap": (
        "`{place}` and {value} lie partly at the same places in memory, so that writing one changes what is still "
        "to be read. `{fix}` reads from a copy.",
        "`{place}`과(와) {value}의 메모리가 일부 겹쳐서, 한쪽을 쓰면 아직 읽지 않은 값이 바뀝니다. `{fix}`(으)로 복사본에서 읽으면 됩니다.",
    ),
}


def item(op: Operation) -> list[Told]:
    """`x[…]`, read or assigned to."""
    given = op.get("self")
    if (
        given is None
        or given.tensor is None
        or not op.is_a("IndexError", "RuntimeError", "TypeError", "ValueError")
    ):
        return []
    if (
        op.failure.node == "index"
        and op.is_a("TypeError")
        and op.get("value") is None
        and not _types(op.rest)
    ):
        return []
    return _types(op.rest) or _indices(op, given, given.tensor)


def _types(indices: Sequence[Given]) -> list[Told]:
    for index in indices:
        if index.type in ("float", "str", "complex"):
            return [Told("indexing-type", {"index": index.code, "type": index.type})]
        if index.tensor is not None and kind(index.tensor.dtype) not in (0, INT, None):
            values = {"index": index.code, "dtype": index.tensor.dtype, "fix": index.dotted}
            return [Told("indexing-dtype", values)]
    return []


def _indices(op: Operation, given: Given, tensor: TensorFact) -> list[Told]:
    placed = parts(op.rest, len(tensor.shape))
    if placed is None:
        return []
    x: dict[str, object] = {"x": given.code, "shape": tensor.shape, "x_": given.dotted}
    taken = sum(part.takes for part in placed)
    if taken > len(tensor.shape):
        if not tensor.shape:
            return [Told("indexing-flat", x)] if op.is_a("IndexError") else []
        values = x | {"n": len(tensor.shape), "count": taken}
        return [Told("indexing-many", values)] if op.is_a("IndexError") else []
    for part in placed:
        if told := _wrong(op, part, tensor, x):
            return told
    return _together(op, placed)


def _wrong(op: Operation, part: Part, tensor: TensorFact, x: dict[str, object]) -> list[Told]:
    size = tensor.shape[part.dim] if part.takes else 0
    values = x | {"dim": part.dim, "size": size, "low": -size, "high": size - 1, "index": part.given.code}
    match part.kind:
        case "int" if op.is_a("IndexError"):
            at = integer(part.given.value)
            if size == 0:
                return [Told("indexing-range-empty", values)]
            if at is not None and not -size <= at < size:
                return [Told("indexing-range", values | {"index": at})]
        case "slice" if op.is_a("ValueError"):
            return _step(op, part)
        case "mask" if op.is_a("IndexError"):
            return _mask(op, part, tensor, x)
        case "tensor" if op.is_a("IndexError", "RuntimeError") and part.given.tensor is not None:
            wrong = outside(part.given.tensor, -size, size - 1)
            if size == 0 and wrong is not None:
                return [Told("indexing-range-empty", values)]
            if wrong is not None:
                return [Told("indexing-range-tensor", values | {"value": wrong})]
        case "list" if op.is_a("IndexError"):
            wrong = next((at for at in _numbers(part) if not -size <= at < size), None)
            if wrong is not None and size:
                return [Told("indexing-range-tensor", values | {"value": wrong})]
    return []


def _numbers(part: Part) -> list[int]:
    return [at for piece in getattr(part.given.value, "v", ()) if (at := integer(piece)) is not None]


def _step(op: Operation, part: Part) -> list[Told]:
    cut = bounds(part.given)
    if cut is None or cut[2] is None or cut[2] > 0:
        return []
    told = [Told("indexing-step", {"step": cut[2]})]
    given = op.by["self"]
    if cut == (None, None, -1) and op.failure.node == "index":
        told.append(Told("indexing-flip", {"fix": f"{given.dotted}.flip({part.dim})"}))
    return told


def _mask(op: Operation, part: Part, tensor: TensorFact, x: dict[str, object]) -> list[Told]:
    mask = part.given.tensor
    assert mask is not None
    for at, size in enumerate(mask.shape):
        dim = part.dim + at
        if size != tensor.shape[dim]:
            values = x | {"mask": part.given.code, "shape_mask": mask.shape, "at": at, "dim": dim}
            told = [Told("indexing-mask", values | {"m": size, "n": tensor.shape[dim]})]
            return [*told, *_later(op, part, tensor)]
    return []


def _later(op: Operation, part: Part, tensor: TensorFact) -> list[Told]:
    """Return in words for which other dim a mask of one dim would do."""
    mask = part.given.tensor
    if mask is None or len(op.rest) != 1 or len(mask.shape) != 1 or tensor.shape.count(mask.shape[0]) != 1:
        return []
    dim = tensor.shape.index(mask.shape[0])
    fix = f"{op.by['self'].dotted}[{':, ' * dim}{part.given.expression}]"
    return [Told("indexing-mask-later", {"fix": fix, "dim": dim})]


def _together(op: Operation, placed: Sequence[Part]) -> list[Told]:
    chosen = [part for part in placed if part.kind in ("tensor", "list")]
    if not op.is_a("IndexError", "RuntimeError"):
        return []
    for at, first in enumerate(chosen):
        for other in chosen[at + 1 :]:
            a, b = index_shape(first), index_shape(other)
            if clash(a, b) is not None:
                values = {"a": first.given.code, "b": other.given.code, "shape_a": a, "shape_b": b}
                return [Told("indexing-together", values)]
    return []


# ---- assignment ----


def assignment(op: Operation) -> list[Told]:
    """`x[…] = value` whose value does not fit."""
    given, value = op.get("self"), op.get("value")
    if given is None or given.tensor is None or value is None:
        return []
    if op.is_a("TypeError") and value.tensor is None:
        if value.type in ("list", "tuple", "str", "dict"):
            values = {"value": value.code, "type": value.type, "value_": value.expression}
            return [Told("indexing-value-type", values)]
        return []
    if value.tensor is None and op.is_a("RuntimeError"):
        return on_expanded(given)
    placed = parts(op.rest, len(given.tensor.shape))
    if placed is None or value.tensor is None or not op.is_a("RuntimeError", "IndexError", "ValueError"):
        return []
    return _value(op, given, given.tensor, value, value.tensor, placed)


def _value(
    op: Operation, given: Given, tensor: TensorFact, value: Given, new: TensorFact, placed: Sequence[Part]
) -> list[Told]:
    place = f"{given.expression}[{', '.join(index.expression for index in op.rest)}]"
    shape = new.shape
    while shape and shape[0] == 1:
        shape = shape[1:]
    wanted = result(tensor, placed)
    if wanted is not None and broadcast(shape, wanted) != wanted:
        values = {"place": place, "wanted": wanted, "value": value.code, "shape": new.shape}
        return [Told("indexing-value", values)]
    if told := _masked(placed, tensor, value, new):
        return told
    chosen = [part for part in placed if part.kind in ("tensor", "list", "mask")]
    if chosen and new.dtype != tensor.dtype and wanted is not None:
        values = {"x": given.code, "dtype_x": tensor.dtype, "value": value.code, "dtype": new.dtype}
        return [Told("indexing-value-dtype", values | {"fix": value.dotted})]
    view = basic(tensor, placed)
    if view is not None and overlap_partly(view, new):
        return [
            Told("indexing-overlap", {"place": place, "value": value.code, "fix": f"{value.dotted}.clone()"})
        ]
    return on_expanded(given) if view is not None and op.is_a("RuntimeError") else []


def _masked(placed: Sequence[Part], tensor: TensorFact, value: Given, new: TensorFact) -> list[Told]:
    mask = placed[0].given.tensor if len(placed) == 1 else None
    if mask is None or placed[0].kind != "mask" or mask.shape != tensor.shape or not mask.is_whole:
        return []
    if mask.values is None or mask.values.dtype != "bool" or numel(new.shape) == 1:
        return []
    count = mask.values.data.count(1)
    values = {"mask": placed[0].given.code, "count": count, "value": value.code, "shape": new.shape}
    if numel(new.shape) == count:
        return []
    return [Told("indexing-value-mask", values | {"given": numel(new.shape)})]
