"""Reasons: products of matrices and vectors."""

from __future__ import annotations

from typing import Literal, TypeAlias

from tensordrill.messages import Sentence

Name: TypeAlias = Literal[
    "products-ndim", "products-no-dims", "products-matrices", "products-matrix-vector",
    "products-two-vectors", "products-batches", "products-last", "products-last-but-one", "products-only",
    "products-inner", "products-shared", "products-batch", "products-batch-equal", "products-scalar",
    "products-number", "products-linear", "products-added", "products-lengths", 
    "products-bool",
]  # fmt: skip

WORDS: dict[Name, Sentence] = {
    "products-ndim": (
        "`{function}` takes {wanted}; {x} {shape} has {n:dim}.",
        "`{function}`에는 {wanted} 필요합니다. {x} {shape}의 dim은 {n}개입니다.",
    ),
    "products-no-dims": (
        "`{function}` takes {wanted}; {x} () is 0-d.",
        "`{function}`에는 {wanted} 필요합니다. {x} ()의 dim은 0개입니다.",
    ),
    "products-matrices": ("two matrices", "행렬 두 개가"),
    "products-matrix-vector": ("a matrix and a vector", "행렬 하나와 벡터 하나가"),
    "products-two-vectors": ("two vectors", "벡터 두 개가"),
    "products-batches": ("two batches of matrices, 3-D", "행렬의 배치(3-D) 두 개가"),
    "products-last": ("the last dim", "마지막 dim"),
    "products-last-but-one": ("the last but one", "뒤에서 두 번째 dim"),
    "products-only": ("the dim", "dim"),
    "products-inner": (
        "`{function}` multiplies along {last} of {a} {shape_a} and {first} of {b} {shape_b}: "
        "{m} and {n} differ.",
        "`{function}`에서는 {a} {shape_a}의 {last}과(와) {b} {shape_b}의 {first}이(가) 같아야 합니다. {m}과(와) {n}이(가) 다릅니다.",
    ),
    "products-shared": (
        "A 2-D right operand is one matrix for the whole batch.",
        "오른쪽이 2-D이면 배치 전체에 쓰이는 행렬 하나로 봅니다.",
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
    "products-bool": (
        "torch has no product of bool matrices on the CPU.",
        "torch의 CPU 행렬 곱은 bool을 지원하지 않습니다.",
    ),
}
