"""Products whose operands do not meet."""

from __future__ import annotations

import pytest

from tensordrill.sandbox.client import Sandbox
from tests.explanation.reasoning import why

FAILING = {
    "complex": (
        "x = torch.ones(3, dtype=torch.complex64)\ntorch.ones(3, 3) @ x",
        (
            "`@` takes one dtype: `torch.ones(3, 3)` is float32, `x` is complex64. With "
            "`torch.ones(3, 3).to(torch.complex64)` it works."
        ),
    ),
    "complex-into-a-layer": (
        "x = torch.ones(3, dtype=torch.complex64)\nnn.Linear(3, 1)(x)",
        "`Linear` takes one dtype: `weight` is float32, `x` is complex64.",
    ),
    "third-dtype": (
        "a, d = torch.ones(2, 2), torch.ones(2, 2, dtype=torch.float64)\ntorch.addmm(a, a, d)",
        ("`addmm` takes one dtype: `a` is float32, `d` is float64. With `d.to(torch.float32)` it works."),
    ),
    "added-dtype": (
        "a, d = torch.ones(2, 2), torch.ones(2, 2, dtype=torch.float64)\ntorch.addmm(d, a, a)",
        ("`addmm` takes one dtype: `a` is float32, `d` is float64. With `d.to(torch.float32)` it works."),
    ),
    "two-of-three": (
        "a, d = torch.ones(2, 2), torch.ones(2, 2, dtype=torch.float64)\ntorch.addmm(a, d, d)",
        ("`addmm` takes one dtype: `d` is float64, `a` is float32. With `a.to(torch.float64)` it works."),
    ),
    "mm-batch": (
        "a, b = torch.zeros(5, 2, 3), torch.zeros(3, 4)\ntorch.mm(a, b)",
        "`mm` takes two matrices; `a` (5, 2, 3) has 3 dims. `a @ b` works.",
    ),
    "mm-method": (
        "a, b = torch.zeros(5, 2, 3), torch.zeros(3, 4)\na.mm(b)",
        "`mm` takes two matrices; `a` (5, 2, 3) has 3 dims. `a @ b` works.",
    ),
    "mm-keyword": (
        "a, b = torch.zeros(5, 2, 3), torch.zeros(3, 4)\ntorch.mm(input=a, mat2=b)",
        "`mm` takes two matrices; `a` (5, 2, 3) has 3 dims. `a @ b` works.",
    ),
    "mm-alias": (
        "from torch import mm as times\na, b = torch.zeros(5, 2, 3), torch.zeros(3, 4)\ntimes(a, b)",
        "`mm` takes two matrices; `a` (5, 2, 3) has 3 dims. `a @ b` works.",
    ),
    "mm-vector": (
        "a, b = torch.zeros(2, 3), torch.zeros(3)\ntorch.mm(a, b)",
        "`mm` takes two matrices; `b` (3,) has 1 dim. `a @ b` works.",
    ),
    "mm-inner": (
        "a, b = torch.zeros(2, 3), torch.zeros(2, 3)\na.mm(b)",
        (
            "`mm` multiplies along the last dim of `a` (2, 3) and the last but one of `b` (2, 3): 3 and "
            "2 differ. `a @ b.mT` works."
        ),
    ),
    "mv": (
        "a, v = torch.zeros(2, 3), torch.zeros(3, 1)\ntorch.mv(a, v)",
        "`mv` takes a matrix and a vector; `v` (3, 1) has 2 dims. `a @ v` works.",
    ),
    "dot": (
        "u, v = torch.zeros(2), torch.zeros(3)\nu.dot(v)",
        "`dot` takes vectors of one length; `u` has 2 elements and `v` has 3.",
    ),
    "dot-matrix": (
        "u, v = torch.zeros(2, 2), torch.zeros(2, 2)\nu.dot(v)",
        "`dot` takes two vectors; `u` (2, 2) has 2 dims.",
    ),
    "bmm-batch": (
        "a, b = torch.zeros(1, 2, 3), torch.zeros(5, 3, 4)\ntorch.bmm(a, b)",
        (
            "`bmm` does not broadcast: the batch size of `a` (1, 2, 3) is 1, that of `b` (5, 3, 4) is 5. "
            "`a @ b` works."
        ),
    ),
    "bmm-matrix": (
        "a, b = torch.zeros(2, 3), torch.zeros(3, 4)\na.bmm(b)",
        "`bmm` takes two batches of matrices, 3-D; `a` (2, 3) has 2 dims. `a @ b` works.",
    ),
    "bmm-inner": (
        "a, b = torch.zeros(5, 2, 3), torch.zeros(5, 4, 3)\na.bmm(b)",
        (
            "`bmm` multiplies along the last dim of `a` (5, 2, 3) and the last but one of `b` (5, 4, 3): "
            "3 and 4 differ. `a @ b.mT` works."
        ),
    ),
    "outer": (
        "u, v = torch.zeros(2, 1), torch.zeros(3)\ntorch.outer(u, v)",
        "`outer` takes two vectors; `u` (2, 1) has 2 dims.",
    ),
    "addmm": (
        "m, a, b = torch.zeros(2, 2), torch.zeros(3, 2), torch.zeros(2, 4)\ntorch.addmm(m, a, b)",
        "`addmm` adds `m` (2, 2) to the product, and (2, 2) does not broadcast to (3, 4).",
    ),
    "addmm-inner": (
        "m, a, b = torch.zeros(2, 2), torch.zeros(3, 2), torch.zeros(3, 4)\nm.addmm(a, b)",
        "`addmm` multiplies along the last dim of `a` (3, 2) and the last but one of `b` (3, 4): 2 and 3 "
        "differ.",
    ),
    "baddbmm": (
        "m, a, b = torch.zeros(4), torch.zeros(2, 2, 2), torch.zeros(2, 2, 3)\ntorch.baddbmm(m, a, b)",
        "`baddbmm` adds `m` (4,) to the product, and (4,) does not broadcast to (2, 2, 3).",
    ),
    "addmv": (
        "m, a, v = torch.zeros(3), torch.zeros(2, 3), torch.zeros(3)\ntorch.addmv(m, a, v)",
        "`addmv` adds `m` (3,) to the product, and (3,) does not broadcast to (2,).",
    ),
    "inner": (
        "a, b = torch.zeros(2, 3), torch.zeros(3, 2)\ntorch.inner(a, b)",
        "`inner` multiplies along the last dim of `a` (2, 3) and the last dim of `b` (3, 2): 3 and 2 differ.",
    ),
    "matmul-inner": (
        "a, b = torch.zeros(2, 3), torch.zeros(2, 3)\na @ b",
        (
            "`@` multiplies along the last dim of `a` (2, 3) and the last but one of `b` (2, 3): 3 and 2 "
            "differ. `a @ b.mT` works."
        ),
    ),
    "matmul-function": (
        "a, b = torch.zeros(2, 3), torch.zeros(4, 3)\ntorch.matmul(a, b)",
        (
            "`matmul` multiplies along the last dim of `a` (2, 3) and the last but one of `b` (4, 3): 3 "
            "and 4 differ. `a @ b.mT` works."
        ),
    ),
    "matmul-vectors": (
        "x, v = torch.zeros(5, 2, 3), torch.zeros(5, 3)\nx @ v",
        (
            "`@` multiplies along the last dim of `x` (5, 2, 3) and the last but one of `v` (5, 3): 3 "
            "and 5 differ. A 2-D right operand is one matrix for the whole batch. `x @ v.unsqueeze(-1)` "
            "works."
        ),
    ),
    "matmul-vector": (
        "a, v = torch.zeros(2, 3), torch.zeros(2)\na @ v",
        "`@` multiplies along the last dim of `a` (2, 3) and the dim of `v` (2,): 3 and 2 differ.",
    ),
    "matmul-two-vectors": (
        "u, v = torch.zeros(2), torch.zeros(3)\nu @ v",
        "`@` multiplies along the dim of `u` (2,) and the dim of `v` (3,): 2 and 3 differ.",
    ),
    "matmul-batch": (
        "a, b = torch.zeros(2, 5, 3, 4), torch.zeros(3, 1, 4, 2)\na @ b",
        "The batch dims of `a` (2, 5, 3, 4) and `b` (3, 1, 4, 2) have to broadcast: dim 0 has 2 and dim 0 "
        "has 3, and neither is 1.",
    ),
    "matmul-flat": (
        "a = torch.ones(2, 2)\na @ torch.tensor(2.)",
        "`@` needs at least 1 dim on both sides; `torch.tensor(2.)` is 0-d. To scale, use `*`.",
    ),
    "matmul-number": (
        "a = torch.ones(2, 2)\na @ 2",
        "`@` multiplies two tensors; `2` is of type int. To scale, use `*`.",
    ),
    "matmul-dtype": (
        "a, b = torch.ones(2, 2), torch.ones(2, 2, dtype=torch.long)\na @ b",
        ("`@` takes one dtype: `a` is float32, `b` is int64. With `b.to(torch.float32)` it works."),
    ),
    "matmul-double": (
        "a, b = torch.ones(2, dtype=torch.float64), torch.ones(2)\na @ b",
        ("`@` takes one dtype: `a` is float64, `b` is float32. With `b.to(torch.float64)` it works."),
    ),
    "matmul-bool": (
        "m = torch.ones(2, 2, dtype=torch.bool)\nm @ m",
        "torch has no product of bool matrices on the CPU. `m.int() @ m.int()` works.",
    ),
    "matmul-in-place": (
        "a = torch.zeros(2, 3)\na @= torch.zeros(2, 3)",
        (
            "`@=` multiplies along the last dim of `a` (2, 3) and the last but one of `torch.zeros(2, "
            "3)` (2, 3): 3 and 2 differ. `a @ torch.zeros(2, 3).mT` works."
        ),
    ),
    "linear": (
        "layer = nn.Linear(3, 4)\nx = torch.zeros(2, 5, 6)\nlayer(x)",
        "`Linear` takes 3 features in the last dim: its weight is (4, 3), (out, in). The last dim of `x` "
        "(2, 5, 6) is 6.",
    ),
    "linear-function": (
        "x, w = torch.zeros(2, 6), torch.zeros(4, 3)\nF.linear(x, w)",
        "`linear` takes 3 features in the last dim: its weight is (4, 3), (out, in). The last dim of `x` "
        "(2, 6) is 6.",
    ),
    "linear-nested": (
        "net = nn.Sequential(nn.Linear(3, 4), nn.ReLU(), nn.Linear(5, 2))\nx = torch.zeros(2, 3)\nnet(x)",
        "`Linear` takes 5 features in the last dim: its weight is (2, 5), (out, in). The last dim of "
        "`input` (2, 4) is 4.",
    ),
    "linear-recurrent": (
        "x = torch.zeros(5, 2, 6)\nnn.LSTM(3, 4)(x)",
        "`LSTM` takes 3 features in the last dim: its weight is (16, 3), (out, in). The last dim of `x` (5, "
        "2, 6) is 6.",
    ),
    "linear-recurrent-cell": (
        "x = torch.zeros(2, 6)\nnn.GRUCell(3, 4)(x)",
        "`GRUCell` takes 3 features in the last dim: its weight is (12, 3), (out, in). The last dim of `x` "
        "(2, 6) is 6.",
    ),
    "linear-dtype": (
        "layer = nn.Linear(3, 1)\nx = torch.zeros(1, 3, dtype=torch.float64)\nlayer(x)",
        (
            "`Linear` takes one dtype: `weight` is float32, `x` is float64. With "
            "`x.to(torch.float32)` it works."
        ),
    ),
    "einsum-letters": (
        "a, b = torch.zeros(2, 3), torch.zeros(3)\ntorch.einsum('ij,jk->ik', a, b)",
        "Each dim has one letter: `jk` names 2, `b` (3,) has 1.",
    ),
    "einsum-sizes": (
        "a, b = torch.zeros(2, 3), torch.zeros(2, 4)\ntorch.einsum('ij,jk->ik', a, b)",
        "The letter `j` stands for one size: it is 3 in `a` (2, 3) and 2 in `b` (2, 4).",
    ),
    "einsum-operands": (
        "a = torch.zeros(2, 3)\ntorch.einsum('ij,jk->ik', a)",
        "The equation `ij,jk->ik` has 2 operands before `->`; 1 given.",
    ),
    "einsum-output": (
        "a = torch.zeros(2, 3)\ntorch.einsum('ij->ik', a)",
        "The letter `k` after `->` is in no operand.",
    ),
    "conv-dims": (
        "x = torch.zeros(5, 5)\nnn.Conv2d(3, 4, 1)(x)",
        "`Conv2d` takes (N, C, H, W) or (C, H, W); `x` (5, 5) has 2 dims.",
    ),
    "conv-channels": (
        "x = torch.zeros(1, 4, 5, 5)\nnn.Conv2d(3, 4, 1)(x)",
        (
            "`Conv2d` takes 3 channels: its weight is (4, 3, 1, 1), (out, in / groups, …). `x` (1, 4, 5, "
            "5) has 4."
        ),
    ),
    "dot-dtype": (
        "a, b = torch.ones(3), torch.ones(3, dtype=torch.int64)\ntorch.dot(a, b)",
        ("`dot` takes one dtype: `a` is float32, `b` is int64. With `b.to(torch.float32)` it works."),
    ),
}


