"""Reasons: recurrent layers and their states."""

from __future__ import annotations

from typing import Literal, TypeAlias

from tensordrill.messages import Sentence

Name: TypeAlias = Literal[
    "recurrent-state", "recurrent-state-batch", "recurrent-state-alone", "recurrent-state-cell",
    "recurrent-state-dims", "recurrent-two-states",
    "recurrent-state-one",
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
}
