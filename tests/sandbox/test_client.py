"""Jobs go out and observations come back, whatever happens to the processes in between."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import pexpect
import pytest
from hypothesis import given
from hypothesis import strategies as st

import tensordrill
from tensordrill.errors import SandboxError
from tensordrill.sandbox.client import Sandbox
from tensordrill.sandbox.protocol import (
    Bool,
    Float,
    Int,
    Job,
    Limits,
    Nothing,
    Observation,
    Other,
    Program,
    Size,
    Text,
    Trust,
    Tuple,
)
from tests.needs import linux, rarely
from tests.processes import wait_until, wait_until_gone

MODES = [pytest.param("fork", marks=linux), *rarely([pytest.param("spawn", id="spawn")])]
BY_TRUST = ["learner", *rarely([pytest.param("bank")])]
"""Of what costs a start of torch each time, one is always tried."""
GENEROUS = Limits(patience=100)


@pytest.fixture(scope="module")
def spawning() -> Iterator[Sandbox]:
    with Sandbox({"TENSORDRILL_LAB": "spawn"}) as opened:
        yield opened


@pytest.fixture(params=MODES)
def each(request: pytest.FixtureRequest) -> Sandbox:
    """The sandbox in each of its modes."""
    opened: Sandbox = request.getfixturevalue("sandbox" if request.param == "fork" else "spawning")
    return opened


@pytest.fixture(scope="module")
def mortal() -> Iterator[Sandbox]:
    """A forking sandbox whose processes may be killed; without namespaces, a fork can tell their numbers."""
    with Sandbox({"TENSORDRILL_LAB": "fork"}, "none") as opened:
        yield opened


def job(*programs: Program, trust: Trust = "bank", limits: Limits = GENEROUS) -> Job:
    return Job(programs, trust, limits)


def outcome(observation: Observation) -> object:
    """Return the failure, the exception's name, or the value."""
    if observation.failure or observation.raised:
        return observation.failure or (observation.raised and observation.raised.name)
    return observation.value


def outcomes(
    sandbox: Sandbox, *programs: Program, trust: Trust = "bank", limits: Limits = GENEROUS
) -> list[object]:
    return [outcome(observation) for observation in sandbox.run(job(*programs, trust=trust, limits=limits))]


def processes(parent: int) -> set[int]:
    """The children of a process that have not ended."""
    matches = set()
    for folder in Path("/proc").iterdir():
        if folder.name.isdecimal():
            try:
                state, ppid = (folder / "stat").read_text().rpartition(")")[2].split()[:2]
            except (FileNotFoundError, ProcessLookupError):
                continue
            if int(ppid) == parent and state != "Z":
                matches.add(int(folder.name))
    return matches


def started_by(act: Callable[[], object]) -> set[int]:
    """The processes that this one has after an act and had not before."""
    before = processes(os.getpid())
    act()
    return processes(os.getpid()) - before


ASLEEP = Program(code="import time; time.sleep(1000)")
ONE = Program(ask="1")
PID = Program(code="import os", ask="os.getpid()")


# ---- modes and starting ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("environ", "mode"),
    [
        pytest.param({"TENSORDRILL_LAB": "fork"}, "fork", id="fork"),
        pytest.param({"TENSORDRILL_LAB": "spawn"}, "spawn", id="spawn"),
        pytest.param({}, "fork", id="linux-forks", marks=linux),
        pytest.param({"TENSORDRILL_LAB": ""}, "fork", id="empty-is-unset", marks=linux),
    ],
)
def test_mode(environ: dict[str, str], mode: str) -> None:
    assert Sandbox(environ).mode == mode


def test_unknown_mode() -> None:
    with pytest.raises(SandboxError) as caught:
        Sandbox({"TENSORDRILL_LAB": "threads"})
    assert str(caught.value) == "TENSORDRILL_LAB is `threads`; it may be `fork` or `spawn`"


def test_only_linux_forks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    with pytest.raises(SandboxError) as caught:
        Sandbox({"TENSORDRILL_LAB": "fork"})
    sentence = "TENSORDRILL_LAB is `fork`, which only Linux can; leave it out, or say `spawn`"
    assert str(caught.value) == sentence


@linux
@pytest.mark.parametrize("mode", MODES)
def test_nothing_is_started_before_it_is_needed(mode: str) -> None:
    def use() -> None:
        with Sandbox({"TENSORDRILL_LAB": mode}) as sandbox:
            assert not sandbox.is_ready
            assert started_by(lambda: sandbox.is_ready) == set()

    assert started_by(use) == set()


