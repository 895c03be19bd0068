"""Results that a dtype can't hold, functions that it does not have, losses, devices."""

from __future__ import annotations

import pytest

from tensordrill.sandbox.client import Sandbox
from tests.explanation.reasoning import why

FAILING = {
    "cast-operator": (
        "x = torch.ones(2, dtype=torch.long)\nx += 0.5",
        "`+=` writes into `x`, and int64 can't hold the result, which is float. Without the in-place form "
        "there is a new tensor that can.",
    ),
    "cast-method": (
        "x = torch.ones(2, dtype=torch.long)\nx.add_(1.5)",
        "`add_` writes into `x`, and int64 can't hold the result, which is float. Without the in-place "
        "form there is a new tensor that can.",
    ),
    "cast-division": (
        "x = torch.ones(2, dtype=torch.long)\nx /= 2",
        "`/=` writes into `x`, and int64 can't hold the result, which is float. Without the in-place form "
        "there is a new tensor that can.",
    ),
    "cast-bool": (
        "x = torch.ones(2, dtype=torch.bool)\nx += 1",
        "`+=` writes into `x`, and bool can't hold the result, which is int. Without the in-place form "
        "there is a new tensor that can.",
    ),
    "cast-tensor": (
        "x, y = torch.ones(2, dtype=torch.long), torch.ones(2)\nx *= y",
        "`*=` writes into `x`, and int64 can't hold the result, which is float. Without the in-place form "
        "there is a new tensor that can.",
    ),
    "cast-unary": (
        "x = torch.ones(2, dtype=torch.long)\nx.sqrt_()",
        "`sqrt_` writes into `x`, and int64 can't hold the result, which is float. Without the in-place "
        "form there is a new tensor that can.",
    ),
    "bool-minus": (
        "a = torch.tensor([True])\na - a",
        "torch has no `-` for bools, because it could mean two things. `a ^ a` works.",
    ),
    "bool-minus-number": (
        "a = torch.tensor([True])\n1 - a",
        "torch has no `-` for bools, because it could mean two things. `~a` works.",
    ),
    "bool-negated": (
        "a = torch.tensor([True])\n-a",
        "torch has no `-` for bools, because it could mean two things. `~a` works.",
    ),
    "mean": (
        "x = torch.arange(3)\nx.mean()",
        "`mean` is for floating-point numbers; `x` is int64. With `x.float()` it works.",
    ),
    "mean-function": (
        "x = torch.arange(3)\ntorch.mean(x, dim=0)",
        "`mean` is for floating-point numbers; `x` is int64. With `x.float()` it works.",
    ),
    "std": (
        "x = torch.arange(3)\nx.std()",
        "`std` is for floating-point numbers; `x` is int64. With `x.float()` it works.",
    ),
    "softmax": (
        "x = torch.arange(3)\nx.softmax(0)",
        "`softmax` is for floating-point numbers; `x` is int64. With `x.float()` it works.",
    ),
    "bits": (
        "a, b = torch.ones(2), torch.ones(2)\na & b",
        "`&` works on the bits of integers and bools; `a` is float32.",
    ),
    "inverted": (
        "a = torch.ones(2)\n~a",
        "`~` works on the bits of integers and bools; `a` is float32.",
    ),
    "power": (
        "x = torch.tensor([2])\nx ** -1",
        "`x` is int64, and an integer to the power -1 is no integer. With `x.float()` it works.",
    ),
    "grad-literal": (
        "torch.tensor([1, 2], requires_grad=True)",
        "Only floating-point and complex tensors can require gradients, and numbers without a point give "
        "int64. Write them with a point, or add `dtype=torch.float32`.",
    ),
    "grad-flag": (
        "x = torch.arange(3)\nx.requires_grad_()",
        (
            "Only floating-point and complex tensors can require gradients; `x` is int64. With "
            "`x.float()` it works."
        ),
    ),
    "grad-attribute": (
        "x = torch.arange(3)\nx.requires_grad = True",
        (
            "Only floating-point and complex tensors can require gradients; `x` is int64. With "
            "`x.float()` it works."
        ),
    ),
    "grad-parameter": (
        "x = torch.arange(3)\nnn.Parameter(x)",
        (
            "Only floating-point and complex tensors can require gradients; `x` is int64. With "
            "`x.float()` it works."
        ),
    ),
    "cross-entropy-dtype": (
        "z, y = torch.zeros(2, 3), torch.tensor([0, 1], dtype=torch.int32)\nF.cross_entropy(z, y)",
        "`cross_entropy` takes class numbers as int64 (long); `y` is int32. With `y.long()` it works.",
    ),
    "cross-entropy-shape": (
        "z, y = torch.zeros(2, 5, 3), torch.zeros(2, 5, dtype=torch.long)\nF.cross_entropy(z, y)",
        "The classes of `z` (2, 5, 3) are in dim 1, so that the target's shape is (2, 3); `y` has (2, 5).",
    ),
    "cross-entropy-layer": (
        "z, y = torch.zeros(2, 3), torch.tensor([[0], [1]])\nnn.CrossEntropyLoss()(z, y)",
        "The classes of `z` (2, 3) are in dim 1, so that the target's shape is (2,); `y` has (2, 1).",
    ),
    "cross-entropy-range": (
        "z, y = torch.zeros(2, 3), torch.tensor([0, 3])\nF.cross_entropy(z, y)",
        "`z` (2, 3) scores 3 classes, numbered 0 to 2; `y` holds 3.",
    ),
    "cross-entropy-one-hot": (
        "z, y = torch.zeros(2, 3), torch.zeros(2, 3, dtype=torch.long)\nF.cross_entropy(z, y)",
        "A target of the input's shape holds probabilities, so it is floating point; `y` is int64. For "
        "class numbers give shape (2,).",
    ),
    "nll": (
        "z, y = torch.zeros(2, 3), torch.tensor([0., 1.])\nF.nll_loss(z, y)",
        "`nll_loss` takes class numbers as int64 (long); `y` is float32. With `y.long()` it works.",
    ),
    "bce-dtype": (
        "z, y = torch.zeros(2), torch.tensor([0, 1])\nF.binary_cross_entropy_with_logits(z, y)",
        (
            "`binary_cross_entropy_with_logits` takes the target as floating point; `y` is int64. With "
            "`y.float()` it works."
        ),
    ),
    "bce-shape": (
        "z, y = torch.zeros(2, 1), torch.zeros(2)\nF.binary_cross_entropy_with_logits(z, y)",
        "`binary_cross_entropy_with_logits` compares element by element, so both shapes are equal: `z` "
        "has (2, 1), `y` has (2,).",
    ),
    "device": (
        'x, y = torch.zeros(2, device="meta"), torch.zeros(2)\nx + y',
        (
            "`x` is on meta and `y` is on cpu; an operation needs all its tensors on one device. With "
            "`y.to('meta')` it works."
        ),
    ),
    "device-cat": (
        'x, y = torch.zeros(2, device="meta"), torch.zeros(2)\ntorch.cat([y, x])',
        (
            "`y` is on cpu and `x` is on meta; an operation needs all its tensors on one device. With "
            "`y.to('meta')` it works."
        ),
    ),
    "meta-item": (
        'x = torch.zeros(1, device="meta")\nx.item()',
        "`x` is on the `meta` device: it has a shape and a dtype, but no values, and `item` needs values.",
    ),
    "meta-truth": (
        'x = torch.zeros(1, device="meta")\nif x: pass',
        "`x` is on the `meta` device: it has a shape and a dtype, but no values, and `if` needs values.",
    ),
    "meta-moved": (
        'x = torch.zeros(1, device="meta")\nx.to("cpu")',
        "`x` is on the `meta` device and has no values to copy. `torch.empty_like(x, device=…)` makes a "
        "tensor of its shape elsewhere.",
    ),
    "floats-only-not-why": (
        "x = torch.ones(2, dtype=torch.int64)\nx.mean(foo=1)",
        "`mean` has no keyword `foo`; it has `dim`, `dtype`, `keepdim`.",
    ),
    "meta-not-why": (
        "x = torch.ones(3, device='meta')\nx.view(5)",
        "`x` (3,) has 3 elements; (5,) needs 5. (3,) would fit.",
    ),
}


