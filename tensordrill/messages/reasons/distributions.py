"""Reasons: distributions."""

from __future__ import annotations

from typing import Literal, TypeAlias

from tensordrill.messages import Sentence

Name: TypeAlias = Literal[
    "distributions-parameter", "distributions-value", "distributions-nan", "distributions-has-nan", "distributions-simplex", "distributions-positive", "distributions-not-negative", "distributions-definite", "distributions-probability", "distributions-real", "distributions-boolean",
]  # fmt: skip

WORDS: dict[Name, Sentence] = {
    "distributions-parameter": (
        "`{name}` of `{function}` {wanted}, and here it does not.",
        "`{function}`의 `{name}`은(는) {wanted} 하는데 그렇지 않습니다.",
    ),
    "distributions-value": (
        "A value of `{function}` {wanted}, and here it does not.",
        "`{function}`의 값은 {wanted} 하는데 그렇지 않습니다.",
    ),
    "distributions-nan": (
        "{x} holds nan.",
        "{x}에 nan이 있습니다.",
    ),
    "distributions-has-nan": (
        "It holds nan.",
        "nan이 있습니다.",
    ),
    "distributions-simplex": (
        "has to hold numbers that are not negative and add up to 1 along the last dim",
        "음수가 없고 마지막 dim을 따라 합이 1이어야",
    ),
    "distributions-positive": (
        "has to be greater than 0",
        "0보다 커야",
    ),
    "distributions-not-negative": (
        "has to be at least 0",
        "0 이상이어야",
    ),
    "distributions-definite": (
        "has to be symmetric with eigenvalues greater than 0",
        "대칭이고 고윳값이 모두 0보다 커야",
    ),
    "distributions-probability": (
        "has to be from 0 to 1",
        "0부터 1까지여야",
    ),
    "distributions-real": (
        "has to hold numbers, without nan",
        "nan이 없는 수여야",
    ),
    "distributions-boolean": (
        "has to be 0 or 1",
        "0 또는 1이어야",
    ),
}