def test_ready_says_what_runs(each: Sandbox) -> None:
    ready = each.wait_ready()
    assert each.is_ready
    assert ready.failed is None
    assert ready.python == sys.version.split()[0]
    assert outcomes(each, Program(ask="torch.__version__[:]")) == [Text(ready.torch)]


def test_no_process_sees_a_gpu(sandbox: Sandbox, spawning: Sandbox) -> None:
    """Where autograd sees one it refuses to work in a fork; torch asks the driver once, before a program runs."""
    asked = Program(
        given="w = torch.ones(2, requires_grad=True)",
        code="w.sum().backward()",
        ask="torch.cuda.is_available(), __import__('os').environ['CUDA_VISIBLE_DEVICES'], w.grad.sum().item()",
    )
    for each in (sandbox, spawning):
        assert outcomes(each, asked) == [Tuple((Bool(False), Text(""), Float("2.0")))]


def test_hashes_are_the_same_in_every_process(sandbox: Sandbox, spawning: Sandbox) -> None:
    asked = Program(ask="hash('view')")
    assert outcomes(sandbox, asked) == outcomes(spawning, asked)


NO_TORCH = """
import sys
sys.path[:0] = sys.argv[2:]
from tensordrill.errors import SandboxError
from tensordrill.sandbox.client import Sandbox
from tensordrill.sandbox.protocol import Job, Program
with Sandbox({"TENSORDRILL_LAB": sys.argv[1]}) as sandbox:
    for _ in range(2):
        try:
            print(sandbox.run(Job((Program(ask="1"),))))
        except SandboxError as error:
            print(error)
"""


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize(
    ("source", "sentence"),
    [
        pytest.param(
            "raise ImportError('libtorch_cpu.so: cannot open shared object file')",
            "torch cannot be imported (ImportError: libtorch_cpu.so: cannot open shared object file); "
            "the README says how to install it",
            id="broken",
        ),
        pytest.param(
            "raise SystemExit('no')",
            "torch cannot be imported (SystemExit: no); the README says how to install it",
            id="exits",
        ),
        pytest.param(
            "raise ImportError('x' * 1_000_000)",
            f"torch cannot be imported (ImportError: {'x' * 1987}); the README says how to install it",
            id="long-reason",
        ),
        pytest.param(
            "import os; os._exit(1)",
            "the process that runs torch keeps ending; `tensordrill doctor` shows what this machine has",
            id="dies",
        ),
    ],
)
def test_torch_that_cannot_be_imported(mode: str, source: str, sentence: str, tmp_path: Path) -> None:
    (tmp_path / "torch").mkdir()
    (tmp_path / "torch" / "__init__.py").write_text(source)
    command = [sys.executable, "-c", NO_TORCH, mode, str(tmp_path)]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    assert (done.stdout, done.stderr) == (f"{sentence}\n{sentence}\n", "")


@pytest.mark.parametrize("mode", MODES)
def test_torch_that_is_not_installed(mode: str, tmp_path: Path) -> None:
    for package in (tensordrill, msgspec):
        folder = Path(str(package.__file__)).parent
        (tmp_path / folder.name).symlink_to(folder)
    command = [sys.executable, "-I", "-S", "-c", NO_TORCH, mode, str(tmp_path)]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    sentence = "torch is not installed here; the README's first lines say how to install it"
    assert (done.stdout, done.stderr) == (f"{sentence}\n{sentence}\n", "")


# ---- one job ---------------------------------------------------------------------------------------------


def test_results_come_in_order_whatever_happens_between(each: Sandbox) -> None:
    results = outcomes(
        each,
        Program(given="x = torch.zeros(2, 3)", ask="x.t().shape"),
        Program(code="torch.set_default_dtype(torch.float64)", ask="2"),
        Program(code="1 / 0"),
        Program(code="import os; os._exit(0)"),
        Program(ask="5"),
    )
    assert results == [Size((3, 2)), Int("2"), "ZeroDivisionError", "crashed", Int("5")]


KINDS = {
    "value": "",
    "raises": "1 / 0",
    "state": "torch.set_default_dtype(torch.float64)",
    "patch": "torch.zeros = None",
    "exits": "import os; os._exit(0)",
    "prints": "print('y' * 9000)",
}


@given(kinds=st.lists(st.sampled_from(sorted(KINDS)), max_size=8))
def test_a_job_is_what_its_programs_are_alone(sandbox: Sandbox, kinds: list[str]) -> None:
    """Law: a job's observations are those of its programs, each run as if it were the only one."""
    asks = "({}, torch.get_default_dtype() == torch.float64, torch.zeros is None)"
    programs = [Program(code=KINDS[kind], ask=asks.format(i)) for i, kind in enumerate(kinds)]
    expected = [
        {"raises": "ZeroDivisionError", "exits": "crashed"}.get(kind, (i, kind == "state", kind == "patch"))
        for i, kind in enumerate(kinds)
    ]
    results = [
        tuple(int(part.v) if isinstance(part, Int) else part.v for part in result.v)  # type: ignore[attr-defined]
        if not isinstance(result, str)
        else result
        for result in outcomes(sandbox, *programs)
    ]
    assert results == expected


