"""Reasons: tensors made of data, and of sizes."""

from __future__ import annotations

from typing import Literal, TypeAlias

from tensordrill.messages import Sentence

Name: TypeAlias = Literal[
    "creation-array", "creation-number", "creation-order", "creation-ragged", "creation-step", "creation-tensors",
    "creation-objects", "creation-backwards",
]  # fmt: skip

WORDS: dict[Name, Sentence] = {
    "creation-array": (
        "`{function}` takes a numpy array; {x} is of type {type}.",
        "`{function}`에는 numpy 배열을 줍니다. {x}의 타입은 {type}입니다.",
    ),
    "creation-number": (
        "`{function}` takes numbers, in lists; {x} holds a value of type {type}.",
        "`{function}`에는 숫자나 숫자의 리스트를 줍니다. {x}에 {type} 타입의 값이 있습니다.",
    ),
    "creation-order": (
        "`{function}` takes an order of the {n:dim} of {size}, each of them once and counted from 0; {order} is none.",
        "`{function}`에는 {size}의 dim {n}개의 순서를 하나도 빠짐없이 0부터 센 번호로 줍니다. {order}은(는) 그런 순서가 아닙니다.",
    ),
    "creation-ragged": (
        "A tensor has one size for each dim, and the lists in {x} have {m} and {n} pieces.",
        "텐서의 dim은 크기가 하나인데 {x}에는 길이가 {m}인 리스트와 {n}인 리스트가 있습니다.",
    ),
    "creation-step": (
        "`arange` goes from {start} to {end} in steps of {step}, which leads away from it or nowhere.",
        "`arange`는 {start}에서 {end}까지 {step} 간격으로 갑니다. 그 간격으로는 끝에서 멀어지거나 나아가지 않습니다.",
    ),
    "creation-tensors": (
        "`torch.{function}` takes numbers, in lists; {x} holds tensors of several elements.",
        "`torch.{function}`에는 숫자나 숫자의 리스트를 줍니다. {x}에는 원소가 여럿인 텐서가 들어 있습니다.",
    ),
    "creation-objects": (
        "{x} is an array of dtype object, and torch takes arrays of numbers or bools. Mixed types and rows of different lengths make numpy choose object.",
        "{x}은(는) dtype이 object인 배열입니다. torch는 숫자나 bool의 배열만 받습니다. 타입이 섞이거나 행의 길이가 다르면 object가 됩니다.",
    ),
    "creation-backwards": (
        "{x} goes backwards through its memory, as after `[::-1]` or `np.flip`, and a tensor can't. `{x_}.copy()` writes it "
        "out in order.",
        "{x}은(는) `[::-1]`이나 `np.flip`처럼 메모리를 거꾸로 읽는 배열인데 텐서는 그럴 수 없습니다. `{x_}.copy()`는 순서대로 다시 적은 "
        "배열을 만듭니다.",
    ),
}
