"""Sizes that do not fit the elements, and dims that a view can't merge."""

from __future__ import annotations

import pytest

from tensordrill.sandbox.client import Sandbox
from tests.explanation.reasoning import why

FAILING = {
    "fitting-batch": (
        "x = torch.ones(16, 5, 3)\nx.view(16, -1, 4)",
        (
            "`x` (16, 5, 3) has 240 elements. The other sizes of (16, -1, 4) take 64 at a time, and 240 "
            "is 3 × 64 with 48 left over, so no number fits at -1. (16, 15) would fit."
        ),
    ),
    "fitting-batch-last": (
        "x = torch.ones(4, 6)\nx.reshape(4, 5)",
        "`x` (4, 6) has 24 elements; (4, 5) needs 20. (4, 6) would fit.",
    ),
    "fitting-not-by-a-view": (
        "x = torch.ones(4, 6).t()\nx.view(6, 3)",
        "`x` (6, 4) has 24 elements; (6, 3) needs 18. (6, 4) would fit.",
    ),
    "elements": (
        "x = torch.arange(12)\nx.view(3, 5)",
        "`x` (12,) has 12 elements; (3, 5) needs 15. (3, 4) would fit.",
    ),
    "elements-reshape": (
        "x = torch.arange(12)\ntorch.reshape(x, (5, 2))",
        "`x` (12,) has 12 elements; (5, 2) needs 10. (6, 2) would fit.",
    ),
    "elements-tuple": (
        "x = torch.arange(12)\nshape = (3, 5)\nx.view(shape)",
        "`x` (12,) has 12 elements; (3, 5) needs 15. (3, 4) would fit.",
    ),
    "elements-starred": (
        "x = torch.arange(12)\nshape = [5, 5]\nx.view(*shape)",
        "`x` (12,) has 12 elements; (5, 5) needs 25.",
    ),
    "remainder": (
        "x = torch.arange(24)\nx.view(5, -1)",
        "`x` (24,) has 24 elements. The other sizes of (5, -1) take 5 at a time, and 24 is 4 × 5 with 4 "
        "left over, so no number fits at -1.",
    ),
    "two-unknown": (
        "x = torch.arange(24)\nx.view(-1, -1, 2)",
        "Only one size can be -1, because torch works it out from the others; (-1, -1, 2) has 2.",
    ),
    "negative": (
        "x = torch.arange(24)\nx.reshape(-2, 12)",
        "A size is 0 or more, or one -1 for what is left; (-2, 12) has -2.",
    ),
    "unknown-of-nothing": (
        "x = torch.zeros(0, 3)\nx.view(0, -1)",
        "`x` (0, 3) has no elements, and the other sizes of (0, -1) multiply to 0: any number would fit "
        "at -1. Say the size instead.",
    ),
    "strides": (
        "x = torch.arange(6).view(2, 3)\nx.t().view(6)",
        "A view only changes shape and stride, and (6,) needs dims 0 and 1 of `x.t()` (3, 2) merged. They "
        "aren't one run of memory: the stride of dim 0 is 1, not 2 × 3 = 6. `reshape` copies, and works.",
    ),
    "strides-unknown": (
        "x = torch.zeros(2, 3, 4, 5).to(memory_format=torch.channels_last)\nx.view(2, -1)",
        "A view only changes shape and stride, and (2, 60) needs dims 1 and 2 of `x` (2, 3, 4, 5) merged. "
        "They aren't one run of memory: the stride of dim 1 is 1, not 4 × 15 = 60. `reshape` copies, and "
        "works.",
    ),
    "strides-expanded": (
        "x = torch.arange(3).expand(2, 3)\nx.view(6)",
        "A view only changes shape and stride, and (6,) needs dims 0 and 1 of `x` (2, 3) merged. They "
        "aren't one run of memory: the stride of dim 0 is 0, not 3 × 1 = 3. `reshape` copies, and works.",
    ),
    "strides-slice": (
        "x = torch.arange(24).view(4, 6)[:, :4]\nx.view(16)",
        "A view only changes shape and stride, and (16,) needs dims 0 and 1 of `x` (4, 4) merged. They "
        "aren't one run of memory: the stride of dim 0 is 6, not 4 × 1 = 4. `reshape` copies, and works.",
    ),
    "view-as": (
        "x = torch.arange(6).view(2, 3).t()\nx.view_as(torch.zeros(6))",
        "A view only changes shape and stride, and (6,) needs dims 0 and 1 of `x` (3, 2) merged. They "
        "aren't one run of memory: the stride of dim 0 is 1, not 2 × 3 = 6. `reshape_as` copies, and "
        "works.",
    ),
    "float-size": (
        "x = torch.arange(6)\nx.view(2.0, 3)",
        "Sizes are integers; `2.0` is of type float.",
    ),
    "division": (
        "x = torch.arange(6)\nx.reshape(x.numel() / 2, 2)",
        "Sizes are integers; `x.numel() / 2` is of type float. `x.numel() / 2` is a float also where "
        "nothing is left over; `//` gives an integer.",
    ),
    "bytes-size": (
        "x = torch.zeros(2, 3)\nx.view(torch.float64)",
        "`view` as float64 takes 2 elements of float32 for each new one; the last size of `x` (2, 3) is "
        "3, no multiple of 2.",
    ),
    "bytes-stride": (
        "x = torch.zeros(4, 2).t()\nx.view(torch.float64)",
        "`view` of a dtype with other bytes needs neighbours in the last dim: stride 1. The last stride "
        "of `x` (2, 4) is 2.",
    ),
    "bytes-flat": (
        "x = torch.tensor(1.)\nx.view(torch.float64)",
        "`view` of a dtype with other bytes changes the last dim, and `x` is 0-d: it has none.",
    ),
    "unflatten": (
        "x = torch.zeros(2, 6)\nx.unflatten(1, (2, 2))",
        "`unflatten` splits dim 1 of `x` (2, 6), which has size 6; (2, 2) multiplies to 4.",
    ),
    "repeat": (
        "x = torch.zeros(2, 3)\nx.repeat(2)",
        "`repeat` takes a number for every dim, and more for new dims in front: `x` (2, 3) has 2 dims, "
        "(2,) has 1.",
    ),
    "repeat-negative": (
        "x = torch.zeros(2, 3)\nx.repeat(2, -1)",
        "`repeats` of `repeat` is at least 0; here it is -1.",
    ),
    "types-in-a-tuple": (
        "x = torch.ones(6)\nx.view((2, 3.5))",
        "Sizes are integers; `3.5` is of type float.",
    ),
    "long-name": (
        f"{'x' * 48} = torch.ones(6)\n{'x' * 48}.view(4)",
        f"`{'x' * 48}` (6,) has 6 elements; (4,) needs 4. (6,) would fit.",
    ),
    "too-long-name": (
        f"{'x' * 49} = torch.ones(6)\n{'x' * 49}.view(4)",
        f"`{'x' * 47}…` (6,) has 6 elements; (4,) needs 4. (6,) would fit.",
    ),
}