def test_an_empty_job_has_no_results(each: Sandbox) -> None:
    assert each.run(job()) == ()


def test_each_program_has_a_fresh_namespace(each: Sandbox) -> None:
    results = outcomes(
        each,
        Program(given="x = 1", code="math = 2; len = 3", ask="x"),
        Program(ask="x"),
        Program(ask="math.pi > 3 and len('ab') == 2"),
        Program(code="__builtins__['len'] = None"),
        Program(ask="len('ab')"),
        Program(code="raised = 1; it = 2"),
        Program(ask="raised is None"),
        Program(ask="it"),
    )
    assert results == [
        Int("1"),
        "NameError",
        Bool(True),
        Nothing(),
        Int("2"),
        Int("2"),
        Bool(True),
        "NameError",
    ]


def test_each_program_has_its_own_generator(each: Sandbox) -> None:
    def rand(seed: int) -> Program:
        return Program(ask="torch.rand(3)", generator=seed)

    first, again, other, third = outcomes(each, rand(0), rand(0), rand(1), rand(0))
    assert first == again == third
    assert other != first


def test_each_program_warns_for_itself(each: Sandbox) -> None:
    once = Program(given="x = torch.ones(3).T")
    futures = Program(code="import warnings; warnings.warn('a', FutureWarning)")
    several = Program(given=futures.code, code="warnings.warn('b', UserWarning)", ask="warned")
    silenced = Program(code="import warnings; warnings.simplefilter('ignore'); warnings.warn('a')")
    compiled = Program(code="x = 1 is 1")
    programs = (once, once, ONE, futures, several, silenced, futures, compiled, compiled)
    warned = [result.warned for result in each.run(job(*programs))]
    user, future = "UserWarning", "FutureWarning"
    assert warned == [user, user, None, future, future, None, future, None, None]


@pytest.mark.parametrize(
    ("code", "printed"),
    [
        pytest.param("print('a', 1); print('b')", "a 1\nb\n", id="lines"),
        pytest.param("print('y' * 5000)", "y" * 3999 + "…", id="capped"),
        pytest.param("for _ in range(3000): print('ab', end='')", "ab" * 1999 + "a…", id="capped-in-pieces"),
        pytest.param(
            "import sys; print('a', file=sys.stderr); print('b', flush=True)", "b\n", id="not-stderr"
        ),
        pytest.param("import os; os.write(1, b'a'); os.write(2, b'b')", "", id="not-the-descriptor"),
        pytest.param("print('\\ud800\\x1b[31m')", "\\ud800\\x1b[31m\n", id="steers-no-terminal"),
        pytest.param("import sys; sys.stdout = None; print('a')", "", id="replaced"),
        pytest.param("print('a')\n1 / 0", "a\n", id="before-it-raised"),
    ],
)
def test_what_is_printed(sandbox: Sandbox, code: str, printed: str) -> None:
    observation, after = sandbox.run(job(Program(code=code), Program(code="print('after')")))
    assert (observation.stdout, after.stdout) == (printed, "after\n")


def test_a_flood_of_printing_takes_no_room(sandbox: Sandbox) -> None:
    flood = Program(code="for _ in range(10**5): print('y' * 10**4)")
    assert outcomes(sandbox, flood, limits=Limits(memory=128 << 20)) == [Nothing()]


@pytest.mark.parametrize(
    ("text", "result"),
    [
        pytest.param("len('" + "é" * 500_000 + "')", Int("500000"), id="1-MB"),
        pytest.param("ord('\ud800')", "UnicodeEncodeError", id="lone-surrogate"),
        pytest.param("'\0'", "SyntaxError", id="nul"),
        pytest.param("(" * 100_000, "SyntaxError", id="brackets"),
        pytest.param("1 +", "SyntaxError", id="half"),
        pytest.param(" 7 ", Int("7"), id="spaces"),
    ],
)
def test_whatever_was_typed_is_run(each: Sandbox, text: str, result: object) -> None:
    expected = (
        {"ValueError", "SyntaxError"} if text == "'\0'" else {result}
    )  # of Python 3.11 and of later ones
    for program in (Program(value=text), Program(ask=text)):
        observation, after = outcomes(each, program, ONE)
        assert observation in expected
        assert after == Int("1")


