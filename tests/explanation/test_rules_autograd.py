"""A backward that can't begin or go on, and tensors that may not be changed in place."""

from __future__ import annotations

import pytest

from tensordrill.sandbox.client import Sandbox
from tests.explanation.reasoning import why

FAILING = {
    "scalar": (
        "x = torch.ones(2, requires_grad=True)\n(x * 2).backward()",
        (
            "`backward` without an argument begins at one number; `x * 2` (2,) has 2. `(x * "
            "2).sum().backward()` works."
        ),
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
        (
            "`x.sum()` has no graph that a gradient could flow back through: its `requires_grad` is "
            "False and it has no `grad_fn`."
        ),
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
        (
            "`backward` needs the result of `x.exp()`, and that tensor was changed in place since. "
            "`y.add_(1)` in line 3 changed it. The same without the in-place form leaves it as it was."
        ),
    ),
    "overwritten-operand": (
        "x = torch.ones(2, requires_grad=True)\na = x * 1\nb = a * a\na += 1\nb.sum().backward()",
        (
            "`backward` needs an operand of `a * a`, and that tensor was changed in place since. `a += "
            "1` in line 4 changed it. The same without the in-place form leaves it as it was."
        ),
    ),
    "overwritten-detached": (
        "x = torch.ones(2, requires_grad=True)\ny = x.sigmoid()\ny.detach().zero_()\ny.sum().backward()",
        (
            "`backward` needs the result of `x.sigmoid()`, and that tensor was changed in place since. "
            "`y.detach().zero_()` in line 3 changed it. The same without the in-place form leaves it as "
            "it was."
        ),
    ),
    "overwritten-among-others": (
        "x = torch.ones(2, requires_grad=True)\nu, n = torch.ones(2), 0\ny = x.exp()\nu += 1\ny += 1\nn += 1\nu += 1\n"
        "y.sum().backward()",
        (
            "`backward` needs the result of `x.exp()`, and that tensor was changed in place since. `y += "
            "1` in line 5 changed it. The same without the in-place form leaves it as it was."
        ),
    ),
    "overwritten-twice": (
        "x = torch.ones(2, requires_grad=True)\ny = x.exp()\ny += 1\ny *= 2\ny.sum().backward()",
        (
            "`backward` needs the result of `x.exp()`, and that tensor was changed in place since. `y *= "
            "2` in line 4 changed it. `y += 1` in line 3 changed it. The same without the in-place form "
            "leaves it as it was."
        ),
    ),
    "overwritten-inside": (
        "net = nn.Sequential(nn.Sigmoid(), nn.ReLU(inplace=True), nn.Linear(2, 1))\n"
        "x = torch.ones(1, 2, requires_grad=True)\nnet(x).sum().backward()",
        (
            "`backward` needs a tensor that a step inside `net(x)` saved (SigmoidBackward0), and it was "
            "changed in place since."
        ),
    ),
    "updated": (
        "net = nn.Sequential(nn.Linear(3, 4), nn.ReLU(), nn.Linear(4, 1))\n"
        "opt = torch.optim.SGD(net.parameters(), lr=0.1)\nout = net(torch.ones(2, 3))\n"
        "out.sum().backward(retain_graph=True)\nopt.step()\n(out ** 2).sum().backward()",
        (
            "`backward` needs `net.2.weight` as it was in `net(torch.ones(2, 3))`, and it was changed in "
            "place since. `opt.step()` in line 5 updated it: call that after the last `backward` that "
            "needs it."
        ),
    ),
    "updated-by-a-closure-less-call": (
        "w = torch.ones(2, 2, requires_grad=True)\nopt = torch.optim.SGD([w], lr=0.1)\nh = torch.ones(1, 2) @ w @ w\n"
        "h.sum().backward(retain_graph=True)\nopt.step()\nh.sum().backward()",
        (
            "`backward` needs `w` as it was in `torch.ones(1, 2) @ w @ w`, and it was changed in place "
            "since. `opt.step()` in line 5 updated it: call that after the last `backward` that needs it."
        ),
    ),
    "carried": (
        "rnn, h = nn.RNN(3, 4), torch.zeros(1, 1, 4)\nfor i in range(2):\n    out, h = rnn(torch.ones(5, 1, 3), h)\n"
        "    out.sum().backward()",
        (
            "The `backward` in line 4 freed what this graph had saved (TanhBackward0). It was called there "
            "before, in an earlier round or call, and `h` from then is part of this graph. "
            "`h.detach()` leaves the graph of that time behind."
        ),
    ),
    "carried-sum": (
        "w, total = torch.ones(2, requires_grad=True), 0\nfor i in range(2):\n    total = total + (w * w).sum()\n"
        "    total.backward()",
        (
            "The `backward` in line 4 freed what this graph had saved (MulBackward0). It was called there "
            "before, in an earlier round or call, and `total` from then is part of this graph. "
            "`total.detach()` leaves the graph of that time behind."
        ),
    ),
    "carried-in-place": (
        "w, total = torch.ones(2, requires_grad=True), 0\nfor i in range(2):\n    total += (w * w).sum()\n"
        "    total.backward()",
        (
            "The `backward` in line 4 freed what this graph had saved (MulBackward0). It was called there "
            "before, in an earlier round or call, and `total` from then is part of this graph. "
            "`total.detach()` leaves the graph of that time behind."
        ),
    ),
    "carried-pair": (
        "w, state = torch.ones(2, requires_grad=True), None\nfor i in range(2):\n    if state is None:\n"
        "        state = torch.zeros(2), torch.zeros(2)\n"
        "    state = torch.tanh(w * state[0] + state[1]), state[1] * 2\n    state[0].sum().backward()",
        (
            "The `backward` in line 6 freed what this graph had saved (TanhBackward0). It was called there "
            "before, in an earlier round or call, and `state` from then is part of this graph. "
            "`tuple(each.detach() for each in state)` leaves the graph of that time behind."
        ),
    ),
    "carried-attribute": (
        "class Cell(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.h = None\n"
        "        self.w = nn.Parameter(torch.ones(2))\n    def forward(self):\n        if self.h is None:\n"
        "            self.h = torch.ones(2)\n        self.h = torch.tanh(self.w * self.h)\n        return self.h\n"
        "net = nn.Sequential()\nnet.cell = Cell()\nfor i in range(2):\n    net.cell().sum().backward()",
        (
            "The `backward` in line 14 freed what this graph had saved (TanhBackward0). It was called there "
            "before, in an earlier round or call, and `net.cell.h` from then is part of this graph. "
            "`net.cell.h.detach()` leaves the graph of that time behind."
        ),
    ),
    "carried-between-calls": (
        "class Cell(nn.Module):\n    named_modules = None\n    def __init__(self):\n        super().__init__()\n"
        "        self.h, self.w = torch.ones(2), nn.Parameter(torch.ones(2))\n    def forward(self):\n"
        "        self.h = torch.tanh(self.w * self.h)\n        return self.h\n"
        "def step(model):\n    model().sum().backward()\nnet = Cell()\nstep(net)\nstep(net)",
        (
            "The `backward` in line 10 freed what this graph had saved (TanhBackward0). It was called there "
            "before, in an earlier round or call, and `model.h` from then is part of this graph. "
            "`model.h.detach()` leaves the graph of that time behind."
        ),
    ),
    "carried-after": (
        "w, h = torch.ones(2, requires_grad=True), torch.ones(2)\nfor i in range(2):\n    new = torch.tanh(w * h)\n"
        "    new.sum().backward()\n    h = new",
        (
            "The `backward` in line 4 freed what this graph had saved (TanhBackward0). It was called there "
            "before, in an earlier round or call, and `h` from then is part of this graph. "
            "`h.detach()` leaves the graph of that time behind."
        ),
    ),
    "carried-beside-sums": (
        "w, h = torch.ones(2, requires_grad=True), torch.ones(2)\nrunning, mean, loss = 0, 0, None\n"
        "for i in range(2):\n    if loss is not None:\n        print(loss)\n    h = torch.tanh(w * h)\n"
        "    loss = h.sum()\n    mean = 0.9 * mean + 0.1 * h.mean()\n    loss.backward()\n    running += loss",
        (
            "The `backward` in line 9 freed what this graph had saved (TanhBackward0). It was called there "
            "before, in an earlier round or call, and `h` from then is part of this graph. "
            "`h.detach()` leaves the graph of that time behind."
        ),
    ),
    "kept-and-never-read": (
        "class Net(nn.Module):\n    def __init__(self):\n        super().__init__()\n"
        "        self.w, self.y = nn.Parameter(torch.ones(2)), None\n    def forward(self, i):\n"
        "        if i == 0:\n            x = torch.ones(2)\n        else:\n            x = torch.zeros(2)\n"
        "        self.y = self.w * x\n        return self.y\n"
        "net = Net()\nsquare = net.w * net.w\nfor i in range(2):\n    (net(i) * square).sum().backward()",
        (
            "The `backward` in line 15 freed what this graph had saved (MulBackward0). It was called there before, and "
            "`square`, which was computed before that, is part of this graph. Compute it again each time, or "
            "`.detach()` it."
        ),
    ),
    "kept-in-a-list": (
        "w, losses = torch.ones(2, requires_grad=True), []\nfor i in range(2):\n    losses.append((w * w).sum())\n"
        "    torch.stack(losses).sum().backward()",
        (
            "The `backward` in line 4 freed what this graph had saved (MulBackward0). It was called there before, and "
            "something computed before that is part of this graph. Compute it again each time, or `.detach()` it."
        ),
    ),
    "again-in-a-loop": (
        "w = torch.ones(2, requires_grad=True)\ny = (w * w).sum()\nfor i in range(2):\n    y.backward()",
        (
            "The `backward` in line 4 freed what this graph had saved (MulBackward0). It was called "
            "there before, and `y`, which was computed before that, is part of this graph. Compute it again "
            "each time, or `.detach()` it."
        ),
    ),
    "cut-by-argmax": (
        "z = torch.ones(2, 3, requires_grad=True)\nhit = (z.argmax(1).float() - 1) ** 2\nhit.sum().backward()",
        (
            "`hit.sum()` has no graph that a gradient could flow back through: its `requires_grad` is "
            "False and it has no `grad_fn`. `z.argmax(1)` in line 2 cut it: what went in requires a "
            "gradient, what came out doesn't."
        ),
    ),
    "cut-in-a-comprehension": (
        "z = torch.ones(2, 3, requires_grad=True)\nbest = torch.stack([torch.argmax(row) for row in z])\n"
        "best.float().sum().backward()",
        (
            "`best.float().sum()` has no graph that a gradient could flow back through: its "
            "`requires_grad` is False and it has no `grad_fn`. `torch.argmax(row)` in line 2 cut it: "
            "what went in requires a gradient, what came out doesn't."
        ),
    ),
    "cut-by-detach": (
        "w = torch.ones(2, requires_grad=True)\ny = (w * 2).detach().exp()\ny.sum().backward()",
        (
            "`y.sum()` has no graph that a gradient could flow back through: its `requires_grad` is "
            "False and it has no `grad_fn`. `(w * 2).detach()` in line 2 cut it: what went in requires a "
            "gradient, what came out doesn't."
        ),
    ),
    "cut-by-a-comparison": (
        "w = torch.ones(2, requires_grad=True)\n(w > 0).float().sum().backward()",
        (
            "`(w > 0).float().sum()` has no graph that a gradient could flow back through: its "
            "`requires_grad` is False and it has no `grad_fn`. `w > 0` in line 2 cut it: what went in "
            "requires a gradient, what came out doesn't."
        ),
    ),
    "cut-by-a-cast": (
        "w = torch.ones(2, requires_grad=True)\nw.long().float().sum().backward()",
        (
            "`w.long().float().sum()` has no graph that a gradient could flow back through: its "
            "`requires_grad` is False and it has no `grad_fn`. `w.long()` in line 2 cut it: what went in "
            "requires a gradient, what came out doesn't."
        ),
    ),
    "cut-by-item": (
        "w = torch.ones(2, requires_grad=True)\ny = w.sum()\nloss = torch.tensor(y.item()) * 2\nloss.backward()",
        (
            "`loss` has no graph that a gradient could flow back through: its `requires_grad` is False "
            "and it has no `grad_fn`. `torch.tensor(y.item())` in line 3 cut it: what went in requires a "
            "gradient, what came out doesn't."
        ),
    ),
    "cut-by-no-grad": (
        "w = torch.ones(2, requires_grad=True)\nwith torch.no_grad():\n    y = (w * 2).sum()\ny.backward()",
        (
            "`y` has no graph that a gradient could flow back through: its `requires_grad` is False and "
            "it has no `grad_fn`. `w * 2` in line 3 ran while gradients were switched off, as inside "
            "`torch.no_grad()`."
        ),
    ),
    "cut-by-no-grad-in-a-layer": (
        "net = nn.Linear(2, 1)\nwith torch.no_grad():\n    y = net(torch.ones(1, 2))\ny.sum().backward()",
        (
            "`y.sum()` has no graph that a gradient could flow back through: its `requires_grad` is "
            "False and it has no `grad_fn`. `net(torch.ones(1, 2))` in line 3 ran while gradients were "
            "switched off, as inside `torch.no_grad()`."
        ),
    ),
    "cut-nowhere": (
        "w = torch.ones(2, requires_grad=True)\nx = torch.ones(2)\n(x * 2).sum().backward()",
        (
            "`(x * 2).sum()` has no graph that a gradient could flow back through: its `requires_grad` "
            "is False and it has no `grad_fn`."
        ),
    ),
    "cut-of-a-gradient": (
        "w = torch.ones(2, requires_grad=True)\ny = (w * 2).detach()\ntorch.autograd.grad(y.sum(), w)",
        (
            "`y.sum()` has no graph that a gradient could flow back through: its `requires_grad` is "
            "False and it has no `grad_fn`. `(w * 2).detach()` in line 2 cut it: what went in requires a "
            "gradient, what came out doesn't."
        ),
    ),
    "leaf-and-clash": (
        "w = torch.ones(2, requires_grad=True)\nw += torch.ones(3)",
        (
            "`w` is a leaf that requires a gradient, and `+=` would change it in place, which autograd "
            "can't follow."
        ),
    ),
    "leaf-inside-no-grad": (
        "w = torch.ones(2, requires_grad=True)\nwith torch.no_grad():\n    w += torch.ones(3)",
        (
            "Aligned from the right, dim 0 of `w` (2,) has size 2 and dim 0 of `torch.ones(3)` (3,) has "
            "3; they differ and neither is 1."
        ),
    ),
    "leaf-expanded": (
        "w = torch.ones(1).expand(3).requires_grad_()\nw[torch.tensor([True, False, True])] = 2",
        (
            "`w` is a leaf that requires a gradient, and `w[torch.tensor([True, False, True])] =` would "
            "change it in place, which autograd can't follow. Inside `with torch.no_grad():` it works."
        ),
    ),
    "leaf-of-its-own-name": (
        "a = torch.ones(3, requires_grad=True)\na = a.view(3)\na.add_(1)",
        (
            "`a` is a view of `torch.ones(3, requires_grad=True)`, a leaf that requires a gradient, and "
            "`add_` would change that in place. Inside `with torch.no_grad():` it works."
        ),
    ),
    "leaf-viewed-without-gradient": (
        "w = torch.ones(3, requires_grad=True)\nwith torch.no_grad():\n    v = w.view(3)\nv.add_(1)",
        (
            "`v` is a view that `w.view(3)` gave in line 3 while gradients were switched off, and `add_` "
            "would change it in place, which autograd can't follow. Inside `with torch.no_grad():` it "
            "works."
        ),
    ),
    "leaf": (
        "w = torch.ones(2, requires_grad=True)\nw.add_(1)",
        (
            "`w` is a leaf that requires a gradient, and `add_` would change it in place, which autograd "
            "can't follow. Inside `with torch.no_grad():` it works."
        ),
    ),
    "leaf-operator": (
        "w = torch.ones(2, requires_grad=True)\nw -= 0.1",
        (
            "`w` is a leaf that requires a gradient, and `-=` would change it in place, which autograd "
            "can't follow. Inside `with torch.no_grad():` it works."
        ),
    ),
    "leaf-item": (
        "w = torch.ones(2, requires_grad=True)\nw[0] = 1",
        (
            "`w` is a leaf that requires a gradient, and `w[0] =` would change it in place, which "
            "autograd can't follow. Inside `with torch.no_grad():` it works."
        ),
    ),
    "leaf-item-operator": (
        "w = torch.ones(2, requires_grad=True)\nw[0] += 1",
        (
            "`w[0]` is a view of `w`, a leaf that requires a gradient, and `+=` would change that in "
            "place. Inside `with torch.no_grad():` it works."
        ),
    ),
    "leaf-view": (
        "w = torch.ones(2, 2, requires_grad=True)\nw.view(4).zero_()",
        (
            "`w.view(4)` is a view of `w`, a leaf that requires a gradient, and `zero_` would change "
            "that in place. Inside `with torch.no_grad():` it works."
        ),
    ),
    "parameter": (
        "layer = nn.Linear(2, 1)\nlayer.weight += 1",
        (
            "`layer.weight` is a leaf that requires a gradient, and `+=` would change it in place, which "
            "autograd can't follow. Inside `with torch.no_grad():` it works."
        ),
    ),
    "many-views": (
        "x = torch.ones(4, requires_grad=True) * 1\na, b = x.chunk(2)\na.add_(1)",
        (
            "`a` is one of several views that one call gave, and autograd can't follow in-place changes "
            "of those. With `a.clone()` it works."
        ),
    ),
    "numpy": (
        "t = torch.ones(2, requires_grad=True)\nt.numpy()",
        "`t` requires a gradient, and numpy would lose it. `t.detach().numpy()` works.",
    ),
    "flag": (
        "x = torch.ones(1, requires_grad=True)\n(x * 2).requires_grad_(False)",
        (
            "`x * 2` was computed (MulBackward0), so whether it requires a gradient follows from what it "
            "came from. With `(x * 2).detach()` it works."
        ),
    ),
    "flag-attribute": (
        "x = torch.ones(1, requires_grad=True)\ny = x * 2\ny.requires_grad = False",
        (
            "`y` was computed (MulBackward0), so whether it requires a gradient follows from what it "
            "came from. With `y.detach()` it works."
        ),
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
        (
            "인수 없이 `backward`를 부르려면 값이 하나여야 합니다. `x * 2` (2,)의 원소는 2개입니다. `(x "
            "* 2).sum().backward()`로 쓰면 됩니다."
        ),
    ),
    "twice": (
        "x = torch.ones(2, requires_grad=True)\ny = (x ** 2).sum()\ny.backward()\ny.backward()",
        (
            "3번째 줄의 `backward`가 이 그래프에 저장된 값(PowBackward0)을 이미 지웠습니다. 값을 다시 "
            "계산하거나 첫 번째 호출에 `retain_graph=True`를 쓰세요."
        ),
    ),
    "overwritten-among-others": (
        "x = torch.ones(2, requires_grad=True)\nu, n = torch.ones(2), 0\ny = x.exp()\nu += 1\ny += 1\nn += 1\nu += 1\n"
        "y.sum().backward()",
        (
            "`backward`에는 `x.exp()`의 결과가 필요한데, 그 텐서가 뒤에 제자리(in-place) 연산으로 "
            "바뀌었습니다. 5번째 줄의 `y += 1`에서 바뀌었습니다. 제자리 연산 대신 새 텐서를 만드는 "
            "연산을 쓰면 됩니다."
        ),
    ),
    "overwritten-twice": (
        "x = torch.ones(2, requires_grad=True)\ny = x.exp()\ny += 1\ny *= 2\ny.sum().backward()",
        (
            "`backward`에는 `x.exp()`의 결과가 필요한데, 그 텐서가 뒤에 제자리(in-place) 연산으로 "
            "바뀌었습니다. 4번째 줄의 `y *= 2`에서 바뀌었습니다. 3번째 줄의 `y += 1`에서 바뀌었습니다. "
            "제자리 연산 대신 새 텐서를 만드는 연산을 쓰면 됩니다."
        ),
    ),
    "overwritten-inside": (
        "net = nn.Sequential(nn.Sigmoid(), nn.ReLU(inplace=True), nn.Linear(2, 1))\n"
        "x = torch.ones(1, 2, requires_grad=True)\nnet(x).sum().backward()",
        (
            "`backward`에는 `net(x)` 안의 연산이 저장한 텐서(SigmoidBackward0)가 필요한데, 그 텐서가 "
            "뒤에 제자리(in-place) 연산으로 바뀌었습니다."
        ),
    ),
    "updated": (
        "net = nn.Sequential(nn.Linear(3, 4), nn.ReLU(), nn.Linear(4, 1))\n"
        "opt = torch.optim.SGD(net.parameters(), lr=0.1)\nout = net(torch.ones(2, 3))\n"
        "out.sum().backward(retain_graph=True)\nopt.step()\n(out ** 2).sum().backward()",
        (
            "`backward`에는 `net(torch.ones(2, 3))`을 계산할 때의 `net.2.weight`가 필요한데, 뒤에 "
            "제자리(in-place) 연산으로 바뀌었습니다. 5번째 줄의 `opt.step()`에서 갱신되었습니다. 이 값이 "
            "필요한 `backward`를 모두 부른 뒤에 호출하세요."
        ),
    ),
    "updated-by-a-closure-less-call": (
        "w = torch.ones(2, 2, requires_grad=True)\nopt = torch.optim.SGD([w], lr=0.1)\nh = torch.ones(1, 2) @ w @ w\n"
        "h.sum().backward(retain_graph=True)\nopt.step()\nh.sum().backward()",
        (
            "`backward`에는 `torch.ones(1, 2) @ w @ w`를 계산할 때의 `w`가 필요한데, 뒤에 "
            "제자리(in-place) 연산으로 바뀌었습니다. 5번째 줄의 `opt.step()`에서 갱신되었습니다. 이 값이 "
            "필요한 `backward`를 모두 부른 뒤에 호출하세요."
        ),
    ),
    "carried": (
        "rnn, h = nn.RNN(3, 4), torch.zeros(1, 1, 4)\nfor i in range(2):\n    out, h = rnn(torch.ones(5, 1, 3), h)\n"
        "    out.sum().backward()",
        (
            "4번째 줄의 `backward`가 이 그래프에 저장된 값(TanhBackward0)을 이미 지웠습니다. 앞선 "
            "반복이나 호출에서 이미 실행된 것으로, 그때의 `h`가 이 그래프에 이어져 있습니다. "
            "`h.detach()`로 그때의 그래프를 떼어 내세요."
        ),
    ),
    "carried-sum": (
        "w, total = torch.ones(2, requires_grad=True), 0\nfor i in range(2):\n    total = total + (w * w).sum()\n"
        "    total.backward()",
        (
            "4번째 줄의 `backward`가 이 그래프에 저장된 값(MulBackward0)을 이미 지웠습니다. 앞선 "
            "반복이나 호출에서 이미 실행된 것으로, 그때의 `total`이 이 그래프에 이어져 있습니다. "
            "`total.detach()`로 그때의 그래프를 떼어 내세요."
        ),
    ),
    "again-in-a-loop": (
        "w = torch.ones(2, requires_grad=True)\ny = (w * w).sum()\nfor i in range(2):\n    y.backward()",
        (
            "4번째 줄의 `backward`가 이 그래프에 저장된 값(MulBackward0)을 이미 지웠습니다. 앞서 같은 "
            "줄에서 호출된 것으로, 그 전에 계산한 `y`가 이 그래프에 이어져 있습니다. 매번 다시 "
            "계산하거나 `.detach()`하세요."
        ),
    ),
    "cut-by-argmax": (
        "z = torch.ones(2, 3, requires_grad=True)\nhit = (z.argmax(1).float() - 1) ** 2\nhit.sum().backward()",
        (
            "`hit.sum()`에는 gradient가 거슬러 올라갈 그래프가 없습니다. `requires_grad`가 False이고 "
            "`grad_fn`이 없습니다. 2번째 줄의 `z.argmax(1)`에서 끊겼습니다. 들어간 텐서에는 gradient가 "
            "필요하지만 나온 텐서에는 없습니다."
        ),
    ),
    "cut-by-detach": (
        "w = torch.ones(2, requires_grad=True)\ny = (w * 2).detach().exp()\ny.sum().backward()",
        (
            "`y.sum()`에는 gradient가 거슬러 올라갈 그래프가 없습니다. `requires_grad`가 False이고 "
            "`grad_fn`이 없습니다. 2번째 줄의 `(w * 2).detach()`에서 끊겼습니다. 들어간 텐서에는 "
            "gradient가 필요하지만 나온 텐서에는 없습니다."
        ),
    ),
    "cut-by-a-comparison": (
        "w = torch.ones(2, requires_grad=True)\n(w > 0).float().sum().backward()",
        (
            "`(w > 0).float().sum()`에는 gradient가 거슬러 올라갈 그래프가 없습니다. `requires_grad`가 "
            "False이고 `grad_fn`이 없습니다. 2번째 줄의 `w > 0`에서 끊겼습니다. 들어간 텐서에는 "
            "gradient가 필요하지만 나온 텐서에는 없습니다."
        ),
    ),
    "cut-by-a-cast": (
        "w = torch.ones(2, requires_grad=True)\nw.long().float().sum().backward()",
        (
            "`w.long().float().sum()`에는 gradient가 거슬러 올라갈 그래프가 없습니다. `requires_grad`가 "
            "False이고 `grad_fn`이 없습니다. 2번째 줄의 `w.long()`에서 끊겼습니다. 들어간 텐서에는 "
            "gradient가 필요하지만 나온 텐서에는 없습니다."
        ),
    ),
    "cut-by-item": (
        "w = torch.ones(2, requires_grad=True)\ny = w.sum()\nloss = torch.tensor(y.item()) * 2\nloss.backward()",
        (
            "`loss`에는 gradient가 거슬러 올라갈 그래프가 없습니다. `requires_grad`가 False이고 "
            "`grad_fn`이 없습니다. 3번째 줄의 `torch.tensor(y.item())`에서 끊겼습니다. 들어간 텐서에는 "
            "gradient가 필요하지만 나온 텐서에는 없습니다."
        ),
    ),
    "cut-by-no-grad": (
        "w = torch.ones(2, requires_grad=True)\nwith torch.no_grad():\n    y = (w * 2).sum()\ny.backward()",
        (
            "`y`에는 gradient가 거슬러 올라갈 그래프가 없습니다. `requires_grad`가 False이고 `grad_fn`이 "
            "없습니다. 3번째 줄의 `w * 2`는 `torch.no_grad()` 안처럼 gradient 계산이 꺼진 상태에서 "
            "실행되었습니다."
        ),
    ),
    "cut-by-no-grad-in-a-layer": (
        "net = nn.Linear(2, 1)\nwith torch.no_grad():\n    y = net(torch.ones(1, 2))\ny.sum().backward()",
        (
            "`y.sum()`에는 gradient가 거슬러 올라갈 그래프가 없습니다. `requires_grad`가 False이고 "
            "`grad_fn`이 없습니다. 3번째 줄의 `net(torch.ones(1, 2))`는 `torch.no_grad()` 안처럼 "
            "gradient 계산이 꺼진 상태에서 실행되었습니다."
        ),
    ),
    "cut-nowhere": (
        "w = torch.ones(2, requires_grad=True)\nx = torch.ones(2)\n(x * 2).sum().backward()",
        (
            "`(x * 2).sum()`에는 gradient가 거슬러 올라갈 그래프가 없습니다. `requires_grad`가 False이고 "
            "`grad_fn`이 없습니다."
        ),
    ),
    "cut-of-a-gradient": (
        "w = torch.ones(2, requires_grad=True)\ny = (w * 2).detach()\ntorch.autograd.grad(y.sum(), w)",
        (
            "`y.sum()`에는 gradient가 거슬러 올라갈 그래프가 없습니다. `requires_grad`가 False이고 "
            "`grad_fn`이 없습니다. 2번째 줄의 `(w * 2).detach()`에서 끊겼습니다. 들어간 텐서에는 "
            "gradient가 필요하지만 나온 텐서에는 없습니다."
        ),
    ),
    "leaf-and-clash": (
        "w = torch.ones(2, requires_grad=True)\nw += torch.ones(3)",
        "`w`는 gradient가 필요한 leaf입니다. `+=`로 제자리에서 바꾸면 autograd가 추적할 수 없습니다.",
    ),
    "leaf-inside-no-grad": (
        "w = torch.ones(2, requires_grad=True)\nwith torch.no_grad():\n    w += torch.ones(3)",
        (
            "오른쪽부터 맞추면 `w` (2,)의 dim 0은 2, `torch.ones(3)` (3,)의 dim 0은 3입니다. 서로 다르고 "
            "어느 쪽도 1이 아닙니다."
        ),
    ),
    "leaf-expanded": (
        "w = torch.ones(1).expand(3).requires_grad_()\nw[torch.tensor([True, False, True])] = 2",
        (
            "`w`는 gradient가 필요한 leaf입니다. `w[torch.tensor([True, False, True])] =`로 제자리에서 "
            "바꾸면 autograd가 추적할 수 없습니다. `with torch.no_grad():` 안에서 바꾸면 됩니다."
        ),
    ),
    "leaf-of-its-own-name": (
        "a = torch.ones(3, requires_grad=True)\na = a.view(3)\na.add_(1)",
        (
            "`a`는 gradient가 필요한 leaf `torch.ones(3, requires_grad=True)`의 view입니다. `add_`로 "
            "바꾸면 그 leaf가 제자리에서 바뀝니다. `with torch.no_grad():` 안에서 바꾸면 됩니다."
        ),
    ),
    "leaf-viewed-without-gradient": (
        "w = torch.ones(3, requires_grad=True)\nwith torch.no_grad():\n    v = w.view(3)\nv.add_(1)",
        (
            "`v`는 gradient 계산이 꺼진 상태에서 3번째 줄의 `w.view(3)`으로 만든 view입니다. `add_`로 "
            "제자리에서 바꾸면 autograd가 추적할 수 없습니다. `with torch.no_grad():` 안에서 바꾸면 "
            "됩니다."
        ),
    ),
    "leaf": (
        "w = torch.ones(2, requires_grad=True)\nw.add_(1)",
        (
            "`w`는 gradient가 필요한 leaf입니다. `add_`로 제자리에서 바꾸면 autograd가 추적할 수 "
            "없습니다. `with torch.no_grad():` 안에서 바꾸면 됩니다."
        ),
    ),
}


@pytest.mark.parametrize(("source", "sentence"), KOREAN.values(), ids=KOREAN)
def test_and_in_korean(sandbox: Sandbox, source: str, sentence: str) -> None:
    assert why(sandbox, source, "ko") == sentence