@pytest.mark.parametrize(("source", "sentence"), FAILING.values(), ids=FAILING)
def test_a_failing_program_says_why(sandbox: Sandbox, source: str, sentence: str) -> None:
    assert why(sandbox, source) == sentence


KOREAN = {
    "mm-batch": (
        "a, b = torch.zeros(5, 2, 3), torch.zeros(3, 4)\ntorch.mm(a, b)",
        "`mm`에는 행렬 두 개가 필요합니다. `a` (5, 2, 3)의 dim은 3개입니다. `a @ b`로 쓰면 됩니다.",
    ),
    "linear-recurrent": (
        "x = torch.zeros(5, 2, 6)\nnn.LSTM(3, 4)(x)",
        (
            "`LSTM`의 weight는 (16, 3), 즉 (out, in)이므로 입력의 마지막 dim은 3이어야 합니다. `x` (5, "
            "2, 6)의 마지막 dim은 6입니다."
        ),
    ),
    "matmul-inner": (
        "a, b = torch.zeros(2, 3), torch.zeros(2, 3)\na @ b",
        (
            "`@`에서는 `a` (2, 3)의 마지막 dim과 `b` (2, 3)의 뒤에서 두 번째 dim이 같아야 합니다. 3과 "
            "2가 다릅니다. `a @ b.mT`로 쓰면 됩니다."
        ),
    ),
}


@pytest.mark.parametrize(("source", "sentence"), KOREAN.values(), ids=KOREAN)
def test_and_in_korean(sandbox: Sandbox, source: str, sentence: str) -> None:
    assert why(sandbox, source, "ko") == sentence
