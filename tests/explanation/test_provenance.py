"""The origin of sizes: against torch's own gradients, and in the programs of people who looked in the wrong line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from tensordrill.explanation.explanation import Error, explanation
from tensordrill.explanation.provenance import operation
from tensordrill.explanation.step import Step
from tensordrill.sandbox.client import Sandbox
from tensordrill.sandbox.protocol import Bool, Int, Job, Limits, List, Program, Tuple, Value
from tests.explanation.reasoning import run

LIMITS = Limits(seconds=60.0)
_BATCH = 40

# ---- against gradients ----

_OPERATIONS = (
    "{0}.t()", "{0}.mT", "{0}.T", "{0}.view(-1)", "{0}.view(2, -1)", "{0}.reshape(-1, 3)", "{0}.reshape(3, -1)",
    "{0}.flatten(1)", "{0}.flatten(0, 1)", "{0}.unflatten(0, (2, -1))", "{0}.unflatten(-1, (-1, 2))", "{0}[None]",
    "{0}.unsqueeze(0)", "{0}.unsqueeze(-1)", "{0}.unsqueeze(1)", "{0}.squeeze()", "{0}.squeeze(0)", "{0}.squeeze(1)",
    "{0}.transpose(0, -1)", "{0}.transpose(1, 2)", "{0}.permute(*reversed(range({0}.dim())))", "{0}.permute(1, 0)",
    "{0}.permute(2, 0, 1)", "{0}.movedim(0, -1)", "{0}.movedim(0, 1)", "{0}[0]", "{0}[..., 0]", "{0}[:, 1:]", "{0}[1:]",
    "{0}[:, None]", "{0}[[0, 0]]", "{0}[:, [0, 0, 0]]", "{0}[torch.tensor([0, 0, 0])]",
    "{0}[:, torch.tensor([[0, 0]])]", "{0}[:, 0]", "{0}[0, :, 1:]", "{0}[{0}.abs() > -1]", "{0}.select(0, 0)",
    "{0}.narrow(0, 0, 1)", "{0}.expand(2, *{0}.shape)", "{0}.sum(0)", "{0}.sum(-1, keepdim=True)",
    "{0}.mean((0, 1))", "{0}.amax(0)",
    "{0}.max(0).values", "{0} + 1", "{0} * {1}", "{0} + {1}", "{0} - {1}.unsqueeze(1)", "{0}.clone()", "{0}.relu()",
    "-{0}", "torch.cat([{0}, {1}], 0)", "torch.cat([{0}, {1}], dim=-1)", "torch.cat([{0}])",
    "torch.stack([{0}, {1}], 1)", "torch.stack([{0}, {0}, {0}])", "{0} @ {1}", "{0} @ {1}.mT", "{0}.mm({1})",
    "torch.bmm({0}, {1}.mT)", "torch.einsum('ij,kj->ki', {0}, {1})", "torch.einsum('ij->ji', {0})",
    "F.pad({0}, (1, 0))", "F.max_pool1d({0}, 2)",
    "F.linear({0}, {1})", "F.conv1d({0}, {1})", "fc({0})", "flat({0})", "conv({0})", "drop({0})", "pool({0})",
    "{0}.repeat(2, 1)", "{0}.tile(2)", "{0}.repeat_interleave(2, 0)", "{0}.diagonal()", "{0}.unfold(0, 1, 1)",
    "{0}.chunk(1)[0]", "torch.where({0} > 0, {1}, 0.)", "{0}.double()", "{0}.contiguous()", "torch.outer({0}, {1})",
)  # fmt: skip
_LAYERS = """
fc, flat, conv, drop = nn.Linear(3, 3).double(), nn.Flatten(), nn.Conv1d(3, 2, 2).double(), nn.Dropout(0.)
pool = nn.AdaptiveAvgPool1d(2)
""".strip()
_FIRST = _LAYERS.count("\n") + 2
"""The line that makes x0."""
_TRUTH = """
import re
def same(y, x):
    'Whether index i of a dim of y depends on index i of a dim of x alone, for each two dims.'
    return [[is_same(y, d, x, e) for e in range(x.dim())] for d in range(y.dim())]

