"""Products of matrices and vectors: dims that are missing, sizes that do not meet, dtypes that differ."""

from __future__ import annotations

from typing import NamedTuple

from tensordrill.explanation.inner_call import WEIGHTED
from tensordrill.explanation.rules.operation import Both, Given, Operation, Told
from tensordrill.explanation.rules.shapes import BOOL, Shape, broadcast, clash, kind
from tensordrill.sandbox.traced import TensorFact

WORDS = {
    "products-ndim": (
        "`{function}` takes {wanted}; {x} {shape} {has}.",
        "`{function}`에는 {wanted} 필요합니다. {x} {shape}의 dim은 {n}개입니다.",
    ),
    "products-matmul-batch": (
        "`matmul` would treat the first as a batch.",
        "`matmul`은 앞의 dim을 배치로 다룹니다.",
    ),
    "products-matmul-broadcasts": (
        "`matmul` does: there a batch of 1 serves all.",
        "`matmul`은 브로드캐스트하므로 크기 1인 배치를 모두에 씁니다.",
    ),
    "products-use": ("`{fix}` would work.", "`{fix}`(으)로 쓰면 됩니다."),
    "products-inner": (
        "`{function}` multiplies along {last} of {a} {shape_a} and {first} of {b} {shape_b}: "
        "{m} and {n} differ.",
        "`{function}`에서는 {a} {shape_a}의 {last}과(와) {b} {shape_b}의 {first}이(가) 같아야 합니다. {m}과(와) {n}이(가) 다릅니다.",
    ),
    "products-shared": (
        "A 2-D right operand is one matrix for the whole batch.",
        "오른쪽이 2-D이면 배치 전체에 쓰이는 행렬 하나로 봅니다.",
    ),
    "products-vectors": (
        "For one vector a matrix, `{fix}` would work.",
        "행렬마다 벡터 하나씩 곱하려면 `{fix}`을(를) 쓰면 됩니다.",
    ),
    "products-batch": (
        "The batch dims of {a} {shape_a} and {b} {shape_b} have to broadcast: "
        "dim {i} has {m} and dim {j} has {n}, and neither is 1.",
        "{a} {shape_a}과(와) {b} {shape_b}의 배치 dim은 브로드캐스트가 되어야 합니다. dim {i}은(는) {m}, dim {j}은(는) {n}이고 "
        "어느 쪽도 1이 아닙니다.",
    ),
    "products-batch-equal": (
        "`{function}` does not broadcast: the batch size of {a} {shape_a} is {m}, that of {b} {shape_b} is {n}.",
        "`{function}`에서는 브로드캐스트가 되지 않습니다. {a} {shape_a}의 배치 크기는 {m}, {b} {shape_b}의 배치 크기는 {n}입니다.",
    ),
    "products-scalar": (
        "`{function}` needs at least 1 dim on both sides; {x} is 0-d. To scale, use `*`.",
        "`{function}`의 양쪽에는 dim이 하나 이상 있어야 합니다. {x}에는 dim이 없습니다(0-d). 스칼라 곱은 `*`로 합니다.",
    ),
    "products-number": (
        "`@` multiplies two tensors; {x} is of type {type}. To scale, use `*`.",
        "`@`는 텐서 두 개를 곱합니다. {x}의 타입은 {type}입니다. 스칼라 곱은 `*`로 합니다.",
    ),
    "products-linear": (
        "`{function}` takes {wanted} features in the last dim: its weight is {weight}, (out, in). "
        "The last dim of {x} {shape} is {size}.",
        "`{function}`의 weight는 {weight}, 즉 (out, in)이므로 입력의 마지막 dim은 {wanted}이어야 합니다. "
        "{x} {shape}의 마지막 dim은 {size}입니다.",
    ),
    "products-added": (
        "`{function}` adds {x} {shape} to the product, and {shape} does not broadcast to {result}.",
        "`{function}`은(는) {x} {shape}을(를) 곱에 더합니다. {shape}은(는) 곱의 shape {result}(으)로 브로드캐스트되지 않습니다.",
    ),
    "products-lengths": (
        "`{function}` takes vectors of one length; {a} has {m:element} and {b} has {n}.",
        "`{function}`에는 길이가 같은 벡터가 필요합니다. {a}의 원소는 {m}개, {b}의 원소는 {n}개입니다.",
    ),
    "products-dtypes": (
        "A product needs one dtype on both sides: {a} is {dtype_a}, {b} is {dtype_b}. `{fix}` would do.",
        "곱하는 두 텐서의 dtype은 같아야 합니다. {a}의 dtype은 {dtype_a}, {b}의 dtype은 {dtype_b}입니다. "
        "`{fix}`(으)로 맞추면 됩니다.",
    ),
    "products-bool": (
        "torch has no product of bool matrices on the CPU. Convert both with `.int()` or `.float()` first.",
        "torch의 CPU 행렬 곱은 bool을 지원하지 않습니다. 양쪽을 먼저 `.int()`나 `.float()`로 변환하세요.",
    ),
}


