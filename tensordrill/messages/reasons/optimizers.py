"""Reasons: optimizers."""

from __future__ import annotations

from typing import Literal, TypeAlias

from tensordrill.messages import Sentence

Name: TypeAlias = Literal[
    "optimizers-no-parameters", "optimizers-one-parameter", "optimizers-no-leaf",
    "optimizers-generator", "optimizers-empty", "optimizers-module",
    "optimizers-state", "optimizers-scheduler", "optimizers-text",
]  # fmt: skip

WORDS: dict[Name, Sentence] = {
    "optimizers-no-parameters": (
        "`{function}` got no parameters: `parameters()` gave none. A module finds layers that are its attributes or in an "
        "`nn.ModuleList`, not in a plain list.",
        "`{function}`에 넘긴 파라미터가 하나도 없습니다. 모듈은 속성이나 `nn.ModuleList`에 든 레이어만 찾고 일반 리스트에 든 레이어는 찾지 못합니다.",
    ),
    "optimizers-one-parameter": (
        "`{function}` takes several parameters, in a list; {x} is one tensor.",
        "`{function}`에는 파라미터를 리스트로 줍니다. {x}은(는) 텐서 하나입니다.",
    ),
    "optimizers-no-leaf": (
        "`{function}` changes leaves, and {x} was computed ({grad_fn}) from others.",
        "`{function}`은(는) leaf를 바꾸는데 {x}은(는) 다른 텐서에서 계산된 것입니다({grad_fn}).",
    ),
    "optimizers-generator": (
        "`{function}` got no parameters: {x} is a generator, which gives its parameters once, and it has given them all. "
        "`list(…)` keeps them.",
        "`{function}`에 넘긴 파라미터가 하나도 없습니다. {x}은(는) 제너레이터라서 파라미터를 한 번만 내놓는데 이미 다 내놓았습니다. "
        "`list(…)`로 담아 두면 여러 번 쓸 수 있습니다.",
    ),
    "optimizers-empty": (
        "`{function}` got no parameters: {x} is empty.",
        "`{function}`에 넘긴 파라미터가 하나도 없습니다. {x}이(가) 비어 있습니다.",
    ),
    "optimizers-module": (
        "`{function}` goes through the parameters that it is given, and {x} is one object of type {type}. The parameters "
        "of a module are `{x_}.parameters()`.",
        "`{function}`에는 파라미터를 줍니다. {x}은(는) {type} 타입의 객체입니다. 모듈의 파라미터는 `{x_}.parameters()`입니다.",
    ),
    "optimizers-state": (
        "The state is that of an optimizer with other parameters: it belongs to another model, or to other groups of "
        "parameters.",
        "이 상태는 파라미터가 다른 optimizer의 것입니다. 다른 모델이나 다른 파라미터 그룹에서 저장한 상태입니다.",
    ),
    "optimizers-scheduler": (
        "`{function}` takes an optimizer; it got a {type}.",
        "`{function}`에는 optimizer를 줍니다. 여기서는 {type}을(를) 받았습니다.",
    ),
    "optimizers-text": (
        "`{name}` is a number; {x} is a str, and `float({x_})` reads it.",
        "`{name}`은(는) 숫자여야 하는데 {x}은(는) str입니다. `float({x_})`(으)로 바꾸세요.",
    ),
}
