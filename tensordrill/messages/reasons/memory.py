"""Reasons: writes to memory that several elements share, or that is still to be read."""

from __future__ import annotations

from typing import Literal, TypeAlias

from tensordrill.messages import Sentence

Name: TypeAlias = Literal["memory-expanded", "memory-overlap"]

WORDS: dict[Name, Sentence] = {
    "memory-expanded": (
        "{x} {shape} is expanded: its stride at dim {dim} is 0, so {size} elements lie at one place, "
        "and writing them one by one makes no sense.",
        "{x} {shape}은(는) expand된 텐서입니다. dim {dim}의 stride가 0이라 원소 {size}개가 같은 자리에 있어서 "
        "제자리에서 바꿀 수 없습니다.",
    ),
    "memory-overlap": (
        "{a} and {b} lie partly at the same places in memory, so that writing one changes what is still to be read.",
        "{a}과(와) {b}의 메모리가 일부 겹쳐서, 한쪽을 쓰면 아직 읽지 않은 값이 바뀝니다.",
    ),
}
