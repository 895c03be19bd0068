"""Reasons: writes to memory that several elements share, or that is still to be read."""

from __future__ import annotations

from typing import Literal, TypeAlias

from tensordrill.messages import Sentence

Name: TypeAlias = Literal["memory-expanded", "memory-overlap", "memory-strides", "memory-beyond"]

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
    "memory-strides": (
        "`{function}` takes a stride for each size: {sizes} has {m}, {strides} has {n}.",
        "`{function}`에는 크기마다 stride가 하나씩 필요합니다. {sizes}은(는) {m}개, {strides}은(는) {n}개입니다.",
    ),
    "memory-beyond": (
        "The last element that `{function}` reaches is number {last} of the memory of {x}, counted from 0; it has {cells:element}.",
        "`{function}`이(가) 가리키는 마지막 원소는 {x}의 메모리에서 {last}번(0부터)인데 원소는 {cells}개뿐입니다.",
    ),
}
