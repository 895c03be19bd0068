"""Guarantees of each level that this machine offers, started as root and as an ordinary user."""

from __future__ import annotations

import functools
import json
import os
import select
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
import pytest

import tensordrill
from tensordrill.sandbox.user import others_can_read
from tests.needs import linux, rarely, skip_elsewhere
from tests.processes import wait_until_gone
from tests.sandbox.attacks import LANDLOCK_ATTACKS, PRELUDE, REFUSED, dedent, seccomp_attacks

pytestmark = linux

PROJECT = Path(str(tensordrill.__file__)).parents[1]
SITE = sysconfig.get_path("purelib")
DRIVER = (Path(__file__).parent / "driver.py").read_text()
NOBODY = 65534
ABSENT = {"ENOENT", "EROFS", "ENOTDIR"}


class Setup(NamedTuple):
    """A user and a Python that start the sandbox, and the level that has to come of it."""

    root: bool
    private: bool
    choice: str
    level: str


USER_BWRAP = pytest.param(Setup(False, False, "bubblewrap", "bwrap-user"), id="user-bwrap")
USER_BARE = pytest.param(Setup(False, False, "landlock", "bare"), id="user-bare")
ROOT_BWRAP_USER = pytest.param(Setup(True, False, "bubblewrap", "bwrap-user"), id="root-bwrap-user")
ROOT_BWRAP_ROOT = pytest.param(Setup(True, True, "bubblewrap", "bwrap-root"), id="root-bwrap-root")
ROOT_BARE = pytest.param(Setup(True, False, "landlock", "bare"), id="root-bare")
ROOT_BARE_PRIVATE = pytest.param(
    Setup(True, True, "landlock", "bare"), id="root-bare-python-in-private-folder"
)
GATE = (USER_BWRAP, USER_BARE)
OTHERS = (ROOT_BWRAP_ROOT, ROOT_BARE_PRIVATE)
at_each_level = pytest.mark.parametrize("driver", [*GATE, *rarely(OTHERS)], indirect=True)
everywhere = pytest.mark.parametrize(
    "driver", [*GATE, *rarely([*OTHERS, ROOT_BWRAP_USER, ROOT_BARE])], indirect=True
)


def public_python() -> str:
    """A Python that every user can start, and that has this one's packages."""
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    for path in (sys.executable, shutil.which(f"python{version}", path="/usr/bin:/usr/local/bin")):
        if path and others_can_read([path, SITE, PROJECT]) and works(path):
            return path
    return skip_elsewhere(
        f"one with a Python {version} that other users can start, and packages that they can read"
    )


@functools.cache
def works(python: str) -> bool:
    ran = subprocess.run(
        [python, "-c", "import msgspec"], env=environment(), cwd="/", check=False, user=NOBODY
    )
    return ran.returncode == 0


def environment() -> dict[str, str]:
    return {"PATH": os.environ["PATH"], "PYTHONPATH": f"{PROJECT}:{SITE}", "SECRET": "do not read"}


class Driver:
    """A sandbox under another Python or user."""

    def __init__(self, setup: Setup) -> None:
        python = sys.executable if setup.private or os.getuid() else public_python()
        if setup.private and others_can_read([os.path.realpath(python)]):
            skip_elsewhere("one whose Python lies below a private folder")
        user: dict[str, Any] = {"user": NOBODY, "group": NOBODY, "extra_groups": []}
        self.setup = setup
        self.process = subprocess.Popen(
            [python, "-P", "-c", DRIVER, setup.choice],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=environment(),
            cwd="/",
            text=True,
            **({} if setup.root or os.getuid() else user),
        )
        began = self._line()
        self.level: str = began["level"]
        self.state: Any = began["state"]

    def _line(self) -> Any:
        assert self.process.stdout is not None
        assert select.select([self.process.stdout], [], [], 60)[0], "the driver does not answer"
        line = self.process.stdout.readline()
        if not line:
            self.process.wait()
            assert self.process.stderr is not None
            message = self.process.stderr.read()
            if "does not work here" in message or "does not offer" in message:
                skip_elsewhere(message.strip().splitlines()[-1])
            pytest.fail(message)
        return json.loads(line)

    def tell(self, **asked: Any) -> Any:
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps(asked) + "\n")
        self.process.stdin.flush()
        return self._line()

    def run(self, *programs: dict[str, str], seconds: float = 10.0) -> list[Any]:
        """Run programs and check that the zygote is what it was, and that the next job is right."""
        reply = self.tell(programs=programs, seconds=seconds, memory=128 << 20)
        assert (reply["state"], reply["next"]) == (self.state, [3])
        result: list[Any] = reply["seen"]
        return result

    def ask(self, text: str, code: str = "import os") -> Any:
        return self.run({"code": code, "ask": text})[0]

    def tries(self, attack: str) -> dict[str, str]:
        (result,) = self.run({"given": PRELUDE, "code": dedent(attack), "ask": "tries"})
        assert isinstance(result, dict), result
        return result

    def close(self) -> None:
        self.process.kill()
        self.process.communicate()


