"""Reasons: names that are not there, and attributes that are called."""

from __future__ import annotations

from typing import Literal, TypeAlias

from tensordrill.messages import Sentence

Name: TypeAlias = Literal[
    "attributes-called", "attributes-dtype", "attributes-value-called", "attributes-method",
    "attributes-near", "attributes-numpy", "attributes-keyword", "attributes-missing",
    "attributes-no-tensor", "attributes-unnamed", "attributes-pair",
]  # fmt: skip

WORDS: dict[Name, Sentence] = {
    "attributes-called": (
        "`{name}` is an attribute, not a method: write `{x}.{name}` without the brackets.",
        "`{name}`은(는) 메서드가 아니라 속성입니다. 괄호 없이 `{x}.{name}`(으)로 쓰세요.",
    ),
    "attributes-dtype": (
        "`torch.{name}` is a dtype, which can't be called.",
        "`torch.{name}`은(는) dtype입니다. 함수가 아니므로 호출할 수 없습니다.",
    ),
    "attributes-value-called": (
        "{x} is of type {type}, which can't be called.",
        "{x}의 타입은 {type}입니다. 함수가 아니므로 호출할 수 없습니다.",
    ),
    "attributes-method": (
        "{x} is the method itself; `{x_}()` calls it.",
        "{x}은(는) 메서드 자체입니다. `{x_}()`(으)로 호출하세요.",
    ),
    "attributes-near": (
        "{x} has no `{name}`; it has {near}.",
        "{x}에는 `{name}`이(가) 없습니다. 비슷한 이름: {near}.",
    ),
    "attributes-numpy": (
        "`{name}` is numpy's; torch has `{torch}` for it.",
        "`{name}`은(는) numpy의 이름입니다. torch에서는 `{torch}`을(를) 씁니다.",
    ),
    "attributes-keyword": (
        "`{function}` has no keyword `{name}`; it has {known}.",
        "`{function}`에는 `{name}`이라는 키워드가 없습니다. 쓸 수 있는 키워드: {known}.",
    ),
    "attributes-missing": (
        "`{function}` also needs `{name}`, the dim that it works along; torch chooses none for {x} {shape}.",
        "`{function}`에는 `{name}`도 필요합니다. {x} {shape}의 어느 dim을 따라 계산할지 torch가 대신 고르지 않습니다.",
    ),
    "attributes-no-tensor": (
        "`{function}` takes a tensor; {x} is of type {type}.",
        "`{function}`에는 텐서를 주어야 합니다. {x}의 타입은 {type}입니다.",
    ),
    "attributes-unnamed": (
        "`{name}` is not defined here; it usually comes from `{import_}`.",
        "`{name}`이(가) 정의되지 않았습니다. 보통 `{import_}`(으)로 불러옵니다.",
    ),
    "attributes-pair": (
        "{x} is a pair of values and indices; `{x_}.values` is the tensor.",
        "{x}은(는) (values, indices) 쌍입니다. 텐서는 `{x_}.values`입니다.",
    ),
}
