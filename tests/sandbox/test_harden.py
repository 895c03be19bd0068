"""The powers of a confined process, and those that it has lost."""

import errno
import importlib.util
import json
import os
import platform
import re
import select
import signal
import struct
import subprocess
import sys
import sysconfig
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from tests.needs import TORCH, linux, only_where, skip_elsewhere
from tests.sandbox.attacks import LANDLOCK_ATTACKS, RAW, REFUSED, dedent, seccomp_attacks

CHILD = Path(__file__).parents[2] / "tensordrill" / "sandbox" / "child"
PACKAGES = sorted({sysconfig.get_path(name) for name in ("purelib", "platlib")})
READABLE = sorted({*PACKAGES, sysconfig.get_path("stdlib"), sysconfig.get_path("platstdlib")})
ENVIRONMENT = {
    "CUDA_VISIBLE_DEVICES": "",
    "LANG": "C.UTF-8",
    "MKL_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "OMP_THREAD_LIMIT": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "TORCH_DEVICE_BACKEND_AUTOLOAD": "0",
    "TORCHINDUCTOR_CACHE_DIR": "/tmp",  # noqa: S108
}


def load(*names: str) -> list[ModuleType]:
    """The modules, loaded by their folder as the zygote loads them."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(CHILD))
        return [importlib.import_module(name) for name in names]


harden, landlock, seccomp = load("harden", "landlock", "seccomp")
OFFERED = harden.available()


def skip_without(*layers: str) -> None:
    missing = [layer for layer in layers if not getattr(OFFERED, layer)]
    if missing:
        skip_elsewhere(f"one that offers {', '.join(missing)}")


# ---- a zygote that forks a child for each request --------------------------------------------------------

PRELUDE = """
import json, os, signal, sys
child_folder, packages, scratch = json.loads(sys.argv[1])
sys.path.insert(0, child_folder)
sys.path.extend(packages)
os.chdir(scratch)
import harden, landlock, seccomp
"""

ZYGOTE = (
    PRELUDE
    + """
harden.protect_zygote()
import contextlib, ctypes, errno, resource, socket, tempfile, threading
tempfile.tempdir = "/tmp"
import numpy, torch
torch.set_num_threads(1)
torch.manual_seed(0)

libc = ctypes.CDLL(None, use_errno=True)
victim = ctypes.create_string_buffer(b"unchanged", 16)
leaks = [os.open(os.devnull, os.O_RDWR), *os.pipe()]
tries = {}


def attempt(name, act, *arguments):
    try:
        act(*arguments)
    except OSError as problem:
        tries[name] = errno.errorcode.get(problem.errno, str(problem))
    except BaseException as problem:
        tries[name] = type(problem).__name__
    else:
        tries[name] = "done"


def call(function, *arguments):
    if getattr(libc, function)(*arguments) == -1:
        raise OSError(ctypes.get_errno(), function)


def state():
    limits = [resource.getrlimit(n) for n in range(resource.RLIM_NLIMITS)] if hasattr(
        resource, "RLIM_NLIMITS") else [resource.getrlimit(n) for n in range(16)]
    return [os.getpid(), os.getpriority(os.PRIO_PROCESS, 0), os.sched_getscheduler(0),
            sorted(os.sched_getaffinity(0)), limits, os.getcwd(), victim.value.decode()]


def child(request, link):
    layers = None
    for name in request["without"]:
        module, _, function = name.partition(".")
        setattr(sys.modules[module], function, lambda *_, **__: False)
    if request["abi"]:
        landlock.ruleset_for.cache_clear()
        landlock.abi_version = lambda: request["abi"]
    parent = os.getppid()
    if request["confine"]:
        layers = harden.confine(
            readable=request["readable"], cpu_seconds=request["cpu"], memory=request["memory"],
            keep=[link.fileno()], parent=request["parent"] or parent)._asdict()
    link.send(json.dumps(layers).encode() + b"\\n")
    code = link.recv(1 << 16).decode()
    names = globals() | {"parent": parent, "result": None, "link": link}
    raised = None
    try:
        exec(compile(code, "job", "exec"), names)
    except BaseException as problem:
        raised = f"{type(problem).__name__}: {problem}"
    link.sendall(json.dumps({"result": names["result"], "tries": tries, "raised": raised}).encode() + b"\\n")


def serve(request):
    ours, theirs = socket.socketpair()
    ours.sendall(request["code"].encode())
    ours.shutdown(socket.SHUT_WR)
    pid = os.fork()
    if not pid:
        with contextlib.suppress(BaseException):
            child(request, theirs)
        os._exit(0)
    theirs.close()
    with ours, ours.makefile("rb") as replies:
        lines = []
        with contextlib.suppress(ConnectionResetError):  # it ended before it read its job
            lines.extend(replies)
    status = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    return {"status": status, "replies": [json.loads(line) for line in lines], "zygote": state()}


