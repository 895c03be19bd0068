"""Where a backward can't begin or go on, and what may not be changed in place."""

from __future__ import annotations

import pytest

from tensordrill.sandbox.client import Sandbox
from tests.explanation.reasoning import why

FAILING = {
    "scalar": (
        "x = torch.ones(2, requires_grad=True)\n(x * 2).backward()",
        "`backward` without an argument begins at one number; `x * 2` (2,) has 2. `(x * "
        "2).sum().backward()` adds them up first.",
    ),
    "gradient": (
        "x = torch.ones(2, requires_grad=True)\n(x * 2).backward(torch.ones(1))",
        "`backward` takes a gradient of the shape of `x * 2`, (2,); `torch.ones(1)` has (1,).",
    ),
    "gradient-keyword": (
        "x = torch.ones(2, requires_grad=True)\ny = x * 2\ny.backward(gradient=torch.ones(3))",
        "`backward` takes a gradient of the shape of `y`, (2,); `torch.ones(3)` has (3,).",
    ),
    "detached": (
        "x = torch.ones(2)\nx.sum().backward()",
        "`x.sum()` was not computed from anything that requires a gradient: its `requires_grad` is False "
        "and it has no `grad_fn`.",
    ),
    "twice": (
        "x = torch.ones(2, requires_grad=True)\ny = (x ** 2).sum()\ny.backward()\ny.backward()",
        "The `backward` in line 3 freed what this graph had saved (PowBackward0). Compute the value "
        "again, or call the first one with `retain_graph=True`.",
    ),
    "twice-shared": (
        "x = torch.ones(2, requires_grad=True)\nh = x.exp()\nh.sum().backward()\nh.mean().backward()",
        "The `backward` in line 3 freed what this graph had saved (ExpBackward0). Compute the value "
        "again, or call the first one with `retain_graph=True`.",
    ),
    "overwritten": (
        "x = torch.ones(2, requires_grad=True)\ny = x.exp()\ny.add_(1)\ny.sum().backward()",
        "`backward` needs the result of `x.exp()`, and that tensor was changed in place since. Changed "
        "since: `y.add_(1)`. The same without the in-place form leaves it as it was.",
    ),
    "overwritten-operand": (
        "x = torch.ones(2, requires_grad=True)\na = x * 1\nb = a * a\na += 1\nb.sum().backward()",
        "`backward` needs an operand of `a * a`, and that tensor was changed in place since. Changed "
        "since: `a += 1`. The same without the in-place form leaves it as it was.",
    ),
    "overwritten-detached": (
        "x = torch.ones(2, requires_grad=True)\ny = x.sigmoid()\ny.detach().zero_()\ny.sum().backward()",
        "`backward` needs the result of `x.sigmoid()`, and that tensor was changed in place since. "
        "Changed since: `y.detach().zero_()`. The same without the in-place form leaves it as it was.",
    ),
    "leaf": (
        "w = torch.ones(2, requires_grad=True)\nw.add_(1)",
        "`w` is a leaf that requires a gradient, and `add_` would change it in place, which autograd "
        "can't follow. Update it inside `with torch.no_grad():`.",
    ),
    "leaf-operator": (
        "w = torch.ones(2, requires_grad=True)\nw -= 0.1",
        "`w` is a leaf that requires a gradient, and `-=` would change it in place, which autograd can't "
        "follow. Update it inside `with torch.no_grad():`.",
    ),
    "leaf-item": (
        "w = torch.ones(2, requires_grad=True)\nw[0] = 1",
        "`w` is a leaf that requires a gradient, and `[] =` would change it in place, which autograd "
        "can't follow. Update it inside `with torch.no_grad():`.",
    ),
    "leaf-item-operator": (
        "w = torch.ones(2, requires_grad=True)\nw[0] += 1",
        "`w[0]` is a view of `w`, a leaf that requires a gradient, and `+=` would change that in place. "
        "Update it inside `with torch.no_grad():`.",
    ),
    "leaf-view": (
        "w = torch.ones(2, 2, requires_grad=True)\nw.view(4).zero_()",
        "`w.view(4)` is a view of `w`, a leaf that requires a gradient, and `zero_` would change that in "
        "place. Update it inside `with torch.no_grad():`.",
    ),
    "parameter": (
        "layer = nn.Linear(2, 1)\nlayer.weight += 1",
        "`layer.weight` is a leaf that requires a gradient, and `+=` would change it in place, which "
        "autograd can't follow. Update it inside `with torch.no_grad():`.",
    ),
    "many-views": (
        "x = torch.ones(4, requires_grad=True) * 1\na, b = x.chunk(2)\na.add_(1)",
        "`a` is one of several views that one call gave (`split`), and autograd can't follow in-place "
        "changes of those. `a.clone()` can be changed.",
    ),
    "numpy": (
        "t = torch.ones(2, requires_grad=True)\nt.numpy()",
        "`t` requires a gradient, and numpy would lose it. `t.detach().numpy()` says that this is meant.",
    ),
    "flag": (
        "x = torch.ones(1, requires_grad=True)\n(x * 2).requires_grad_(False)",
        "`x * 2` was computed (MulBackward0), so whether it requires a gradient follows from what it came "
        "from. `(x * 2).detach()` gives one that does not.",
    ),
    "flag-attribute": (
        "x = torch.ones(1, requires_grad=True)\ny = x * 2\ny.requires_grad = False",
        "`y` was computed (MulBackward0), so whether it requires a gradient follows from what it came "
        "from. `y.detach()` gives one that does not.",
    ),
    "retain": (
        "x = torch.ones(2)\nx.retain_grad()",
        "`retain_grad` keeps a gradient that passes through; `x` does not require one.",
    ),
    "grad-shape": (
        "x = torch.ones(2, requires_grad=True)\nx.grad = torch.ones(3)",
        "`.grad` has the shape of its tensor: `x` is (2,), `torch.ones(3)` is (3,).",
    ),
    "grad-dtype": (
        "x = torch.ones(2, requires_grad=True)\nx.grad = torch.ones(2, dtype=torch.float64)",
        "`.grad` has the dtype of its tensor: `x` is float32, `torch.ones(2, dtype=torch.float64)` is "
        "float64.",
    ),
    "grad-function": (
        "x, u = torch.ones(2, requires_grad=True), torch.ones(2)\ntorch.autograd.grad((x * 3).sum(), [x, u])",
        "`grad` wants tensors that require a gradient; `u` does not.",
    ),
}


