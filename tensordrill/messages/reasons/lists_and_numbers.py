"""Reasons: lists, tuples, numbers and None where a tensor is meant."""

from __future__ import annotations

from typing import Literal, TypeAlias

from tensordrill.messages import Sentence

Name: TypeAlias = Literal[
    "lists-pieces", "lists-stack", "lists-inside", "lists-sequence", "lists-number",
    "lists-graph", "lists-equal", "lists-none", "lists-return", "lists-grad", "lists-grad-computed",
    "lists-grad-off", "lists-operator",
    "lists-packed",
]  # fmt: skip

WORDS: dict[Name, Sentence] = {
    "lists-pieces": (
        "{x} is a {type}, not a tensor; {first} is one, of shape {shape}.",
        "{x}은(는) 텐서가 아니라 {type}입니다. {first}은(는) shape가 {shape}인 텐서입니다.",
    ),
    "lists-stack": (
        "`torch.stack({x})` makes one tensor of them.",
        "`torch.stack({x})`은(는) 이것들을 텐서 하나로 쌓습니다.",
    ),
    "lists-inside": (
        "`{function}` gets a {type} of {shapes}, not a tensor. RNN, LSTM and GRU give their output and their state.",
        "`{function}`에 텐서가 아니라 {type}({shapes})이(가) 들어왔습니다. RNN, LSTM, GRU는 출력과 상태를 함께 돌려줍니다.",
    ),
    "lists-sequence": (
        "In a `Sequential` each module gets all that the one before gives.",
        "`Sequential`에서는 앞 모듈이 돌려준 것이 그대로 다음 모듈에 들어갑니다.",
    ),
    "lists-number": (
        "{x} is of type {type}, not a tensor, and has no `{name}`.",
        "{x}은(는) 텐서가 아니라 {type}이고 `{name}`이(가) 없습니다.",
    ),
    "lists-graph": (
        "`.item()` and `float()` give numbers, which no graph leads back from: add up the tensors themselves.",
        "`.item()`과 `float()`가 돌려주는 숫자에는 그래프가 없습니다. 텐서 그대로 더하세요.",
    ),
    "lists-equal": (
        "`==` of a tensor and what is no tensor, array or number gives one bool.",
        "텐서를 텐서, 배열, 숫자가 아닌 것과 `==`로 비교하면 bool 하나가 나옵니다.",
    ),
    "lists-none": (
        "{x} is None.",
        "{x}은(는) None입니다.",
    ),
    "lists-return": (
        "A function that ends without a `return` gives None.",
        "`return` 없이 끝나는 함수는 None을 돌려줍니다.",
    ),
    "lists-grad": (
        "{x} is None. `backward` fills it in for leaves that require a gradient and have a part in the loss; `zero_grad` "
        "sets it to None again.",
        "{x}은(는) None입니다. `backward`는 손실의 계산에 쓰이고 requires_grad가 True인 leaf에만 gradient를 채우고, "
        "`zero_grad`는 다시 None으로 되돌립니다.",
    ),
    "lists-grad-computed": (
        "{x} is None: `{owner}` was computed ({grad_fn}), and `backward` keeps the gradients of leaves. Call "
        "`{owner}.retain_grad()` before it, or take the leaf.",
        "{x}은(는) None입니다. `{owner}`은(는) 계산된 텐서인데({grad_fn}) `backward`는 leaf의 gradient만 남깁니다. "
        "그 전에 `{owner}.retain_grad()`를 호출하거나 leaf를 쓰세요.",
    ),
    "lists-grad-off": (
        "{x} is None: `{owner}` does not require a gradient.",
        "{x}은(는) None입니다. `{owner}`은(는) requires_grad가 False입니다.",
    ),
    "lists-operator": (
        "{x} is a {type}, and `{function}` goes element by element only where there is a tensor: `{fix}` makes one.",
        "{x}은(는) {type}입니다. `{function}`은(는) 텐서가 있을 때만 원소끼리 계산합니다. `{fix}`(으)로 텐서를 만드세요.",
    ),
    "lists-packed": (
        "{x} is a packed sequence, not a tensor: `pad_packed_sequence({x_})` gives the padded tensor and the lengths.",
        "{x}은(는) 텐서가 아니라 PackedSequence입니다. `pad_packed_sequence({x_})`이(가) 패딩된 텐서와 길이를 돌려줍니다.",
    ),
}
