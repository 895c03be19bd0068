"""The report of an exception of an untraced process: the operation that raised, its operands, picture and reason."""

from __future__ import annotations

import sys
from typing import Any

import pytest

from . import driver

_NET = """\
import torch
from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc1 = nn.Linear(256, 10)

    def forward(self, x):
        return self.fc1(x.view(x.size(0), -1))


"""
_RAISING = {
    "layer": _NET + "Net()(torch.ones(4, 8, 15, 15))\n",
    "view": "import torch\nx = torch.ones(2, 3).t()\nx.view(-1, 2 * 3)\n",
    "cause": "import torch\ntry:\n    torch.ones(3)[5]\nexcept IndexError as error:\n"
    "    raise RuntimeError('no item') from error\n",
    "context": "import torch\ntry:\n    torch.ones(3)[5]\nexcept IndexError:\n    {}['missing']\n",
    "group": "import torch\ntry:\n    torch.ones(3)[5]\nexcept IndexError as error:\n"
    "    raise ExceptionGroup('all', [ValueError(), error])\n",
    "attribute": "import torch\ntorch.ones(3).shpae\n",
    "plain object": "import torch\nclass Config:\n    pass\nc = Config()\nc.w = torch.ones(2, 3)\nc.w @ c.w\n",
    "slots": "import torch\nclass Config:\n    __slots__ = ('w',)\nc = Config()\nc.w = torch.ones(2, 3)\nc.w @ c.w\n",
    "buffer": "import torch\nm = torch.nn.BatchNorm1d(3)\nm.running_mean @ torch.ones(4)\n",
    "items": "import torch\nx = {'a': [torch.ones(2, 3)]}\nx['a'][0] @ x['a'][0]\n",
    "comprehension": "import torch\n[torch.ones(2, 3) @ y for y in [torch.ones(2)]]\n",
    "comprehension whose variable has a namesake": "import torch\ny = torch.ones(5)\n"
    "def f(y):\n    return {i: torch.ones(2, 3) @ y for i, y in enumerate([torch.ones(2)])}\nf(torch.ones(4))\n",
    "comprehension over a variable": "import torch\nys = torch.ones(2, 2)\n[y for y in ys @ torch.ones(3)]\n",
    "unknown operand": "import torch\ndef double(x):\n    return torch.cat([x, x])\nx = torch.ones(2)\ndouble(x) + x\n",
    "property": "import torch\nclass Config:\n    @property\n    def w(self):\n        return torch.ones(2, 3)\n"
    "c = Config()\nprint(torch.ones(1)) if 0 else c.w @ c.w\n",
    "no grad": "import torch\nw = torch.ones(4, requires_grad=True)\nwith torch.no_grad():\n    (w * 2).view(3)\n",
    "autocast": "import torch\nw = torch.ones(4, 4)\nwith torch.autocast('cpu'):\n    (w @ w.t()).view(3)\n",
    "with": "import torch\nx = torch.ones(3)\nwith torch.no_grad():\n    with (\n        torch.no_grad()\n    ):\n"
    "        x[5]\n",
    "handled": "import torch\nx = torch.ones(3)\ntry:\n    x[5]\nexcept IndexError as error:\n    y = 1\n    raise\n"
    "finally:\n    z = 2\n",
    "finally": "import torch\ndef f(x):\n    try:\n        return x[5]\n    finally:\n        print(end='')\n"
    "f(torch.ones(3))\n",
    "nested": "import torch\nx = torch.nested.nested_tensor([torch.ones(2, 3)])\nx @ torch.ones(4, 5)\n",
    "a factory": "import torch\ntorch.tensor([1, 2], requires_grad=True)\n",
    # nothing is explained
    "a missing file": "import torch\ntorch.load('missing.pt')\n",
    "a factory without a reason": "import torch\ntorch.get_rng_state(1)\n",
    "bound since": "import torch\nx = torch.ones(3)\ntry:\n    x[5]\nfinally:\n    x = torch.ones(4)\n",
    "bound in a handler": "import torch\nx = torch.ones(3)\ntry:\n    x[5]\nexcept IndexError:\n    x = 1\n    raise\n",
    "kept": "import torch\nfor n in (3, 4):\n    x = torch.ones(n)\n    try:\n        x[5]\n"
    "    except IndexError as error:\n        kept = error\nraise ValueError from kept\n",
    "raise": "import torch\nx = torch.ones(2)\nraise ValueError(x)\n",
    "assert": "import torch\nx = torch.ones(2)\nassert x.sum() == 3\n",
    "no tensor": "import torch\n{}['missing']\n",
    "hidden cause": "import torch\ntry:\n    torch.ones(3)[5]\nexcept IndexError:\n    raise OSError from None\n",
    "interrupt": "import signal, torch\ndef f(x):\n    signal.raise_signal(signal.SIGINT)\nf(torch.ones(2))\n",
    "exit": "import sys, torch\ntorch.ones(2).apply_(lambda v: sys.exit(1))\n",
}
_NOT_EXPLAINED = (
    "a missing file",
    "a factory without a reason",
    "raise",
    "assert",
    "no tensor",
    "hidden cause",
    "interrupt",
    "exit",
    "property",
    "bound since",
    "bound in a handler",
    "kept",
    "no grad",
    "autocast",
)
_IN_COMPREHENSION = (
    "`@` multiplies along the last dim of `torch.ones(2, 3)` (2, 3) and the dim of `y` (2,): 3 and 2 differ."
    if sys.version_info < (3, 12)
    else None
)
"""From Python 3.12 on `y` is gone when an exception has left the comprehension."""
_EXPLAINED = {
    "layer": (
        "self.fc1(x.view(x.size(0), -1))",
        "`Linear` takes 256 features in the last dim: its weight is (10, 256), (out, in). The last dim of "
        "`x.view(x.size(0), -1)` (4, 1800) is 1800.",
    ),
    "view": (
        "x.view(-1, 2 * 3)",
        "A view only changes shape and stride, and (1, 6) needs dims 0 and 1 of `x` (3, 2) merged. They aren't one "
        "run of memory: the stride of dim 0 is 1, not 2 × 3 = 6.",
    ),
    **dict.fromkeys(
        ("cause", "context", "group"),
        (
            "torch.ones(3)[5]",
            "Dim 0 of `torch.ones(3)` (3,) has size 3: indices go from -3 to 2. 5 is outside.",
        ),
    ),
    **dict.fromkeys(
        ("with", "handled", "finally"),
        ("x[5]", "Dim 0 of `x` (3,) has size 3: indices go from -3 to 2. 5 is outside."),
    ),
    "nested": ("x @ torch.ones(4, 5)", None),
    "attribute": ("torch.ones(3).shpae", "`torch.ones(3)` has no `shpae`; it has `shape`."),
    **dict.fromkeys(
        ("plain object", "slots"),
        (
            "c.w @ c.w",
            "`@` multiplies along the last dim of `c.w` (2, 3) and the last but one of `c.w` (2, 3): 3 and 2 differ.",
        ),
    ),
    "buffer": (
        "m.running_mean @ torch.ones(4)",
        "`@` multiplies along the dim of `m.running_mean` (3,) and the dim of `torch.ones(4)` (4,): 3 and 4 differ.",
    ),
    "items": (
        "x['a'][0] @ x['a'][0]",
        "`@` multiplies along the last dim of `x['a'][0]` (2, 3) and the last but one of `x['a'][0]` (2, 3): 3 and 2 "
        "differ.",
    ),
    "comprehension": ("torch.ones(2, 3) @ y", _IN_COMPREHENSION),
    "comprehension whose variable has a namesake": ("torch.ones(2, 3) @ y", _IN_COMPREHENSION),
    "comprehension over a variable": (
        "ys @ torch.ones(3)",
        "`@` multiplies along the last dim of `ys` (2, 2) and the dim of `torch.ones(3)` (3,): 2 and 3 differ.",
    ),
    "a factory": (
        "torch.tensor([1, 2], requires_grad=True)",
        "Only floating-point and complex tensors can require gradients, and numbers without a point give int64. Write "
        "them with a point, or add `dtype=torch.float32`.",
    ),
    "unknown operand": ("double(x) + x", None),
}
_SCREENS = {
    "en": """
  11          return self.fc1(x.view(x.size(0), -1))                    layer.py

 ✗  self.fc1(x.view(x.size(0), -1))                    RuntimeError  layer.py:11
      in fc1 (Linear) of Net
      called by Net()(torch.ones(4, 8, 15, 15)) in line 14 of the program
      x.view(x.size(0), -1)  (4, 1800)  stride (1800, 1)  float32
      weight                 (10, 256)  stride (256, 1)   float32

        x.view(x.size(0), -1)  4  1800
        weight.mT                  256  10
                                     ✗ 1800 against 256: these two have to be
                                       equal

    Linear takes 256 features in the last dim: its weight is (10, 256),
    (out, in). The last dim of x.view(x.size(0), -1) (4, 1800) is 1800.

    nn.Linear(1800, 10) would take it.

    RuntimeError: mat1 and mat2 shapes cannot be multiplied (4x1800 and 256x10)

""",
    "ko": """
  11          return self.fc1(x.view(x.size(0), -1))                    layer.py

 ✗  self.fc1(x.view(x.size(0), -1))                    RuntimeError  layer.py:11
      Net의 fc1 (Linear)
      호출 순서: 프로그램의 14번째 줄 Net()(torch.ones(4, 8, 15, 15))
      x.view(x.size(0), -1)  (4, 1800)  stride (1800, 1)  float32
      weight                 (10, 256)  stride (256, 1)   float32

        x.view(x.size(0), -1)  4  1800
        weight.mT                  256  10
                                     ✗ 1800 ≠ 256: 두 크기가 같아야 합니다

    Linear의 weight는 (10, 256), 즉 (out, in)이므로 입력의 마지막 dim은
    256이어야 합니다. x.view(x.size(0), -1) (4, 1800)의 마지막 dim은
    1800입니다.

    이 입력은 nn.Linear(1800, 10)에 맞습니다.

    RuntimeError: mat1 and mat2 shapes cannot be multiplied (4x1800 and 256x10)

""",
}
_COMPUTED = """
a + 1
a.t() * 2
a.t().exp()
a / n
n / 2
n // 2
n + 1.5
n > 2
a[:1] + a[0]
~(n > 2)
-b
a @ b
a @ b.t().t()
torch.zeros(4, 3, 2) @ a
torch.cos(n)
n.cos()
n.float()
a.float()
a.double()
a.t().clone()
a.t().contiguous()
a.softmax(-1)
F.relu(b)
F.softmax(b, dim=-1)
torch.zeros(2, 3)
torch.randn((2, 3))
torch.ones(2, dtype=torch.int64)
torch.rand(2, requires_grad=True)
torch.exp(a).t()
(a + 1)[0].unsqueeze(1)
torch.flatten(a, 1)
torch.transpose(a + 1, 0, 1)
""".strip().split("\n")
_OPEN = """
a * b.t()
a[:, :1] + a[0]
torch.stack([a, a])[0]
a.t() * a.reshape(3, 2)
a[:, ::2] * 2
a.t().softmax(-1)
a.sum(0)
a @ torch.ones(4, 3, 2)
torch.ones(3) @ b
a.softmax(-1, dtype=torch.float64)
torch.zeros(2, 3, out=None)
""".strip().split("\n")
"""Results whose strides or values torch's rules leave open here: nothing is said of them."""


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Return what one process answers for all programs."""
    return driver.ask(tmp_path_factory.mktemp("programs"), _RAISING, [*_COMPUTED, *_OPEN])


@pytest.mark.parametrize(("name", "wanted"), _EXPLAINED.items(), ids=_EXPLAINED)
def test_what_raised(name: str, wanted: tuple[str, str | None], answers: Any) -> None:
    answer = answers["answers"][name]
    assert (answer["expression"], answer["reason"]) == wanted


@pytest.mark.parametrize("name", _NOT_EXPLAINED)
def test_what_is_not_explained(name: str, answers: Any) -> None:
    assert answers["answers"][name] is None


@pytest.mark.parametrize(("lang", "screen"), _SCREENS.items(), ids=_SCREENS)
def test_the_screen(lang: str, screen: str, answers: Any) -> None:
    assert answers["answers"]["layer"][lang] == screen


@pytest.mark.parametrize("expression", _COMPUTED)
def test_a_result_that_was_not_kept_is_described_as_torch_has_it(expression: str, answers: Any) -> None:
    real, described = answers["facts"][expression]
    assert described == real


@pytest.mark.parametrize("expression", _OPEN)
def test_nothing_is_said_of_a_result_that_the_rules_leave_open(expression: str, answers: Any) -> None:
    assert answers["facts"][expression][1] is None


def test_torch_imports_nothing_for_an_explanation(answers: Any) -> None:
    assert answers["lazy"] == []