@pytest.mark.parametrize(("source", "sentence"), FAILING.values(), ids=FAILING)
def test_a_failing_program_says_why(sandbox: Sandbox, source: str, sentence: str) -> None:
    assert why(sandbox, source) == sentence


KOREAN = {
    "scalar": (
        "x = torch.ones(2, requires_grad=True)\n(x * 2).backward()",
        "인수 없이 `backward`를 부르려면 값이 하나여야 합니다. `x * 2` (2,)의 원소는 2개입니다. `(x "
        "* 2).sum().backward()`처럼 먼저 하나로 줄이세요.",
    ),
    "twice": (
        "x = torch.ones(2, requires_grad=True)\ny = (x ** 2).sum()\ny.backward()\ny.backward()",
        "3번째 줄의 `backward`가 이 그래프에 저장된 값(PowBackward0)을 이미 지웠습니다. 값을 다시 "
        "계산하거나 첫 번째 호출에 `retain_graph=True`를 쓰세요.",
    ),
    "leaf": (
        "w = torch.ones(2, requires_grad=True)\nw.add_(1)",
        "`w`는 gradient가 필요한 leaf입니다. `add_`로 제자리에서 바꾸면 autograd가 추적할 수 "
        "없습니다. `with torch.no_grad():` 안에서 바꾸세요.",
    ),
}


@pytest.mark.parametrize(("source", "sentence"), KOREAN.values(), ids=KOREAN)
def test_and_in_korean(sandbox: Sandbox, source: str, sentence: str) -> None:
    assert why(sandbox, source, "ko") == sentence