class Form(NamedTuple):
    """The form of a product: the number of dims of each factor, and what is added to it."""

    first: str
    second: str
    dims: tuple[int, int]
    wanted: str
    added: str = ""


FORMS = {
    "mm": Form("input", "mat2", (2, 2), "matrices"),
    "addmm": Form("mat1", "mat2", (2, 2), "matrices", "input"),
    "mv": Form("input", "vec", (2, 1), "matrix-vector"),
    "addmv": Form("mat", "vec", (2, 1), "matrix-vector", "input"),
    "dot": Form("input", "tensor", (1, 1), "vectors"),
    "vdot": Form("input", "tensor", (1, 1), "vectors"),
    "outer": Form("input", "vec2", (1, 1), "vectors"),
    "ger": Form("input", "vec2", (1, 1), "vectors"),
    "addr": Form("vec1", "vec2", (1, 1), "vectors", "input"),
    "bmm": Form("input", "mat2", (3, 3), "batches"),
    "baddbmm": Form("batch1", "batch2", (3, 3), "batches", "input"),
    "addbmm": Form("batch1", "batch2", (3, 3), "batches", "input"),
}
WANTED = {
    "matrices": Both("two matrices", "행렬 두 개가"),
    "matrix-vector": Both("a matrix and a vector", "행렬 하나와 벡터 하나가"),
    "vectors": Both("two vectors", "벡터 두 개가"),
    "batches": Both("two batches of matrices, 3-D", "행렬의 배치(3-D) 두 개가"),
}


class Factor(NamedTuple):
    """One side of a product."""

    given: Given
    tensor: TensorFact

    @property
    def shape(self) -> Shape:
        """Return its shape."""
        return self.tensor.shape


def _factors(op: Operation, first: str, second: str) -> tuple[Factor, Factor] | None:
    a, b = op.get(first), op.get(second)
    if a is None or b is None or a.tensor is None or b.tensor is None:
        return None
    return Factor(a, a.tensor), Factor(b, b.tensor)


def formed(op: Operation) -> list[Told]:
    """`mm`, `mv`, `dot`, `bmm` and their like, whose factors have fixed numbers of dims."""
    form = FORMS[op.name]
    factors = _factors(op, form.first, form.second) if op.is_a("RuntimeError", "IndexError") else None
    if factors is None:
        return []
    return (
        _dims(op, form, factors) or _meeting(op, factors) or _added(op, form, factors) or dtypes(op, *factors)
    )


def _dims(op: Operation, form: Form, factors: tuple[Factor, Factor]) -> list[Told]:
    for factor, wanted in zip(factors, form.dims, strict=True):
        if len(factor.shape) != wanted:
            told = _told(op, form, factor)
            return [told, *_instead(form, factors)]
    return []


def _told(op: Operation, form: Form, factor: Factor) -> Told:
    n = len(factor.shape)
    has = "is 0-d" if n == 0 else f"has {n} dim" + "s" * (n != 1)
    return Told(
        "products-ndim",
        {"function": op.written, "wanted": WANTED[form.wanted], "x": factor.given.code,
         "shape": factor.shape, "n": n, "has": has},
    )  # fmt: skip