def is_same(y, d, x, e):
    if y.shape[d] != x.shape[e] or not y.numel() or not y.requires_grad:
        return False
    for i in range(y.shape[d]):
        grad, = torch.autograd.grad(y.select(d, i).abs().sum(), x, retain_graph=True, allow_unused=True)
        if grad is None or any(grad.select(e, j).any() for j in range(x.shape[e]) if j != i):
            return False
    return True

def apart(line):
    'For each operand of a line, its number and what is the same in it and in the result, as if no other were it.'
    leaves = []
    def leaf(name):
        leaves.append((int(name[0][1:]), values[name[0]].detach().clone().requires_grad_()))
        return f"leaves[{len(leaves) - 1}][1]"
    y = eval(re.sub(r"\\bx[0-9]+\\b", leaf, line.partition(" = ")[2]), globals(), {"leaves": leaves})
    return [(number, same(y, x)) for number, x in leaves]

values, truth = {}, []
for line in LINES:
    try:
        exec(line, globals(), values)
        truth.append(apart(line))
    except Exception:
        break
"""

_SHAPES = st.lists(st.sampled_from([1, 2, 2, 3, 3, 4]), min_size=1, max_size=4)


@st.composite
def _chains(draw: st.DrawFn) -> list[str]:
    shape = tuple(draw(_SHAPES))
    lines = [f"x0 = torch.rand({shape}, dtype=torch.float64, requires_grad=True)"]
    for index in range(1, draw(st.integers(2, 6))):
        one, other = (f"x{draw(st.integers(max(index - 2, 0), index - 1))}" for _ in range(2))
        lines.append(f"x{index} = {draw(st.sampled_from(_OPERATIONS)).format(one, other)}")
    return lines


def test_a_dim_has_the_fate_that_its_gradients_have(sandbox: Sandbox) -> None:
    """Index i of a dim that is kept depends on index i of its source alone; what is not kept, of no dim that alone."""
    kinds: set[str] = set()

    @settings(max_examples=8, derandomize=True, deadline=None, phases=[Phase.generate])
    @given(st.lists(_chains(), min_size=_BATCH, max_size=_BATCH))
    def law(chains: list[list[str]]) -> None:
        codes = ["\n".join((_LAYERS, *lines)) for lines in chains]
        asked = [Program(code=f"LINES = {lines!r}\n{_LAYERS}\n{_TRUTH}", ask="truth") for lines in chains]
        truths = sandbox.run(Job(tuple(asked), "learner", LIMITS, (1,) * len(asked)))
        for lines, code, observation, truth in zip(chains, codes, run(sandbox, codes), truths, strict=True):
            assert truth.value is not None, (code, truth)
            kinds.update(checked(lines, explanation(code, observation, "en").steps, plain(truth.value)))

    law()
    assert kinds == {"kept", "merged", "regrouped", "joined", "cut", "set", "born"}


def checked(lines: list[str], steps: Sequence[Step], truth: Any) -> Iterator[str]:
    """Check the fate of each dim of more than 1 of each line's tensor; yield the kinds."""
    last = {step.line - _FIRST: index for index, step in enumerate(steps)}
    for at, operands in enumerate(truth):
        result = operation(steps, last[at])
        shape = steps[last[at]].tensor.shape
        if result is None or result[0] != last[at] or 0 in shape:
            continue
        for dim, fate in enumerate(result[1].dims):
            if fate is None or shape[dim] == 1:
                continue
            if fate.kind == "kept":
                claimed = {
                    (each.argument.name, each.dim) for each in fate.sources if each.argument.name.isalnum()
                }
                true = {
                    (f"x{number}", e) for number, same in operands for e, it in enumerate(same[dim]) if it
                }
                assert claimed <= true, (lines[: at + 1], dim, claimed, true)
            else:
                assert not any(any(same[dim]) for _, same in operands), (lines[: at + 1], dim, fate.kind)
            yield fate.kind


def plain(value: Value) -> Any:
    """Return a list of plain values."""
    if isinstance(value, List | Tuple):
        return [plain(each) for each in value.v]
    assert isinstance(value, Bool | Int)
    return int(value.v)


