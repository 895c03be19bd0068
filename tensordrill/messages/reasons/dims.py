"""Reasons: dims out of range, of the wrong type, or in an invalid order."""

from __future__ import annotations

from typing import Literal, TypeAlias

from tensordrill.messages import Sentence

Name: TypeAlias = Literal[
    "dims-range", "dims-range-flat", "dims-range-new", "dims-none", "dims-one", "dims-last",
    "dims-last-new", "dims-type", "dims-one-at-a-time", "dims-order-count", "dims-order-repeated",
    "dims-transpose-count", "dims-flatten-order", "dims-matrix-at-most", "dims-matrix-at-least",
    "dims-empty-reduction", "dims-empty-along",
]  # fmt: skip

WORDS: dict[Name, Sentence] = {
    "dims-range": (
        "For {x} {shape}, `{function}` takes a dim from {low} to {high}; {dim} is outside.",
        "{x} {shape}에서 `{function}`에 쓸 수 있는 dim은 {low}부터 {high}까지입니다. {dim}은(는) 범위를 벗어납니다.",
    ),
    "dims-range-flat": (
        "{x} is 0-d: it has no dims, and `{function}` takes only 0 or -1 for it. {dim} is outside.",
        "{x}에는 dim이 없습니다(0-d). 이때 `{function}`에 쓸 수 있는 dim은 0과 -1뿐이며 {dim}은(는) 범위를 벗어납니다.",
    ),
    "dims-range-new": (
        "`{function}` puts in a new dim, so its range is one wider than that of other functions: "
        "for {x} {shape} it is {low} to {high}. {dim} is outside.",
        "`{function}`에서는 dim이 새로 하나 생기므로 범위가 다른 함수보다 하나 넓습니다. "
        "{x} {shape}에는 {low}부터 {high}까지 쓸 수 있고, {dim}은(는) 범위를 벗어납니다.",
    ),
    "dims-none": (
        "{x} is 0-d: it has no dims, and `{function}` needs one to go along.",
        "{x}에는 dim이 없는데(0-d) `{function}`에는 따라갈 dim이 필요합니다.",
    ),
    "dims-one": (
        "`{function}` takes one dim; {value} is of type {type}.",
        "`{function}`에는 dim을 하나만 줄 수 있는데 {value} ({type})을(를) 주었습니다.",
    ),
    "dims-last": ("The last dim is {last}, or -1.", "마지막 dim은 {last} 또는 -1입니다."),
    "dims-last-new": (
        "A new last dim is {last}, or -1.",
        "맨 뒤에 새 dim을 만들려면 {last} 또는 -1을 씁니다.",
    ),
    "dims-type": (
        "A dim is an integer; `{function}` got {value} ({type}).",
        "dim은 정수여야 합니다. `{function}`에 준 값은 {value} ({type})입니다.",
    ),
    "dims-one-at-a-time": (
        "`unsqueeze` takes one dim; {value} is of type {type}. Call it once for each new dim.",
        "`unsqueeze`에는 dim을 하나만 줄 수 있는데 {value} ({type})을(를) 주었습니다. 새 dim마다 한 번씩 호출하면 됩니다.",
    ),
    "dims-order-count": (
        "`permute` wants each of the {n} dims of {x} {shape} exactly once; it got {count}: {dims}.",
        "`permute`에는 {x} {shape}의 dim {n}개를 하나도 빠짐없이 한 번씩 써야 합니다. 받은 것은 {count}개입니다: {dims}.",
    ),
    "dims-order-repeated": (
        "`{function}` takes each dim once; {dims} names dim {dim} more than once.",
        "`{function}`에는 같은 dim을 두 번 쓸 수 없습니다. {dims}에는 dim {dim}이(가) 두 번 이상 있습니다.",
    ),
    "dims-transpose-count": (
        "`transpose` swaps two dims; it got {count}. To put all dims in a new order, use `permute`.",
        "`transpose`는 dim 두 개를 맞바꿉니다. 받은 dim은 {count}개입니다. 모든 dim의 순서를 정하려면 `permute`를 쓰세요.",
    ),
    "dims-flatten-order": (
        "`flatten` goes from `start_dim` to `end_dim`, and {start} (dim {first}) comes after {end} (dim {last}).",
        "`flatten`은 `start_dim`부터 `end_dim`까지 합치는데, {start}(dim {first})이(가) {end}(dim {last})보다 뒤에 있습니다.",
    ),
    "dims-matrix-at-most": (
        "`t` transposes a matrix; {x} {shape} has {n:dim}. `{x_}.mT` swaps the last two, `transpose` any two.",
        "`t`는 행렬을 전치합니다. {x} {shape}의 dim은 {n}개입니다. 마지막 두 dim은 `{x_}.mT`로, "
        "원하는 두 dim은 `transpose`로 바꿉니다.",
    ),
    "dims-matrix-at-least": (
        "`{function}` swaps the last two dims; {x} {shape} has only {n}.",
        "`{function}`은(는) 마지막 두 dim을 바꿉니다. {x} {shape}의 dim은 {n}개뿐입니다.",
    ),
    "dims-empty-reduction": (
        "{x} {shape} has no elements, so there is no `{function}` of it.",
        "{x} {shape}에는 원소가 없어서 `{function}`의 결과를 정할 수 없습니다.",
    ),
    "dims-empty-along": (
        "{x} {shape} has no elements, so there is no `{function}` of it along dim {dim}.",
        "{x} {shape}에는 원소가 없어서 dim {dim}을(를) 따라 `{function}`의 결과를 정할 수 없습니다.",
    ),
}
