"""`gather`, `index_select`, `scatter`, `one_hot` and others that take indices or masks as arguments."""

from __future__ import annotations

from tensordrill.explanation.rules.elements import outside
from tensordrill.explanation.rules.operation import Operation, Told
from tensordrill.explanation.rules.shapes import BOOL, INT, kind

WORDS = {
    "choosing-ndim": (
        "`{function}` wants an index with as many dims as {x} {shape}; {index} {shape_index} has {n}.",
        "`{function}`의 index는 {x} {shape}과(와) dim의 개수가 같아야 합니다. {index} {shape_index}의 dim은 {n}개입니다.",
    ),
    "choosing-size": (
        "Except along dim {dim}, the index of `{function}` may not be larger than {x} {shape}: "
        "dim {at} of {index} {shape_index} has size {n}, more than {m}.",
        "dim {dim}을(를) 빼면 `{function}`의 index는 {x} {shape}보다 클 수 없습니다. {index} {shape_index}의 dim {at}은(는) "
        "{n}(으)로 {m}보다 큽니다.",
    ),
    "choosing-source": (
        "`{function}` takes a value of the source for every index: dim {at} of {index} {shape_index} has size {n}, "
        "of {source} {shape_source} only {m}.",
        "`{function}`은(는) index마다 src의 값을 하나씩 씁니다. {index} {shape_index}의 dim {at}은(는) {n}인데 "
        "{source} {shape_source}은(는) {m}뿐입니다.",
    ),
    "choosing-source-dtype": (
        "`{function}` needs one dtype: {x} is {dtype_x}, {source} is {dtype}.",
        "`{function}`에서는 dtype이 같아야 합니다. {x}의 dtype은 {dtype_x}, {source}의 dtype은 {dtype}입니다.",
    ),
    "choosing-dtype": (
        "The index of `{function}` is int64 (long); {index} is {dtype}. `{fix}.long()` converts it.",
        "`{function}`의 index는 int64(long)여야 합니다. {index}의 dtype은 {dtype}입니다. `{fix}.long()`(으)로 변환하세요.",
    ),
    "choosing-vector": (
        "`{function}` takes a 1-D index; {index} {shape_index} has {n:dim}.",
        "`{function}`의 index는 1-D여야 합니다. {index} {shape_index}의 dim은 {n}개입니다.",
    ),
    "choosing-range": (
        "Dim {dim} of {x} {shape} has size {size}, so `{function}` takes indices from {low} to {high}; "
        "{index} holds {value}.",
        "{x} {shape}의 dim {dim}은(는) 크기가 {size}이므로 `{function}`의 index는 {low}부터 {high}까지입니다. "
        "{index}에 {value}이(가) 있습니다.",
    ),
    "choosing-select": (
        "Dim {dim} of {x} {shape} has size {size}: indices go from {low} to {high}. {value} is outside.",
        "{x} {shape}의 dim {dim}은(는) 크기가 {size}이므로 인덱스는 {low}부터 {high}까지입니다. {value}은(는) 범위를 벗어납니다.",
    ),
    "choosing-mask": (
        "`{function}` takes a mask of bools; {mask} is {dtype}. `{fix}.bool()` converts it.",
        "`{function}`의 mask는 bool이어야 합니다. {mask}의 dtype은 {dtype}입니다. `{fix}.bool()`(으)로 변환하세요.",
    ),
    "choosing-classes-dtype": (
        "`one_hot` takes class numbers as int64 (long); {x} is {dtype}. `{fix}.long()` converts them.",
        "`one_hot`에는 클래스 번호를 int64(long)로 줍니다. {x}의 dtype은 {dtype}입니다. `{fix}.long()`(으)로 변환하세요.",
    ),
    "choosing-classes-negative": (
        "Class numbers begin at 0; {x} holds {value}.",
        "클래스 번호는 0부터입니다. {x}에 {value}이(가) 있습니다.",
    ),
    "choosing-classes-few": (
        "With `num_classes` {classes} the class numbers go from 0 to {high}; {x} holds {value}.",
        "`num_classes`가 {classes}이면 클래스 번호는 0부터 {high}까지입니다. {x}에 {value}이(가) 있습니다.",
    ),
    "choosing-embedding-dtype": (
        "`embedding` looks rows up by number, so it takes int64 or int32; {x} is {dtype}. `{fix}.long()` converts it.",
        "`embedding`은 번호로 행을 찾으므로 int64나 int32가 필요합니다. {x}의 dtype은 {dtype}입니다. `{fix}.long()`(으)로 변환하세요.",
    ),
    "choosing-embedding-table": (
        "`embedding` takes a table of 2 dims, rows by features; {weight} {shape} has {n}.",
        "`embedding`의 weight는 (행, 특징)의 2-D여야 합니다. {weight} {shape}의 dim은 {n}개입니다.",
    ),
    "choosing-embedding-range": (
        "The table has {size} rows, numbered 0 to {high}; {x} holds {value}.",
        "임베딩 표의 행은 {size}개이고 번호는 0부터 {high}까지입니다. {x}에 {value}이(가) 있습니다.",
    ),
}

