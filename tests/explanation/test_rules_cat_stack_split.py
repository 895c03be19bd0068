"""Tensors that can't be joined, parts that can't be cut."""

from __future__ import annotations

import pytest

from tensordrill.sandbox.client import Sandbox
from tests.explanation.reasoning import why

FAILING = {
    "cat-size": (
        "a, b = torch.zeros(2, 3), torch.zeros(4, 3)\ntorch.cat([a, b], 1)",
        "`cat` joins along dim 1, and all other dims have to agree: dim 0 of `a` (2, 3) has size 2, of "
        "`b` (4, 3) it has 4. Along dim 0 they would join.",
    ),
    "cat-both": (
        "a, b = torch.zeros(2, 3), torch.zeros(4, 5)\ntorch.cat((a, b), dim=-1)",
        "`cat` joins along dim 1, and all other dims have to agree: dim 0 of `a` (2, 3) has size 2, of "
        "`b` (4, 5) it has 4.",
    ),
    "cat-dims": (
        "a, b = torch.zeros(2, 3), torch.zeros(3)\ntorch.cat([a, b])",
        "`cat` takes tensors with the same number of dims: `a` (2, 3) has 2, `b` (3,) has 1. "
        "With `b.unsqueeze(0)` it works.",
    ),
    "cat-flat": (
        "a = torch.tensor(1)\ntorch.cat([a, a])",
        "`cat` joins along a dim that is there, and `a` is 0-d. `stack` makes a new dim.",
    ),
    "cat-variable": (
        "parts = [torch.zeros(2, 3), torch.zeros(1, 2)]\ntorch.cat(parts)",
        "`cat` joins along dim 0, and all other dims have to agree: dim 1 of `parts[0]` (2, 3) has size "
        "3, of `parts[1]` (1, 2) it has 2.",
    ),
    "cat-comprehension": (
        "torch.cat([torch.zeros(2, n) for n in (1, 2)])",
        "`cat` joins along dim 0, and all other dims have to agree: dim 1 of `[torch.zeros(2, n) for n in "
        "(1, 2)][0]` (2, 1) has size 1, of `[torch.zeros(2, n) for n in (1, 2)][1]` (2, 2) it has 2. "
        "Along dim 1 they would join.",
    ),
    "cat-loose": (
        "a = torch.zeros(2)\ntorch.cat(a, a)",
        "`cat` takes one list or tuple of tensors; the first argument, `a`, is a tensor. Write `[…]` "
        "around them.",
    ),
    "cat-number": (
        "a = torch.zeros(2)\ntorch.cat([a, 1])",
        "`cat` takes tensors; `1` is of type int.",
    ),
    "cat-nothing": (
        "torch.cat([])",
        "`cat` needs at least one tensor; the list is empty.",
    ),
    "stack": (
        "a, b = torch.zeros(2, 3), torch.zeros(1, 3)\ntorch.stack([a, b])",
        "`stack` takes tensors of one shape; `a` has (2, 3) and `b` has (1, 3). `cat` would join them "
        "along dim 0.",
    ),
    "hstack": (
        "a, b = torch.zeros(2, 3), torch.zeros(1, 3)\ntorch.hstack([a, b])",
        "`hstack` joins along dim 1, and all other dims have to agree: dim 0 of `a` (2, 3) has size 2, of "
        "`b` (1, 3) it has 1.",
    ),
    "vstack": (
        "a, b = torch.zeros(2, 3), torch.zeros(2, 4)\ntorch.vstack([a, b])",
        "`vstack` joins along dim 0, and all other dims have to agree: dim 1 of `a` (2, 3) has size 3, of "
        "`b` (2, 4) it has 4.",
    ),
    "split-sum": (
        "x = torch.zeros(5, 2)\nx.split([2, 2])",
        "`split` by a list needs sizes that add up: dim 0 of `x` (5, 2) has size 5, (2, 2) add up to 4.",
    ),
    "split-negative": (
        "x = torch.zeros(5, 2)\ntorch.split(x, -1)",
        "`split` takes the size of a part, 1 or more; it got -1.",
    ),
    "chunk": (
        "x = torch.zeros(5, 2)\nx.chunk(0)",
        "`chunks` of `chunk` is at least 1; here it is 0.",
    ),
    "narrow": (
        "x = torch.zeros(5, 2)\nx.narrow(0, 3, 3)",
        "`narrow` takes 3 from 3 on; dim 0 of `x` (5, 2) has size 5 and ends before 6.",
    ),
    "narrow-start": (
        "x = torch.zeros(5, 2)\nx.narrow(0, 6, 1)",
        "`narrow` starts inside dim 0 of `x` (5, 2), which has size 5; 6 is outside.",
    ),
    "narrow-length": (
        "x = torch.zeros(5, 2)\nx.narrow(0, 0, -1)",
        "`length` of `narrow` is at least 0; here it is -1.",
    ),
}


@pytest.mark.parametrize(("source", "sentence"), FAILING.values(), ids=FAILING)
def test_a_failing_program_says_why(sandbox: Sandbox, source: str, sentence: str) -> None:
    assert why(sandbox, source) == sentence


KOREAN = {
    "cat-size": (
        "a, b = torch.zeros(2, 3), torch.zeros(4, 3)\ntorch.cat([a, b], 1)",
        (
            "`cat`은 dim 1을 따라 이으므로 나머지 dim의 크기는 모두 같아야 합니다. `a` (2, 3)의 dim 0은 "
            "2, `b` (4, 3)의 dim 0은 4입니다. dim 0을 따라서는 이을 수 있습니다."
        ),
    ),
    "stack": (
        "a, b = torch.zeros(2, 3), torch.zeros(1, 3)\ntorch.stack([a, b])",
        (
            "`stack`할 텐서는 shape가 모두 같아야 합니다. `a`의 shape는 (2, 3), `b`의 shape는 (1, "
            "3)입니다. `cat`으로는 dim 0을 따라 이을 수 있습니다."
        ),
    ),
}


@pytest.mark.parametrize(("source", "sentence"), KOREAN.values(), ids=KOREAN)
def test_and_in_korean(sandbox: Sandbox, source: str, sentence: str) -> None:
    assert why(sandbox, source, "ko") == sentence
