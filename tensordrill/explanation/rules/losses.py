"""Losses: the shapes and dtypes of their targets."""

from __future__ import annotations

from tensordrill.explanation.rules.elements import outside
from tensordrill.explanation.rules.operation import Given, Operation, Told
from tensordrill.explanation.rules.shapes import FLOAT, kind
from tensordrill.sandbox.traced import TensorFact

WORDS = {
    "losses-target-dtype": (
        "`{function}` takes class numbers as int64 (long); {target} is {dtype}. `{fix}.long()` converts them.",
        "`{function}`에는 클래스 번호를 int64(long)로 줍니다. {target}의 dtype은 {dtype}입니다. `{fix}.long()`(으)로 변환하세요.",
    ),
    "losses-probabilities": (
        "A target of the input's shape holds probabilities, so it is floating point; {target} is {dtype}. "
        "For class numbers give shape {wanted}.",
        "target의 shape가 입력과 같으면 확률로 보므로 부동소수점이어야 합니다. {target}의 dtype은 {dtype}입니다. "
        "클래스 번호로 주려면 shape가 {wanted}이어야 합니다.",
    ),
    "losses-target-shape": (
        "The classes of {x} {shape} are in dim {dim}, so that the target's shape is {wanted}; {target} has {shape_target}.",
        "{x} {shape}에서 클래스는 dim {dim}이므로 target의 shape는 {wanted}이어야 합니다. {target}의 shape는 {shape_target}입니다.",
    ),
    "losses-classes": (
        "{x} {shape} scores {size} classes, numbered 0 to {high}; {target} holds {value}.",
        "{x} {shape}의 클래스는 {size}개이고 번호는 0부터 {high}까지입니다. {target}에 {value}이(가) 있습니다.",
    ),
    "losses-same-shape": (
        "`{function}` compares element by element, so both shapes are equal: {x} has {shape}, {target} has {shape_target}.",
        "`{function}`은(는) 원소끼리 비교하므로 shape가 같아야 합니다. {x}의 shape는 {shape}, {target}의 shape는 {shape_target}입니다.",
    ),
    "losses-float-target": (
        "`{function}` takes the target as floating point; {target} is {dtype}. `{fix}.float()` converts it.",
        "`{function}`의 target은 부동소수점이어야 합니다. {target}의 dtype은 {dtype}입니다. `{fix}.float()`(으)로 변환하세요.",
    ),
}


def _both(op: Operation) -> tuple[Given, TensorFact, Given, TensorFact] | None:
    x, target = op.get("input"), op.get("target")
    if x is None or target is None or x.tensor is None or target.tensor is None:
        return None
    return x, x.tensor, target, target.tensor


def classes(op: Operation) -> list[Told]:
    """`cross_entropy` and `nll_loss`: the target has the input's shape without the dim of classes."""
    both = _both(op)
    if both is None or not op.is_a("RuntimeError", "IndexError", "ValueError"):
        return []
    x, scores, target, wanted = both
    if not scores.shape:
        return []
    dim = 0 if len(scores.shape) == 1 else 1
    shape = scores.shape[:dim] + scores.shape[dim + 1 :]
    values: dict[str, object] = {
        "function": op.written, "x": x.code, "shape": scores.shape, "target": target.code, "dim": dim,
        "shape_target": wanted.shape, "wanted": shape, "dtype": wanted.dtype, "fix": target.dotted,
        "size": scores.shape[dim], "high": scores.shape[dim] - 1,
    }  # fmt: skip
    if wanted.shape == scores.shape and op.name == "cross_entropy":
        is_float = kind(wanted.dtype) == FLOAT
        return [] if is_float else [Told("losses-probabilities", values)]
    if wanted.shape != shape:
        return [Told("losses-target-shape", values)]
    if wanted.dtype not in ("int64", "uint8"):
        return [Told("losses-target-dtype", values)]
    return _numbers(op, wanted, values, scores.shape[dim])


def _numbers(op: Operation, target: TensorFact, values: dict[str, object], size: int) -> list[Told]:
    ignored = op.integer("ignore_index", -100)
    value = outside(target, 0, size - 1)
    if value is None or value == ignored:
        return []
    return [Told("losses-classes", values | {"value": value})]


def same_shape(op: Operation) -> list[Told]:
    """`binary_cross_entropy`: a float target of the input's shape."""
    both = _both(op)
    if both is None or not op.is_a("RuntimeError", "ValueError"):
        return []
    x, scores, target, wanted = both
    values: dict[str, object] = {
        "function": op.written, "x": x.code, "shape": scores.shape, "target": target.code,
        "shape_target": wanted.shape, "dtype": wanted.dtype, "fix": target.dotted,
    }  # fmt: skip
    if scores.shape != wanted.shape:
        return [Told("losses-same-shape", values)]
    if kind(wanted.dtype) not in (FLOAT, None):
        return [Told("losses-float-target", values)]
    return []