def test_a_job_too_long_is_a_crash(each: Sandbox) -> None:
    long = Program(code="#" * (65 << 20))
    patient = Limits(seconds=60, patience=2)  # to send that much takes long on a busy machine
    assert outcomes(each, long, ONE, limits=patient) == ["crashed", Int("1")]
    assert outcomes(each, ONE) == [Int("1")]


def test_a_program_ends_with_its_seconds_of_cpu(each: Sandbox) -> None:
    seconds = Limits(seconds=60, cpu=1, patience=2)
    endless = Program(code="while True: pass")
    assert outcomes(each, endless, ONE, trust="learner", limits=seconds) == ["crashed", Int("1")]


def test_a_reply_too_long_says_so(each: Sandbox) -> None:
    texts = "['x' * 4000] * 1000"
    much = Other("result", "more than 1 MiB, too much to compare")
    programs = (Program(ask=texts), Program(ask="torch.ones(50_000, dtype=torch.complex128)"), ONE)
    assert outcomes(each, *programs) == [much, much, Int("1")]


# ---- time, crashes, patience -----------------------------------------------------------------------------

ENDLESS = Program(code="while True: pass")
EXITS = Program(code="import os; os._exit(0)")


@linux
@pytest.mark.parametrize(
    ("programs", "patience", "results"),
    [
        pytest.param((ONE, ENDLESS, ONE), 1, [Int("1"), "timeout", "timeout"], id="rest-given-up"),
        pytest.param((ENDLESS, ONE, ONE), 2, ["timeout", Int("1"), Int("1")], id="rest-goes-on"),
        pytest.param((ENDLESS, ONE, ASLEEP, ONE), 2, ["timeout", Int("1")] + ["timeout"] * 2, id="used-up"),
        pytest.param((EXITS, ONE), 1, ["crashed", "crashed"], id="crash-given-up"),
        pytest.param((EXITS, ONE, EXITS), 2, ["crashed", Int("1"), "crashed"], id="crash-at-the-end"),
        pytest.param((EXITS, ENDLESS, ONE), 3, ["crashed", "timeout", Int("1")], id="counted-together"),
    ],
)
def test_patience(
    sandbox: Sandbox, programs: tuple[Program, ...], patience: int, results: list[object]
) -> None:
    assert outcomes(sandbox, *programs, limits=Limits(seconds=0.4, patience=patience)) == results


GROUPS = [
    pytest.param(
        (ENDLESS, ONE, ONE, ENDLESS, ONE, ONE),
        (2, 1, 2, 1),
        ["timeout", "timeout", Int("1"), "timeout", "timeout", Int("1")],
        id="each-group-has-its-own-patience",
    ),
    pytest.param((ONE, EXITS, ONE, ONE), (3, 1), [Int("1"), "crashed", "crashed", Int("1")], id="crash"),
    pytest.param((EXITS, ONE, EXITS), (1, 1, 1), ["crashed", Int("1"), "crashed"], id="last-of-its-group"),
    pytest.param((EXITS, ONE, EXITS), (0, 2, 0, 1, 0), ["crashed"] * 3, id="empty-groups"),
]


@linux
@pytest.mark.parametrize("trust", ["bank", "learner"])
@pytest.mark.parametrize(("programs", "groups", "results"), GROUPS)
def test_a_group_that_is_given_up_costs_only_itself(
    sandbox: Sandbox,
    programs: tuple[Program, ...],
    groups: tuple[int, ...],
    results: list[object],
    trust: Trust,
) -> None:
    asked = Job(programs, trust, Limits(seconds=0.5, patience=1), groups)
    assert [outcome(observation) for observation in sandbox.run(asked)] == results


@pytest.mark.parametrize(("programs", "groups", "results"), [*rarely(GROUPS[1:2]), GROUPS[2]])
def test_a_group_that_is_given_up_costs_only_itself_in_spawned_processes(
    spawning: Sandbox, programs: tuple[Program, ...], groups: tuple[int, ...], results: list[object]
) -> None:
    asked = Job(programs, "learner", Limits(seconds=0.5, patience=1), groups)
    assert [outcome(result) for result in spawning.run(asked)] == results


@linux
def test_a_group_begins_with_all_its_patience(sandbox: Sandbox) -> None:
    asked = Job((ONE, EXITS, EXITS, ONE), "learner", Limits(patience=2), (2, 2))
    assert [outcome(observation) for observation in sandbox.run(asked)] == [
        Int("1"),
        "crashed",
        "crashed",
        Int("1"),
    ]


@pytest.mark.parametrize("groups", [(1,), (1, 2), (3, -1), (2, 0, 1)])
def test_groups_that_do_not_divide_the_programs(groups: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match=r"groups of \(.*\) programs do not divide 2 programs"):
        Job((ONE, ONE), groups=groups)


