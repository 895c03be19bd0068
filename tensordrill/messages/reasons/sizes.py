"""Reasons: numbers of dims, and sizes that have to be the same."""

from __future__ import annotations

from typing import Literal, TypeAlias

from tensordrill.messages import Sentence

Name: TypeAlias = Literal[
    "sizes-dims", "sizes-exactly", "sizes-at-least", "sizes-at-most", "sizes-or", "sizes-from-to",
    "sizes-square", "sizes-same",
    "sizes-shape", "sizes-three",
    "sizes-dims-of",
    "sizes-sorted",
]  # fmt: skip

WORDS: dict[Name, Sentence] = {
    "sizes-dims": (
        "`{function}` takes a tensor of {wanted}; {x} {shape} has {n}.",
        "`{function}`에는 dim이 {wanted}인 텐서가 필요합니다. {x} {shape}의 dim은 {n}개입니다.",
    ),
    "sizes-exactly": ("{low:dim}", "{low}개"),
    "sizes-at-least": ("at least {low:dim}", "{low}개 이상"),
    "sizes-at-most": ("at most {high:dim}", "{high}개 이하"),
    "sizes-or": ("{low} or {high} dims", "{low}개나 {high}개"),
    "sizes-from-to": ("{low} to {high} dims", "{low}~{high}개"),
    "sizes-square": (
        "`{function}` takes square matrices; those of {x} {shape} are {m} by {n}.",
        "`{function}`에는 정사각 행렬이 필요합니다. {x} {shape}의 행렬은 {m}×{n}입니다.",
    ),
    "sizes-same": (
        "`{function}` needs one size in dim {i} of {a} {shape_a} and dim {j} of {b} {shape_b}: {m} and {n} differ.",
        "`{function}`에서는 {a} {shape_a}의 dim {i}과(와) {b} {shape_b}의 dim {j}이(가) 같아야 합니다. {m}과(와) {n}이(가) 다릅니다.",
    ),
    "sizes-shape": (
        "`{function}` takes two tensors of one shape: {a} has {shape_a}, {b} has {shape_b}.",
        "`{function}`의 두 텐서는 shape가 같아야 합니다. {a}의 shape는 {shape_a}, {b}의 shape는 {shape_b}입니다.",
    ),
    "sizes-three": (
        "`{function}` takes vectors of 3 elements along dim {dim}; {x} {shape} has {n} there.",
        "`{function}`에서 dim {dim}의 크기는 3이어야 합니다. {x} {shape}에서는 {n}입니다.",
    ),
    "sizes-dims-of": (
        "`{name}` of `{function}` has {wanted}; {x} {shape} has {n}.",
        "`{function}`의 `{name}`은(는) dim이 {wanted}여야 합니다. {x} {shape}의 dim은 {n}개입니다.",
    ),
    "sizes-sorted": (
        "Each row of {a} {shape_a} is searched for a row of values, so that the values have the dims {rows} before their "
        "last; {b} is {shape_b}. Boundaries of one dim are for values of any shape.",
        "{a} {shape_a}의 행마다 값의 행 하나를 찾으므로 값의 마지막 dim 앞은 {rows}이어야 합니다. {b}의 shape는 {shape_b}입니다. "
        "경계가 1차원이면 값의 shape는 상관없습니다.",
    ),
}
