"""Reasons: `x[…]` and `x[…] = …`."""

from __future__ import annotations

from typing import Literal, TypeAlias

from tensordrill.messages import Sentence

Name: TypeAlias = Literal[
    "indexing-flat", "indexing-many", "indexing-range", "indexing-range-empty", "indexing-range-tensor",
    "indexing-mask", "indexing-mask-later", "indexing-type", "indexing-dtype", "indexing-together",
    "indexing-step", "indexing-flip", "indexing-value", "indexing-value-mask", "indexing-value-type",
    "indexing-value-dtype", "indexing-overlap",
    "indexing-value-rows",
    "indexing-slice",
]  # fmt: skip

WORDS: dict[Name, Sentence] = {
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
        "A tensor as an index holds integers or bools; {index} is {dtype}.",
        "인덱스로 쓰는 텐서의 dtype은 정수나 bool이어야 합니다. {index}의 dtype은 {dtype}입니다.",
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
        "What is assigned is a number or a tensor; {value} is of type {type}.",
        "대입할 수 있는 것은 숫자나 텐서입니다. {value}의 타입은 {type}입니다.",
    ),
    "indexing-value-dtype": (
        "With index tensors both sides need one dtype: {x} is {dtype_x}, {value} is {dtype}.",
        "인덱스 텐서로 대입할 때는 양쪽 dtype이 같아야 합니다. {x}의 dtype은 {dtype_x}, {value}의 dtype은 {dtype}입니다.",
    ),
    "indexing-overlap": (
        "`{place}` and {value} lie partly at the same places in memory, so that writing one changes what is still "
        "to be read.",
        "`{place}`과(와) {value}의 메모리가 일부 겹쳐서, 한쪽을 쓰면 아직 읽지 않은 값이 바뀝니다.",
    ),
    "indexing-value-rows": (
        "{mask} is true at {count:place}, so that there is room for {wanted}; {value} is {shape}.",
        "{mask}에서 True인 곳이 {count}개이므로 {wanted}에 맞아야 합니다. {value}의 shape는 {shape}입니다.",
    ),
    "indexing-slice": (
        "A slice begins and ends at integers; {index} holds the float {value}. `//` gives an integer.",
        "슬라이스의 시작과 끝은 정수여야 합니다. {index}에 float {value}이(가) 있습니다. `//`로 나누면 정수가 됩니다.",
    ),
}