harden.prepare(json.loads(sys.argv[2]))
print(json.dumps(state()), flush=True)
for line in sys.stdin:
    print(json.dumps(serve(json.loads(line))), flush=True)
"""
)


class Zygote:
    """A process that has imported torch and forks a child for each request."""

    def __init__(self, scratch: Path) -> None:
        self.scratch = scratch
        self.process = subprocess.Popen(
            [*program(ZYGOTE, scratch), json.dumps(READABLE)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=ENVIRONMENT,
            text=True,
        )
        self.state = self._line()

    def _line(self) -> Any:
        assert self.process.stdout is not None
        assert select.select([self.process.stdout], [], [], 60)[0], "the zygote does not answer"
        line = self.process.stdout.readline()
        assert line, "the zygote has ended"
        return json.loads(line)

    def run(
        self,
        code: str,
        *,
        confine: bool = True,
        without: tuple[str, ...] = (),
        abi: int = 0,
        cpu: int = 20,
        parent: int = 0,
    ) -> "Answer":
        """Runs code in a child and checks that the zygote is what it was."""
        request = {
            "code": code,
            "confine": confine,
            "without": without,
            "abi": abi,
            "cpu": cpu,
            "memory": 256 << 20,
            "readable": READABLE,
            "parent": parent,
        }
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps(request) + "\n")
        self.process.stdin.flush()
        answer = self._line()
        assert answer["zygote"] == self.state
        return Answer(answer)

    def close(self) -> None:
        with self.process:
            assert self.process.stdin is not None
            self.process.stdin.close()
            try:
                assert self.process.wait(10) == 0
            finally:
                self.process.kill()


class Answer:
    """The acts of a child and its end."""

    def __init__(self, answer: dict[str, Any]) -> None:
        self.status: int = answer["status"]
        replies = answer["replies"]
        self.layers: dict[str, bool] | None = replies[0] if replies else None
        self.replied = len(replies) > 1
        last = replies[1] if self.replied else {}
        self.result: Any = last.get("result")
        self.raised: str | None = last.get("raised")
        self.tries: dict[str, str] = last.get("tries", {})


def program(code: str, scratch: Path) -> list[str]:
    return [sys.executable, "-I", "-S", "-B", "-c", code, json.dumps([str(CHILD), PACKAGES, str(scratch)])]


def run_alone(code: str, scratch: Path) -> subprocess.CompletedProcess[str]:
    """Runs a program of its own that can import harden, without torch."""
    return subprocess.run(
        program(PRELUDE + code, scratch), capture_output=True, text=True, timeout=30, check=False
    )


@pytest.fixture(scope="module")
def zygote(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Zygote]:
    if sys.platform != "linux":
        skip_elsewhere("Linux")
    scratch = tmp_path_factory.mktemp("zygote")
    (scratch / "secret").write_text("do not read")
    running = Zygote(scratch)
    try:
        yield running
    finally:
        running.close()


# ---- attacks ---------------------------------------------------------------------------------------------


@linux
@pytest.mark.parametrize("name", list(seccomp_attacks()) if sys.platform == "linux" else [])
def test_attack_is_refused(zygote: Zygote, name: str) -> None:
    skip_without("seccomp", "landlock")
    before = {path.name: path.stat() for path in zygote.scratch.iterdir()}
    answer = zygote.run(dedent(seccomp_attacks()[name]))
    assert answer.raised is None
    assert answer.tries
    assert {what: how for what, how in answer.tries.items() if how not in REFUSED} == {}
    after = {path.name: path.stat() for path in zygote.scratch.iterdir()}
    assert [(n, s.st_mode, s.st_size, s.st_mtime_ns) for n, s in after.items()] == [
        (n, s.st_mode, s.st_size, s.st_mtime_ns) for n, s in before.items()
    ]


@linux
@pytest.mark.parametrize("name", LANDLOCK_ATTACKS)
def test_reading_is_refused(zygote: Zygote, name: str) -> None:
    skip_without("landlock")
    answer = zygote.run(dedent(LANDLOCK_ATTACKS[name]))
    assert answer.raised is None
    assert set(answer.tries.values()) == {"EACCES"}


def test_home_cannot_be_listed(zygote: Zygote) -> None:
    skip_without("landlock")
    answer = zygote.run(f"attempt('home', os.listdir, {str(Path.home())!r})")
    assert answer.tries == {"home": "EACCES"}


def test_threads_are_refused(zygote: Zygote) -> None:
    skip_without("seccomp")
    answer = zygote.run("""