# ---- what is said ----

_NET = """
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(1, 2, 3)
        self.fc = nn.Linear(8, 3)

    def forward(self, x):
        x = self.conv(x)
        {}
        return self.fc(x)

""".lstrip()
_LOSS = "\nF.cross_entropy(Net()(torch.ones(5, 1, 6, 6)), torch.arange(5) % 3)"
CAUSES = {
    "a product": (
        _NET.format("x = x.flatten(1)") + "Net()(torch.ones(5, 1, 6, 6))",
        [
            "32 = 2·4·4: `x.flatten(1)` in line 9, from (5, 2, 4, 4).",
            "Dim 3 became 4 in line 8: `self.conv(x)`, from (5, 1, 6, 6) to (5, 2, 4, 4).",
            "`nn.Linear(32, 3)` would take it.",
        ],
        ["in `fc` (Linear) of Net", "called by `Net()(torch.ones(5, 1, 6, 6))` in line 12"],
    ),
    "a batch that a view mixed": (
        _NET.format("x = x.view(-1, 8)") + _LOSS,
        [
            "Dim 0 became 20 in line 9: `x.view(-1, 8)`, from (5, 2, 4, 4) to (20, 8). Until then it was 5, as it "
            "still is in `torch.arange(5) % 3`. `x.flatten(1)` keeps dim 0: (5, 32)."
        ],
        [],
    ),
    "a flatten that is not there": (
        "x = torch.ones(2, 3, 4)\nnn.Linear(12, 5)(x)",
        ["`x.flatten(1)` (2, 12) would fit `weight` (5, 12)."],
        [],
    ),
    "dims in another order": (
        "x = torch.ones(2, 3, 4)\nnn.Linear(3, 5)(x)",
        ["`x.transpose(1, -1)` (2, 4, 3) would fit `weight` (5, 3)."],
        [],
    ),
    "a product inside a Sequential": (
        "net = nn.Sequential(nn.Conv2d(1, 2, 3), nn.Flatten(), nn.ReLU(), nn.Linear(8, 3))\n"
        "x = torch.ones(5, 1, 6, 6)\nnet(x)",
        [
            "32 = 2·4·4: a view made (5, 32) of (5, 2, 4, 4).",
            "`nn.Linear(32, 3)` would take it.",
        ],
        ["in `[3]` (Linear) of Sequential"],
    ),
    "a squeezed batch": (
        "def f(x):\n    return torch.einsum('bc,bc->b', x.squeeze(), x.flatten(1))\nf(torch.ones(1, 3, 1))",
        [
            "`x.squeeze()` in line 2 drops dims 0, 2: (1, 3, 1) becomes (3,). Without a dim, `squeeze` drops a batch "
            "of 1, too."
        ],
        ["called by `f(torch.ones(1, 3, 1))` in line 3"],
    ),
    "a reduced dim": (
        "x = torch.ones(2, 3).sum(1)\nx.softmax(1)",
        ["`torch.ones(2, 3).sum(1)` in line 1 drops dim 1: (2, 3) becomes (2,)."],
        [],
    ),
    "parts put together": (
        "a = torch.ones(2, 3)\nb = torch.cat([a, a], dim=1)\nb @ b",
        [
            "Dim 1 became 6 = 3 + 3 in line 2: `torch.cat([a, a], dim=1)`.",
            "2 comes from `torch.ones(2, 3)` in line 1: (2, 3).",
        ],
        [],
    ),
    "a part of a dim": (
        "a = torch.ones(4, 3)\nb = a[1:]\na + b * 2",
        [
            "Dim 0 became 3 in line 2: `a[1:]`, from (4, 3) to (3, 3). Until then it was 4, as it still is in `a`."
        ],
        [],
    ),
    "a dim that is put in": (
        "x = torch.ones(5)\ny = x.unsqueeze(0)\nw = torch.ones(5, 5)\nw.relu() @ y",
        [
            "Dim 0 became 1 in line 2: `x.unsqueeze(0)`, from (5,) to (1, 5).",
            "5 comes from `torch.ones(5, 5)` in line 3: (5, 5).",
        ],
        [],
    ),
    "a size from the beginning": (
        "a = torch.ones(4, 3)\ndef f(x):\n    return x.relu() @ x\nf(a)",
        ["3 comes from `torch.ones(4, 3)` in line 1: (4, 3)."],
        ["called by `f(a)` in line 4"],
    ),
    "a column of classes": (
        "x, y = torch.ones(4, 3), torch.zeros(4, 1, dtype=torch.int64)\nF.cross_entropy(x, y)",
        ["`y.squeeze(1)` (4,) would fit `x` (4, 3)."],
        [],
    ),
    "a column of classes that are not all there": (
        "x, y = torch.ones(2, 3), torch.tensor([[0], [3]])\nF.cross_entropy(x, y)",
        [],
        [],
    ),
    "one-hot classes": (
        "x = torch.ones(4, 3)\ny = torch.eye(4, 3).long()\nF.cross_entropy(x, y)",
        ["`y.argmax(1)` (4,) would fit `x` (4, 3)."],
        [],
    ),
    "classes that are last": (
        "x = torch.ones(4, 5, 3)\ny = torch.zeros(4, 5, dtype=torch.int64)\nF.cross_entropy(x, y)",
        ["`x.transpose(1, 2)` (4, 3, 5) would fit `y` (4, 5)."],
        [],
    ),
    "a column of classes of each place": (
        "x, y = torch.ones(2, 4, 5, 5), torch.zeros(2, 1, 5, 5, dtype=torch.int64)\nF.cross_entropy(x, y)",
        ["`y.squeeze(1)` (2, 5, 5) would fit `x` (2, 4, 5, 5)."],
        [],
    ),
    "pictures without channels": (
        "x = torch.ones(4, 8, 8)\nnn.Conv2d(1, 5, 3)(x)",
        ["`x.unsqueeze(1)` (4, 1, 8, 8) would fit `weight` (5, 1, 3, 3)."],
        [],
    ),
    "a picture without a batch that is flattened": (
        "x = torch.ones(2, 4, 4)\ny = x.flatten(1)\nnn.Linear(32, 5)(y)",
        [
            "16 = 4·4: `x.flatten(1)` in line 2, from (2, 4, 4).",
            "`y.flatten()` (32,) would fit `weight` (5, 32).",
        ],
        [],
    ),
    "features that a batch norm has in dim 1": (
        "x = torch.ones(4, 5, 3)\nnn.BatchNorm1d(3)(x)",
        ["`x.transpose(1, 2)` (4, 3, 5) would fit `running_mean` (3,)."],
        [],
    ),
    "a column of numbers": (
        "x, y = torch.ones(4, 1), torch.ones(4)\nF.binary_cross_entropy_with_logits(x, y)",
        ["`x.squeeze(1)` (4,) would fit `y` (4,)."],
        [],
    ),
    "channels of groups that are last": (
        "x = torch.ones(1, 8, 8, 4)\nnn.Conv2d(4, 4, 3, groups=2)(x)",
        ["`x.permute(0, 3, 1, 2)` (1, 4, 8, 8) would fit `weight` (4, 2, 3, 3)."],
        [],
    ),
    "channels that are last": (
        "x = torch.ones(1, 8, 8, 3)\nnn.Conv2d(3, 5, 3)(x)",
        ["`x.permute(0, 3, 1, 2)` (1, 3, 8, 8) would fit `weight` (5, 3, 3, 3)."],
        [],
    ),
    "a module that no other one holds": (
        "class A(nn.Module):\n    def __init__(self):\n        super().__init__()\n"
        "        self.parts = [nn.Linear(2, 2)]\n"
        "    def forward(self, x):\n        return self.parts[0](x)\n"
        "A()(torch.ones(4, 5))",
        ["`nn.Linear(5, 2)` would take it."],
        ["called by `A()(torch.ones(4, 5))` in line 7"],
    ),
    "a module with two names": (
        "class A(nn.Module):\n    def __init__(self):\n        super().__init__()\n"
        "        self.one = self.two = nn.Linear(2, 2)\n"
        "    def forward(self, x):\n        return self.two(x)\n"
        "A()(torch.ones(4, 5))",
        ["`nn.Linear(5, 2)` would take it."],
        ["in `one` (Linear) of A", "called by `A()(torch.ones(4, 5))` in line 7"],
    ),
    "a module in lists and dicts": (
        "class A(nn.Module):\n    def __init__(self):\n        super().__init__()\n"
        "        self.parts = nn.ModuleDict({'a b': nn.ModuleList([nn.Sequential(nn.ReLU(), nn.Linear(2, 2))])})\n"
        "    def forward(self, x):\n        return self.parts['a b'][0](x)\n"
        "x = torch.ones(4, 5)\nA()(x)",
        ["`nn.Linear(5, 2)` would take it."],
        ["in `parts['a b'][0][1]` (Linear) of A", "called by `A()(x)` in line 8"],
    ),
}
NOTHING = {
    "operands of the line itself": "torch.ones(2, 3) @ torch.ones(2, 3)",
    "names of the same function": "a = torch.ones(2, 3)\nb = torch.ones(2, 4)\na + b",
    "a list that is not seen": "a = [torch.ones(2)] * 40\nb = torch.stack(a)\nb @ b",
    "strides, which are no sizes": "x = torch.ones(2, 3).t()\nx.view(-1)",
    "a 0-d tensor, whose dims 0 and -1 torch swaps": "x = torch.tensor(1.0).transpose(0, -1)\nx @ torch.ones(2)",
    "features that are nowhere": "x = torch.ones(4, 5, 2)\nnn.BatchNorm1d(3)(x)",
    "another dtype as well": "x = torch.ones(2, 3, 4, dtype=torch.float64)\nnn.Linear(12, 5)(x)",
}


