"""Reasons: a tensor where Python wants one truth, one number or a length."""

from __future__ import annotations

from typing import Literal, TypeAlias

from tensordrill.messages import Sentence

Name: TypeAlias = Literal[
    "item-truth", "item-truth-empty", "item-chain", "item-compared", "item-equal",
    "item-extreme", "item-one", "item-list", "item-torch", "item-length",
    "item-iteration", "item-unpacking", "item-index",
    "item-pieces", "item-split", "item-state",
    "item-bitwise",
    "item-format",
]  # fmt: skip

WORDS: dict[Name, Sentence] = {
    "item-truth": (
        "{x} {shape} has {count} elements, and Python asks it for one truth. "
        "`.any()` asks whether any is true, `.all()` whether all are.",
        "{x} {shape}의 원소는 {count}개인데 Python은 참/거짓 하나를 묻습니다. "
        "하나라도 참인지는 `.any()`, 모두 참인지는 `.all()`로 묻습니다.",
    ),
    "item-truth-empty": (
        "{x} {shape} has no elements, so that it is neither true nor false. `.numel() == 0` asks for that.",
        "{x} {shape}에는 원소가 없어서 참도 거짓도 아닙니다. 비어 있는지는 `.numel() == 0`으로 묻습니다.",
    ),
    "item-chain": (
        "Python reads {x} as two comparisons joined by `and`, which asks a whole tensor for one truth. "
        "Join them with `&`, each in brackets.",
        "Python은 {x}을(를) `and`로 이은 비교 두 개로 읽으므로, 텐서 전체에 참/거짓 하나를 묻게 됩니다. "
        "각각 괄호로 묶어 `&`로 이으세요.",
    ),
    "item-compared": (
        "`{function}` wants one truth from each comparison, and comparing tensors of several elements gives several.",
        "`{function}`에서는 비교할 때마다 참/거짓 하나가 필요한데, 원소가 여럿인 텐서를 비교하면 여러 개가 나옵니다.",
    ),
    "item-equal": (
        "`torch.equal` compares two tensors as a whole, `is` asks for the very same one.",
        "텐서 전체가 같은지는 `torch.equal`, 같은 객체인지는 `is`로 확인하세요.",
    ),
    "item-extreme": (
        "`x.{function}()` is the {function} of all elements, `torch.{full}(x, y)` compares two tensors element by element.",
        "모든 원소의 {function}은(는) `x.{function}()`, 두 텐서를 원소끼리 비교하려면 `torch.{full}(x, y)`를 쓰세요.",
    ),
    "item-one": (
        "`{function}` gives one Python number; {x} {shape} has {count} elements.",
        "`{function}`은(는) Python 숫자 하나를 만듭니다. {x} {shape}의 원소는 {count}개입니다.",
    ),
    "item-list": ("`{fix}.tolist()` gives them all.", "모두 꺼내려면 `{fix}.tolist()`을(를) 쓰세요."),
    "item-torch": (
        "`torch.{function}` works on every element.",
        "원소마다 계산하려면 `torch.{function}`을(를) 쓰세요.",
    ),
    "item-length": (
        "{x} is 0-d: it has no dim, so no length. `{fix}.item()` gives its number.",
        "{x}에는 dim이 없어서(0-d) 길이도 없습니다. 값은 `{fix}.item()`(으)로 꺼냅니다.",
    ),
    "item-iteration": (
        "{x} is 0-d: there is no dim to go through. `{fix}.item()` gives its number.",
        "{x}에는 dim이 없어서(0-d) 반복할 수 없습니다. 값은 `{fix}.item()`(으)로 꺼냅니다.",
    ),
    "item-unpacking": (
        "Unpacking goes along dim 0; {x} {shape} gives {count}, and another number of names stands on the left.",
        "풀어서 대입하면 dim 0을 따라 나눕니다. {x} {shape}에서는 {count}개가 나오는데 왼쪽 이름의 개수가 다릅니다.",
    ),
    "item-index": (
        "`{function}` wants an integer; {x} is a tensor of {dtype} with shape {shape}.",
        "`{function}`에는 정수가 필요합니다. {x}은(는) shape {shape}, dtype {dtype}인 텐서입니다.",
    ),
    "item-pieces": (
        "{x} is a {type} of {count:piece}.",
        "{x}은(는) 원소가 {count}개인 {type}입니다.",
    ),
    "item-split": (
        "`split` takes the size of a part; `chunk` takes how many parts there are to be.",
        "`split`에는 한 조각의 크기를, `chunk`에는 조각의 개수를 줍니다.",
    ),
    "item-state": (
        "The second of them is a tuple, too: `out, (h, c) = …` takes it apart.",
        "두 번째 원소도 tuple입니다. `out, (h, c) = …`(으)로 풉니다.",
    ),
    "item-bitwise": (
        "`{word}` takes one truth from each side, and {x} {shape} has {count:element}. `{sign}` goes element by element, with each side in parentheses.",
        "`{word}`는 양쪽을 참/거짓 하나씩으로 보는데 {x} {shape}의 원소는 {count}개입니다. `{sign}`은(는) 원소끼리 계산합니다. 양쪽을 괄호로 묶으세요.",
    ),
    "item-format": (
        "A format as `.3f` is for one number, and this tensor has dims: `.item()` takes the number of one "
        "element out, `.tolist()` those of several.",
        "`.3f` 같은 서식은 숫자 하나에 씁니다. 이 텐서는 0차원이 아닙니다. 원소가 하나면 `.item()`, 여럿이면 `.tolist()`로 숫자를 꺼내세요.",
    ),
}