def _instead(form: Form, factors: tuple[Factor, Factor]) -> list[Told]:
    """Return in words what `matmul` makes of it, where it takes it."""
    a, b = factors
    if form.added or form.wanted == "vectors" or product(a.shape, b.shape) is None:
        return []
    if a.tensor.dtype != b.tensor.dtype:
        return []
    if form.wanted == "matrices" and len(a.shape) > 2 and len(b.shape) == 2:
        return [Told("products-matmul-batch")]
    return [Told("products-use", {"fix": f"{a.given.dotted} @ {b.given.dotted}"})]


def _meeting(op: Operation, factors: tuple[Factor, Factor]) -> list[Told]:
    a, b = factors
    if len(a.shape) == 1:
        if a.shape == b.shape or op.name not in ("dot", "vdot"):
            return []
        values = {"a": a.given.code, "b": b.given.code, "m": a.shape[0], "n": b.shape[0]}
        return [Told("products-lengths", values | {"function": op.written})]
    if len(a.shape) == 3 and a.shape[0] != b.shape[0]:
        values = {"a": a.given.code, "b": b.given.code, "m": a.shape[0], "n": b.shape[0]}
        shapes = {"shape_a": a.shape, "shape_b": b.shape, "function": op.written}
        fix = [Told("products-matmul-broadcasts")] if product(a.shape, b.shape) is not None else []
        return [Told("products-batch-equal", values | shapes), *fix]
    return _inner(op, a, b)


def _inner(op: Operation, a: Factor, b: Factor) -> list[Told]:
    m, n = a.shape[-1], b.shape[-2 if len(b.shape) > 1 else 0]
    if m == n:
        return []
    values: dict[str, object] = {
        "function": op.written, "a": a.given.code, "b": b.given.code, "shape_a": a.shape,
        "shape_b": b.shape, "m": m, "n": n,
        "last": WHICH["last" if len(a.shape) > 1 else "only"],
        "first": WHICH["last-but-one" if len(b.shape) > 1 else "only"],
    }  # fmt: skip
    return [Told("products-inner", values), *_fix(op, a, b)]


WHICH = {
    "last": Both("the last dim", "마지막 dim"),
    "last-but-one": Both("the last but one", "뒤에서 두 번째 dim"),
    "only": Both("the dim", "dim"),
}


def _fix(op: Operation, a: Factor, b: Factor) -> list[Told]:
    """Return in words how the same two would meet: by vectors, or with one of them transposed."""
    if a.tensor.dtype != b.tensor.dtype or op.name.startswith(("add", "badd")):
        return []
    if len(a.shape) > 2 and len(b.shape) == 2 and b.shape == (*a.shape[:-2], a.shape[-1]):
        fix = f"{a.given.dotted} @ {b.given.dotted}.unsqueeze(-1)"
        return [Told("products-shared"), Told("products-vectors", {"fix": fix})]
    if len(b.shape) > 1 and _transposed_fits(a, b):
        call = f"{a.given.dotted} @ {b.given.dotted}.mT"
        return [Told("products-use", {"fix": call})]
    return []


def _transposed_fits(a: Factor, b: Factor) -> bool:
    return product(a.shape, (*b.shape[:-2], b.shape[-1], b.shape[-2])) is not None


def product(a: Shape, b: Shape) -> Shape | None:
    """Return the shape of `matmul`; None where it raises."""
    if not a or not b or a[-1] != b[-2 if len(b) > 1 else 0]:
        return None
    batch = broadcast(a[:-2], b[:-2])
    if batch is None:
        return None
    return batch + (a[-2:-1] if len(a) > 1 else ()) + (b[-1:] if len(b) > 1 else ())


def _added(op: Operation, form: Form, factors: tuple[Factor, Factor]) -> list[Told]:
    added = op.tensor(form.added) if form.added else None
    if added is None:
        return []
    a, b = factors
    result: Shape | None = (a.shape[0], b.shape[0]) if form.wanted == "vectors" else product(a.shape, b.shape)
    if result is None:
        return []
    result = result[1:] if op.name == "addbmm" else result
    if broadcast(added.shape, result) == result:
        return []
    values = {"function": op.written, "x": op.code(form.added), "shape": added.shape, "result": result}
    return [Told("products-added", values)]


