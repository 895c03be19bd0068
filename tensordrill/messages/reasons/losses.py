"""Reasons: losses and their targets."""

from __future__ import annotations

from typing import Literal, TypeAlias

from tensordrill.messages import Sentence

Name: TypeAlias = Literal[
    "losses-target-dtype", "losses-probabilities", "losses-target-shape", "losses-classes",
    "losses-same-shape", "losses-float-target",
    "losses-variance",
    "losses-lengths", "losses-blank",
    "losses-no-probabilities", "losses-logits", "losses-batch",
]  # fmt: skip

WORDS: dict[Name, Sentence] = {
    "losses-target-dtype": (
        "`{function}` takes class numbers as int64 (long); {target} is {dtype}.",
        "`{function}`에는 클래스 번호를 int64(long)로 줍니다. {target}의 dtype은 {dtype}입니다.",
    ),
    "losses-probabilities": (
        "A target of the input's shape holds probabilities, so it is floating point; {target} is {dtype}. "
        "For class numbers give shape {wanted}.",
        "target의 shape가 입력과 같으면 확률로 보므로 부동소수점이어야 합니다. {target}의 dtype은 {dtype}입니다. "
        "클래스 번호로 주려면 shape가 {wanted}이어야 합니다.",
    ),
    "losses-target-shape": (
        "The classes of {x} {shape} are in dim {dim}, so that the target's shape is {wanted}; {target} has {shape_target}.",
        "{x} {shape}에서 클래스는 dim {dim}이므로 target의 shape는 {wanted}이어야 합니다. {target}의 shape는 {shape_target}입니다.",
    ),
    "losses-classes": (
        "{x} {shape} scores {size} classes, numbered 0 to {high}; {target} holds {value}.",
        "{x} {shape}의 클래스는 {size}개이고 번호는 0부터 {high}까지입니다. {target}에 {value}이(가) 있습니다.",
    ),
    "losses-same-shape": (
        "`{function}` compares element by element, so both shapes are equal: {x} has {shape}, {target} has {shape_target}.",
        "`{function}`은(는) 원소끼리 비교하므로 shape가 같아야 합니다. {x}의 shape는 {shape}, {target}의 shape는 {shape_target}입니다.",
    ),
    "losses-float-target": (
        "`{function}` takes the target as floating point; {target} is {dtype}.",
        "`{function}`의 target은 부동소수점이어야 합니다. {target}의 dtype은 {dtype}입니다.",
    ),
    "losses-variance": (
        "`{function}` takes a variance for each element, of shape {shape} as {x}, or one for each row, {row}; {var} has {shape_var}.",
        "`{function}`의 분산은 {x}과(와) 같은 shape {shape}(원소마다)이나 {row}(행마다)이어야 합니다. {var}의 shape는 {shape_var}입니다.",
    ),
    "losses-lengths": (
        "`{name}` of `{function}` is at most the size of dim {dim} of {x} {shape}, {size}; {lengths} holds {value}.",
        "`{function}`의 `{name}`은(는) {x} {shape}의 dim {dim}의 크기 {size} 이하여야 합니다. {lengths}에 {value}이(가) 있습니다.",
    ),
    "losses-blank": (
        "`blank` is one of the {size} classes of {x} {shape}, numbered 0 to {high}; here it is {blank}.",
        "`blank`는 {x} {shape}의 클래스 {size}개 중 하나(0부터 {high}까지)여야 하는데 {blank}입니다.",
    ),
    "losses-no-probabilities": (
        "`{function}` takes probabilities, from 0 to 1; {x} {shape} holds {value}.",
        "`{function}`의 입력은 0부터 1까지의 확률이어야 하는데 {x} {shape}에 {value}이(가) 있습니다.",
    ),
    "losses-logits": (
        "Logits become probabilities by `sigmoid`.",
        "logit은 `sigmoid`로 확률이 됩니다.",
    ),
    "losses-batch": (
        "{x} {shape} is read as (length, batch, classes), and `{name}` has a number for each sample of the batch; {lengths} has shape {shape_lengths}.",
        "{x} {shape}은(는) (길이, 배치, 클래스)로 읽히고 `{name}`에는 샘플마다 숫자가 하나씩 있어야 합니다. {lengths}의 shape는 {shape_lengths}입니다.",
    ),
}