@pytest.mark.parametrize(("source", "sentence"), FAILING.values(), ids=FAILING)
def test_a_failing_program_says_why(sandbox: Sandbox, source: str, sentence: str) -> None:
    assert why(sandbox, source) == sentence


KOREAN = {
    "cast-operator": (
        "x = torch.ones(2, dtype=torch.long)\nx += 0.5",
        (
            "`+=`는 결과를 `x`에 쓰는데 `x`의 dtype은 int64이라 float 결과를 담을 수 없습니다. "
            "제자리(in-place) 연산이 아니면 결과에 맞는 새 텐서가 생깁니다."
        ),
    ),
    "mean": (
        "x = torch.arange(3)\nx.mean()",
        (
            "`mean`은 부동소수점 텐서에만 쓸 수 있습니다. `x`의 dtype은 int64입니다. `x.float()`를 쓰면 "
            "됩니다."
        ),
    ),
    "device": (
        'x, y = torch.zeros(2, device="meta"), torch.zeros(2)\nx + y',
        (
            "`x`의 device는 meta, `y`의 device는 cpu입니다. 연산에 쓰는 텐서는 모두 같은 device에 있어야 "
            "합니다. `y.to('meta')`를 쓰면 됩니다."
        ),
    ),
}


@pytest.mark.parametrize(("source", "sentence"), KOREAN.values(), ids=KOREAN)
def test_and_in_korean(sandbox: Sandbox, source: str, sentence: str) -> None:
    assert why(sandbox, source, "ko") == sentence
