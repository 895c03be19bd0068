"""Reasons: shapes that do not broadcast, and results that would have to grow."""

from __future__ import annotations

from typing import Literal, TypeAlias

from tensordrill.messages import Sentence

Name: TypeAlias = Literal[
    "broadcasts-clash", "broadcasts-grow", "broadcasts-new", "broadcasts-expand",
    "broadcasts-expand-repeat", "broadcasts-expand-new", "broadcasts-negative", "broadcasts-expand-few",
    "broadcasts-summed",
]  # fmt: skip

WORDS: dict[Name, Sentence] = {
    "broadcasts-clash": (
        "Aligned from the right, dim {i} of {a} {shape_a} has size {m} and dim {j} of {b} {shape_b} has {n}; "
        "they differ and neither is 1.",
        "오른쪽부터 맞추면 {a} {shape_a}의 dim {i}은(는) {m}, {b} {shape_b}의 dim {j}은(는) {n}입니다. "
        "서로 다르고 어느 쪽도 1이 아닙니다.",
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
    "broadcasts-summed": (
        "`{function}` takes a shape that broadcasts to {x} {shape}; {wanted} does not.",
        "`{function}`에는 {x} {shape}(으)로 브로드캐스트되는 shape를 줍니다. {wanted}은(는) 그렇지 않습니다.",
    ),
}
