"""Reasons: recurrent layers and their states."""

from __future__ import annotations

from typing import Literal, TypeAlias

from tensordrill.messages import Sentence

Name: TypeAlias = Literal[
    "recurrent-state", "recurrent-state-batch", "recurrent-state-alone", "recurrent-state-cell",
    "recurrent-state-dims", "recurrent-two-states",
    "recurrent-state-one",
    "recurrent-directions", "recurrent-batch-first", "recurrent-batch-second", "recurrent-unsorted",
    "recurrent-padded", "recurrent-padded-last",
    "recurrent-one-state",
]  # fmt: skip

WORDS: dict[Name, Sentence] = {
    "recurrent-state": (
        "`{function}` takes a state of shape {wanted}, {layout}; {x} has {shape}.",
        "`{function}`의 상태는 shape가 {wanted}, 즉 {layout}이어야 합니다. {x}의 shape는 {shape}입니다.",
    ),
    "recurrent-state-batch": ("(layers, batch, features)", "(레이어, 배치, 특징)"),
    "recurrent-state-alone": ("(layers, features)", "(레이어, 특징)"),
    "recurrent-state-cell": (
        "(batch, features)",
        "(배치, 특징)",
    ),
    "recurrent-state-dims": (
        "With an input of {n:dim}, {x} {shape}, `{function}` takes a state of {n:dim}; {state} {shape_state} has {count}.",
        "입력 {x} {shape}의 dim이 {n}개이면 `{function}`의 상태도 dim이 {n}개여야 합니다. {state} {shape_state}의 dim은 {count}개입니다.",
    ),
    "recurrent-two-states": (
        "`LSTM` takes its state as a pair, `(h, c)`; {x} {shape} is one tensor.",
        "`LSTM`의 상태는 `(h, c)` 쌍입니다. {x} {shape}은(는) 텐서 하나입니다.",
    ),
    "recurrent-state-one": (
        "(features,)",
        "(특징,)",
    ),
    "recurrent-directions": (
        "It is bidirectional, with a state for each layer and direction: {layers} · 2 = {states}.",
        "양방향이므로 상태는 레이어와 방향마다 하나씩, {layers} · 2 = {states}개입니다.",
    ),
    "recurrent-batch-first": (
        "`batch_first` puts the batch first in the input and the output, not in the states.",
        "`batch_first`는 입력과 출력에만 적용되고 상태의 dim 순서는 바꾸지 않습니다.",
    ),
    "recurrent-batch-second": (
        "`batch_first` is False, so that the batch is dim 1 of {x} {shape}, {batch}. A layer made with `batch_first=True` "
        "takes (batch, length, features).",
        "`batch_first`가 False이므로 {x} {shape}의 배치는 dim 1, 즉 {batch}입니다. `batch_first=True`로 만든 레이어에는 "
        "(배치, 길이, 특징)을 줍니다.",
    ),
    "recurrent-unsorted": (
        "`{function}` takes the lengths from the longest to the shortest, and in {x} {shape} {n} comes after {m}. With "
        "`enforce_sorted=False` it sorts them itself.",
        "`{function}`에는 길이를 긴 것부터 주어야 하는데 {x} {shape}에서 {n}이(가) {m} 뒤에 있습니다. "
        "`enforce_sorted=False`를 주면 알아서 정렬합니다.",
    ),
    "recurrent-padded": (
        "`{function}` pads dim 0 alone, so that all other dims are alike: {a} has {shape_a}, {b} has {shape_b}.",
        "`{function}`은(는) dim 0만 패딩하므로 나머지 dim은 크기가 같아야 합니다. {a}의 shape는 {shape_a}, {b}의 shape는 {shape_b}입니다.",
    ),
    "recurrent-padded-last": (
        "It is dim 1 that differs here: of each `x.T` it is dim 0.",
        "여기서는 dim 1의 크기가 다릅니다. 각각을 `x.T`로 바꾸면 그 dim이 dim 0이 됩니다.",
    ),
    "recurrent-one-state": (
        "`{function}` takes its state as one tensor; only `LSTM` has a pair, `(h, c)`.",
        "`{function}`의 상태는 텐서 하나입니다. `(h, c)` 쌍은 `LSTM`에만 씁니다.",
    ),
}