attempt('thread', threading.Thread(target=print).start)
from concurrent.futures import ThreadPoolExecutor
attempt('pool', ThreadPoolExecutor().submit, print)
""")
    assert answer.tries == {"thread": "RuntimeError", "pool": "RuntimeError"}


@pytest.mark.parametrize(
    ("code", "error"),
    [
        pytest.param("attempt('x', torch.zeros, 10**12)", "RuntimeError", id="a-huge-tensor"),
        pytest.param("attempt('x', torch.ones, 1 << 27)", "RuntimeError", id="twice-the-allowance"),
        pytest.param("x = [0]\nwhile True: x += x", "MemoryError", id="a-doubling-list"),
        pytest.param("x = []\nwhile True: x.append(bytes(1 << 16))", "MemoryError", id="a-growing-list"),
        pytest.param("attempt('x', bytearray, 1 << 40)", "MemoryError", id="bytes"),
        pytest.param("import mmap; attempt('x', mmap.mmap, -1, 1 << 30)", "ENOMEM", id="shared-memory"),
    ],
)
def test_memory_is_bounded(zygote: Zygote, code: str, error: str) -> None:
    skip_without("limits")
    answer = zygote.run(code)
    result = answer.tries["x"] if answer.tries else (answer.raised or "").partition(":")[0]
    assert result == error


def test_what_is_allowed_can_be_allocated(zygote: Zygote) -> None:
    answer = zygote.run("result = torch.ones(200 << 18).sum().item()")
    assert answer.raised is None
    assert answer.result == 200 << 18


@pytest.mark.parametrize(
    ("code", "ending"),
    [
        pytest.param("while True: pass", signal.SIGXCPU, id="a-loop"),
        pytest.param(
            "signal.signal(signal.SIGXCPU, signal.SIG_IGN)\nwhile True: pass",
            signal.SIGKILL,
            id="a-deaf-loop",
        ),
    ],
)
def test_endless_loop_ends(zygote: Zygote, code: str, ending: signal.Signals) -> None:
    skip_without("limits")
    answer = zygote.run(code, cpu=1)
    assert answer.status == -ending
    assert not answer.replied


@pytest.mark.parametrize(
    ("code", "ending"),
    [
        pytest.param("os.abort()", signal.SIGABRT, id="abort"),
        pytest.param("ctypes.string_at(0)", signal.SIGSEGV, id="segmentation-fault"),
        pytest.param("signal.raise_signal(signal.SIGUSR1)", signal.SIGUSR1, id="a-signal-to-itself"),
    ],
)
def test_child_can_end_itself(zygote: Zygote, code: str, ending: signal.Signals) -> None:
    assert zygote.run(code).status == -ending


@only_where(platform.machine() == "x86_64", "x86_64, which has more than one table of calls")
@pytest.mark.parametrize(
    "code",
    [
        pytest.param("libc.syscall(ctypes.c_long(0x40000000 | 39))", id="x32"),
        pytest.param(
            """
import mmap
page = mmap.mmap(-1, 4096, prot=7)
page.write(bytes.fromhex("b814000000cd80c3"))  # mov eax, 20; int 0x80; ret
ctypes.CFUNCTYPE(ctypes.c_int)(ctypes.addressof(ctypes.c_char.from_buffer(page)))()
""",
            id="int-0x80",
        ),
    ],
)
def test_other_tables_of_calls_kill(zygote: Zygote, code: str) -> None:
    skip_without("seccomp")
    answer = zygote.run(code)
    # A kernel without 32-bit calls answers int 0x80 with a segmentation fault of its own.
    assert -answer.status in {signal.SIGSYS, signal.SIGSEGV}
    assert not answer.replied


# ---- each layer alone ------------------------------------------------------------------------------------

SIGNAL_THE_PARENT = "for number in signal.valid_signals(): attempt(str(number), os.kill, parent, number)"


def test_scope_alone_refuses_signals(zygote: Zygote) -> None:
    skip_without("landlock", "scope")
    answer = zygote.run(SIGNAL_THE_PARENT, without=("seccomp.load_filter",))
    assert answer.layers == {"landlock": True, "scope": True, "seccomp": False, "limits": OFFERED.limits}
    assert set(answer.tries.values()) == {"EPERM"}


def test_landlock_alone_refuses_files(zygote: Zygote) -> None:
    skip_without("landlock")
    answer = zygote.run(
        """
attempt('read', open, 'secret')
attempt('write', open, 'secret', 'w')
attempt('make', open, 'attack', 'w')
attempt('mkdir', os.mkdir, 'attack')
attempt('unlink', os.unlink, 'secret')
attempt('execute', os.execv, sys.executable, ['python', '-c', ''])
open(os.devnull, 'r+b').close()
open('/dev/urandom', 'rb').close()
""",
        without=("seccomp.load_filter",),
    )
    assert answer.raised is None
    assert set(answer.tries.values()) == {"EACCES"}


@linux
def test_limits_alone_refuse_forks(tmp_path: Path) -> None:
    skip_without("limits")
    done = run_alone(
        """
if os.getuid() == 0:  # which NPROC does not bound, see `man 2 getrlimit`
    os.setresuid(65534, 65534, 65534)
seccomp.load_filter = landlock.restrict_self = lambda *_, **__: False
harden.confine(readable=[], cpu_seconds=5, memory=1 << 28, keep=[1], parent=None)
try:
    os.fork()
except BlockingIOError:
    print("refused")
