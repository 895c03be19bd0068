"""Reasons: tensors that are joined, and parts that are cut."""

from __future__ import annotations

from typing import Literal, TypeAlias

from tensordrill.messages import Sentence

Name: TypeAlias = Literal[
    "cat-flat", "cat-ndim", "cat-size", "cat-other-dim", "cat-stack", "cat-instead",
    "cat-nothing", "cat-one-list", "cat-no-tensor", "cat-split-sum", "cat-split-size",
    "cat-narrow", "cat-narrow-start",
    "cat-least", "cat-parts",
]  # fmt: skip

WORDS: dict[Name, Sentence] = {
    "cat-flat": (
        "`{function}` joins along a dim that is there, and {x} is 0-d. `stack` makes a new dim.",
        "`{function}`은(는) 이미 있는 dim을 따라 잇는데 {x}에는 dim이 없습니다(0-d). `stack`은 새 dim을 만듭니다.",
    ),
    "cat-ndim": (
        "`{function}` takes tensors with the same number of dims: {a} {shape_a} has {m}, {b} {shape_b} has {n}.",
        "`{function}`(으)로 이을 텐서는 dim의 개수가 같아야 합니다. {a} {shape_a}은(는) {m}개, {b} {shape_b}은(는) {n}개입니다.",
    ),
    "cat-size": (
        "`{function}` joins along dim {dim}, and all other dims have to agree: "
        "dim {at} of {a} {shape_a} has size {m}, of {b} {shape_b} it has {n}.",
        "`{function}`은(는) dim {dim}을(를) 따라 이으므로 나머지 dim의 크기는 모두 같아야 합니다. "
        "{a} {shape_a}의 dim {at}은(는) {m}, {b} {shape_b}의 dim {at}은(는) {n}입니다.",
    ),
    "cat-other-dim": ("Along dim {dim} they would join.", "dim {dim}을(를) 따라서는 이을 수 있습니다."),
    "cat-stack": (
        "`stack` takes tensors of one shape; {a} has {shape_a} and {b} has {shape_b}.",
        "`stack`할 텐서는 shape가 모두 같아야 합니다. {a}의 shape는 {shape_a}, {b}의 shape는 {shape_b}입니다.",
    ),
    "cat-instead": (
        "`cat` would join them along dim {dim}.",
        "`cat`으로는 dim {dim}을(를) 따라 이을 수 있습니다.",
    ),
    "cat-nothing": (
        "`{function}` needs at least one tensor; the list is empty.",
        "`{function}`에는 텐서가 하나 이상 필요한데 리스트가 비어 있습니다.",
    ),
    "cat-one-list": (
        "`{function}` takes one list or tuple of tensors; the first argument, {x}, is a tensor. "
        "Write `[…]` around them.",
        "`{function}`에는 텐서의 리스트나 튜플 하나를 줍니다. 첫 번째 인수 {x}은(는) 텐서입니다. 텐서들을 `[…]`로 묶으세요.",
    ),
    "cat-no-tensor": (
        "`{function}` takes tensors; {x} is of type {type}.",
        "`{function}`에는 텐서만 줄 수 있습니다. {x}의 타입은 {type}입니다.",
    ),
    "cat-split-sum": (
        "`split` by a list needs sizes that add up: dim {dim} of {x} {shape} has size {size}, {sizes} add up to {total}.",
        "`split`에 리스트를 주면 크기의 합이 dim의 크기와 같아야 합니다. {x} {shape}의 dim {dim}은(는) {size}인데 "
        "{sizes}의 합은 {total}입니다.",
    ),
    "cat-split-size": (
        "`split` takes the size of a part, 1 or more; it got {size}.",
        "`split`에는 조각의 크기(1 이상)를 줍니다. 받은 값은 {size}입니다.",
    ),
    "cat-narrow": (
        "`{function}` takes {length} from {start} on; dim {dim} of {x} {shape} has size {size} and ends before {end}.",
        "`{function}`은(는) {start}부터 {length}개를 꺼내는데 {x} {shape}의 dim {dim}은(는) 크기가 {size}라서 {end}까지 가지 못합니다.",
    ),
    "cat-narrow-start": (
        "`{function}` starts inside dim {dim} of {x} {shape}, which has size {size}; {start} is outside.",
        "`{function}`의 시작은 {x} {shape}의 dim {dim}(크기 {size}) 안에 있어야 합니다. {start}은(는) 범위를 벗어납니다.",
    ),
    "cat-least": (
        "`{function}` gives each tensor at least {least:dim} and then takes the same number: {a} {shape_a} has {m}, {b} {shape_b} has {n}.",
        "`{function}`은(는) 텐서의 dim을 {least}개 이상으로 늘린 뒤 이으므로 개수가 같아야 합니다. {a} {shape_a}은(는) {m}개, {b} {shape_b}은(는) {n}개입니다.",
    ),
    "cat-parts": (
        "`{function}` cuts dim {dim} of {x} {shape} into equal parts: size {size} can't be cut into {count}.",
        "`{function}`은(는) {x} {shape}의 dim {dim}을(를) 똑같이 나눕니다. 크기 {size}을(를) {count}개로 나눌 수 없습니다.",
    ),
}