def matmul(op: Operation) -> list[Told]:
    """`@` and `matmul`, with the shapes that the program wrote."""
    if op.is_a("TypeError"):
        return _number(op)
    factors = _factors(op, "input", "other")
    if factors is None or not op.is_a("RuntimeError"):
        return []
    a, b = factors
    for factor in factors:
        if not factor.shape:
            return [Told("products-scalar", {"function": op.written, "x": factor.given.code})]
    return _inner(op, a, b) or _batches(a, b) or dtypes(op, a, b)


def _batches(a: Factor, b: Factor) -> list[Told]:
    found = clash(a.shape[:-2], b.shape[:-2])
    if found is None:
        return []
    i, j = found
    values = {"a": a.given.code, "b": b.given.code, "shape_a": a.shape, "shape_b": b.shape}
    return [Told("products-batch", values | {"i": i, "j": j, "m": a.shape[i], "n": b.shape[j]})]


def _number(op: Operation) -> list[Told]:
    for name in ("input", "other"):
        given = op.get(name)
        if given is not None and given.type in ("int", "float", "bool") and op.failure.node == "operator":
            return [Told("products-number", {"x": given.code, "type": given.type})]
    return []


def dtypes(op: Operation, a: Factor, b: Factor) -> list[Told]:
    """Two dtypes in one product, or two that have none."""
    if op.name in ("outer", "ger"):
        return []
    old, new = a.tensor.dtype, b.tensor.dtype
    if old == new:
        return (
            [Told("products-bool")] if kind(old) == BOOL and not _is_meta(a, b) and op.name != "addr" else []
        )
    convert, to = (a, new) if (kind(old) or 0) < (kind(new) or 0) else (b, old)
    values = {"a": a.given.code, "b": b.given.code, "dtype_a": old, "dtype_b": new}
    return [Told("products-dtypes", values | {"fix": f"{convert.given.dotted}.to(torch.{to})"})]


def _is_meta(*factors: Factor) -> bool:
    return any(factor.tensor.device == "meta" for factor in factors)


def linear(op: Operation) -> list[Told]:
    """`F.linear`, `nn.Linear` and recurrent layers: the weight is stored as (out, in)."""
    factors = _factors(op, *WEIGHTED.get(op.name, WEIGHTED["Linear"]))
    if factors is None or not op.is_a("RuntimeError"):
        return []
    x, weight = factors
    if not x.shape:
        return [Told("products-scalar", {"function": op.written, "x": x.given.code})]
    if len(weight.shape) == 2 and x.shape and x.shape[-1] != weight.shape[1]:
        values = {"function": op.written, "x": x.given.code, "shape": x.shape, "weight": weight.shape}
        return [Told("products-linear", values | {"size": x.shape[-1], "wanted": weight.shape[1]})]
    if x.tensor.dtype == weight.tensor.dtype:
        return dtypes(op, x, weight)
    dtypes_of = {"a": x.given.code, "b": weight.given.code, "dtype_a": x.tensor.dtype}
    fix = {"dtype_b": weight.tensor.dtype, "fix": f"{x.given.dotted}.to(torch.{weight.tensor.dtype})"}
    return [Told("products-dtypes", dtypes_of | fix)]


def inner(op: Operation) -> list[Told]:
    """`inner`, which multiplies along the last dims of both."""
    factors = _factors(op, "input", "other")
    if factors is None or not op.is_a("RuntimeError"):
        return []
    a, b = factors
    if not a.shape or not b.shape or a.shape[-1] == b.shape[-1]:
        return []
    values = {"function": op.written, "a": a.given.code, "b": b.given.code, "shape_a": a.shape}
    sizes = {"shape_b": b.shape, "m": a.shape[-1], "n": b.shape[-1]}
    return [Told("products-inner", values | sizes | {"last": WHICH["last"], "first": WHICH["last"]})]
