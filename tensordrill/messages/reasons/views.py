"""Reasons: `view`, `reshape` and their like."""

from __future__ import annotations

from typing import Literal, TypeAlias

from tensordrill.messages import Sentence

Name: TypeAlias = Literal[
    "views-elements", "views-remainder", "views-fitting", "views-two-unknown", "views-negative",
    "views-unknown-of-nothing", "views-strides", "views-type", "views-whole", "views-bytes-flat",
    "views-bytes-stride", "views-bytes-size", "views-unflatten", "views-repeat",
]  # fmt: skip

WORDS: dict[Name, Sentence] = {
    "views-elements": (
        "{x} {shape} has {total:element}; {wanted} needs {count}.",
        "{x} {shape}의 원소는 {total}개입니다. {wanted}에는 원소 {count}개가 필요합니다.",
    ),
    "views-remainder": (
        "{x} {shape} has {total:element}. The other sizes of {wanted} take {known} at a time, "
        "and {total} is {times} × {known} with {left} left over, so no number fits at -1.",
        "{x} {shape}의 원소는 {total}개입니다. {wanted}에서 -1을 뺀 나머지 크기의 곱은 {known}인데, "
        "{total} = {times} × {known} + {left}이므로 나누어떨어지지 않아 -1에 들어갈 수가 없습니다.",
    ),
    "views-fitting": ("{fitting} would fit.", "{fitting}이면 맞습니다."),
    "views-two-unknown": (
        "Only one size can be -1, because torch works it out from the others; {wanted} has {count}.",
        "-1은 하나만 쓸 수 있습니다. 나머지 크기에서 계산하기 때문입니다. {wanted}에는 {count}개가 있습니다.",
    ),
    "views-negative": (
        "A size is 0 or more, or one -1 for what is left; {wanted} has {size}.",
        "크기는 0 이상이거나, 나머지를 뜻하는 -1 하나여야 합니다. {wanted}에 {size}이(가) 있습니다.",
    ),
    "views-unknown-of-nothing": (
        "{x} {shape} has no elements, and the other sizes of {wanted} multiply to 0: "
        "any number would fit at -1. Say the size instead.",
        "{x} {shape}에는 원소가 없고 {wanted}에서 -1을 뺀 나머지 크기의 곱도 0이라 -1에 어떤 수든 들어갈 수 있습니다. "
        "-1 대신 크기를 직접 쓰세요.",
    ),
    "views-strides": (
        "A view only changes shape and stride, and {wanted} needs dims {outer} and {inner} of {x} {shape} merged. "
        "They aren't one run of memory: the stride of dim {outer} is {stride_outer}, "
        "not {size_inner} × {stride_inner} = {product}.",
        "`view`는 shape와 stride만 바꾸므로, {wanted}을(를) 만들려면 {x} {shape}의 dim {outer}과(와) {inner}이(가) 합쳐져야 "
        "합니다. 그런데 메모리에서 이어져 있지 않습니다. dim {outer}의 stride는 {stride_outer}이고 "
        "{size_inner} × {stride_inner} = {product}이(가) 아닙니다.",
    ),
    "views-type": (
        "Sizes are integers; {value} is of type {type}.",
        "크기는 정수여야 합니다. {value}의 타입은 {type}입니다.",
    ),
    "views-whole": (
        "`{quotient}` is a float also where nothing is left over; `//` gives an integer.",
        "`{quotient}`은(는) 나누어떨어져도 float입니다. `//`로 나누면 정수가 됩니다.",
    ),
    "views-bytes-flat": (
        "`view` of a dtype with other bytes changes the last dim, and {x} is 0-d: it has none.",
        "원소의 바이트 수가 다른 dtype으로 `view`하면 마지막 dim의 크기가 바뀌는데, {x}에는 dim이 없습니다(0-d).",
    ),
    "views-bytes-stride": (
        "`view` of a dtype with other bytes needs neighbours in the last dim: stride 1. "
        "The last stride of {x} {shape} is {stride}.",
        "원소의 바이트 수가 다른 dtype으로 `view`하려면 마지막 dim의 원소가 붙어 있어야(stride 1) 합니다. "
        "{x} {shape}의 마지막 stride는 {stride}입니다.",
    ),
    "views-bytes-size": (
        "`view` as {dtype} takes {ratio} elements of {old} for each new one; the last size of {x} {shape} "
        "is {size}, no multiple of {ratio}.",
        "{dtype}(으)로 `view`하면 {old} 원소 {ratio}개가 하나가 됩니다. {x} {shape}의 마지막 크기 {size}은(는) "
        "{ratio}의 배수가 아닙니다.",
    ),
    "views-unflatten": (
        "`unflatten` splits dim {dim} of {x} {shape}, which has size {size}; {wanted} multiplies to {count}.",
        "`unflatten`은 {x} {shape}의 dim {dim}(크기 {size})을 나눕니다. {wanted}의 곱은 {count}입니다.",
    ),
    "views-repeat": (
        "`{function}` takes a number for every dim, and more for new dims in front: "
        "{x} {shape} has {n:dim}, {repeats} has {count}.",
        "`{function}`에는 dim마다 숫자가 하나씩 필요합니다(더 쓰면 앞에 새 dim이 생깁니다). "
        "{x} {shape}의 dim은 {n}개인데 {repeats}은(는) {count}개입니다.",
    ),
}