_LONG_ONLY = frozenset(("gather", "scatter", "scatter_add", "take", "take_along_dim"))
_LONG_OR_INT = frozenset(("index_select", "index_add", "index_copy", "index_fill"))


def indices(op: Operation) -> list[Told]:
    """An index of the wrong dtype, with wrong sizes, or with numbers out of range."""
    x, index = op.get("input"), op.get("index") or op.get("indices")
    if x is None or x.tensor is None or index is None or index.tensor is None:
        return []
    if not op.is_a("RuntimeError", "IndexError"):
        return []
    return _dtype(op) or _sizes(op) or _source(op) or _range(op)


def _dtype(op: Operation) -> list[Told]:
    index = op.get("index") or op.get("indices")
    assert index is not None
    assert index.tensor is not None
    dtype = index.tensor.dtype
    allowed = ("int64", "int32")
    if op.name not in _LONG_ONLY | _LONG_OR_INT or dtype in allowed:
        return []
    return [
        Told(
            "choosing-dtype",
            {"function": op.written, "index": index.code, "dtype": dtype, "fix": index.dotted},
        )
    ]


def _dim(op: Operation) -> int | None:
    tensor, dim = op.tensor("input"), op.integer("dim")
    if tensor is None or dim is None or not -len(tensor.shape) <= dim < len(tensor.shape):
        return None
    return dim % len(tensor.shape)


def _sizes(op: Operation) -> list[Told]:
    tensor, index, dim = op.tensor("input"), op.tensor("index"), _dim(op)
    if tensor is None or index is None or dim is None:
        return []
    values: dict[str, object] = {
        "function": op.written, "x": op.code("input"), "shape": tensor.shape, "index": op.code("index"),
        "shape_index": index.shape, "n": len(index.shape), "dim": dim,
    }  # fmt: skip
    if op.name in _LONG_OR_INT:
        return [Told("choosing-vector", values)] if len(index.shape) > 1 else []
    if op.name not in ("gather", "scatter", "scatter_add") or 0 in index.shape:
        return []
    if max(len(tensor.shape), 1) != max(len(index.shape), 1):
        return [Told("choosing-ndim", values)]
    for at, (m, n) in enumerate(zip(tensor.shape, index.shape, strict=False)):
        if n > m and at != dim:
            return [Told("choosing-size", values | {"at": at, "m": m, "n": n})]
    return []


def _source(op: Operation) -> list[Told]:
    tensor, index, source = op.tensor("input"), op.tensor("index"), op.tensor("src")
    if tensor is None or index is None or source is None or op.name not in ("scatter", "scatter_add"):
        return []
    values: dict[str, object] = {
        "function": op.written, "index": op.code("index"), "shape_index": index.shape,
        "source": op.code("src"), "shape_source": source.shape,
    }  # fmt: skip
    for at, (m, n) in enumerate(zip(source.shape, index.shape, strict=False)):
        if n > m and len(source.shape) == len(index.shape) and 0 not in index.shape:
            return [Told("choosing-source", values | {"at": at, "m": m, "n": n})]
    if source.dtype != tensor.dtype:
        dtypes = {"x": op.code("input"), "dtype_x": tensor.dtype, "dtype": source.dtype}
        return [Told("choosing-source-dtype", values | dtypes)]
    return []