""",
        tmp_path,
    )
    assert done.stdout == "refused\n"


@pytest.mark.parametrize("abi", range(1, 8))
def test_older_landlock(zygote: Zygote, abi: int) -> None:
    skip_without("landlock")
    if landlock.abi_version() < abi:
        skip_elsewhere(f"a kernel whose Landlock has version {abi}")
    answer = zygote.run("attempt('read', open, 'secret')", abi=abi)
    assert answer.layers is not None
    assert (answer.layers["landlock"], answer.layers["scope"]) == (True, abi >= 6)
    assert answer.tries == {"read": "EACCES"}


@pytest.mark.parametrize(
    ("abi", "rights"),
    [
        (1, (0x1FFF, 0, 0)),
        (2, (0x3FFF, 0, 0)),
        (3, (0x7FFF, 0, 0)),
        (4, (0x7FFF, 3, 0)),
        (5, (0xFFFF, 3, 0)),
        (6, (0xFFFF, 3, 3)),
        (7, (0xFFFF, 3, 3)),
        (99, (0xFFFF, 3, 3)),
    ],
)
def test_rights_follow_the_version(abi: int, rights: tuple[int, int, int]) -> None:
    assert landlock.rights_of(abi) == rights


# ---- what confine leaves ---------------------------------------------------------------------------------


def test_layers_are_those_the_machine_offers(zygote: Zygote) -> None:
    assert zygote.run("").layers == OFFERED._asdict()


def test_only_kept_descriptors_are_open(zygote: Zygote) -> None:
    answer = zygote.run("""
null = os.stat(os.devnull).st_rdev
found = []
for number in range(256):
    with contextlib.suppress(OSError):
        found.append([number, os.fstat(number).st_rdev == null])
result = found == [[0, True], [1, True], [2, True], [link.fileno(), False]]
print("ignored", flush=True)
""")
    assert answer.raised is None
    assert answer.result is True


def test_limits(zygote: Zygote) -> None:
    answer = zygote.run("""
kinds = "CPU NOFILE NPROC FSIZE CORE MSGQUEUE MEMLOCK STACK".split()
result = {kind: resource.getrlimit(getattr(resource, f"RLIMIT_{kind}")) for kind in kinds}
""")
    stack = zygote.state[4][3]
    zero = [0, 0]
    assert answer.result == {
        "CPU": [20, 21],
        "NOFILE": [32, 32],
        **dict.fromkeys(["NPROC", "FSIZE", "CORE", "MSGQUEUE", "MEMLOCK"], zero),
        "STACK": stack,
    }


@linux
@pytest.mark.parametrize("megabytes", [1, 300, 3_000, 50_000])
def test_found_size_is_the_real_size(tmp_path: Path, megabytes: int) -> None:
    if not Path("/proc/self/statm").exists():
        skip_elsewhere("one with /proc")
    done = run_alone(
        f"""
import mmap
no_reserve = 0x4000
filler = mmap.mmap(-1, {megabytes} << 20, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS | no_reserve)
pages = int(open("/proc/self/statm").read().split()[0])
import limits
print(limits.address_space() - pages * mmap.PAGESIZE)
""",
        tmp_path,
    )
    assert done.stderr == ""
    assert 0 <= int(done.stdout) <= 4 << 20


@linux
def test_lower_limits_of_the_machine_are_kept(tmp_path: Path) -> None:
    done = run_alone(
        """
import resource
resource.setrlimit(resource.RLIMIT_AS, (1 << 30, 1 << 30))
resource.setrlimit(resource.RLIMIT_NOFILE, (20, 20))
print(harden.confine(readable=[], cpu_seconds=5, memory=1 << 40, keep=[1], parent=None).limits)
print(resource.getrlimit(resource.RLIMIT_AS) == (1 << 30, 1 << 30), resource.getrlimit(resource.RLIMIT_NOFILE))
""",
        tmp_path,
    )
    assert done.stdout == "True\nTrue (20, 20)\n"


def test_child_of_another_parent_ends(zygote: Zygote) -> None:
    answer = zygote.run("result = 1", parent=2**22 + 1)
    assert (answer.status, answer.layers, answer.replied) == (1, None, False)


@linux
def test_child_dies_with_its_parent(tmp_path: Path) -> None:
    reader, writer = os.pipe()
    code = f"""
import time
parent = os.getpid()
if not os.fork():
    harden.confine(readable=[], cpu_seconds=20, memory=1 << 28, keep=[{writer}], parent=parent)
    os.write({writer}, b"ready")
    while True: time.sleep(1000)
signal.pause()
"""
    with (
        open(reader, "rb", buffering=0) as replies,
        subprocess.Popen(program(PRELUDE + code, tmp_path), pass_fds=[writer]) as process,
    ):
        os.close(writer)
        try:
            assert replies.read(5) == b"ready"
        finally:
            process.kill()
        assert select.select([replies], [], [], 10)[0]
        assert replies.read(1) == b""


@linux
def test_process_of_its_own_confines_itself(tmp_path: Path) -> None:
    done = run_alone(
        """
