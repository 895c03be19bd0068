"""Reasons: results that a dtype can't hold, and functions that a dtype does not have."""

from __future__ import annotations

from typing import Literal, TypeAlias

from tensordrill.messages import Sentence

Name: TypeAlias = Literal[
    "dtypes-cast", "dtypes-new", "dtypes-bool-minus", "dtypes-floats-only", "dtypes-integers-only",
    "dtypes-negative-power", "dtypes-grad", "dtypes-grad-literal",
    "dtypes-one",
    "dtypes-unsupported",
]  # fmt: skip

WORDS: dict[Name, Sentence] = {
    "dtypes-cast": (
        "`{function}` writes into {x}, and {dtype} can't hold the result, which is {kind}.",
        "`{function}`은(는) 결과를 {x}에 쓰는데 {x}의 dtype은 {dtype}이라 {kind} 결과를 담을 수 없습니다.",
    ),
    "dtypes-new": (
        "Without the in-place form there is a new tensor that can.",
        "제자리(in-place) 연산이 아니면 결과에 맞는 새 텐서가 생깁니다.",
    ),
    "dtypes-bool-minus": (
        "torch has no `-` for bools, because it could mean two things.",
        "torch에서 bool에는 `-`를 쓸 수 없습니다. 뜻이 둘일 수 있기 때문입니다.",
    ),
    "dtypes-floats-only": (
        "`{function}` is for floating-point numbers; {x} is {dtype}.",
        "`{function}`은(는) 부동소수점 텐서에만 쓸 수 있습니다. {x}의 dtype은 {dtype}입니다.",
    ),
    "dtypes-integers-only": (
        "`{function}` works on the bits of integers and bools; {x} is {dtype}.",
        "`{function}`은(는) 정수나 bool의 비트를 다룹니다. {x}의 dtype은 {dtype}입니다.",
    ),
    "dtypes-negative-power": (
        "{x} is {dtype}, and an integer to the power {power} is no integer.",
        "{x}의 dtype은 {dtype}이고, 정수의 {power} 제곱은 정수가 아닙니다.",
    ),
    "dtypes-grad": (
        "Only floating-point and complex tensors can require gradients; {x} is {dtype}.",
        "gradient는 부동소수점이나 복소수 텐서에만 있습니다. {x}의 dtype은 {dtype}입니다.",
    ),
    "dtypes-grad-literal": (
        "Only floating-point and complex tensors can require gradients, and numbers without a point give {dtype}. "
        "Write them with a point, or add `dtype=torch.float32`.",
        "gradient는 부동소수점이나 복소수 텐서에만 있습니다. 소수점이 없는 수로 만들면 dtype이 {dtype}이(가) 됩니다. "
        "소수점을 붙이거나 `dtype=torch.float32`를 쓰세요.",
    ),
    "dtypes-one": (
        "`{function}` takes one dtype: {a} is {dtype_a}, {b} is {dtype_b}.",
        "`{function}`에 쓰는 텐서의 dtype은 같아야 합니다. {a}의 dtype은 {dtype_a}, {b}의 dtype은 {dtype_b}입니다.",
    ),
    "dtypes-unsupported": (
        "`{function}` has no implementation for {dtype}, the dtype of {x}.",
        "`{function}`은(는) {x}의 dtype인 {dtype}을(를) 지원하지 않습니다.",
    ),
}
