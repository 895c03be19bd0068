"""Reasons: arguments of the wrong type, number or value."""

from __future__ import annotations

from typing import Literal, TypeAlias

from tensordrill.messages import Sentence

Name: TypeAlias = Literal[
    "arguments-tuple", "arguments-type", 
    "arguments-out", "arguments-diagonal", "arguments-moved",
    "arguments-most", "arguments-sizes", "arguments-pads-odd", "arguments-pads-many",
    "arguments-short", "arguments-bins",
    "arguments-spacing",
    "arguments-contracted", 
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
    "arguments-out": (
        "`out` of `{function}` has the dtype of {x}, {dtype}; {out} is {dtype_out}.",
        "`{function}`의 `out`의 dtype은 {x}과(와) 같은 {dtype}이어야 합니다. {out}의 dtype은 {dtype_out}입니다.",
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
    "arguments-short": (
        "`{function}` needs at least {least:element} along each dim; dim {dim} of {x} {shape} has size {size}.",
        "`{function}`에는 dim마다 원소가 {least}개 이상 필요합니다. {x} {shape}의 dim {dim}은(는) {size}입니다.",
    ),
    "arguments-bins": (
        "`{function}` takes a number of bins for each of the {n} coordinates in the last dim of {x} {shape}; it got {count}.",
        "`{function}`에는 {x} {shape}의 마지막 dim에 있는 좌표 {n}개마다 구간의 개수를 줍니다. 받은 것은 {count}개입니다.",
    ),
    "arguments-spacing": (
        "`{function}` takes one spacing for each dim; it got {spacings:spacing} for {dims:dim}.",
        "`{function}`에는 dim마다 간격을 하나씩 줍니다. dim은 {dims}개인데 간격은 {spacings}개입니다.",
    ),
    "arguments-contracted": (
        "`dims` of `tensordot` is a number of dims that both have, at most {most}: {a} is {shape_a}, {b} is {shape_b}. Here it is {count}.",
        "`tensordot`의 `dims`는 두 텐서에 다 있는 dim의 개수로, {most} 이하여야 합니다. {a}의 shape는 {shape_a}, {b}의 shape는 {shape_b}인데 {count}입니다.",
    ),
}