layers = harden.confine(readable=[], cpu_seconds=5, memory=1 << 28, keep=[1], parent=None)
print(json.dumps(layers._asdict()))
try:
    open("/etc/passwd")
except PermissionError:
    print("refused")
""",
        tmp_path,
    )
    layers, *rest = done.stdout.splitlines()
    assert json.loads(layers) == OFFERED._asdict()
    assert rest == (["refused"] if OFFERED.landlock else [])


@linux
def test_privileges_are_dropped(tmp_path: Path) -> None:
    if not Path("/proc/self/status").exists():
        skip_elsewhere("one with /proc")
    done = run_alone(
        """
import ctypes
seccomp.load_filter = lambda **_: False  # it would refuse the question
harden.confine(readable=["/proc"], cpu_seconds=5, memory=1 << 28, keep=[1], parent=None)
print(ctypes.CDLL(None).prctl(3, 0, 0, 0, 0))
with open("/proc/self/status") as status:
    print(json.dumps({name: value.strip() for name, _, value in (line.partition(":") for line in status)}))
""",
        tmp_path,
    )
    dumpable, line = done.stdout.splitlines()
    assert dumpable == "0"
    status = json.loads(line)
    assert {int(status[name], 16) for name in ("CapInh", "CapPrm", "CapEff", "CapAmb")} == {0}
    assert status["NoNewPrivs"] == "1"
    assert status["Threads"] == "1"


@linux
def test_time_spent_before_does_not_count(tmp_path: Path) -> None:
    done = run_alone(
        """
import resource
harden.time.process_time = lambda: 41.5
harden.confine(readable=[], cpu_seconds=5, memory=1 << 28, keep=[1], parent=None)
print(resource.getrlimit(resource.RLIMIT_CPU))
""",
        tmp_path,
    )
    assert done.stdout == "(47, 48)\n"


@linux
def test_single_files_can_be_readable(tmp_path: Path) -> None:
    skip_without("landlock")
    (tmp_path / "one").write_text("one")
    (tmp_path / "two").write_text("two")
    done = run_alone(
        """
harden.confine(readable=["missing", "one"], cpu_seconds=5, memory=1 << 28, keep=[1], parent=None)
print(open("one").read())
try:
    open("two")
except PermissionError:
    print("refused")
""",
        tmp_path,
    )
    assert done.stdout == "one\nrefused\n"


_WRITES = """
os.mkdir("scratch")
harden.confine(
    readable=["."], writable=["scratch"], cpu_seconds=5, memory=1 << 26, keep=[1], parent=None)
file = open("scratch/a", "w+b")
print(file.write(b"abc"), file.flush(), file.truncate(2), os.fsync(file.fileno()))
os.mkdir("scratch/b")
os.rename("scratch/a", "scratch/b/a")
print(os.listdir("scratch/b"), open("scratch/b/a").read())
os.unlink("scratch/b/a")
os.rmdir("scratch/b")
try:
    open("scratch/large", "wb").truncate(1 << 27)
except OSError as error:
    print(error.strerror)
for attempt in (
    lambda: open("one", "w"), lambda: open("one", "a"), lambda: open("two", "w"), lambda: os.mkdir("three"),
    lambda: os.unlink("one"), lambda: os.rename("one", "scratch/one"), lambda: os.link("one", "scratch/one"),
    lambda: os.symlink("../one", "scratch/one"), lambda: os.chmod("one", 0o777), lambda: os.utime("one"),
    lambda: os.truncate("one", 0), lambda: os.mkfifo("scratch/pipe"), lambda: os.open("one", os.O_PATH),
    lambda: os.open("scratch", os.O_TMPFILE | os.O_WRONLY), lambda: os.chmod("scratch", 0o777),
):
    try:
        attempt()
    except OSError as error:
        print(error.errno in (1, 13, 18), end=" ")
    else:
        print("done", end=" ")
"""


@linux
def test_only_one_folder_can_be_writable(tmp_path: Path) -> None:
    skip_without("landlock", "seccomp", "limits")
    (tmp_path / "one").write_text("one")
    printed = run_alone(_WRITES, tmp_path).stdout.splitlines()
    assert printed[:3] == ["3 None 2 None", "['a'] ab", "File too large"]
    assert printed[3].split() == ["True"] * 15
    assert (tmp_path / "one").read_text() == "one"


@linux
def test_without_landlock_nothing_is_writable(tmp_path: Path) -> None:
    skip_without("seccomp")
    code = """
landlock.restrict_self = lambda ruleset: False
harden.confine(readable=["."], writable=["."], cpu_seconds=5, memory=1 << 20, keep=[1], parent=None)
try:
    open("one", "w")
except PermissionError:
    print("refused")
"""
    assert run_alone(code, tmp_path).stdout == "refused\n"


@linux
def test_threads_already_running_are_not_hidden(tmp_path: Path) -> None:
    skip_without("landlock")
    if landlock.abi_version() >= 8:
        skip_elsewhere("a kernel whose Landlock restricts one thread")
    done = run_alone(
        """
