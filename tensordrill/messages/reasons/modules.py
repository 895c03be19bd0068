"""Reasons: modules, optimizers and loaders."""

from __future__ import annotations

from typing import Literal, TypeAlias

from tensordrill.messages import Sentence

Name: TypeAlias = Literal[
    "modules-prefix", "modules-missing", "modules-unexpected", "modules-sizes", "modules-no-parameters",
    "modules-class", "modules-collated",
    "modules-lengths", "modules-pieces", "modules-no-samples", "modules-one-parameter", "modules-no-leaf", "modules-sequence-class", "modules-sequence",
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
    "modules-lengths": (
        "The loader joins the lists of a batch piece by piece, so they have one length: {m} and {n} differ.",
        "DataLoader는 배치의 리스트를 원소끼리 묶으므로 길이가 모두 같아야 합니다. {m}과(와) {n}이(가) 다릅니다.",
    ),
    "modules-pieces": (
        "The loader joins tensors, arrays, numbers, strings, and lists and dicts of them; a sample holds a value of type {type}. A `collate_fn` of your own can join others.",
        "DataLoader는 텐서, 배열, 숫자, 문자열, 그리고 이것들의 리스트와 dict를 묶습니다. 샘플에 {type} 타입의 값이 있습니다. 다른 타입은 `collate_fn`을 직접 만들어 묶으세요.",
    ),
    "modules-no-samples": (
        "`DataLoader` draws from the samples, and {x} has none.",
        "`DataLoader`는 샘플에서 뽑는데 {x}에는 샘플이 없습니다.",
    ),
    "modules-one-parameter": (
        "`{function}` takes several parameters, in a list; {x} is one tensor.",
        "`{function}`에는 파라미터를 리스트로 줍니다. {x}은(는) 텐서 하나입니다.",
    ),
    "modules-no-leaf": (
        "`{function}` changes leaves, and {x} was computed ({grad_fn}) from others.",
        "`{function}`은(는) leaf를 바꾸는데 {x}은(는) 다른 텐서에서 계산된 것입니다({grad_fn}).",
    ),
    "modules-sequence-class": (
        "`Sequential` takes modules, and {x} is a class: `{x_}()` makes a module.",
        "`Sequential`에는 모듈을 줍니다. {x}은(는) 클래스이고, `{x_}()`이(가) 모듈을 만듭니다.",
    ),
    "modules-sequence": (
        "`Sequential` takes modules, each as an argument of its own; {x} is of type {type}.",
        "`Sequential`에는 모듈을 하나씩 인수로 줍니다. {x}의 타입은 {type}입니다.",
    ),
}
