"""Reasons: `einsum`'s equations."""

from __future__ import annotations

from typing import Literal, TypeAlias

from tensordrill.messages import Sentence

Name: TypeAlias = Literal[
    "einsum-operands",
    "einsum-letters",
    "einsum-sizes",
    "einsum-output",
    "einsum-sign",
    "einsum-covered",
    "einsum-twice",
    "einsum-first",
]

WORDS: dict[Name, Sentence] = {
    "einsum-operands": (
        "The equation `{equation}` has {wanted:operand} before `->`; {count} given.",
        "식 `{equation}`에서 `->` 앞의 피연산자는 {wanted}개인데 텐서는 {count}개를 주었습니다.",
    ),
    "einsum-letters": (
        "Each dim has one letter: `{letters}` names {wanted}, {x} {shape} has {n}.",
        "dim마다 글자가 하나씩 필요합니다. `{letters}`의 글자는 {wanted}개인데 {x} {shape}의 dim은 {n}개입니다.",
    ),
    "einsum-sizes": (
        "The letter `{letter}` stands for one size: it is {m} in {a} {shape_a} and {n} in {b} {shape_b}.",
        "글자 `{letter}`의 크기는 하나여야 합니다. {a} {shape_a}에서는 {m}, {b} {shape_b}에서는 {n}입니다.",
    ),
    "einsum-output": (
        "The letter `{letter}` after `->` is in no operand.",
        "`->` 뒤의 글자 `{letter}`이(가) 어느 피연산자에도 없습니다.",
    ),
    "einsum-sign": (
        "An equation is made of letters, `,`, `...` and `->`; `{equation}` has `{sign}`.",
        "식은 글자와 `,`, `...`, `->`로만 씁니다. `{equation}`에 `{sign}`이(가) 있습니다.",
    ),
    "einsum-covered": (
        "The dims that `...` stands for have to broadcast: they are {m} in {a} {shape_a} and {n} in {b} {shape_b}.",
        "`...`에 해당하는 dim은 서로 브로드캐스트되어야 합니다. {a} {shape_a}에서는 {m}, {b} {shape_b}에서는 {n}입니다.",
    ),
    "einsum-twice": (
        "The letter `{letter}` may stand only once after `->`.",
        "`->` 뒤에는 글자 `{letter}`을(를) 한 번만 쓸 수 있습니다.",
    ),
    "einsum-first": (
        "The equation comes first, and {x} is a tensor.",
        "식이 첫 번째 인수여야 하는데 {x}은(는) 텐서입니다.",
    ),
}
