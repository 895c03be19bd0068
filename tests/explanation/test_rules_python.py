"""Tensors where Python wants one number or truth, attributes, names and arguments."""

from __future__ import annotations

import pytest

from tensordrill.sandbox.client import Sandbox
from tests.explanation.reasoning import why

FAILING = {
    "if": (
        "x = torch.tensor([1, 2])\nif x: pass",
        "`x` (2,) has 2 elements, and Python asks it for one truth. `.any()` asks whether any is true, "
        "`.all()` whether all are.",
    ),
    "if-compared": (
        "a, b = torch.tensor([1, 2]), torch.tensor([1, 3])\nif a == b: pass",
        "`a == b` (2,) has 2 elements, and Python asks it for one truth. `.any()` asks whether any is "
        "true, `.all()` whether all are.",
    ),
    "and": (
        "x = torch.tensor([1, 2])\ny = x and 1",
        "`x` (2,) has 2 elements, and Python asks it for one truth. `.any()` asks whether any is true, "
        "`.all()` whether all are.",
    ),
    "not": (
        "x = torch.tensor([1, 2])\nnot x",
        "`x` (2,) has 2 elements, and Python asks it for one truth. `.any()` asks whether any is true, "
        "`.all()` whether all are.",
    ),
    "while": (
        "x = torch.tensor([1, 2])\nwhile x > 0: pass",
        "`x > 0` (2,) has 2 elements, and Python asks it for one truth. `.any()` asks whether any is "
        "true, `.all()` whether all are.",
    ),
    "assert": (
        "x = torch.tensor([1, 2])\nassert x == x",
        "`x == x` (2,) has 2 elements, and Python asks it for one truth. `.any()` asks whether any is "
        "true, `.all()` whether all are.",
    ),
    "comprehension-if": (
        "x = torch.zeros(2, 2)\n[row for row in x if row]",
        "`row` (2,) has 2 elements, and Python asks it for one truth. `.any()` asks whether any is true, "
        "`.all()` whether all are.",
    ),
    "bool": (
        "x = torch.tensor([1, 2])\nbool(x)",
        "`x` (2,) has 2 elements, and Python asks it for one truth. `.any()` asks whether any is true, "
        "`.all()` whether all are.",
    ),
    "empty": (
        "x = torch.tensor([])\nbool(x)",
        "`x` (0,) has no elements, so that it is neither true nor false. `.numel() == 0` asks for that.",
    ),
    "chain": (
        "x = torch.tensor([1, 2])\n0 < x < 2",
        "Python reads `0 < x < 2` as two comparisons joined by `and`, which asks a whole tensor for one "
        "truth. Join them with `&`, each in brackets.",
    ),
    "without its import": (
        "del F\ny = F.relu(torch.ones(2))",
        "`F` is not defined here; it usually comes from `import torch.nn.functional as F`.",
    ),
    "without its import, deeper": (
        "del np\ndef f(x): return np.sum(x)\nf(1)",
        "`np` is not defined here; it usually comes from `import numpy as np`.",
    ),
    "in": (
        "a, b = torch.zeros(2), torch.ones(2)\nb in [a, b]",
        "`in` wants one truth from each comparison, and comparing tensors of several elements gives "
        "several. `torch.equal` compares two tensors as a whole, `is` asks for the very same one.",
    ),
    "list-index": (
        "a, b = torch.zeros(2), torch.ones(2)\n[a, b].index(b)",
        "`index` wants one truth from each comparison, and comparing tensors of several elements gives "
        "several. `torch.equal` compares two tensors as a whole, `is` asks for the very same one.",
    ),
    "max": (
        "a, b = torch.zeros(2), torch.ones(2)\nmax(a, b)",
        "`max` wants one truth from each comparison, and comparing tensors of several elements gives "
        "several. `x.max()` is the max of all elements, `torch.maximum(x, y)` compares two tensors "
        "element by element.",
    ),
    "sorted": (
        "a, b = torch.zeros(2), torch.ones(2)\nsorted([a, b])",
        "`sorted` wants one truth from each comparison, and comparing tensors of several elements gives "
        "several.",
    ),
    "item": (
        "x = torch.zeros(2, 3)\nx.item()",
        "`item` gives one Python number; `x` (2, 3) has 6 elements. `x.tolist()` gives them all.",
    ),
    "int": (
        "x = torch.zeros(2)\nint(x)",
        "`int` gives one Python number; `x` (2,) has 2 elements. `x.tolist()` gives them all.",
    ),
    "math": (
        "x = torch.zeros(2)\nmath.sqrt(x)",
        "`sqrt` gives one Python number; `x` (2,) has 2 elements. `torch.sqrt` works on every element.",
    ),
    "len": (
        "x = torch.tensor(1.)\nlen(x)",
        "`x` is 0-d: it has no dim, so no length. `x.item()` gives its number.",
    ),
    "loop": (
        "x = torch.tensor(1.)\nfor v in x: pass",
        "`x` is 0-d: there is no dim to go through. `x.item()` gives its number.",
    ),
    "comprehension": (
        "x = torch.tensor(1.)\n[v for v in x.sum()]",
        "`x.sum()` is 0-d: there is no dim to go through. `x.sum().item()` gives its number.",
    ),
    "list": (
        "x = torch.tensor(1.)\nlist(x)",
        "`x` is 0-d: there is no dim to go through. `x.item()` gives its number.",
    ),
    "unpacked-flat": (
        "x = torch.tensor(1.)\na, b = x",
        "`x` is 0-d: there is no dim to go through. `x.item()` gives its number.",
    ),
    "unpacked-count": (
        "x = torch.zeros(3, 2)\na, b = x",
        "Unpacking goes along dim 0; `x` (3, 2) gives 3, and another number of names stands on the left.",
    ),
    "starred-flat": (
        "x = torch.tensor(1.)\nprint(*x)",
        "`x` is 0-d: there is no dim to go through. `x.item()` gives its number.",
    ),
    "range": (
        "x = torch.tensor([2., 3.])\nrange(x)",
        "`range` wants an integer; `x` is a tensor of float32 with shape (2,).",
    ),
    "called-shape": (
        "x = torch.zeros(2)\nx.shape()",
        "`shape` is an attribute, not a method: write `x.shape` without the brackets.",
    ),
    "called-device": (
        "x = torch.zeros(2)\nx.device()",
        "`device` is an attribute, not a method: write `x.device` without the brackets.",
    ),
    "called-T": (
        "x = torch.zeros(2, 2)\nx.T()",
        "`T` is an attribute, not a method: write `x.T` without the brackets.",
    ),
    "called-tensor": (
        "x = torch.zeros(2)\nx.sum()(0)",
        "`x.sum()` is of type tensor, which can't be called.",
    ),
    "uncalled-attribute": (
        "x = torch.zeros(2, 2)\nx.t.shape",
        "`x.t` is the method itself; `x.t()` calls it.",
    ),
    "uncalled-operator": (
        "x = torch.zeros(2)\nx.sum + 1",
        "`x.sum` is the method itself; `x.sum()` calls it.",
    ),
    "uncalled-index": (
        "x = torch.zeros(2)\nx.size[0]",
        "`x.size` is the method itself; `x.size()` calls it.",
    ),
    "uncalled-argument": (
        "x = torch.zeros(2)\nx.view(x.numel)",
        "`x.numel` is the method itself; `x.numel()` calls it.",
    ),
    "typo": (
        "x = torch.zeros(2)\nx.unsqueze(0)",
        "`x` has no `unsqueze`; it has `unsqueeze`, `unsqueeze_`, `squeeze`.",
    ),
    "typo-function": (
        "x = torch.zeros(2)\ntorch.sofmax(x, 0)",
        "`torch` has no `sofmax`; it has `softmax`, `fmax`, `log_softmax`.",
    ),
    "numpy-name": (
        "x = torch.zeros(2)\nx.astype(int)",
        "`astype` is numpy's; torch has `to` for it.",
    ),
    "keyword": (
        "x = torch.zeros(2)\nx.sum(dimm=0)",
        "`sum` has no keyword `dimm`; it has `dim`.",
    ),
    "keyword-function": (
        "x = torch.zeros(2)\ntorch.softmax(x, dims=0)",
        "`softmax` has no keyword `dims`; it has `dim`.",
    ),
    "missing-dim": (
        "x = torch.zeros(2)\ntorch.softmax(x)",
        "`softmax` also needs `dim`, the dim that it works along; torch chooses none for `x` (2,).",
    ),
    "list-for-tensor": (
        "torch.sum([1, 2])",
        "`sum` takes a tensor; `[1, 2]` is of type list. With `torch.tensor([1, 2])` it works.",
    ),
    "pair": (
        "x = torch.zeros(2, 2)\nx.max(1) > 0",
        "`x.max(1)` is a pair of values and indices; `x.max(1).values` is the tensor.",
    ),
    "before-init": (
        "class Net(nn.Module):\n    def __init__(self):\n        self.w = nn.Linear(1, 1)\nNet()",
        "`self` is not ready for layers and parameters yet: call `super().__init__()` before the first is "
        "assigned.",
    ),
    "plain-for-parameter": (
        "layer = nn.Linear(1, 1)\nlayer.weight = torch.ones(1, 1)",
        "`weight` of `layer` is a parameter, and `torch.ones(1, 1)` is a plain tensor. "
        "`nn.Parameter(torch.ones(1, 1))` makes it one.",
    ),
    "item-of-two": (
        "x = torch.zeros(2)\nx.item()",
        "`item` gives one Python number; `x` (2,) has 2 elements. `x.tolist()` gives them all.",
    ),
}


