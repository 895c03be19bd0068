"""Reasons: modules, optimizers and loaders."""

from __future__ import annotations

from typing import Literal, TypeAlias

from tensordrill.messages import Sentence

Name: TypeAlias = Literal[
    "modules-prefix", "modules-missing", "modules-unexpected", "modules-sizes", "modules-no-parameters",
    "modules-class", "modules-collated",
]  # fmt: skip

WORDS: dict[Name, Sentence] = {
    "modules-prefix": (
        "Every key of the state dict begins with `{prefix}`, and the keys of this module don't: "
        "`{{key.removeprefix('{prefix}'): value for key, value in state.items()}}` takes it off.",
        "state dict의 키는 모두 `{prefix}`(으)로 시작하는데 이 모듈의 키는 그렇지 않습니다. "
        "`{{key.removeprefix('{prefix}'): value for key, value in state.items()}}`(으)로 떼어 내세요.",
    ),
    "modules-missing": (
        "The module has {count:key} that the state dict doesn't have: {keys}.",
        "모듈에 있는 키 {count}개가 state dict에 없습니다: {keys}.",
    ),
    "modules-unexpected": (
        "The state dict has {count:key} that the module doesn't have: {keys}.",
        "state dict에 있는 키 {count}개가 모듈에 없습니다: {keys}.",
    ),
    "modules-sizes": (
        "`{key}` has shape {given} in the state dict and {own} in the module.",
        "`{key}`의 shape는 state dict에서 {given}, 모듈에서 {own}입니다.",
    ),
    "modules-no-parameters": (
        "`{function}` got no parameters: `parameters()` gave none. A module finds layers that are its attributes or in an "
        "`nn.ModuleList`, not in a plain list.",
        "`{function}`에 넘긴 파라미터가 하나도 없습니다. 모듈은 속성이나 `nn.ModuleList`에 든 레이어만 찾고 일반 리스트에 든 레이어는 찾지 못합니다.",
    ),
    "modules-class": (
        "`{function}` is a class: calling it makes the loss, and the loss takes the tensors.",
        "`{function}`은(는) 클래스입니다. 호출하면 손실 함수 객체가 만들어지고, 텐서는 그 객체에 넘깁니다.",
    ),
    "modules-collated": (
        "The loader stacks the samples of a batch, and stacked tensors have one shape: {a} has {shape_a}, {b} has {shape_b}. "
        "Bring them to one size, or give the `DataLoader` a `collate_fn`.",
        "DataLoader는 배치의 샘플을 쌓으므로 shape가 모두 같아야 합니다. {a}의 shape는 {shape_a}, {b}의 shape는 {shape_b}입니다. "
        "크기를 맞추거나 `DataLoader`에 `collate_fn`을 주세요.",
    ),
}