@pytest.mark.parametrize(("source", "sentence"), FAILING.values(), ids=FAILING)
def test_a_failing_program_says_why(sandbox: Sandbox, source: str, sentence: str) -> None:
    assert why(sandbox, source) == sentence


KOREAN = {
    "elements": (
        "x = torch.arange(12)\nx.view(3, 5)",
        "`x` (12,)의 원소는 12개입니다. (3, 5)에는 원소 15개가 필요합니다. (3, 4)이면 맞습니다.",
    ),
    "remainder": (
        "x = torch.arange(24)\nx.view(5, -1)",
        (
            "`x` (24,)의 원소는 24개입니다. (5, -1)에서 -1을 뺀 나머지 크기의 곱은 5인데, 24 = 4 × 5 + "
            "4이므로 나누어떨어지지 않아 -1에 들어갈 수가 없습니다."
        ),
    ),
    "strides": (
        "x = torch.arange(6).view(2, 3)\nx.t().view(6)",
        (
            "`view`는 shape와 stride만 바꾸므로, (6,)을 만들려면 `x.t()` (3, 2)의 dim 0과 1이 합쳐져야 "
            "합니다. 그런데 메모리에서 이어져 있지 않습니다. dim 0의 stride는 1이고 2 × 3 = 6이 "
            "아닙니다. 복사하는 `reshape`는 됩니다."
        ),
    ),
}


@pytest.mark.parametrize(("source", "sentence"), KOREAN.values(), ids=KOREAN)
def test_and_in_korean(sandbox: Sandbox, source: str, sentence: str) -> None:
    assert why(sandbox, source, "ko") == sentence
