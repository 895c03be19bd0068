"""Reasons: modules."""

from __future__ import annotations

from typing import Literal, TypeAlias

from tensordrill.messages import Sentence

Name: TypeAlias = Literal[
    "modules-prefix", "modules-missing", "modules-unexpected", "modules-sizes", "modules-class",
    "modules-sequence-class", "modules-sequence", "modules-checkpoint", "modules-container",
    "modules-no-forward", "modules-constructor", "modules-forward", "modules-lacking",
    "modules-no-self", "modules-made",
    "modules-misspelt", "modules-path", "modules-state",
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
    "modules-class": (
        "`{function}` is a class: calling it makes the loss, and the loss takes the tensors.",
        "`{function}`은(는) 클래스입니다. 호출하면 손실 함수 객체가 만들어지고, 텐서는 그 객체에 넘깁니다.",
    ),
    "modules-sequence-class": (
        "`Sequential` takes modules, and {x} is a class: `{x_}()` makes a module.",
        "`Sequential`에는 모듈을 줍니다. {x}은(는) 클래스이고, `{x_}()`이(가) 모듈을 만듭니다.",
    ),
    "modules-sequence": (
        "`Sequential` takes modules, each as an argument of its own; {x} is of type {type}.",
        "`Sequential`에는 모듈을 하나씩 인수로 줍니다. {x}의 타입은 {type}입니다.",
    ),
    "modules-checkpoint": (
        "A checkpoint with such keys holds the state dict inside: load `{x}['{key}']`, if that is this module's.",
        "이런 키가 있는 체크포인트에는 state dict가 그 안에 들어 있습니다. `{x}['{key}']`이(가) 이 모듈의 것이면 그것을 넘기세요.",
    ),
    "modules-container": (
        "`{function}` holds layers and does not call them. A loop calls each, `for layer in {x}: x = layer(x)`; "
        "`nn.Sequential` calls them one after the other.",
        "`{function}`은(는) 레이어를 담기만 하고 호출하지 않습니다. `for layer in {x}: x = layer(x)`처럼 하나씩 호출하거나 "
        "차례로 호출해 주는 `nn.Sequential`을 쓰세요.",
    ),
    "modules-no-forward": (
        "Calling a module calls its `forward`, and class `{function}` has none: is it spelt and indented as a method of "
        "the class?",
        "모듈을 호출하면 `forward`가 호출되는데 `{function}` 클래스에는 `forward`가 없습니다. 이름과 들여쓰기를 확인하세요.",
    ),
    "modules-constructor": (
        "`{function}` is a class: calling it makes an instance, and its `__init__` does not take these tensors. Make the instance first, and call that with them.",
        "`{function}`은(는) 클래스입니다. 호출하면 객체가 만들어지는데 `__init__`은 이 텐서들을 받지 않습니다. 객체를 먼저 만들고 텐서는 그 객체에 넘기세요.",
    ),
    "modules-forward": (
        "`forward` of `{function}` takes {wanted:argument}; this call gives {count}.",
        "`{function}`의 `forward`는 인수를 {wanted}개 받습니다. 이 호출에는 {count}개가 있습니다.",
    ),
    "modules-lacking": (
        "`forward` of `{function}` also takes {names}, and this call gives no value for it.",
        "`{function}`의 `forward`에는 {names}도 필요한데 이 호출에는 없습니다.",
    ),
    "modules-no-self": (
        "A method takes the module as its first parameter, so that `forward` begins with `self`.",
        "메서드의 첫 매개변수는 모듈 자신이므로 `forward`의 첫 매개변수는 `self`여야 합니다.",
    ),
    "modules-made": (
        "{x} is a layer of type `{type}`, not what it computes: `nn.{type}(…)` makes a layer, and `nn.{type}()(…)` also calls "
        "it.",
        "{x}은(는) 계산 결과가 아니라 `{type}` 레이어입니다. `nn.{type}(…)`은 레이어를 만들기만 하고 "
        "`nn.{type}()(…)`은 만든 레이어를 호출까지 합니다.",
    ),
    "modules-misspelt": (
        "Python calls `__init__` when an instance is made; this class spells it `{name}`, so that it never ran.",
        "객체를 만들 때 파이썬은 `__init__`을 호출합니다. 이 클래스에는 `{name}`(으)로 적혀 있어 실행되지 않았습니다.",
    ),
    "modules-path": (
        "`load_state_dict` takes the state dict itself, and {x} is a str: `torch.load({x_})` reads a file.",
        "`load_state_dict`에는 state dict를 줍니다. {x}은(는) str입니다. 파일은 `torch.load({x_})`(으)로 읽습니다.",
    ),
    "modules-state": (
        "`load_state_dict` takes a dict, and {x} is of type {type}. A module's is `{x_}.state_dict()`.",
        "`load_state_dict`에는 dict를 줍니다. {x}의 타입은 {type}입니다. 모듈의 state dict는 `{x_}.state_dict()`입니다.",
    ),
}