CRASHES = [
    pytest.param("import os; os._exit(0)", id="exit"),
    pytest.param("import ctypes; ctypes.string_at(1)", id="segfault"),
    pytest.param("import os; os.abort()", id="abort"),
    pytest.param("import os; os.closerange(0, 4096)", id="closes-everything"),
    pytest.param("import json; json.dumps = None", id="no-json"),
    pytest.param("import signal; signal.raise_signal(signal.SIGKILL)", id="kills-itself"),
]


@pytest.mark.parametrize("code", CRASHES)
def test_a_crash_is_that_programs_own(sandbox: Sandbox, code: str) -> None:
    assert outcomes(sandbox, ONE, Program(code=code), ONE, trust="learner") == [Int("1"), "crashed", Int("1")]


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        pytest.param("while True: pass", "timeout", id="endless"),
        *rarely([pytest.param("import os; os._exit(0)", "crashed", id="exit")]),
    ],
)
@pytest.mark.parametrize("trust", BY_TRUST)
def test_a_spawned_process_is_replaced(spawning: Sandbox, code: str, sentence: str, trust: Trust) -> None:
    limits = Limits(seconds=0.5, patience=2)
    assert outcomes(spawning, Program(code=code), ONE, trust=trust, limits=limits) == [sentence, Int("1")]


def test_a_spawned_process_ends_with_what_its_programs_started() -> None:
    code = "import subprocess; started = subprocess.Popen(['sleep', '1000'])"
    with Sandbox({"TENSORDRILL_LAB": "spawn"}) as sandbox:
        (observation,) = outcomes(sandbox, Program(code=code, ask="started.pid"))
    assert isinstance(observation, Int)
    wait_until(lambda: not is_running(int(observation.v)))


def is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


@linux
def test_memory_is_bounded(sandbox: Sandbox) -> None:
    programs = (
        Program(ask="torch.zeros(10**12)"),
        Program(code="x = []\nwhile True: x.append('y' * 10**7 + str(len(x)))"),
        ONE,
    )
    limits = Limits(memory=128 << 20)
    assert outcomes(sandbox, *programs, limits=limits) == ["RuntimeError", "MemoryError", Int("1")]


@linux
def test_a_fork_that_ran_out_of_time_is_gone(mortal: Sandbox) -> None:
    zygote = pid_of(mortal)
    deaf = Program(code="import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN)\nwhile True: pass")
    assert outcomes(mortal, deaf, limits=Limits(seconds=0.2)) == ["timeout"]
    assert processes(zygote) == set()


def pid_of(sandbox: Sandbox) -> int:
    """The process number of the zygote, as a fork of it sees its parent; the fork has ended."""
    (observation,) = outcomes(sandbox, Program(code="import os", ask="os.getppid()"))
    assert isinstance(observation, Int)
    zygote = int(observation.v)
    wait_until(lambda: processes(zygote) == set())
    return zygote


# ---- what a program leaves behind ------------------------------------------------------------------------

STATES = [
    pytest.param(
        "torch.set_default_dtype(torch.float64)", "torch.zeros(1).dtype == torch.float32", id="dtype"
    ),
    pytest.param("torch.set_default_device('meta')", "torch.zeros(1).device.type == 'cpu'", id="device"),
    pytest.param("torch.set_grad_enabled(False)", "torch.is_grad_enabled()", id="grad-mode"),
    pytest.param("c = torch.no_grad(); c.__enter__()", "torch.is_grad_enabled()", id="open-context"),
    pytest.param(
        "c = torch.inference_mode(); c.__enter__()", "not torch.is_inference_mode_enabled()", id="inference"
    ),
    pytest.param(
        "torch._C._set_deterministic_algorithms(True)",
        "not torch.are_deterministic_algorithms_enabled()",
        id="deterministic",
    ),
    pytest.param("torch.set_anomaly_enabled(True)", "not torch.is_anomaly_enabled()", id="anomaly"),
    pytest.param("torch.set_warn_always(False)", "torch.is_warn_always_enabled()", id="warnings"),
    pytest.param(
        "torch.set_printoptions(precision=1)", "str(torch.tensor(1.2345)) == 'tensor(1.2345)'", id="printing"
    ),
    pytest.param(
        "from torch.overrides import TorchFunctionMode\nc = TorchFunctionMode(); c.__enter__()",
        "torch._C._len_torch_function_stack() == 0",
        id="function-mode",
    ),
    pytest.param("torch.zeros = torch.ones", "torch.zeros(1).item() == 0", id="patched-function"),
    pytest.param("torch.Tensor.t = torch.Tensor.clone", "torch.ones(1, 2).t().shape == (2, 1)", id="method"),
    pytest.param("torch.Tensor.wrong = 1", "not hasattr(torch.Tensor, 'wrong')", id="new-attribute"),
    pytest.param("F.relu = F.gelu", "F.relu(torch.ones(1)).item() == 1", id="functional"),
    pytest.param("nn.Module.train = None", "nn.Linear(1, 1).eval() is not None", id="module-class"),
    pytest.param("torch.linalg.norm = None", "torch.linalg.norm(torch.ones(1)).item() == 1", id="linalg"),
    pytest.param("del torch.arange", "torch.arange(1).numel() == 1", id="deleted"),
    pytest.param("torch.get_default_dtype = None", "callable(torch.get_default_dtype)", id="own-reader"),
    pytest.param(
        "class Equal:\n  def __eq__(self, other): return True\ntorch.zeros = Equal()",
        "callable(torch.zeros)",
        id="equal-to-everything",
    ),
    pytest.param(
        "class Unequal:\n  def __eq__(self, other): raise SystemExit\ntorch.zeros = Unequal()",
        "callable(torch.zeros)",
        id="refuses-to-compare",
    ),
]


