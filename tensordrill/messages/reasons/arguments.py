"""Reasons: arguments of the wrong type, number or value."""

from __future__ import annotations

from typing import Literal, TypeAlias

from tensordrill.messages import Sentence

Name: TypeAlias = Literal[
    "arguments-tuple", "arguments-type", "arguments-reduction", "arguments-probability", "arguments-dtype",
    "arguments-or", "arguments-out", "arguments-step", "arguments-diagonal", "arguments-moved",
    "arguments-most", "arguments-tensors", "arguments-sizes", "arguments-pads-odd", "arguments-pads-many",
]  # fmt: skip

WORDS: dict[Name, Sentence] = {
    "arguments-tuple": (
        "`{function}` takes several dims as one tuple.",
        "`{function}`에 여러 dim을 줄 때는 튜플 하나로 묶습니다.",
    ),
    "arguments-type": (
        "`{name}` of `{function}` is of type {wanted}; {x} is of type {type}.",
        "`{function}`의 `{name}`은(는) {wanted} 타입이어야 합니다. {x}의 타입은 {type}입니다.",
    ),
    "arguments-reduction": (
        "`reduction` is `none`, `mean` or `sum`; `{value}` is none of them.",
        "`reduction`은 `none`, `mean`, `sum` 중 하나여야 하는데 `{value}`입니다.",
    ),
    "arguments-probability": (
        "`{name}` of `{function}` is a probability, from 0 to 1; here it is {value}.",
        "`{function}`의 `{name}`은(는) 0부터 1까지의 확률이어야 하는데 {value}입니다.",
    ),
    "arguments-dtype": (
        "`{name}` of `{function}` is {wanted}; here it is {dtype}.",
        "`{function}`의 `{name}`은(는) {wanted}이어야 하는데 {dtype}입니다.",
    ),
    "arguments-or": ("{a} or {b}", "{a}나 {b}"),
    "arguments-out": (
        "`out` of `{function}` has the dtype of {x}, {dtype}; {out} is {dtype_out}.",
        "`{function}`의 `out`의 dtype은 {x}과(와) 같은 {dtype}이어야 합니다. {out}의 dtype은 {dtype_out}입니다.",
    ),
    "arguments-step": (
        "`arange` goes from {start} to {end} in steps of {step}, which leads away from it or nowhere.",
        "`arange`는 {start}에서 {end}까지 {step} 간격으로 갑니다. 그 간격으로는 끝에서 멀어지거나 나아가지 않습니다.",
    ),
    "arguments-diagonal": (
        "`{function}` needs two dims; both are dim {dim}.",
        "`{function}`에는 서로 다른 dim 두 개가 필요한데 둘 다 dim {dim}입니다.",
    ),
    "arguments-moved": (
        "`{function}` takes as many on both sides: {source} has {m}, {destination} has {n}.",
        "`{function}`에 주는 두 목록의 길이는 같아야 합니다. {source}은(는) {m}개, {destination}은(는) {n}개입니다.",
    ),
    "arguments-most": (
        "`{name}` of `{function}` is at most the size of dim {dim} of {x} {shape}, {most}; here it is {value}.",
        "`{function}`의 `{name}`은(는) {x} {shape}의 dim {dim}의 크기 {most} 이하여야 하는데 {value}입니다.",
    ),
    "arguments-tensors": (
        "`torch.tensor` takes numbers, in lists; {x} holds tensors of several elements.",
        "`torch.tensor`에는 숫자나 숫자의 리스트를 줍니다. {x}에는 원소가 여럿인 텐서가 들어 있습니다.",
    ),
    "arguments-sizes": (
        "{x} is {sizes}: it has {count:size}, numbered {low} to {high}; {index} is outside.",
        "{x}은(는) {sizes}입니다. 크기가 {count}개라 번호는 {low}부터 {high}까지인데 {index}은(는) 범위를 벗어납니다.",
    ),
    "arguments-pads-odd": (
        "Pads come in pairs, before and after, from the last dim on; {pads} has {count}.",
        "패딩은 마지막 dim부터 앞뒤 한 쌍씩 줍니다. {pads}은(는) {count}개입니다.",
    ),
    "arguments-pads-many": (
        "{x} {shape} has {n:dim}, so that there are at most {most} pads; {pads} has {count}.",
        "{x} {shape}의 dim은 {n}개이므로 패딩은 {most}개까지 줄 수 있습니다. {pads}은(는) {count}개입니다.",
    ),
}
