"""Indices that are out of range, of no use, or too many; values that do not fit."""

from __future__ import annotations

import pytest

from tensordrill.sandbox.client import Sandbox
from tests.explanation.reasoning import why

FAILING = {
    "list-of-bools": (
        "x = torch.ones(2, 3)\nx[[True, False, True]]",
        (
            "A mask has the sizes of the dims that it picks from: dim 0 of `[True, False, True]` (3,) "
            "has size 3, dim 0 of `x` (2, 3) has 2."
        ),
    ),
    "list-of-bools-assigned": (
        "x = torch.ones(2, 3)\nx[[True, False, True]] = 0",
        (
            "A mask has the sizes of the dims that it picks from: dim 0 of `[True, False, True]` (3,) "
            "has size 3, dim 0 of `x` (2, 3) has 2."
        ),
    ),
    "where-method": (
        "x = torch.ones(2)\nx.where(torch.ones(2), torch.zeros(2))",
        (
            "`condition` of `where` is bool or uint8; `torch.ones(2)` is float32. With `torch.ones(2).bool()` it works."
        ),
    ),
    "where-function": (
        "x = torch.ones(2)\ntorch.where(x, x, torch.zeros(2))",
        "`condition` of `where` is bool or uint8; `x` is float32. With `x.bool()` it works.",
    ),
    "embedding-swapped": (
        "w, i = torch.ones(5, 3), torch.tensor([1, 2])\nF.embedding(w, i)",
        (
            "`embedding` takes a table of 2 dims, rows by features; `i` (2,) has 1. The indices come "
            "first, then the table: `embedding(i, w)` works."
        ),
    ),
    "embedding-swapped-matrix": (
        "w, i = torch.ones(5, 3), torch.tensor([[1, 2]])\nF.embedding(w, i)",
        (
            "`embedding` looks rows up by number, so it takes int64 or int32; `w` is float32. The "
            "indices come first, then the table: `embedding(i, w)` works."
        ),
    ),
    "along-sizes": (
        "a, i = torch.ones(2, 3), torch.zeros(3, 2, dtype=torch.long)\ntorch.take_along_dim(a, i, 1)",
        (
            "`take_along_dim` goes along dim 1, and the other dims broadcast: dim 0 of `a` (2, 3) has "
            "size 2, of `i` (3, 2) it has 3; they differ and neither is 1."
        ),
    ),
    "range": (
        "x = torch.arange(3)\nx[3]",
        "Dim 0 of `x` (3,) has size 3: indices go from -3 to 2. 3 is outside.",
    ),
    "range-later": (
        "x = torch.zeros(2, 3)\nx[0, -4]",
        "Dim 1 of `x` (2, 3) has size 3: indices go from -3 to 2. -4 is outside.",
    ),
    "range-after-dots": (
        "x = torch.zeros(2, 3)\nx[..., 3]",
        "Dim 1 of `x` (2, 3) has size 3: indices go from -3 to 2. 3 is outside.",
    ),
    "range-tuple": (
        "x = torch.zeros(2, 3)\nat = (1, 3)\nx[at]",
        "Dim 1 of `x` (2, 3) has size 3: indices go from -3 to 2. 3 is outside.",
    ),
    "range-empty": (
        "x = torch.zeros(0, 3)\nx[0]",
        "Dim 0 of `x` (0, 3) has size 0: there is nothing to index.",
    ),
    "range-tensor": (
        "x, i = torch.arange(3), torch.tensor([0, 3])\nx[i]",
        "Dim 0 of `x` (3,) has size 3: indices go from -3 to 2. `i` holds 3.",
    ),
    "range-list": (
        "x = torch.arange(3)\nx[[0, 5]]",
        "Dim 0 of `x` (3,) has size 3: indices go from -3 to 2. `[0, 5]` holds 5.",
    ),
    "flat": (
        "x = torch.tensor(1.)\nx[0]",
        "`x` is 0-d: it has no dim to index. `x.item()` gives its number.",
    ),
    "many": (
        "x = torch.zeros(2, 3)\nx[0, 1, 2]",
        "`x` (2, 3) has 2 dims, and the index takes 3.",
    ),
    "many in a view that is written": (
        "x = torch.zeros(3)\nx[0:1, 0:1] = torch.ones(2)",
        "`x` (3,) has 1 dim, and the index takes 2.",
    ),
    "mask": (
        "x, m = torch.zeros(2, 3), torch.tensor([True, False, True])\nx[m]",
        "A mask has the sizes of the dims that it picks from: dim 0 of `m` (3,) has size 3, dim 0 of `x` "
        "(2, 3) has 2. `x[:, m]` uses it for dim 1, which has that size.",
    ),
    "mask-shape": (
        "x, m = torch.zeros(2, 3), torch.ones(3, 2, dtype=torch.bool)\nx[m]",
        "A mask has the sizes of the dims that it picks from: dim 0 of `m` (3, 2) has size 3, dim 0 of "
        "`x` (2, 3) has 2.",
    ),
    "float": (
        "x = torch.arange(3)\nx[1.0]",
        "An index is an integer, a slice, `None`, `...`, or a tensor of integers or bools; `1.0` is of "
        "type float.",
    ),
    "text": (
        "x = torch.arange(3)\nx['a']",
        "An index is an integer, a slice, `None`, `...`, or a tensor of integers or bools; `'a'` is of "
        "type str.",
    ),
    "float-tensor": (
        "x, i = torch.arange(3), torch.tensor([0., 1.])\nx[i]",
        "A tensor as an index holds integers or bools; `i` is float32. With `i.long()` it works.",
    ),
    "together": (
        "x = torch.zeros(3, 3)\ni, j = torch.tensor([0, 1]), torch.tensor([0, 1, 2])\nx[i, j]",
        "Index tensors pick elements together, so their shapes have to broadcast: `i` has (2,), `j` has "
        "(3,).",
    ),
    "step": (
        "x = torch.arange(3)\nx[::-1]",
        "A slice of a tensor goes forward: its step is 1 or more, not -1. `x.flip(0)` turns the order "
        "around.",
    ),
    "assigned-shape": (
        "x, y = torch.zeros(3, 4), torch.zeros(3)\nx[0] = y",
        "The place `x[0]` has shape (4,), and `y` (3,) does not broadcast to it.",
    ),
    "assigned-slice": (
        "x, y = torch.zeros(3, 4), torch.zeros(4, 2)\nx[:, 1:3] = y",
        "The place `x[:, 1:3]` has shape (3, 2), and `y` (4, 2) does not broadcast to it.",
    ),
    "assigned-index": (
        "x, i = torch.zeros(3, 4), torch.tensor([0, 1])\nx[i] = torch.zeros(3, 4)",
        "The place `x[i]` has shape (2, 4), and `torch.zeros(3, 4)` (3, 4) does not broadcast to it.",
    ),
    "assigned-list": (
        "x = torch.zeros(3)\nx[0:2] = [1, 2]",
        (
            "What is assigned is a number or a tensor; `[1, 2]` is of type list. With `torch.tensor([1, "
            "2])` it works."
        ),
    ),
    "assigned-mask": (
        "x, m = torch.zeros(3), torch.tensor([True, False, True])\nx[m] = torch.zeros(3)",
        "The mask `m` picks 2 elements, and `torch.zeros(3)` (3,) has 3.",
    ),
    "assigned-dtype": (
        "x, i = torch.zeros(3), torch.tensor([0, 1])\nx[i] = torch.tensor([1, 2])",
        (
            "With index tensors both sides need one dtype: `x` is float32, `torch.tensor([1, 2])` is "
            "int64. With `torch.tensor([1, 2]).to(torch.float32)` it works."
        ),
    ),
    "assigned-range": (
        "x = torch.zeros(3)\nx[3] = 1",
        "Dim 0 of `x` (3,) has size 3: indices go from -3 to 2. 3 is outside.",
    ),
    "select": (
        "x = torch.zeros(2, 3)\nx.select(1, 3)",
        "Dim 1 of `x` (2, 3) has size 3: indices go from -3 to 2. 3 is outside.",
    ),
    "gather-dims": (
        "x, i = torch.zeros(2, 3), torch.tensor([2, 0])\nx.gather(1, i)",
        "`gather` wants an index with as many dims as `x` (2, 3); `i` (2,) has 1. With `i.unsqueeze(1)` it works.",
    ),
    "gather-size": (
        "x, i = torch.zeros(2, 3), torch.zeros(3, 1, dtype=torch.long)\ntorch.gather(x, 1, i)",
        "Except along dim 1, the index of `gather` may not be larger than `x` (2, 3): dim 0 of `i` (3, 1) "
        "has size 3, more than 2.",
    ),
    "gather-range": (
        "x, i = torch.zeros(2, 3), torch.tensor([[3]])\nx.gather(dim=1, index=i)",
        "Dim 1 of `x` (2, 3) has size 3, so `gather` takes indices from 0 to 2; `i` holds 3.",
    ),
    "gather-dtype": (
        "x, i = torch.zeros(2, 3), torch.zeros(1, 1)\nx.gather(1, i)",
        "`index` of `gather` is int64 or int32; `i` is float32. With `i.long()` it works.",
    ),
    "index-select": (
        "x, i = torch.zeros(2, 3), torch.zeros(1, 1, dtype=torch.long)\nx.index_select(0, i)",
        "`index_select` takes a 1-D index; `i` (1, 1) has 2 dims.",
    ),
    "index-select-range": (
        "x, i = torch.zeros(2, 3), torch.tensor([2])\nx.index_select(0, i)",
        "Dim 0 of `x` (2, 3) has size 2, so `index_select` takes indices from 0 to 1; `i` holds 2.",
    ),
    "scatter-source": (
        "x, i = torch.zeros(2, 3), torch.zeros(2, 2, dtype=torch.long)\nx.scatter_(1, i, torch.zeros(2, 1))",
        "`scatter_` takes a value of the source for every index: dim 1 of `i` (2, 2) has size 2, of "
        "`torch.zeros(2, 1)` (2, 1) only 1.",
    ),
    "scatter-dtype": (
        "x, i = torch.zeros(2, 3), torch.zeros(2, 1, dtype=torch.long)\nx.scatter(1, i, i)",
        "`scatter` takes one dtype: `x` is float32, `i` is int64. With `i.to(torch.float32)` it works.",
    ),
    "masked-fill": (
        "x, m = torch.zeros(2), torch.tensor([1, 0])\nx.masked_fill(m, 5)",
        "`mask` of `masked_fill` is bool; `m` is int64. With `m.bool()` it works.",
    ),
    "one-hot-float": (
        "y = torch.tensor([0., 1.])\nF.one_hot(y)",
        "`input` of `one_hot` is int64; `y` is float32. With `y.long()` it works.",
    ),
    "one-hot-negative": (
        "y = torch.tensor([0, -1])\nF.one_hot(y)",
        "`input` of `one_hot` is at least 0; `y` holds -1.",
    ),
    "one-hot-few": (
        "y = torch.tensor([0, 3])\nF.one_hot(y, num_classes=3)",
        "With `num_classes` 3 the class numbers go from 0 to 2; `y` holds 3.",
    ),
    "embedding-float": (
        "e, y = nn.Embedding(3, 2), torch.tensor([0., 1.])\ne(y)",
        (
            "`embedding` looks rows up by number, so it takes int64 or int32; `y` is float32. With "
            "`y.long()` it works."
        ),
    ),
    "embedding-range": (
        "e, y = nn.Embedding(3, 2), torch.tensor([0, 3])\ne(y)",
        "The table has 3 rows, numbered 0 to 2; `y` holds 3.",
    ),
    "value-mask-empty": (
        "x = torch.ones(2, 3)\nm = x > 0\nx[m] = torch.ones(0)",
        "The mask `m` picks 6 elements, and `torch.ones(0)` (0,) has 0.",
    ),
    "expanded-not-why": (
        "w = torch.ones(3, requires_grad=True)\nx = w.expand(2, 3)\nx[torch.tensor([0])] = torch.zeros(3)",
        (
            "`x` is a view of `w`, a leaf that requires a gradient, and `x[torch.tensor([0])] =` would "
            "change that in place. Inside `with torch.no_grad():` it works."
        ),
    ),
}