@linux
@pytest.mark.parametrize(("change", "is_as_it_was"), STATES)
def test_changed_state_sends_the_rest_to_a_new_fork(sandbox: Sandbox, change: str, is_as_it_was: str) -> None:
    first, second, third = sandbox.run(job(PID, Program(code=change, ask="1"), Program(ask=is_as_it_was)))
    assert (outcome(second), outcome(third)) == (Int("1"), Bool(True))
    assert not first.failure


@linux
@pytest.mark.parametrize(
    ("code", "stays"),
    [
        pytest.param("x = torch.ones(2, requires_grad=True); x.sum().backward()", True, id="backward"),
        pytest.param("with torch.no_grad(): x = torch.ones(2)", True, id="closed-context"),
        pytest.param("1 / 0", True, id="raises"),
        pytest.param("torch.zeros = torch.ones", False, id="patched"),
        pytest.param("torch.set_default_dtype(torch.float64)", False, id="dtype"),
    ],
)
def test_programs_share_a_fork_while_they_leave_torch_alone(sandbox: Sandbox, code: str, stays: bool) -> None:
    before, _, after = outcomes(sandbox, PID, Program(code=code), PID)
    assert (before == after) is stays


@pytest.mark.parametrize("trust", ["bank", "learner"])
def test_what_a_last_program_changed_does_not_reach_the_next_job(each: Sandbox, trust: Trust) -> None:
    change = Program(
        code="torch.set_default_dtype(torch.float64)", ask="torch.ones(1).dtype == torch.float64"
    )
    for _ in range(3):
        assert outcomes(each, change, trust=trust) == [Bool(True)]
    assert outcomes(each, Program(ask="torch.ones(1).dtype == torch.float32")) == [Bool(True)]


def test_reference_and_learner_never_share_a_process(each: Sandbox) -> None:
    bank, learner, again = (outcomes(each, PID, PID, trust=trust) for trust in ("bank", "learner", "learner"))
    for pids in (bank, learner, again):
        assert pids[0] == pids[1]
    assert bank[0] != learner[0] != again[0] != bank[0]


def test_a_spawned_process_serves_the_banks_jobs_in_turn(spawning: Sandbox) -> None:
    assert outcomes(spawning, PID) == outcomes(spawning, PID)


# ---- several jobs at once --------------------------------------------------------------------------------


def test_jobs_under_way_together_do_not_meet(each: Sandbox) -> None:
    first = each.start(job(Program(ask="1"), Program(ask="2")))
    second = each.start(job(Program(ask="3")))
    learner = each.start(job(Program(ask="4"), trust="learner"))
    each.warm()
    observations = [
        [outcome(results) for results in pending.result()] for pending in (learner, second, first)
    ]
    assert observations == [[Int("4")], [Int("3")], [Int("1"), Int("2")]]
    assert first.result() == first.result()


@pytest.mark.thorough
def test_a_job_that_is_given_up_does_not_disturb_the_next(each: Sandbox) -> None:
    given_up = each.start(job(ASLEEP, trust="learner"))
    other = each.start(job(ONE))
    given_up.close()
    given_up.close()
    assert [outcome(result) for result in other.result()] == [Int("1")]


# ---- processes that die ----------------------------------------------------------------------------------


@pytest.mark.thorough
@linux
def test_a_zygote_that_died_while_idle_is_replaced(mortal: Sandbox) -> None:
    old = pid_of(mortal)
    os.kill(old, signal.SIGKILL)
    assert outcomes(mortal, ONE) == [Int("1")]
    assert pid_of(mortal) != old


