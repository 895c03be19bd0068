"""Lazy imports of torch happen once, in a preloaded process, and no program waits for them in vain."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec import convert
from msgspec.structs import replace

from tensordrill.sandbox import client
from tensordrill.sandbox.client import Sandbox
from tensordrill.sandbox.engines.fork import ForkEngine
from tensordrill.sandbox.preload import needs_preload
from tensordrill.sandbox.protocol import Bool, Int, Job, Limits, Observation, Program, Size, Trust
from tests.needs import linux, rarely
from tests.processes import wait_until_gone

pytestmark = pytest.mark.usefixtures("torch_anew")

MODES = [pytest.param("fork", marks=linux), *rarely([pytest.param("spawn", id="spawn")])]
BY_TRUST = ["learner", *rarely([pytest.param("bank")])]
W = "w = torch.ones(2, requires_grad=True)\n"
IS_PRELOADED = "'sym' + 'py' in __import__('sys').modules"

SLOW_USES = {
    "optimizer": "torch.optim.SGD([w], lr=0.1)",
    "optimizer imported": "from torch.optim import Adam\nw.sum().backward()\nAdam([w]).step()",
    "scheduler": "import torch.optim as o\no.lr_scheduler.StepLR(o.SGD([w], lr=0.1), 2)",
    "meta argument": "x = torch.ones(2, 3, device='meta')\ny = x + x",
    "meta product": "x = torch.ones(2, 3).to('meta')\ny = x @ x.t()",
    "meta module": 'y = nn.Linear(2, 3, device="meta")(torch.ones(1, 2, device="meta"))',
    "meta softmax": "y = torch.ones(2, device='meta').softmax(-1)",
    "meta convolution": "y = F.conv2d(*[torch.ones(1, 1, 3, 3, device='meta')] * 2)",
    "meta by default": "with torch.device('meta'): y = torch.ones(2) * 2",
    "gradient function": "y = torch.func.grad(lambda v: v.sum())(w)",
    "jacobian": "from torch.func import jacrev\ny = jacrev(torch.exp)(w)",
    "hessian": "from torch.func import hessian\ny = hessian(torch.exp)(w)",
    "gradcheck": "torch.autograd.gradcheck(torch.exp, w.double())",
    "checkpoint": "from torch.utils.checkpoint import checkpoint\ny = checkpoint(torch.exp, w, use_reentrant=False)",
    "assert_close": "torch.testing.assert_close(w, w)",
    "trace": "y = torch.jit.trace(torch.exp, w)",
    "jagged": "y = torch.nested.nested_tensor([w, w[:1]], layout=torch.jagged)",
    "deterministic": "torch.use_deterministic_algorithms(False)",
    "dispatch mode": (
        "from torch.utils._python_dispatch import TorchDispatchMode\n"
        "class Mode(TorchDispatchMode):\n"
        "  def __torch_dispatch__(self, f, types, args=(), kwargs=None): return f(*args, **(kwargs or {}))\n"
        "with Mode(): y = w.detach() + 1"
    ),
    "counter": (
        "from torch.utils.flop_counter import FlopCounterMode\n"
        "with FlopCounterMode(display=False): y = torch.ones(2, 2) @ torch.ones(2, 2)"
    ),
    "sympy": "import sympy",
}
"""First uses that import hundreds of modules in a process that is not preloaded."""

QUICK_USES = {
    "shapes": "y = w.reshape(2, 1).expand(2, 3).t().contiguous()",
    "backward": "w.exp().sum().backward()",
    "layers": "y = nn.Sequential(nn.Linear(2, 3), nn.ReLU(), nn.LayerNorm(3))(w)",
    "attention": "y = nn.TransformerEncoderLayer(8, 2)(torch.ones(2, 1, 8))",
    "recurrent": "y = nn.LSTM(3, 4)(torch.ones(2, 1, 3))",
    "losses": "y = F.cross_entropy(torch.ones(2, 3), torch.tensor([0, 2]))",
    "default device": "torch.set_default_device('cpu')\ny = torch.ones(2) * 2",
    "vmap": "y = torch.vmap(torch.sum)(torch.ones(2, 3))",
    "function of its own": (
        "class Twice(torch.autograd.Function):\n"
        "  @staticmethod\n"
        "  def forward(ctx, x): return x * 2\n"
        "  @staticmethod\n"
        "  def backward(ctx, g): return g * 2\n"
        "y = Twice.apply(w)"
    ),
    "loader": (
        "from torch.utils.data import DataLoader, TensorDataset\n"
        "y = list(DataLoader(TensorDataset(torch.arange(4)), batch_size=2, shuffle=True))"
    ),
    "saved": "import io\ntorch.save(w, f := io.BytesIO())\nf.seek(0)\ny = torch.load(f)",
    "hooks": "w.register_hook(torch.neg)\nw.sum().backward()",
    "autocast": "with torch.autocast('cpu'): y = torch.ones(2, 2) @ torch.ones(2, 2)",
    "distribution": "y = torch.distributions.Normal(0.0, 1.0).log_prob(torch.ones(1))",
    "einsum": "y = torch.einsum('ij,jk->ik', torch.ones(2, 2), torch.ones(2, 2))",
    "names alike": "def func(meta): return meta\nsteps = metadata = func(w)",
}
"""Uses that import nothing, or a few modules in milliseconds."""


@pytest.fixture(scope="module")
def labs() -> Iterator[dict[str, Sandbox]]:
    """A sandbox of each mode."""
    with Sandbox({"TENSORDRILL_LAB": "fork"}) as forking, Sandbox({"TENSORDRILL_LAB": "spawn"}) as spawning:
        yield {"fork": forking, "spawn": spawning}


@pytest.fixture(params=MODES)
def each(request: pytest.FixtureRequest, labs: dict[str, Sandbox]) -> Sandbox:
    return labs[request.param]


@pytest.fixture
def unnamed(monkeypatch: pytest.MonkeyPatch) -> None:
    """No text tells what a program needs."""
    monkeypatch.setattr(client, "needs_preload", lambda _: False)


def values(sandbox: Sandbox, *asked: Program, trust: Trust = "learner") -> list[object]:
    observations = sandbox.run(Job(asked, trust, Limits(seconds=10.0)))
    return [
        result.failure or (result.raised and result.raised.summary) or result.value for result in observations
    ]


def unnamed_meta(ask: str = "y.shape") -> Program:
    """Return a program that needs a preloaded process, which its text does not tell."""
    return Program(code="y = torch.ones(2, 3, device='me' + 'ta') + 1", ask=ask)


# ---- by name ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("code", [pytest.param(code, id=name) for name, code in SLOW_USES.items()])
def test_what_imports_lazily_is_named_by_its_text(code: str) -> None:
    assert needs_preload([Program(), Program(given=W, code=code)])


@pytest.mark.parametrize("code", [pytest.param(code, id=name) for name, code in QUICK_USES.items()])
def test_what_imports_nothing_is_not(code: str) -> None:
    assert not needs_preload([Program(given=W, code=code)])


@pytest.mark.parametrize("field", ["given", "code", "value", "ask"])
def test_every_text_of_a_program_counts(field: str) -> None:
    assert needs_preload([convert({field: "torch.optim.SGD([x])"}, Program)])


# ---- in a process ----------------------------------------------------------------------------------------


@linux
@pytest.mark.usefixtures("unnamed")
@pytest.mark.parametrize("code", [pytest.param(code, id=name) for name, code in SLOW_USES.items()])
def test_a_slow_use_imports_next_to_nothing_where_it_runs(labs: dict[str, Sandbox], code: str) -> None:
    """Its text is not looked at, so that it begins where it would import, and is given up there."""
    asked = Program(
        given=f"import sys\n{W}before = set(sys.modules)",
        code=code,
        ask=f"({IS_PRELOADED}, len(set(sys.modules) - before) < 10)",
    )
    (result,) = labs["fork"].run(Job((asked,), limits=Limits(seconds=20.0)))
    assert result.raised is None
    assert getattr(result.value, "v", result) == (Bool(True), Bool(True))


@linux
@pytest.mark.parametrize("code", [pytest.param(code, id=name) for name, code in QUICK_USES.items()])
def test_a_quick_use_runs_in_a_process_that_is_not_preloaded(labs: dict[str, Sandbox], code: str) -> None:
    assert values(labs["fork"], Program(given=W, code=code, ask=IS_PRELOADED)) == [Bool(False)]


@pytest.mark.parametrize("trust", BY_TRUST)
def test_a_program_that_names_a_lazy_use_runs_preloaded(each: Sandbox, trust: Trust) -> None:
    named = Program(given=W, code="sgd = torch.optim.SGD([w], lr=0.1)", ask=IS_PRELOADED)
    plain = Program(ask=IS_PRELOADED)
    assert values(each, named, plain, trust=trust) == [Bool(True)] * 2
    assert values(each, plain, trust=trust) == [Bool(False)]


@pytest.mark.parametrize("trust", BY_TRUST)
def test_one_that_does_not_name_it_runs_again_preloaded_with_the_rest(each: Sandbox, trust: Trust) -> None:
    plain = Program(ask=IS_PRELOADED)
    results = values(each, plain, unnamed_meta(), unnamed_meta(IS_PRELOADED), plain, trust=trust)
    assert results == [Bool(False), Size((2, 3)), Bool(True), Bool(True)]


@pytest.mark.thorough
def test_it_uses_up_no_patience(labs: dict[str, Sandbox]) -> None:
    asked = Job((unnamed_meta("1"), Program(ask="2")), "learner", Limits(patience=1), (1, 1))
    assert [result.value for result in labs["spawn"].run(asked)] == [Int("1"), Int("2")]


def test_a_program_can_not_catch_that_it_is_given_up(each: Sandbox) -> None:
    stubborn = "try:\n  import sympy as s\nexcept BaseException:\n  s = None\nfinally:\n  print('end')"
    (result,) = each.run(Job((Program(code=stubborn, ask="s.__name__ == 'sympy'"),), "learner"))
    assert (result.value, result.stdout) == (Bool(True), "end\n")


def test_preloading_counts_neither_as_a_programs_time_nor_as_a_change_of_torch(each: Sandbox) -> None:
    observations = each.run(Job((Program(given=W, code=SLOW_USES["scheduler"], ask="1"),) * 3, "learner"))
    assert [result.value for result in observations] == [Int("1")] * 3
    assert max(result.seconds for result in observations) < 0.5


@linux
def test_programs_do_the_same_whether_they_are_preloaded_or_not(labs: dict[str, Sandbox]) -> None:
    """All that is observed is equal: values, errors, printed texts, calls, warnings and gradients."""
    code = "y = (w * 2).reshape(2, 1)\nprint(repr(y))\nz = torch.rand(2)\nz.t()\nz.T"
    asked = [
        Program(given=W, code=code, ask="(y, z)", watch=True, facets=("stride", "memory", "grad")),
        Program(given=W, code=f"{code}\ny.view(3)"),
    ]
    plain = labs["fork"].run(Job(tuple(asked), "learner"))
    preloaded = labs["fork"].run(Job((*asked, Program(code="import sympy")), "learner"))
    assert plain == tuple(
        replace(verdict, seconds=first.seconds) for verdict, first in zip(preloaded, plain, strict=False)
    )


# ---- processes that come and go --------------------------------------------------------------------------


@pytest.fixture(scope="module")
def mortal() -> Iterator[Sandbox]:
    """A sandbox whose processes may be killed: those of the next test are new."""
    with Sandbox({"TENSORDRILL_LAB": "fork"}, "none") as opened:
        yield opened


def ppid(sandbox: Sandbox, needed: str = "") -> int:
    """Return the number of the process that forks, preloaded where something needs it."""
    (results,) = values(sandbox, Program(given="import os", code=needed, ask="os.getppid()"))
    assert isinstance(results, Int)
    return int(results.v)


@linux
def test_a_plain_job_does_not_wait_while_another_one_s_process_preloads(mortal: Sandbox) -> None:
    mortal.close()
    mortal.wait_ready()
    preloading = mortal.start(Job((Program(code="import sympy", ask="1"),)))
    assert isinstance(mortal.engine, ForkEngine)
    assert values(mortal, Program(ask="2")) == [Int("2")]
    assert mortal.engine.ready(0, preloaded=True) is None
    assert not mortal.is_ready
    assert preloading.result()[0].value == Int("1")
    assert mortal.is_ready


@pytest.mark.thorough
@linux
def test_a_preloaded_process_that_dies_is_replaced_and_the_first_one_stays(mortal: Sandbox) -> None:
    zygote, preloaded = ppid(mortal), ppid(mortal, "import sympy")
    assert zygote != preloaded
    os.kill(preloaded, signal.SIGKILL)
    assert ppid(mortal, "import sympy") not in (zygote, preloaded)
    assert ppid(mortal) == zygote


@pytest.mark.thorough
@linux
def test_one_that_stands_still_is_replaced(mortal: Sandbox) -> None:
    preloaded = ppid(mortal, "import sympy")
    os.kill(preloaded, signal.SIGSTOP)
    asked = Job((Program(code="import sympy", ask="1"),), "learner", Limits(seconds=0.5))
    assert mortal.run(asked)[0].value == Int("1")
    wait_until_gone([preloaded])


@linux
def test_one_that_dies_during_a_job_is_not_the_programs_doing(mortal: Sandbox) -> None:
    preloaded = ppid(mortal, "import sympy")
    pending = mortal.start(Job((Program(code="import sympy, time; time.sleep(0.5)", ask="1"),), "learner"))
    os.kill(preloaded, signal.SIGKILL)
    assert pending.result()[0].value == Int("1")


@linux
def test_it_ends_with_the_process_it_was_forked_from(mortal: Sandbox) -> None:
    zygote, preloaded = ppid(mortal), ppid(mortal, "import sympy")
    pending = mortal.start(Job((Program(code="import sympy, time; time.sleep(0.5)", ask="1"),), "learner"))
    os.kill(zygote, signal.SIGKILL)
    assert pending.result()[0].value == Int("1")
    wait_until_gone([preloaded])


@linux
@pytest.mark.parametrize("is_ready", [True, *rarely([pytest.param(False)])])
def test_closing_ends_it(is_ready: bool) -> None:
    sandbox = Sandbox({"TENSORDRILL_LAB": "fork"}, "none")
    zygote = ppid(sandbox)
    pending = sandbox.start(Job((Program(code="import sympy, time; time.sleep(1000)"),), "learner"))
    if is_ready:
        sandbox.wait_ready(preloaded=True)
    left = children(zygote)
    sandbox.close()
    pending.close()
    assert left
    wait_until_gone([zygote, *left])


def children(parent: int) -> list[int]:
    texts = Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
    return [each for child in map(int, texts) for each in (child, *children(child))]


@linux
def test_a_forged_reply_gains_nothing(mortal: Sandbox) -> None:
    """A program that claims to need a preloaded process runs there once more, and its claim is an answer there."""
    forged = '{"index": 0, "observation": {}, "stop": false, "needs_preload": true}'
    code = (
        "import os\n"
        f"frame = {len(forged).to_bytes(4, 'big')!r} + {forged!r}.encode()\n"
        "for fd in range(3, 32):\n"
        "  try: os.write(fd, frame)\n"
        "  except OSError: pass\n"
        "y = 1"
    )
    forging, honest = mortal.run(
        Job((Program(code=code, ask="y"), Program(ask=IS_PRELOADED)), "learner", Limits(patience=2))
    )
    assert forging == Observation()
    assert honest.value == Bool(True)


@linux
def test_a_script_of_the_users_own_begins_only_once(tmp_path: Path) -> None:
    """It imports what it likes by itself, since what it did before cannot be undone."""
    code = "from sympy import Integer\nprint(int(Integer(3)))"
    with Sandbox({"TENSORDRILL_LAB": "fork"}, own=tmp_path) as sandbox:
        program = Program(code=code, trace=True, file=str(tmp_path / "train.py"))
        (observation,) = sandbox.run(Job((program,), "learner", Limits(seconds=60.0)))
        assert observation.stdout == "3\n"
        assert isinstance(sandbox.engine, ForkEngine)
        assert sandbox.engine.ready(0, preloaded=True) == "lost"