@pytest.mark.parametrize(("source", "sentence"), FAILING.values(), ids=FAILING)
def test_a_failing_program_says_why(sandbox: Sandbox, source: str, sentence: str) -> None:
    assert why(sandbox, source) == sentence


KOREAN = {
    "range": (
        "x = torch.arange(3)\nx[3]",
        "`x` (3,)의 dim 0은 크기가 3이므로 인덱스는 -3부터 2까지입니다. 3은 범위를 벗어납니다.",
    ),
    "mask": (
        "x, m = torch.zeros(2, 3), torch.tensor([True, False, True])\nx[m]",
        (
            "마스크의 크기는 골라낼 dim의 크기와 같아야 합니다. `m` (3,)의 dim 0은 3, `x` (2, 3)의 dim "
            "0은 2입니다. `x[:, m]`으로 쓰면 크기가 같은 dim 1에 적용됩니다."
        ),
    ),
    "assigned-shape": (
        "x, y = torch.zeros(3, 4), torch.zeros(3)\nx[0] = y",
        "`x[0]`의 shape는 (4,)인데 `y` (3,)은 그 shape로 브로드캐스트되지 않습니다.",
    ),
}


@pytest.mark.parametrize(("source", "sentence"), KOREAN.values(), ids=KOREAN)
def test_and_in_korean(sandbox: Sandbox, source: str, sentence: str) -> None:
    assert why(sandbox, source, "ko") == sentence