import threading
threading.Thread(target=signal.pause, daemon=True).start()
layers = harden.confine(readable=[], cpu_seconds=5, memory=1 << 28, keep=[1], parent=None)
os.write(1, json.dumps(layers).encode())
os._exit(0)
""",
        tmp_path,
    )
    assert json.loads(done.stdout)[:2] == [False, False]


@linux
def test_zygote_is_protected(tmp_path: Path) -> None:
    done = run_alone(
        """
import ctypes, resource
harden.protect_zygote()
for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT):
    os.kill(os.getpid(), number)
print(ctypes.CDLL(None).prctl(3, 0, 0, 0, 0), resource.getrlimit(resource.RLIMIT_CORE))
""",
        tmp_path,
    )
    assert done.stdout == "0 (0, 0)\n"


@pytest.mark.parametrize("platform", ["darwin", "win32"])
def test_other_systems_report_everything_missing(platform: str, tmp_path: Path) -> None:
    code = f"""
import ctypes, mmap, signal, sys
sys.platform = {platform!r}
sys.modules["resource"] = sys.modules["fcntl"] = None
{PRELUDE}
from hugepages import Heap
harden.protect_zygote()
harden.prepare(["/"])
layers = harden.confine(readable=[], cpu_seconds=1, memory=0, keep=[], parent=None)
print(harden.available() == layers == (False,) * 4, list(Heap().collapse()))
open("written", "w").close()
"""
    done = subprocess.run(program(code, tmp_path), capture_output=True, text=True, timeout=30, check=False)
    assert (done.stdout, done.stderr) == ("True []\n", "")
    assert (tmp_path / "written").exists()


# ---- honest work -----------------------------------------------------------------------------------------

HONEST = {
    "matmul": "a = torch.arange(600. * 600).reshape(600, 600) % 7; result = (a @ a).sum().item()",
    "threads": "torch.set_num_threads(2); a = torch.ones(700, 700); result = (a @ a).sum().item()",
    "elementwise": "result = torch.linspace(0, 1, 10**6).sin().exp().sum().item()",
    "linalg": """
a = torch.tensor([[4., 1, 2], [1, 5, 3], [2, 3, 6]])
parts = [torch.linalg.inv(a), torch.linalg.cholesky(a), torch.linalg.eigvalsh(a), torch.linalg.svdvals(a),
         torch.linalg.solve(a, torch.ones(3)), torch.linalg.qr(a).R, torch.linalg.det(a)]
result = [part.tolist() for part in parts]
""",
    "einsum": "result = torch.einsum('bij,bjk->bk', torch.ones(2, 3, 4), torch.ones(2, 4, 5)).tolist()",
    "conv2d": "result = nn.functional.conv2d(torch.ones(2, 3, 32, 32), torch.ones(4, 3, 3, 3)).sum().item()",
    "lstm": """
layer = nn.LSTM(8, 16, num_layers=2, batch_first=True)
result = [list(t.shape) for t in (layer(torch.ones(2, 5, 8))[0], *layer(torch.ones(2, 5, 8))[1])]
""",
    "attention": "result = list(nn.MultiheadAttention(8, 2)(*[torch.ones(3, 2, 8)] * 3)[0].shape)",
    "bf16-matmul": "a = torch.ones(128, 128, dtype=torch.bfloat16); result = (a @ a).sum().item()",
    "int8-matmul": "result = torch._int_mm(*[torch.ones(32, 32, dtype=torch.int8)] * 2).sum().item()",
    "backward": """
x = torch.arange(4., requires_grad=True)
(x ** 3).sum().backward()
result = x.grad.tolist()
""",
    "second-gradient": """
x = torch.tensor(2., requires_grad=True)
first, = torch.autograd.grad(x ** 4, x, create_graph=True)
result = torch.autograd.grad(first, x)[0].item()
""",
    "training-step": """
model = nn.Sequential(nn.Linear(4, 8), nn.ReLU(), nn.Linear(8, 2))
optimizer = torch.optim.SGD(model.parameters(), lr=0.1, momentum=0.9)
loss = nn.functional.cross_entropy(model(torch.ones(3, 4)), torch.tensor([0, 1, 0]))
loss.backward()
optimizer.step()
result = [round(p.sum().item(), 4) for p in model.parameters()]
""",
    "data-loader": """
from torch.utils.data import DataLoader, TensorDataset
result = [len(batch[0]) for batch in DataLoader(TensorDataset(torch.arange(10)), batch_size=4)]
""",
    "numpy": """
x = torch.from_numpy(numpy.arange(6).reshape(2, 3))
x += 1
result = [x.numpy().tolist(), torch.as_tensor(numpy.float32(2)).item()]
result.append(numpy.linalg.inv(numpy.eye(3)).tolist())
""",
    "fft": "result = torch.fft.rfft(torch.arange(64.)).abs().tolist()",
    "sort": "result = [part.tolist() for part in torch.sort(torch.tensor([3, 1, 2]))]",
    "unique": "result = torch.tensor([2, 1, 2]).unique().tolist()",
    "indexing": """
