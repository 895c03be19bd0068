"""Code shares a process with other answers only where it can do nothing to them."""

from __future__ import annotations

import pytest

from tensordrill.course.grading.vocabulary import only_computes
from tensordrill.sandbox.protocol import Program
from tests.course.exploits import exploits

COMPUTES = [
    "y = x.permute(0, 2, 1).contiguous().view(x.size(0), -1)",
    "import torch\nfrom torch import nn\nimport torch.nn.functional as F\ny = F.relu(nn.Linear(2, 3)(x))",
    "def rows(x, order):\n    return torch.stack([row[at] for row, at in zip(x, order)])",
    "with torch.no_grad():\n    w -= 0.1 * w.grad\n    w.grad.zero_()",
    "x[0, :] = x[1].clamp_(min=0)\nassert x.dtype is torch.float32, f'{x.shape}'",
    "total = 0\nfor p in net.parameters():\n    if p.grad is not None:\n        total = total + p.grad.norm()",
    "f = lambda x: x.max(dim=1).values\nprint(f(x))",
]
REACHES = [
    "import sys",
    "import torch.utils.cpp_extension",
    "from torch import *",
    "from torch import load",
    "from .torch import nn",
    "torch.sum = print",
    "x.requires_grad = True",
    "torch.relu += 1",
    "del torch.sum",
    "for torch.sum in [print]: pass",
    "with open_ as torch.sum: pass",
    "[0 for torch.sum in [print]]",
    "(torch.sum, y) = print, 1",
    "torch.os.write(3, b'')",
    "torch.Tensor.__eq__",
    "x.__class__",
    "torch._C",
    "__builtins__['print'] = None",
    "__import__('os')",
    "getattr(torch, 'os')",
    "ｇｅｔａｔｔｒ(torch, 'os')",
    "exec('1')",
    "type(x)",
    "object()",
    "'{0.__class__}'.format(x)",
    "f'{x.__class__}'",
    "f'{x:{torch.os}}'",
    "lambda x=torch.os: x",
    "def f(x: torch.os): pass",
    "def f(x) -> torch.os: pass",
    "@torch.os\ndef f(x): pass",
    "class Net(nn.Module): pass",
    "global x",
    "match x:\n    case object(__class__=y): pass",
    "try:\n    x\nexcept BaseException as error: pass",
    "async def f(): pass",
    "def f(): yield 1",
    "x.register_hook(print)",
    "torch.load('x')",
    "torch.sparse_coo_tensor(i, v)",
    "torch.set_default_dtype(torch.float64)",
    "np.lib.stride_tricks.as_strided(x.numpy(), (9**9,))",
    "x = (",
    "x = 1\0",
]


@pytest.mark.parametrize("code", COMPUTES)
def test_code_that_only_computes_shares_a_process(code: str) -> None:
    assert only_computes([Program(code=code)])


@pytest.mark.parametrize("code", REACHES)
def test_code_that_reaches_further_does_not(code: str) -> None:
    assert not only_computes([Program(code="y = x"), Program(code=code)])


def test_an_expression_is_looked_at_too() -> None:
    assert not only_computes([Program(code="y = x", value="y.__class__")])


def test_no_answer_that_harms_another_shares_a_process() -> None:
    assert [
        each.id
        for each in exploits()
        if each.accomplice and only_computes([Program(code=_body(each.accomplice))])
    ] == []


def _body(code: str) -> str:
    return f"def double(x):\n        {code.lstrip()}"
