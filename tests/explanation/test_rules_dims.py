"""A dim that a tensor does not have, in every form that it can be given."""

from __future__ import annotations

import pytest

from tensordrill.sandbox.client import Sandbox
from tests.explanation.reasoning import why

FAILING = {
    "sum-method": (
        "x = torch.ones(2, 3)\nx.sum(2)",
        "For `x` (2, 3), `sum` takes a dim from -2 to 1; 2 is outside. The last dim is 1, or -1.",
    ),
    "sum-keyword": (
        "x = torch.ones(2, 3)\nx.sum(dim=-3)",
        "For `x` (2, 3), `sum` takes a dim from -2 to 1; -3 is outside.",
    ),
    "sum-axis": (
        "x = torch.ones(2, 3)\nx.sum(axis=5)",
        "For `x` (2, 3), `sum` takes a dim from -2 to 1; 5 is outside.",
    ),
    "sum-function": (
        "x = torch.ones(2, 3)\ntorch.sum(x, 2)",
        "For `x` (2, 3), `sum` takes a dim from -2 to 1; 2 is outside. The last dim is 1, or -1.",
    ),
    "sum-input-keyword": (
        "x = torch.ones(2, 3)\ntorch.sum(input=x, dim=(0, 2))",
        "For `x` (2, 3), `sum` takes a dim from -2 to 1; 2 is outside. The last dim is 1, or -1.",
    ),
    "squeeze": (
        "torch.ones(2, 3).squeeze(2)",
        "For `torch.ones(2, 3)` (2, 3), `squeeze` takes a dim from -2 to 1; 2 is outside. The last dim is "
        "1, or -1.",
    ),
    "unsqueeze": (
        "x = torch.ones(2, 3)\nx.unsqueeze(3)",
        "`unsqueeze` puts in a new dim, so its range is one wider than that of other functions: for `x` "
        "(2, 3) it is -3 to 2. 3 is outside. A new last dim is 2, or -1.",
    ),
    "unsqueeze-low": (
        "x = torch.ones(2, 3)\ntorch.unsqueeze(x, dim=-5)",
        "`unsqueeze` puts in a new dim, so its range is one wider than that of other functions: for `x` "
        "(2, 3) it is -3 to 2. -5 is outside.",
    ),
    "unsqueeze-tuple": (
        "x = torch.ones(3)\nx.unsqueeze((0, 1))",
        "`unsqueeze` takes one dim; `(0, 1)` is of type tuple. Call it once for each new dim.",
    ),
    "softmax": (
        "x = torch.ones(3)\ntorch.softmax(x, 1)",
        "For `x` (3,), `softmax` takes a dim from -1 to 0; 1 is outside. The last dim is 0, or -1.",
    ),
    "nn-softmax": (
        "x = torch.ones(3)\nnn.Softmax(dim=1)(x)",
        "For `x` (3,), `softmax` takes a dim from -1 to 0; 1 is outside. The last dim is 0, or -1.",
    ),
    "normalize-default": (
        "x = torch.ones(3)\nF.normalize(x)",
        "For `x` (3,), `normalize` takes a dim from -1 to 0; 1 is outside. The last dim is 0, or -1.",
    ),
    "flat": (
        "x = torch.tensor(1.)\nx.sum(1)",
        "`x` is 0-d: it has no dims, and `sum` takes only 0 or -1 for it. 1 is outside.",
    ),
    "flat-split": (
        "x = torch.tensor(1.)\nx.chunk(2)",
        "`x` is 0-d: it has no dims, and `chunk` needs one to go along.",
    ),
    "size": (
        "x = torch.ones(2, 3)\nx.size(2)",
        "For `x` (2, 3), `size` takes a dim from -2 to 1; 2 is outside. The last dim is 1, or -1.",
    ),
    "cat": (
        "a = torch.ones(2, 3)\ntorch.cat([a, a], 2)",
        "For `a` (2, 3), `cat` takes a dim from -2 to 1; 2 is outside. The last dim is 1, or -1.",
    ),
    "stack": (
        "a = torch.ones(2, 3)\ntorch.stack((a, a), dim=4)",
        "`stack` puts in a new dim, so its range is one wider than that of other functions: for `a` (2, "
        "3) it is -3 to 2. 4 is outside.",
    ),
    "transpose": (
        "x = torch.ones(2, 3)\nx.transpose(0, 2)",
        "For `x` (2, 3), `transpose` takes a dim from -2 to 1; 2 is outside. The last dim is 1, or -1.",
    ),
    "transpose-keyword": (
        "x = torch.ones(2, 3)\ntorch.transpose(x, dim0=-3, dim1=0)",
        "For `x` (2, 3), `transpose` takes a dim from -2 to 1; -3 is outside.",
    ),
    "transpose-three": (
        "x = torch.ones(2, 3, 4)\nx.transpose(2, 0, 1)",
        "`transpose` swaps two dims; it got 3. To put all dims in a new order, use `permute`.",
    ),
    "flatten-order": (
        "x = torch.ones(2, 3, 4)\nx.flatten(2, 1)",
        "`flatten` goes from `start_dim` to `end_dim`, and 2 (dim 2) comes after 1 (dim 1).",
    ),
    "permute-count": (
        "x = torch.ones(2, 3, 4)\nx.permute(2, 0)",
        "`permute` wants each of the 3 dims of `x` (2, 3, 4) exactly once; it got 2: (2, 0).",
    ),
    "permute-tuple": (
        "x = torch.ones(2, 3, 4)\ntorch.permute(x, (0, 1, 1))",
        "`permute` takes each dim once; (0, 1, 1) names dim 1 more than once.",
    ),
    "permute-starred": (
        "x = torch.ones(2, 3)\norder = [0, 1, 2]\nx.permute(*order)",
        "`permute` wants each of the 2 dims of `x` (2, 3) exactly once; it got 3: (0, 1, 2).",
    ),
    "sum-repeated": (
        "x = torch.ones(2, 3)\nx.sum((0, -2))",
        "`sum` takes each dim once; (0, -2) names dim 0 more than once.",
    ),
    "float-dim": (
        "x = torch.ones(2, 3)\nx.sum(1.0)",
        "A dim is an integer; `sum` got `1.0` (float).",
    ),
    "argmax-tuple": (
        "x = torch.ones(2, 3)\nx.argmax((0, 1))",
        "`argmax` takes one dim; `(0, 1)` is of type tuple.",
    ),
    "t": (
        "x = torch.ones(2, 3, 4)\nx.t()",
        "`t` transposes a matrix; `x` (2, 3, 4) has 3 dims. `x.mT` swaps the last two, `transpose` any two.",
    ),
    "mT": (
        "x = torch.ones(3)\nx.mT",
        "`mT` swaps the last two dims; `x` (3,) has only 1.",
    ),
    "empty-max": (
        "e = torch.zeros(2, 0)\ne.max()",
        "`e` (2, 0) has no elements, so there is no `max` of it.",
    ),
    "empty-along": (
        "e = torch.zeros(2, 0)\ntorch.amax(e, 1)",
        "`e` (2, 0) has no elements, so there is no `amax` of it along dim 1.",
    ),
    "bound-method": (
        "x = torch.ones(2, 3)\nf = x.sum\nf(2)",
        "For `x` (2, 3), `sum` takes a dim from -2 to 1; 2 is outside. The last dim is 1, or -1.",
    ),
}


