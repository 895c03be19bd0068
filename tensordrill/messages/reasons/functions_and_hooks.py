"""Reasons: functions of `torch.autograd.Function`, hooks, `vmap` and copies."""

from __future__ import annotations

from typing import Literal, TypeAlias

from tensordrill.messages import Sentence

Name: TypeAlias = Literal[
    "functions-count", "functions-shape", "functions-hook", "functions-vmap-truth",
    "functions-vmap-item", "functions-copied", "functions-copied-inside",
    "functions-vmap-sizes",
    "functions-vmap-random", "functions-vmap-in-place",
]  # fmt: skip

WORDS: dict[Name, Sentence] = {
    "functions-count": (
        "`backward` of `{function}` returns a gradient for each argument of `forward` apart from `ctx`: {wanted}, and it "
        "returned {count}. It is None for what needs no gradient.",
        "`{function}`의 `backward`는 `ctx`를 뺀 `forward`의 인수마다 gradient를 하나씩, 모두 {wanted}개를 돌려주어야 하는데 {count}개를 돌려주었습니다. "
        "gradient가 필요 없는 인수의 자리에는 None을 돌려주세요.",
    ),
    "functions-shape": (
        "A gradient has the shape of what it is for: gradient {at} of `{function}` has {shape}, and {wanted} is needed.",
        "gradient의 shape는 그 텐서와 같아야 합니다. `{function}`의 {at}번째 gradient는 {shape}인데 {wanted}이어야 합니다.",
    ),
    "functions-hook": (
        "The hook `{name}` takes the place of a gradient by what it returns, and that has another shape.",
        "훅 `{name}`이(가) 돌려준 값이 gradient를 대신하는데 shape가 다릅니다.",
    ),
    "functions-vmap-truth": (
        "Inside `vmap` each sample has a truth of its own, and Python goes one way for all of them. `torch.where` chooses "
        "for each.",
        "`vmap` 안에서는 샘플마다 참/거짓이 다를 수 있는데 파이썬은 한쪽으로만 갈 수 있습니다. `torch.where`는 샘플마다 고릅니다.",
    ),
    "functions-vmap-item": (
        "Inside `vmap` each sample has a number of its own, and `.item()` gives one. Leave it a tensor.",
        "`vmap` 안에서는 샘플마다 값이 다른데 `.item()`은 숫자 하나만 돌려줍니다. 텐서 그대로 쓰세요.",
    ),
    "functions-copied": (
        "`deepcopy` copies leaves, and {x} was computed ({grad_fn}): `{x_}.detach().clone()` copies its values.",
        "`deepcopy`는 leaf만 복사하는데 {x}은(는) 계산된 텐서입니다({grad_fn}). 값만 복사하려면 `{x_}.detach().clone()`을 쓰세요.",
    ),
    "functions-copied-inside": (
        "`deepcopy` copies leaves, and what it copies here is or holds a tensor that was computed.",
        "`deepcopy`는 leaf만 복사하는데 복사하려는 것이 계산된 텐서이거나 그 안에 계산된 텐서가 있습니다.",
    ),
    "functions-vmap-sizes": (
        "`vmap` goes along one dim of all its inputs together, the one that `in_dims` names, and here their sizes there "
        "are {sizes}. `in_dims` None hands an input on whole.",
        "`vmap`은 `in_dims`가 정한 dim을 따라 모든 입력을 함께 돕니다. 그 dim의 크기가 {sizes}로 다릅니다. "
        "`in_dims`가 None인 입력은 통째로 넘어갑니다.",
    ),
    "functions-vmap-random": (
        "`vmap` has to know whether all samples get the same random numbers: `randomness='different'` or `'same'` tells it.",
        "모든 샘플에 같은 난수를 쓸지 `vmap`에 알려 주어야 합니다. `randomness='different'`나 `'same'`을 주세요.",
    ),
    "functions-vmap-in-place": (
        "What is written to is one tensor for all samples, and what is written differs between them. Make a new tensor "
        "instead, as with `torch.stack`, or one from an input, as `x.new_zeros(…)`.",
        "모든 샘플이 함께 쓰는 텐서에 샘플마다 다른 값을 쓸 수 없습니다. `torch.stack`처럼 새 텐서를 만들거나 `x.new_zeros(…)`처럼 "
        "입력에서 만든 텐서에 쓰세요.",
    ),
}