@linux
def test_a_job_that_nobody_waits_for_any_more_is_ended(mortal: Sandbox) -> None:
    zygote = pid_of(mortal)
    pending = mortal.start(job(ASLEEP))
    wait_until(lambda: processes(zygote) != set())
    del pending
    wait_until(lambda: processes(zygote) == set())


@pytest.mark.thorough
@linux
def test_more_jobs_than_a_control_socket_holds_wait_for_torch(
    mortal: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = socket.socketpair

    def small(*kind: int) -> tuple[socket.socket, socket.socket]:
        pair = made(*kind)
        for each in pair:
            each.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 0)  # the least, see `man 7 socket`
        return pair

    monkeypatch.setattr(socket, "socketpair", small)
    os.kill(pid_of(mortal), signal.SIGKILL)
    limits = Limits(seconds=60)  # that many forks at once keep each other waiting
    pending = [mortal.start(job(Program(ask=str(number)), limits=limits)) for number in range(30)]
    assert [outcome(result) for one in pending for result in one.result()] == [Int(str(n)) for n in range(30)]


@linux
def test_a_zygote_that_dies_during_a_job_is_not_the_programs_doing(mortal: Sandbox) -> None:
    slow = Program(code="import time; time.sleep(0.5)", ask="2")
    old = pid_of(mortal)
    pending = mortal.start(job(ONE, slow, limits=Limits(patience=1)))
    wait_until(lambda: processes(old) != set())
    (fork,) = processes(old)
    os.kill(old, signal.SIGKILL)
    assert [outcome(observations) for observations in pending.result()] == [Int("1"), Int("2")]
    wait_until_gone([fork])


@linux
def test_a_fork_that_is_seen_to_end_before_its_zygote_is_not_the_programs_doing(mortal: Sandbox) -> None:
    """So it may be where a whole namespace ends at once."""
    zygote = pid_of(mortal)
    slow = Program(code="import time; time.sleep(0.5)", ask="2")
    pending = mortal.start(job(slow, limits=Limits(patience=1)))
    wait_until(lambda: processes(zygote) != set())
    os.kill(zygote, signal.SIGSTOP)
    (fork,) = processes(zygote)
    os.kill(fork, signal.SIGKILL)
    threading.Timer(0.3, os.kill, (zygote, signal.SIGKILL)).start()
    assert [outcome(observations) for observations in pending.result()] == [Int("2")]


@pytest.mark.thorough
@linux
def test_a_job_finds_out_that_its_zygote_died_though_another_one_lives(mortal: Sandbox) -> None:
    old = pid_of(mortal)
    slow = Program(code="import time; time.sleep(0.5)", ask="2")
    pending = mortal.start(job(slow, limits=Limits(patience=1)))
    wait_until(lambda: processes(old) != set())
    os.kill(old, signal.SIGKILL)
    assert outcomes(mortal, ONE) == [Int("1")]
    assert [outcome(observations) for observations in pending.result()] == [Int("2")]


@pytest.mark.thorough
@pytest.mark.usefixtures("torch_anew")
@linux
def test_a_zygote_that_stands_still_is_replaced() -> None:
    with Sandbox({"TENSORDRILL_LAB": "fork"}, "none") as sandbox:
        old = pid_of(sandbox)
        os.kill(old, signal.SIGSTOP)
        assert outcomes(sandbox, ONE, limits=Limits(seconds=0.5, patience=1)) == [Int("1")]
        assert not Path(f"/proc/{old}").exists()


@linux
@pytest.mark.parametrize("mode", MODES)
@pytest.mark.usefixtures("torch_anew")
def test_a_process_killed_while_it_imports_torch_is_replaced(mode: str) -> None:
    with Sandbox({"TENSORDRILL_LAB": mode}) as sandbox:
        started = started_by(sandbox.warm)
        pending = sandbox.start(job(ONE, limits=Limits(patience=1)))
        for pid in started:
            os.kill(pid, signal.SIGKILL)
        assert [outcome(observations) for observations in pending.result()] == [Int("1")]


@pytest.mark.thorough
@linux
@pytest.mark.parametrize("trust", BY_TRUST)
def test_a_spawned_process_killed_while_idle_is_replaced(spawning: Sandbox, trust: Trust) -> None:
    spawning.warm()
    spawning.wait_ready()
    for pid in processes(os.getpid()):
        if b'"serve"' in Path(f"/proc/{pid}/cmdline").read_bytes():
            os.kill(pid, signal.SIGKILL)
            os.waitid(os.P_PID, pid, os.WEXITED | os.WNOWAIT)
    assert outcomes(spawning, ONE, trust=trust) == [Int("1")]