@pytest.mark.parametrize(("source", "sentence"), FAILING.values(), ids=FAILING)
def test_a_failing_program_says_why(sandbox: Sandbox, source: str, sentence: str) -> None:
    assert why(sandbox, source) == sentence


KOREAN = {
    "sum-method": (
        "x = torch.ones(2, 3)\nx.sum(2)",
        (
            "`x` (2, 3)에서 `sum`에 쓸 수 있는 dim은 -2부터 1까지입니다. 2는 범위를 벗어납니다. 마지막 "
            "dim은 1 또는 -1입니다."
        ),
    ),
    "unsqueeze": (
        "x = torch.ones(2, 3)\nx.unsqueeze(3)",
        (
            "`unsqueeze`에서는 dim이 새로 하나 생기므로 범위가 다른 함수보다 하나 넓습니다. `x` (2, "
            "3)에는 -3부터 2까지 쓸 수 있고, 3은 범위를 벗어납니다. 맨 뒤에 새 dim을 만들려면 2 또는 "
            "-1을 씁니다."
        ),
    ),
}


@pytest.mark.parametrize(("source", "sentence"), KOREAN.values(), ids=KOREAN)
def test_and_in_korean(sandbox: Sandbox, source: str, sentence: str) -> None:
    assert why(sandbox, source, "ko") == sentence