@pytest.mark.parametrize(("source", "sentence"), FAILING.values(), ids=FAILING)
def test_a_failing_program_says_why(sandbox: Sandbox, source: str, sentence: str) -> None:
    assert why(sandbox, source) == sentence


UNEXPLAINED = {
    "a complex number": "float(torch.tensor([1j]))",
    "no number": "int(torch.tensor([float('nan')]))",
    "a list before an operator": "[[1, 2]] @ torch.ones(2, 2)",
    "a size that is None": "torch.ones(6).view((2, None))",
}


@pytest.mark.parametrize("source", UNEXPLAINED.values(), ids=UNEXPLAINED)
def test_what_no_rule_proves_has_no_reason(sandbox: Sandbox, source: str) -> None:
    assert why(sandbox, source) is None


LOOPS = {
    "for": "for v in {}: pass",
    "list": "[v for v in {}]",
    "set": "{{v for v in {}}}",
    "dict": "{{v: v for v in {}}}",
    "generator": "sum(v for v in {})",
    "inner": "[v for _ in range(2) for v in {}]",
    "in-a-function": "def f():\n    return [v for v in {}]\nf()",
}
"""Where Python says that a loop fails differs from version to version."""


@pytest.mark.parametrize("loop", LOOPS.values(), ids=LOOPS)
@pytest.mark.parametrize("flat", ["x", "x.sum()", "(x + 1)", "[x, x][0]"])
def test_a_loop_over_nothing_says_why(sandbox: Sandbox, loop: str, flat: str) -> None:
    shown = flat.strip("()") if flat == "(x + 1)" else flat
    called = flat if flat != "x + 1" else "(x + 1)"
    sentence = f"`{shown}` is 0-d: there is no dim to go through. `{called}.item()` gives its number."
    assert why(sandbox, "x = torch.tensor(1.)\n" + loop.format(flat)) == sentence


KOREAN = {
    "if": (
        "x = torch.tensor([1, 2])\nif x: pass",
        (
            "`x` (2,)의 원소는 2개인데 Python은 참/거짓 하나를 묻습니다. 하나라도 참인지는 `.any()`, "
            "모두 참인지는 `.all()`로 묻습니다."
        ),
    ),
    "called-shape": (
        "x = torch.zeros(2)\nx.shape()",
        "`shape`는 메서드가 아니라 속성입니다. 괄호 없이 `x.shape`로 쓰세요.",
    ),
    "uncalled-attribute": (
        "x = torch.zeros(2, 2)\nx.t.shape",
        "`x.t`는 메서드 자체입니다. `x.t()`로 호출하세요.",
    ),
    "typo": (
        "x = torch.zeros(2)\nx.unsqueze(0)",
        "`x`에는 `unsqueze`가 없습니다. 비슷한 이름: `unsqueeze`, `unsqueeze_`, `squeeze`.",
    ),
}


@pytest.mark.parametrize(("source", "sentence"), KOREAN.values(), ids=KOREAN)
def test_and_in_korean(sandbox: Sandbox, source: str, sentence: str) -> None:
    assert why(sandbox, source, "ko") == sentence