x = torch.arange(24).reshape(2, 3, 4)
taken = [x[..., 1], x[x > 20], x[:, [0, 2]], x.gather(2, x[:, :, :1] % 4)]
result = [part.tolist() for part in taken]
""",
    "save-to-memory": """
import io
buffer = io.BytesIO()
torch.save({"x": torch.arange(3)}, buffer)
buffer.seek(0)
result = torch.load(buffer)["x"].tolist()
""",
    "print": "x = torch.arange(6.); print(x); result = [repr(x), str(x.dtype), repr(nn.Linear(2, 3))]",
    "one-hot": "result = nn.functional.one_hot(torch.tensor([0, 2]), 3).tolist()",
    "random": """
torch.manual_seed(3)
g = torch.Generator(); g.seed()
result = [torch.rand(3).tolist(), torch.randperm(4).tolist(), len(os.urandom(4))]
""",
    "deepcopy": "import copy; result = copy.deepcopy({'x': torch.ones(2)})['x'].tolist()",
    "warnings": """
import warnings
with warnings.catch_warnings(record=True) as seen:
    warnings.simplefilter("always")
    torch.arange(6).reshape(1, 2, 3).T
result = [str(w.category) for w in seen]
""",
    "errors": """
import traceback
try:
    torch.arange(6).view(4)
except RuntimeError:
    result = traceback.format_exc()
""",
    "vmap": "result = torch.func.vmap(torch.dot)(torch.ones(2, 3), torch.ones(2, 3)).tolist()",
    "jit": "result = torch.jit.script(nn.ReLU())(torch.tensor([-1., 1.])).tolist()",
    "sparse": "result = torch.eye(3).to_sparse().matmul(torch.ones(3, 1)).tolist()",
    "imports": """
import asyncio, csv, dataclasses, decimal, fractions, random, statistics, unittest
import torch.nn.utils.parametrize, torch.distributions, torch.special
result = torch.distributions.Normal(0., 1.).log_prob(torch.tensor(0.)).item()
""",
    "clocks": """
import time
time.sleep(0.001)
result = [time.time() > 0, time.perf_counter() > 0, os.cpu_count() > 0, os.getpid() > 0]
""",
    "alarm": """
class Late(Exception): pass
def late(*_): raise Late
signal.signal(signal.SIGALRM, late)
try:
    signal.setitimer(signal.ITIMER_REAL, 0.02)
    while True: pass
except Late:
    result = "late"
""",
    "captured-output": """
import io
with contextlib.redirect_stdout(io.StringIO()) as out:
    print("kept")
result = out.getvalue()
""",
}


@pytest.mark.parametrize("name", HONEST)
def test_honest_work_gives_the_same_result(zygote: Zygote, name: str) -> None:
    if name == "threads" and TORCH < (2, 5):
        skip_elsewhere("torch 2.5, which does not wait for a thread that could not start")
    code = f"from torch import nn\n{HONEST[name].strip()}"
    free, confined = zygote.run(code, confine=False), zygote.run(code)
    assert (free.raised, free.layers) == (None, None)
    assert free.result is not None
    assert confined.raised is None
    assert confined.result == free.result
    assert confined.status == 0


# ---- the filter, without loading it ----------------------------------------------------------------------

ALLOW, KILL = "allow", "kill"


def decide(machine: str, number: int, *arguments: int, audit: int | None = None, writes: bool = False) -> str:
    """Runs a machine's filter on one call, as the kernel would."""
    audit = seccomp._MACHINES[machine].audit if audit is None else audit
    words = [*arguments, *[0] * (6 - len(arguments))]
    data = struct.pack("<IIQ6Q", number, audit, 0, *(word & (1 << 64) - 1 for word in words))
    program = list(struct.iter_unpack("<HBBI", seccomp.build_filter(machine, writes=writes)))
    at, register = 0, 0
    while True:
        code, yes, no, value = program[at]
        at += 1
        match code:
            case 0x20:
                (register,) = struct.unpack_from("<I", data, value)
            case 0x15:
                at += yes if register == value else no
            case 0x35:
                at += yes if register >= value else no
            case 0x45:
                at += yes if register & value else no
            case 0x06:
                return {0x7FFF0000: ALLOW, 0x80000000: KILL}.get(value) or errno.errorcode[value & 0xFFFF]
            case _:
                raise AssertionError(f"unknown instruction {code:#x}")


MACHINES = ["x86_64", "aarch64"]


def call_numbers(machine: str, *, writes: bool = False) -> dict[str, int]:
    column = seccomp._MACHINES[machine].column
    text = seccomp._CALLS + seccomp._CALLS_OF_WRITERS * writes
    calls = [call.split() for call in re.split(r"[,\n]+", text.strip())]
    return {name: int(numbers[column]) for name, *numbers in calls if numbers[column] != "-"}


