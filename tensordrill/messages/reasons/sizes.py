"""Reasons: numbers of dims, and sizes that have to be the same."""

from __future__ import annotations

from typing import Literal, TypeAlias

from tensordrill.messages import Sentence

Name: TypeAlias = Literal[
    "sizes-dims", "sizes-exactly", "sizes-at-least", "sizes-at-most", "sizes-or", "sizes-from-to",
    "sizes-square", "sizes-least", "sizes-same",
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
    "sizes-least": (
        "`{name}` of `{function}` is at least {least}; here it is {value}.",
        "`{function}`의 `{name}`은(는) {least} 이상이어야 하는데 {value}입니다.",
    ),
    "sizes-same": (
        "`{function}` needs one size in dim {i} of {a} {shape_a} and dim {j} of {b} {shape_b}: {m} and {n} differ.",
        "`{function}`에서는 {a} {shape_a}의 dim {i}과(와) {b} {shape_b}의 dim {j}이(가) 같아야 합니다. {m}과(와) {n}이(가) 다릅니다.",
    ),
}