@pytest.fixture(scope="module")
def drivers() -> Iterator[dict[Setup, Driver | str]]:
    opened: dict[Setup, Driver | str] = {}  # or why there is none
    yield opened
    for each in opened.values():
        if isinstance(each, Driver):
            each.close()


@pytest.fixture
def driver(request: pytest.FixtureRequest, drivers: dict[Setup, Driver | str]) -> Driver:
    setup: Setup = request.param
    if setup.root:
        request.getfixturevalue("root")
    if setup.choice == "bubblewrap":
        request.getfixturevalue("bubblewrap")
    if setup not in drivers:
        try:
            drivers[setup] = Driver(setup)
        except pytest.skip.Exception as skipped:  # noqa: TID251 (said again for each of its tests)
            drivers[setup] = str(skipped)
    opened = drivers[setup]
    return pytest.skip(opened) if isinstance(opened, str) else opened  # noqa: TID251 (the same)


@everywhere
def test_the_level_is_the_one_to_be_expected(driver: Driver) -> None:
    assert driver.level == driver.setup.level


@everywhere
def test_the_zygote_is_another_user(driver: Driver) -> None:
    uids = driver.ask("set(os.getresuid() + os.getresgid()) == {os.getuid()} and os.getuid()")
    outside = Path(f"/proc/{driver.state[0][-1][0]}").stat().st_uid
    status = Path(f"/proc/{driver.state[0][-1][0]}/status").read_text()
    (line,) = [line for line in status.splitlines() if line.startswith("Uid:")]
    real = {int(number) for number in line.split()[1:]}
    assert outside in (0, *real)
    if driver.setup.root:
        assert min(real) >= 0x77770000
        assert uids in (*real, NOBODY)
    else:
        assert real == {os.getuid() or NOBODY}


@at_each_level
@pytest.mark.parametrize("name", list(seccomp_attacks()) if sys.platform == "linux" else [])
def test_attack_is_refused(driver: Driver, name: str) -> None:
    tries = driver.tries(seccomp_attacks()[name])
    assert tries
    assert {what: how for what, how in tries.items() if how not in REFUSED | ABSENT} == {}


@at_each_level
@pytest.mark.parametrize("name", LANDLOCK_ATTACKS)
def test_reading_is_refused(driver: Driver, name: str) -> None:
    assert set(driver.tries(LANDLOCK_ATTACKS[name]).values()) <= {"EACCES", *ABSENT}