def _error(sandbox: Sandbox, source: str) -> Error:
    (observation,) = run(sandbox, [source])
    error = explanation(source, observation, "en", sandbox=sandbox).error
    assert error is not None
    return error


@pytest.mark.parametrize(("source", "provenance", "context"), CAUSES.values(), ids=CAUSES)
def test_the_cause_is_said(sandbox: Sandbox, source: str, provenance: list[str], context: list[str]) -> None:
    error = _error(sandbox, source)
    assert (list(error.provenance("en")), list(error.context("en"))) == (provenance, context)


@pytest.mark.parametrize("source", [source for source, *_ in CAUSES.values()], ids=CAUSES)
def test_without_its_cause_an_error_is_the_same(sandbox: Sandbox, source: str) -> None:
    error, (result,) = _error(sandbox, source), run(sandbox, [source])
    without = explanation(source, result, "en", sandbox=sandbox, with_origins=False).error
    assert without == replace(error, origins=(), mend=None)


@pytest.mark.parametrize("source", NOTHING.values(), ids=NOTHING)
def test_nothing_is_said_of_what_is_in_sight_or_not_sure(sandbox: Sandbox, source: str) -> None:
    error = _error(sandbox, source)
    assert (error.provenance("en"), error.context("en")) == ((), ())


def test_korean(sandbox: Sandbox) -> None:
    def korean(name: str) -> list[str]:
        (observation,) = run(sandbox, [CAUSES[name][0]])
        error = explanation(CAUSES[name][0], observation, "ko").error
        return [] if error is None else [*error.context("ko"), *error.provenance("ko")]

    assert korean("a product") == [
        "Net의 `fc` (Linear)",
        "호출 순서: 12번째 줄 `Net()(torch.ones(5, 1, 6, 6))`",
        "32 = 2·4·4: 9번째 줄의 `x.flatten(1)`, 원래 shape는 (5, 2, 4, 4)입니다.",
        "8번째 줄에서 dim 3의 크기가 4가 되었습니다: `self.conv(x)`, (5, 1, 6, 6) → (5, 2, 4, 4).",
        "이 입력은 `nn.Linear(32, 3)`에 맞습니다.",
    ]
    assert korean("a size from the beginning") == [
        "호출 순서: 4번째 줄 `f(a)`",
        "3은 1번째 줄의 `torch.ones(4, 3)` (4, 3)에서 온 크기입니다.",
    ]
