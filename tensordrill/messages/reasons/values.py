"""Reasons: values that arguments take."""

from __future__ import annotations

from typing import Literal, TypeAlias

from tensordrill.messages import Sentence

Name: TypeAlias = Literal[
    "values-condition", "values-least", "values-above", "values-from-to", "values-between", "values-finite",
    "values-nonzero", "values-numbers", "values-some", 
    "values-integers", "values-floats", "values-here", "values-element", "values-dtype",
    "values-counted", "values-ordered", "values-multiple",
    "values-inexact",
    "values-is", "values-one-of",
]  # fmt: skip

WORDS: dict[Name, Sentence] = {
    "values-condition": (
        "`{name}` of `{function}` {wanted}; {breach}.",
        "`{function}`의 `{name}`은(는) {wanted} 합니다. {breach}.",
    ),
    "values-least": ("is at least {low}", "{low} 이상이어야"),
    "values-above": ("is more than {low}", "{low}보다 커야"),
    "values-from-to": ("is from {low} to {high}", "{low} 이상 {high} 이하여야"),
    "values-between": ("is between {low} and {high}", "{low}보다 크고 {high}보다 작아야"),
    "values-finite": ("is a finite number", "유한한 수여야"),
    "values-nonzero": ("is not 0", "0이 아니어야"),
    "values-numbers": ("has {count:number}", "숫자가 {count}개여야"),
    "values-some": ("has at least one number", "숫자가 하나 이상이어야"),
    "values-integers": ("holds integers", "dtype이 정수여야"),
    "values-floats": ("holds floating-point numbers", "dtype이 부동소수점이어야"),
    "values-here": ("here it is {value}", "지금은 {value}입니다"),
    "values-element": ("{x} holds {value}", "{x}에 {value}이(가) 있습니다"),
    "values-dtype": ("{x} is {dtype}", "{x}의 dtype은 {dtype}입니다"),
    "values-counted": ("here it has {count}", "지금은 {count}개입니다"),
    "values-ordered": (
        "`{low}` of `{function}` is at most `{high}`; here they are {m} and {n}.",
        "`{function}`의 `{low}`은(는) `{high}` 이하여야 합니다. 지금은 {m}과(와) {n}입니다.",
    ),
    "values-multiple": (
        "`{function}` cuts `{name}` into `{parts}` equal parts: {m} is no multiple of {n}.",
        "`{function}`은(는) `{name}`을(를) `{parts}`개로 똑같이 나눕니다. {m}은(는) {n}의 배수가 아닙니다.",
    ),
    "values-inexact": (
        "is floating point or complex",
        "부동소수점이나 복소수여야",
    ),
    "values-is": (
        "is {value}",
        "{value}이어야",
    ),
    "values-one-of": (
        "is {words} or {last}",
        "{words}, {last} 중 하나여야",
    ),
}