@pytest.mark.parametrize("writes", [False, True], ids=["reads", "writes"])
@pytest.mark.parametrize("machine", MACHINES)
def test_filter_knows_each_call(machine: str, writes: bool) -> None:
    numbers = call_numbers(machine, writes=writes)
    assert len(set(numbers.values())) == len(numbers)
    conditional = {numbers[name] for name in seccomp._CONDITIONS if name in numbers}
    for number in [*range(600), 0x3FFFFFFF]:
        if number in conditional:
            continue
        refused = "EPERM" if number < 424 else "ENOSYS"
        decision = decide(machine, number, writes=writes)
        assert decision == (ALLOW if number in numbers.values() else refused), number


PID = seccomp._OWN_PID
HIGH = 1 << 32


@pytest.mark.parametrize("machine", MACHINES)
@pytest.mark.parametrize(
    ("name", "arguments", "decision"),
    [
        ("openat", (-100, 1, 0o2400000), ALLOW),
        ("openat", (-100, 1, 0o1), "EACCES"),
        ("openat", (-100, 1, 0o2), "EACCES"),
        ("openat", (-100, 1, 0o100), "EACCES"),
        ("openat", (-100, 1, 0o1000), "EACCES"),
        ("openat", (-100, 1, 0o20000000), "EACCES"),
        ("openat", (-100, 1, 0o10000000), "EACCES"),
        ("sendto", (5, 1, 1, 0, 0, 0), ALLOW),
        ("sendto", (5, 1, 1, 0, 1, 0), "EPERM"),
        ("sendto", (5, 1, 1, 0, HIGH, 0), "EPERM"),
        ("tgkill", (PID, PID, 6), ALLOW),
        ("tgkill", (1, 1, 9), "EPERM"),
        ("tgkill", (0, 0, 9), "EPERM"),
        ("tgkill", (-1, 1, 9), "EPERM"),
        ("sched_getaffinity", (0,), ALLOW),
        ("sched_getaffinity", (PID,), ALLOW),
        ("sched_getaffinity", (1,), "EPERM"),
        ("prlimit64", (0, 7, 0, 1), ALLOW),
        ("prlimit64", (0, 7, 1, 0), "EPERM"),
        ("prlimit64", (0, 7, HIGH, 0), "EPERM"),
        ("prlimit64", (PID, 7, 0, 1), "EPERM"),
        ("prctl", (15,), ALLOW),
        ("prctl", (16,), ALLOW),
        ("prctl", (1,), "EPERM"),
        ("prctl", (22,), "EPERM"),
        ("ioctl", (1, 0x5401), ALLOW),
        ("ioctl", (1, 0x5412), "EPERM"),
        ("fcntl", (1, 1030), ALLOW),
        ("fcntl", (1, 4), "EPERM"),
        ("fcntl", (1, 8), "EPERM"),
    ],
)
def test_filter_looks_at_arguments(
    machine: str, name: str, arguments: tuple[int, ...], decision: str
) -> None:
    assert decide(machine, call_numbers(machine)[name], *arguments) == decision


@pytest.mark.parametrize("machine", MACHINES)
def test_filter_lets_a_writer_open_to_write(machine: str) -> None:
    number = call_numbers(machine)["openat"]
    flags = {0o2400000: ALLOW, 0o1: ALLOW, 0o1102: ALLOW, 0o20000000: "EACCES", 0o10000000: "EACCES"}
    assert {flag: decide(machine, number, -100, 1, flag, writes=True) for flag in flags} == flags


@pytest.mark.parametrize("machine", MACHINES)
def test_filter_kills_calls_of_other_tables(machine: str) -> None:
    read = call_numbers(machine)["read"]
    other = next(name for name in MACHINES if name != machine)
    assert decide(machine, read, audit=seccomp._MACHINES[other].audit) == KILL
    assert decide(machine, read, audit=0x40000003) == KILL
    assert decide(machine, read | 0x40000000) == KILL
    assert decide(machine, 0xFFFFFFFF) == KILL


@linux
@pytest.mark.parametrize(
    ("machine", "header"), [("x86_64", "asm/unistd_64.h"), ("aarch64", "asm-generic/unistd.h")]
)
def test_numbers_are_the_kernel_headers(machine: str, header: str, kernel_headers: list[Path]) -> None:
    files = [folder / header for folder in kernel_headers if (folder / header).exists()]
    if not files:
        skip_elsewhere(machine)
    text = files[0].read_text()
    known = dict(re.findall(r"#define (__NR(?:3264)?_\w+)\s+(\w+)", text))
    column = MACHINES.index(machine)
    attacked = {name: numbers[column] for name, numbers in RAW.items()}
    for name, number in (call_numbers(machine, writes=True) | attacked).items():
        definition = known.get(f"__NR_{name}") or known.get(f"__NR3264_{name}")
        definition = known.get(definition, definition) if definition else None
        assert definition == str(number), name