# ---- nothing is left running -----------------------------------------------------------------------------


@linux
@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("trust", BY_TRUST)
@pytest.mark.usefixtures("torch_anew")
def test_closing_ends_a_job_under_way(mode: str, trust: Trust) -> None:
    sandbox = Sandbox({"TENSORDRILL_LAB": mode})
    started = started_by(sandbox.warm)
    sandbox.wait_ready()
    pending = []
    started |= started_by(lambda: pending.append(sandbox.start(job(ASLEEP, trust=trust))))
    if mode == "fork":
        (zygote,) = started
        wait_until(lambda: processes(zygote) != set())
        started |= processes(zygote)
    sandbox.close()
    assert started
    assert [pid for pid in started if Path(f"/proc/{pid}").exists()] == []


@linux
@pytest.mark.parametrize("mode", MODES)
@pytest.mark.usefixtures("torch_anew")
def test_closing_while_torch_is_being_imported(mode: str) -> None:
    sandbox = Sandbox({"TENSORDRILL_LAB": mode})
    started = started_by(sandbox.warm)
    pending = sandbox.start(job(ONE))
    sandbox.close()
    pending.close()
    sandbox.close()
    assert started
    assert [pid for pid in started if Path(f"/proc/{pid}").exists()] == []


def test_a_sandbox_can_be_used_again_after_it_was_closed() -> None:
    with Sandbox({}) as sandbox:
        sandbox.warm()
        sandbox.close()
        assert outcomes(sandbox, ONE) == [Int("1")]


OWNER = """
import sys
from tensordrill.sandbox.client import Sandbox
from tensordrill.sandbox.protocol import Int, Job, Program
sandbox = Sandbox({"TENSORDRILL_LAB": sys.argv[1]})
def ask(text):
    value = sandbox.run(Job((Program(code="import os", ask=text),)))[0].value
    print(value.v, flush=True)
ask("os.getpid()")
ask("os.getppid()")
"""


@linux
@pytest.mark.parametrize("mode", MODES)
@pytest.mark.usefixtures("torch_anew")
def test_nothing_outlives_a_parent_that_was_killed(mode: str) -> None:
    asleep = 'kept = sandbox.start(Job((Program(code="import time; time.sleep(1000)"),)))\n'
    asleep += 'print("started", flush=True)\n'
    command = [sys.executable, "-c", OWNER + asleep + "sys.stdin.read()", mode]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as owner:
        assert owner.stdout is not None
        while owner.stdout.readline() != "started\n":
            assert owner.poll() is None
        left = processes(owner.pid)
        if mode == "fork":
            (zygote,) = left
            wait_until(lambda: processes(zygote) != set())
            left |= processes(zygote)
        owner.kill()
    assert left
    wait_until_gone(left)


@linux
@pytest.mark.parametrize("mode", MODES)
@pytest.mark.usefixtures("torch_anew")
def test_ctrl_c_in_the_terminal_does_not_reach_torch(mode: str) -> None:
    script = OWNER + (
        "try:\n    print('interrupt me', flush=True)\n    sys.stdin.read()\n"
        "except KeyboardInterrupt:\n    print('interrupted', flush=True)\n"
        "ask('os.getpid()')\nask('os.getppid()')\n"
    )
    terminal = pexpect.spawn(sys.executable, ["-c", script, mode], encoding="utf-8", timeout=60)
    with terminal:
        terminal.expect("interrupt me\r\n")
        first, zygote = str(terminal.before).split()
        terminal.sendintr()
        terminal.expect("interrupted\r\n")
        terminal.expect(pexpect.EOF)
        second, still = str(terminal.before).split()
    assert still == zygote
    assert (first == second) is (mode == "spawn")


@pytest.mark.parametrize(
    ("code", "is_same_child"),
    [("1 + 1", True), ("torch.mm = None", False), ("os._exit(3)", False)],
    ids=["all-went-well", "torch-was-changed", "it-crashed"],
)
def test_what_follows_runs_in_the_same_child_while_all_goes_well(
    sandbox: Sandbox, code: str, is_same_child: bool
) -> None:
    first = Job((Program(code=f"import os, sys; sys.kept = 1; {code}", ask="2"),), "learner", followers=2)
    asked = (Program(code="import sys", ask="hasattr(sys, 'kept')"),)
    pending = sandbox.start(first)
    pending.result(keep=True)
    for _ in range(2):
        pending = pending.follow(asked)
        (observations,) = pending.result(keep=True)
        assert observations.value == Bool(v=is_same_child)
    pending.close()
