"""Reasons: data sets and loaders."""

from __future__ import annotations

from typing import Literal, TypeAlias

from tensordrill.messages import Sentence

Name: TypeAlias = Literal[
    "data-collated", "data-lengths", "data-pieces", "data-no-samples", "data-none",
    "data-split", "data-shares",
    "data-iterator", "data-length", "data-tensors",
]  # fmt: skip

WORDS: dict[Name, Sentence] = {
    "data-collated": (
        "The loader stacks the samples of a batch, and stacked tensors have one shape: {a} has {shape_a}, {b} has {shape_b}. "
        "Bring them to one size, or give the `DataLoader` a `collate_fn`.",
        "DataLoader는 배치의 샘플을 쌓으므로 shape가 모두 같아야 합니다. {a}의 shape는 {shape_a}, {b}의 shape는 {shape_b}입니다. "
        "크기를 맞추거나 `DataLoader`에 `collate_fn`을 주세요.",
    ),
    "data-lengths": (
        "The loader joins the lists of a batch piece by piece, so they have one length: {m} and {n} differ.",
        "DataLoader는 배치의 리스트를 원소끼리 묶으므로 길이가 모두 같아야 합니다. {m}과(와) {n}이(가) 다릅니다.",
    ),
    "data-pieces": (
        "The loader joins tensors, arrays, numbers, strings, and lists and dicts of them; a sample holds a value of type {type}. A `collate_fn` of your own can join others.",
        "DataLoader는 텐서, 배열, 숫자, 문자열, 그리고 이것들의 리스트와 dict를 묶습니다. 샘플에 {type} 타입의 값이 있습니다. 다른 타입은 `collate_fn`을 직접 만들어 묶으세요.",
    ),
    "data-no-samples": (
        "`DataLoader` draws from the samples, and {x} has none.",
        "`DataLoader`는 샘플에서 뽑는데 {x}에는 샘플이 없습니다.",
    ),
    "data-none": (
        "The loader joins the samples of a batch, and one of them is None or holds None: `__getitem__` gives None where "
        "it ends without a `return`.",
        "DataLoader는 배치의 샘플을 묶는데 샘플 하나가 None이거나 None이 들어 있습니다. `__getitem__`이 `return` 없이 끝나면 "
        "None을 돌려줍니다.",
    ),
    "data-split": (
        "The parts have to add up to the number of samples, and {parts} is {total}. Where parts were rounded, the last one "
        "can be what the others leave over. Shares that add up to 1 need no rounding.",
        "나눈 길이의 합은 샘플 수와 같아야 하는데 {parts} = {total}입니다. 비율을 정수로 바꾸면서 내림했다면 마지막 길이는 "
        "전체에서 나머지를 뺀 값으로 두세요. 합이 1인 비율을 그대로 주어도 됩니다.",
    ),
    "data-shares": (
        "Shares have to add up to 1. The sum of {parts} is {total}, and then they are taken for numbers of samples.",
        "비율의 합은 1이어야 합니다. {parts}의 합은 {total}이라서 비율이 아니라 샘플 수로 읽힙니다.",
    ),
    "data-iterator": (
        "{x} can be gone through many times, so that it is no iterator itself: `{fix}` gives the first batch.",
        "{x}은(는) 여러 번 돌 수 있는 객체라서 이터레이터가 아닙니다. 첫 배치는 `{fix}`(으)로 얻습니다.",
    ),
    "data-length": (
        "The loader asks the data set how many samples it has, and class `{type}` has no `__len__`.",
        "DataLoader는 데이터셋에 샘플이 몇 개인지 묻는데 `{type}` 클래스에는 `__len__`이 없습니다.",
    ),
    "data-tensors": (
        "`{function}` takes tensors; {x} is of type {type}, and `torch.as_tensor({x_})` makes one.",
        "`{function}`에는 텐서를 줍니다. {x}의 타입은 {type}입니다. `torch.as_tensor({x_})`(으)로 텐서를 만드세요.",
    ),
}
