"""Shapes that clash, results that would have to grow, memory that is written twice."""

from __future__ import annotations

import pytest

from tensordrill.sandbox.client import Sandbox
from tests.explanation.reasoning import why

FAILING = {
    "in-place-unsqueezed": (
        "a, b = torch.ones(3), torch.ones(3, 2)\nb += a",
        (
            "Aligned from the right, dim 1 of `b` (3, 2) has size 2 and dim 0 of `a` (3,) has 3; they "
            "differ and neither is 1. With `a.unsqueeze(1)` it works."
        ),
    ),
    "in-place-that-would-grow": (
        "a, b = torch.ones(3), torch.ones(3, 2)\na += b",
        (
            "Aligned from the right, dim 0 of `a` (3,) has size 3 and dim 1 of `b` (3, 2) has 2; they "
            "differ and neither is 1."
        ),
    ),
    "operator": (
        "a, b = torch.zeros(3, 4), torch.zeros(3)\na + b",
        (
            "Aligned from the right, dim 1 of `a` (3, 4) has size 4 and dim 0 of `b` (3,) has 3; they "
            "differ and neither is 1. With `b.unsqueeze(1)` it works."
        ),
    ),
    "function": (
        "a, b = torch.zeros(3, 4), torch.zeros(2, 2, 4)\ntorch.mul(a, b)",
        "Aligned from the right, dim 0 of `a` (3, 4) has size 3 and dim 1 of `b` (2, 2, 4) has 2; they "
        "differ and neither is 1.",
    ),
    "method": (
        "a, b = torch.zeros(3, 4), torch.zeros(3, 3)\na.sub(b)",
        "Aligned from the right, dim 1 of `a` (3, 4) has size 4 and dim 1 of `b` (3, 3) has 3; they "
        "differ and neither is 1.",
    ),
    "compared": (
        "a, b = torch.zeros(2), torch.zeros(3)\na == b",
        "Aligned from the right, dim 0 of `a` (2,) has size 2 and dim 0 of `b` (3,) has 3; they differ "
        "and neither is 1.",
    ),
    "keyword": (
        "a, b = torch.zeros(2), torch.zeros(3)\ntorch.add(a, other=b)",
        "Aligned from the right, dim 0 of `a` (2,) has size 2 and dim 0 of `b` (3,) has 3; they differ "
        "and neither is 1.",
    ),
    "sum-without-keepdim": (
        "x = torch.ones(2, 3)\nx / x.sum(1)",
        (
            "Aligned from the right, dim 1 of `x` (2, 3) has size 3 and dim 0 of `x.sum(1)` (2,) has 2; "
            "they differ and neither is 1. With `x.sum(1).unsqueeze(1)` it works."
        ),
    ),
    "where": (
        "c, x = torch.ones(2, dtype=torch.bool), torch.zeros(3)\ntorch.where(c, x, 0.)",
        "Aligned from the right, dim 0 of `c` (2,) has size 2 and dim 0 of `x` (3,) has 3; they differ "
        "and neither is 1.",
    ),
    "mse-layer": (
        "a, b = torch.zeros(2, 3), torch.zeros(2)\nnn.MSELoss()(a, b)",
        (
            "Aligned from the right, dim 1 of `a` (2, 3) has size 3 and dim 0 of `b` (2,) has 2; they "
            "differ and neither is 1."
        ),
    ),
    "mse": (
        "a, b = torch.zeros(2, 3), torch.zeros(2)\nF.mse_loss(a, b)",
        (
            "Aligned from the right, dim 1 of `a` (2, 3) has size 3 and dim 0 of `b` (2,) has 2; they "
            "differ and neither is 1."
        ),
    ),
    "nested": (
        "a, b = torch.zeros(3, 4), torch.zeros(3)\n(a * 2 + (a + b)).sum()",
        (
            "Aligned from the right, dim 1 of `a` (3, 4) has size 4 and dim 0 of `b` (3,) has 3; they "
            "differ and neither is 1. With `b.unsqueeze(1)` it works."
        ),
    ),
    "in-a-function": (
        "def f(u, v):\n    return u * v\na, b = torch.zeros(2), torch.zeros(3)\nf(a, b)",
        "Aligned from the right, dim 0 of `u` (2,) has size 2 and dim 0 of `v` (3,) has 3; they differ "
        "and neither is 1.",
    ),
    "grow": (
        "a, b = torch.zeros(1, 3), torch.zeros(4, 3)\na.add_(b)",
        "`add_` writes into `a`, whose shape (1, 3) can't grow to (4, 3), the shape that the two "
        "broadcast to. Without the in-place form there is a new tensor of that shape.",
    ),
    "grow-operator": (
        "a, b = torch.zeros(3), torch.zeros(4, 3)\na += b",
        "`+=` writes into `a`, whose shape (3,) can't grow to (4, 3), the shape that the two broadcast "
        "to. Without the in-place form there is a new tensor of that shape.",
    ),
    "expanded": (
        "x = torch.zeros(3).expand(2, 3)\nx.add_(1)",
        (
            "`x` (2, 3) is expanded: its stride at dim 0 is 0, so 2 elements lie at one place, and "
            "writing them one by one makes no sense. With `x.clone()` it works."
        ),
    ),
    "expanded-assigned": (
        "x = torch.zeros(3).expand(2, 3)\nx[:] = 1",
        (
            "`x` (2, 3) is expanded: its stride at dim 0 is 0, so 2 elements lie at one place, and "
            "writing them one by one makes no sense. With `x.clone()` it works."
        ),
    ),
    "overlap": (
        "x = torch.arange(5)\nx[1:] = x[:-1]",
        (
            "`x[1:]` and `x[:-1]` lie partly at the same places in memory, so that writing one changes "
            "what is still to be read. With `x[:-1].clone()` it works."
        ),
    ),
    "overlap-operator": (
        "c = torch.tensor([[1., 2.]])\nc -= c[:, :1]",
        (
            "`c` and `c[:, :1]` lie partly at the same places in memory, so that writing one changes "
            "what is still to be read. With `c[:, :1].clone()` it works."
        ),
    ),
    "expand": (
        "x = torch.arange(3)\nx.expand(2, 6)",
        "`expand` only stretches dims of size 1; dim 0 of `x` (3,) has size 3, not 6. `repeat` copies the "
        "elements that many times: `x.repeat(2, 2)` has shape (2, 6).",
    ),
    "expand-tuple": (
        "x = torch.zeros(2, 3)\nx.expand((4, 3))",
        "`expand` only stretches dims of size 1; dim 0 of `x` (2, 3) has size 2, not 4. `repeat` copies "
        "the elements that many times: `x.repeat(2, 1)` has shape (4, 3).",
    ),
    "expand-new": (
        "x = torch.arange(3)\nx.expand(-1, 3)",
        "-1 keeps the size of a dim that is there. (-1, 3) has 1 more than `x` (3,) has dims, and a new "
        "dim in front needs a size.",
    ),
    "expand-few": (
        "x = torch.zeros(2, 3)\nx.expand(3)",
        "`expand` keeps all dims: `x` (2, 3) has 2, and (3,) gives sizes for 1.",
    ),
    "expand-as": (
        "x = torch.zeros(2, 3)\nx.expand_as(torch.zeros(4, 3))",
        "`expand_as` only stretches dims of size 1; dim 0 of `x` (2, 3) has size 2, not 4. `repeat` "
        "copies the elements that many times: `x.repeat(2, 1)` has shape (4, 3).",
    ),
    "broadcast-to": (
        "x = torch.zeros(2, 3)\ntorch.broadcast_to(x, (2, 2))",
        "`broadcast_to` only stretches dims of size 1; dim 1 of `x` (2, 3) has size 3, not 2.",
    ),
}