def _range(op: Operation) -> list[Told]:
    tensor, index, dim = op.tensor("input"), op.tensor("index") or op.tensor("indices"), _dim(op)
    if tensor is None or index is None or dim is None:
        return []
    size = tensor.shape[dim]
    low = -size if op.name in ("index_fill", "take_along_dim") else 0
    value = outside(index, low, size - 1)
    if value is None or not size:
        return []
    name = "index" if op.tensor("index") else "indices"
    values = {"x": op.code("input"), "shape": tensor.shape, "dim": dim, "size": size, "low": low}
    told = {"function": op.written, "high": size - 1, "index": op.code(name), "value": value}
    return [Told("choosing-range", values | told)]


def select(op: Operation) -> list[Told]:
    """`select` with an index out of range."""
    tensor, dim, index = op.tensor("input"), _dim(op), op.integer("index")
    if tensor is None or dim is None or index is None or not op.is_a("IndexError"):
        return []
    size = tensor.shape[dim]
    if -size <= index < size or not size:
        return []
    values = {"dim": dim, "x": op.code("input"), "shape": tensor.shape, "size": size, "low": -size}
    return [Told("choosing-select", values | {"high": size - 1, "value": index})]


def mask(op: Operation) -> list[Told]:
    """`masked_fill` and `masked_select` with a mask that is no bools."""
    given = op.get("mask") or (op.get("condition") if op.name == "where" else None)
    if given is None or given.tensor is None or not op.is_a("RuntimeError"):
        return []
    if kind(given.tensor.dtype) == BOOL or given.tensor.dtype == "uint8":
        return []
    values = {"function": op.written, "mask": given.code, "dtype": given.tensor.dtype, "fix": given.dotted}
    return [Told("choosing-mask", values)]


def one_hot(op: Operation) -> list[Told]:
    """`one_hot` of floats, of negative numbers, or with too few classes."""
    given = op.get("input")
    if given is None or given.tensor is None or not op.is_a("RuntimeError"):
        return []
    values: dict[str, object] = {"x": given.code, "dtype": given.tensor.dtype, "fix": given.dotted}
    if given.tensor.dtype != "int64":
        return [Told("choosing-classes-dtype", values)]
    largest = 2**62
    negative = outside(given.tensor, 0, largest)
    if negative is not None:
        return [Told("choosing-classes-negative", values | {"value": negative})]
    classes = op.integer("num_classes", -1)
    if classes is None or classes < 1:
        return []
    value = outside(given.tensor, 0, classes - 1)
    if value is None:
        return []
    return [Told("choosing-classes-few", values | {"classes": classes, "high": classes - 1, "value": value})]


def embedding(op: Operation) -> list[Told]:
    """`embedding` of floats, or of numbers that the table has no row for."""
    given, weight = op.get("input"), op.tensor("weight")
    if weight is not None and len(weight.shape) != 2 and op.is_a("RuntimeError"):
        values = {"weight": op.code("weight"), "shape": weight.shape, "n": len(weight.shape)}
        return [Told("choosing-embedding-table", values)]
    if given is None or given.tensor is None or weight is None or not op.is_a("RuntimeError", "IndexError"):
        return []
    dtype = given.tensor.dtype
    if dtype not in ("int64", "int32") and kind(dtype) != INT:
        return [Told("choosing-embedding-dtype", {"x": given.code, "dtype": dtype, "fix": given.dotted})]
    if len(weight.shape) != 2 or not op.is_a("IndexError"):
        return []
    size = weight.shape[0]
    value = outside(given.tensor, 0, size - 1)
    if value is None:
        return []
    return [
        Told("choosing-embedding-range", {"size": size, "high": size - 1, "x": given.code, "value": value})
    ]