@everywhere
def test_secrets_are_not_readable(driver: Driver, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("do not read")
    paths = [
        *(
            secret,
            tmp_path,
            PROJECT / "questions",
            PROJECT / "pyproject.toml",
            Path(str(tensordrill.__file__)),
        ),
        *(Path(SITE) / "pytest", Path(str(msgspec.__file__)), Path(__file__), Path("/etc"), Path.home()),
    ]
    code = f"""
        for path in {[str(path) for path in paths]}:
            attempt(path + ' as a file', open, path)
            attempt(path + ' as a folder', os.listdir, path)"""
    tries = driver.tries(code)
    assert len(tries) == 2 * len(paths)
    assert set(tries.values()) <= {"EACCES", *ABSENT}


@everywhere
def test_a_hidden_file_cannot_even_be_seen(driver: Driver) -> None:
    paths = ("/etc/passwd", "/proc/1", "/proc/self", "/sys/class", "/dev/shm", "/var")  # noqa: S108 (looked at, not used)
    reply = driver.ask(f"[os.path.exists(path) for path in {paths}]")
    assert reply == [not driver.level.startswith("bwrap")] * 6


@everywhere
def test_halves_can_be_computed_with(driver: Driver) -> None:
    """torch asks what the processor is for it, which is found out before a job runs."""
    assert driver.ask("(torch.ones(2).half() + 1).int().tolist()") == [2, 2]


@everywhere
def test_the_environment_is_cleared(driver: Driver) -> None:
    names = set(driver.ask("sorted(os.environ)"))
    assert names - {"PWD", "LC_CTYPE"} == {
        "CUDA_VISIBLE_DEVICES",
        "LANG",
        "MKL_NUM_THREADS",
        "OMP_NUM_THREADS",
        "OMP_THREAD_LIMIT",
        "OPENBLAS_NUM_THREADS",
        "PYTHONHASHSEED",
        "TORCHINDUCTOR_CACHE_DIR",
        "TORCH_DEVICE_BACKEND_AUTOLOAD",
    }
    assert driver.ask("os.getcwd()") == "/"


@at_each_level
def test_only_torchs_packages_can_be_imported(driver: Driver) -> None:
    tries = driver.tries("""
        for name in ('tensordrill', 'pytest', 'msgspec', 'typer', 'conftest', 'pip'):
            attempt(name, __import__, name)
        for name in ('torch.fx', 'numpy.linalg', 'sympy', 'sqlite3', 'typing_extensions', 'json.tool'):
            attempt(name, __import__, name)""")
    results = [name for name, how in tries.items() if how == "done"]
    assert results == ["torch.fx", "numpy.linalg", "sympy", "sqlite3", "typing_extensions", "json.tool"]
    assert set(tries.values()) == {"done", "ModuleNotFoundError"}


@at_each_level
def test_threads_are_refused(driver: Driver) -> None:
    reply = driver.tries("import threading; attempt('thread', threading.Thread(target=print).start)")
    assert reply == {"thread": "RuntimeError"}


@at_each_level
def test_forks_of_the_preloaded_zygote_are_confined_as_others_are(driver: Driver) -> None:
    tries = driver.tries("""
        import socket, subprocess, sympy, threading
        attempt('thread', threading.Thread(target=print).start)
        attempt('process', subprocess.run, ['ls'])
        attempt('socket', socket.socket)
        attempt('file', open, '/etc/passwd')
        attempt('its zygote', os.kill, os.getppid(), 9)
        attempt('tensordrill', __import__, 'tensordrill')""")
    assert tries.pop("thread") == "RuntimeError"
    assert tries.pop("tensordrill") == "ModuleNotFoundError"
    assert len(tries) == 4
    assert set(tries.values()) <= {"EPERM", "EACCES", *ABSENT}


SPAM = """
import os
while True:
    for number in range(3, 32):
        try:
            os.write(number, b'[' * 9999)
        except OSError:
            pass
"""


@at_each_level
@pytest.mark.parametrize(
    ("codes", "expected"),
    [
        pytest.param(
            [
                "while True: pass",
                "import time; time.sleep(1000)",
                "import os\nwhile True: os.write(1, b'y' * 9999)",
            ],
            "timeout",
            id="never-ends",
        ),
        pytest.param(
            ["import os; os._exit(0)", "import ctypes; ctypes.string_at(1)", SPAM], "crashed", id="crashes"
        ),
        pytest.param(["torch.zeros(10**12)"], "RuntimeError", id="a-huge-tensor"),
        pytest.param(["x = []\nwhile True: x.append(bytes(1 << 20))"], "MemoryError", id="a-growing-list"),
        pytest.param(
            ["import os, signal; os.kill(os.getpid(), signal.SIGSTOP)"], "PermissionError", id="stops"
        ),
        pytest.param(["torch.equal = torch.Tensor.tolist = None"], None, id="patches"),
    ],
)
def test_what_a_program_does_to_itself_ends_with_it(
    driver: Driver, codes: list[str], expected: object
) -> None:
    honest = {"ask": "torch.equal(torch.ones(2), torch.ones(2))"}
    programs = [program for code in codes for program in ({"code": code}, honest)]
    seconds = 0.5 if expected == "timeout" else 10.0
    assert driver.run(*programs, seconds=seconds) == [expected, True] * len(codes)


@at_each_level
def test_what_a_program_had_in_memory_is_not_in_the_next_ones(driver: Driver) -> None:
    marks = driver.run(
        {"code": "x = torch.full((1000,), 1234567.)\nimport os; os._exit(0)"},
        {"ask": "[torch.empty(n).eq(1234567.).any().item() for n in (10, 1000, 100000)]"},
    )
    assert marks == ["crashed", [False, False, False]]


def _killed_outside(setup: pytest.ParameterSet) -> pytest.ParameterSet:
    return pytest.param(*setup.values, "kill-outside", id=f"{setup.id}-kill")


@pytest.mark.parametrize(
    ("driver", "act"),
    [
        _killed_outside(GATE[0]),
        *rarely([_killed_outside(setup) for setup in (*GATE[1:], *OTHERS)]),
        *(
            pytest.param(*setup.values, "kill-inside", id=f"{setup.id}-kill-inside")
            for setup in (USER_BWRAP,)
        ),
        pytest.param(*USER_BWRAP.values, "stop-inside", id="user-bwrap-stop"),
    ],
    indirect=["driver"],
)
def test_a_zygote_that_goes_is_replaced(driver: Driver, act: str) -> None:
    before = driver.state
    driver.tell(act=act)
    reply = driver.tell(programs=[{"ask": "1"}], seconds=1.0, memory=128 << 20)
    assert reply["seen"] == [1]
    driver.state = reply["state"]
    old, new = ({pid for pid, *_ in state[0]} for state in (before, driver.state))
    assert not old & new
    wait_until_gone(old)
    assert driver.ask("2") == 2


@everywhere
def test_nothing_outlives_a_parent_that_was_killed(driver: Driver) -> None:
    """The last of these tests: its driver is not used after this."""
    left = driver.tell(act="leave-running")["left"]
    assert len(left) >= (3 if driver.level.startswith("bwrap") else 2)
    driver.process.kill()
    wait_until_gone(left)