@pytest.mark.parametrize(("source", "sentence"), FAILING.values(), ids=FAILING)
def test_a_failing_program_says_why(sandbox: Sandbox, source: str, sentence: str) -> None:
    assert why(sandbox, source) == sentence


KOREAN = {
    "operator": (
        "a, b = torch.zeros(3, 4), torch.zeros(3)\na + b",
        (
            "오른쪽부터 맞추면 `a` (3, 4)의 dim 1은 4, `b` (3,)의 dim 0은 3입니다. 서로 다르고 어느 쪽도 "
            "1이 아닙니다. `b.unsqueeze(1)`을 쓰면 됩니다."
        ),
    ),
    "grow": (
        "a, b = torch.zeros(1, 3), torch.zeros(4, 3)\na.add_(b)",
        (
            "`add_`는 결과를 `a`에 씁니다. 브로드캐스트한 shape는 (4, 3)인데 `a`의 shape (1, 3)은 늘어날 "
            "수 없습니다. 제자리(in-place) 연산 대신 일반 연산을 쓰면 그 shape의 새 텐서가 생깁니다."
        ),
    ),
    "expand": (
        "x = torch.arange(3)\nx.expand(2, 6)",
        (
            "`expand`로 늘릴 수 있는 것은 크기 1인 dim뿐입니다. `x` (3,)의 dim 0은 3인데 6을 달라고 "
            "했습니다. 원소를 여러 번 복사하려면 `repeat`을 씁니다. `x.repeat(2, 2)`의 shape는 (2, "
            "6)입니다."
        ),
    ),
}


@pytest.mark.parametrize(("source", "sentence"), KOREAN.values(), ids=KOREAN)
def test_and_in_korean(sandbox: Sandbox, source: str, sentence: str) -> None:
    assert why(sandbox, source, "ko") == sentence
