"""The layers that a process puts on itself before it runs a job.

The zygote calls `become` and `protect_zygote`, imports what jobs need, calls `collapse_heap` and `prepare`, and forks.
Each fork calls `confine` and is then one task that can neither make another, nor write, nor connect, nor
reach a process besides itself:

* Landlock refuses all files but the readable ones, and signals and abstract sockets out of the process;
* limits bound memory, CPU time, descriptors and file size;
* seccomp allows the calls that torch and Python need and refuses the rest.

Only the standard library is used, so that this file can be started by path. Whatever a machine lacks is
reported as missing, never raised.
"""

import contextlib
import ctypes
import errno
import functools
import gc
import itertools
import math
import mmap
import os
import re
import signal
import stat
import struct
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

if sys.platform == "linux":
    import resource


class Layers(NamedTuple):
    """Which layers a machine offers, or which ones hold in a process."""

    landlock: bool
    scope: bool
    seccomp: bool
    limits: bool


NO_LAYERS: Final = Layers(landlock=False, scope=False, seccomp=False, limits=False)


def protect_zygote() -> None:
    """Makes this process hard to interrupt, trace or dump.

    The end of its control socket is what ends it. Forks inherit all of this.
    """
    if sys.platform != "linux":
        return
    _prctl(_PR_SET_DUMPABLE, 0)
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT):
        signal.signal(number, signal.SIG_IGN)
    _lower(resource.RLIMIT_CORE, 0, 0)


def become(uid: int, *, reads_all: bool) -> int:
    """Becomes another user for good, without root's powers; as bits, those that are left.

    With `reads_all` that is the power to read every file, which a program needs whose files other users
    cannot reach. Raises OSError where this process may not become another.
    """
    if sys.platform != "linux":
        return 0
    _prctl(_PR_SET_KEEPCAPS, int(reads_all))
    os.setgroups([])
    os.setresgid(uid, uid, uid)
    os.setresuid(uid, uid, uid)
    choices = (_CAP_DAC_READ_SEARCH, _CAP_DAC_OVERRIDE) if reads_all else ()
    for powers in choices:
        if _set_capabilities(powers):
            return powers
    _set_capabilities(0)
    return 0


def available() -> Layers:
    """Asks the kernel which layers it offers; changes nothing."""
    if sys.platform != "linux":
        return NO_LAYERS
    abi = _landlock_abi()
    return Layers(landlock=abi >= 1, scope=abi >= 6, seccomp=_has_seccomp(), limits=True)


def prepare(readable: Sequence[str]) -> None:
    """Builds what forks can share: the filter, and the Landlock ruleset for `readable`.

    A `confine` with the same `readable` is then faster; without this call it builds its own. The ruleset is
    an open descriptor of this process.
    """
    if sys.platform != "linux":
        return
    _filter_template()
    _ruleset(tuple(readable))


def confine(
    *,
    readable: Sequence[str],
    cpu_seconds: int,
    memory: int,
    keep: Sequence[int],
    parent: int | None,
    powers: int = 0,
) -> Layers:
    """Confines this process for good and returns the layers that took hold.

    `readable` names the files and folders that can still be read. `memory` is what may be allocated on top
    of the present size. Descriptors in `keep` stay open; 0 to 2 become /dev/null unless kept. A forked
    child passes its `parent`, and ends when that has ended; a process with a program of its own passes None.
    Of root's `powers`, given as `become` gives them, those stay that Landlock bounds.
    """
    if sys.platform != "linux":
        return NO_LAYERS
    if parent is not None:
        die_with(parent)
    ruleset = _ruleset(tuple(readable))
    _replace_descriptors({*keep} if ruleset is None else {*keep, ruleset})
    _prctl(_PR_SET_DUMPABLE, 0)
    _prctl(_PR_SET_NO_NEW_PRIVS, 1)
    landlock = ruleset is not None and _restrict_self(ruleset)
    _set_capabilities(powers if landlock else 0)
    used = 0 if parent is not None else math.ceil(time.process_time())
    limits = _set_limits(used + cpu_seconds, memory)
    seccomp = _load_filter()
    return Layers(landlock, landlock and _landlock_abi() >= 6, seccomp, limits)


# ---- the C library ---------------------------------------------------------------------------------------

_PR_SET_PDEATHSIG: Final = 1
_PR_SET_DUMPABLE: Final = 4
_PR_SET_NAME: Final = 15
_PR_GET_NAME: Final = 16
_PR_SET_NO_NEW_PRIVS: Final = 38
_PR_SET_KEEPCAPS: Final = 8

_CAP_DAC_OVERRIDE: Final = 1 << 1
_CAP_DAC_READ_SEARCH: Final = 1 << 2

_CLOSE_RANGE: Final = 436
_LANDLOCK_CREATE_RULESET: Final = 444
_LANDLOCK_ADD_RULE: Final = 445
_LANDLOCK_RESTRICT_SELF: Final = 446


@functools.cache
def _libc() -> ctypes.CDLL:
    libc = ctypes.CDLL(None, use_errno=True)
    libc.syscall.restype = ctypes.c_long
    libc.prctl.argtypes = [ctypes.c_int, *[ctypes.c_ulong] * 4]
    libc.madvise.argtypes = [ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int]
    libc.sbrk.argtypes = [ctypes.c_ssize_t]
    libc.sbrk.restype = ctypes.c_void_p
    return libc


def _syscall(number: int, *arguments: int | bytes | None) -> int:
    """Calls the kernel; the result, or minus the error's number."""
    result = int(_libc().syscall(ctypes.c_long(number), *arguments))
    return -ctypes.get_errno() if result == -1 else result


def _prctl(option: int, value: int) -> bool:
    return int(_libc().prctl(option, value, 0, 0, 0)) == 0


# ---- descriptors, parent, capabilities -------------------------------------------------------------------


def die_with(parent: int) -> None:
    """Ends this process when the thread that started it has ended."""
    _prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)


def _replace_descriptors(keep: set[int]) -> None:
    """Puts a fresh /dev/null on 0 to 2 and closes every other descriptor that is not kept."""
    spared = {*keep}
    with contextlib.suppress(OSError):
        null = os.open("/dev/null", os.O_RDWR)
        for number in {0, 1, 2} - keep:
            os.dup2(null, number)
            spared.add(number)
    first = 0
    for number in sorted(spared):
        _close_from(first, number - 1)
        first = number + 1
    _close_from(first, 0x7FFFFFFF)


def _close_from(first: int, last: int) -> None:
    if first > last or _syscall(_CLOSE_RANGE, first, last, 0) == 0:
        return
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    os.closerange(first, min(last + 1, 1 << 20 if most == resource.RLIM_INFINITY else most))


def _set_capabilities(powers: int) -> bool:
    """Gives up root's powers but these: with them limits can be raised and pages of the machine poisoned."""
    version_3 = struct.pack("=Ii", 0x20080522, 0)
    return int(_libc().capset(version_3, struct.pack("=6I", powers, powers, 0, 0, 0, 0))) == 0


# ---- limits ----------------------------------------------------------------------------------------------


def _set_limits(cpu_seconds: int, memory: int) -> bool:
    size = _address_space() + memory
    held = [
        _lower(resource.RLIMIT_AS, size, size),
        _lower(resource.RLIMIT_CPU, cpu_seconds, cpu_seconds + 1),
        _lower(resource.RLIMIT_NOFILE, 32, 32),
        _lower(resource.RLIMIT_NPROC, 0, 0),
        _lower(resource.RLIMIT_FSIZE, 0, 0),
        _lower(resource.RLIMIT_CORE, 0, 0),
        _lower(resource.RLIMIT_MSGQUEUE, 0, 0),
        _lower(resource.RLIMIT_MEMLOCK, 0, 0),
    ]
    return all(held)


def _lower(kind: int, soft: int, hard: int) -> bool:
    """Sets a limit, or keeps the present hard one where that is lower."""
    present = resource.getrlimit(kind)[1]
    if present != resource.RLIM_INFINITY:
        soft, hard = min(soft, present), min(hard, present)
    try:
        resource.setrlimit(kind, (soft, hard))
    except (OSError, ValueError):
        return False
    return True


def _address_space() -> int:
    """Finds the size of this process, rounded up to 1 MiB, by lowering the soft limit until a page fails.

    The soft limit is left somewhere; the caller sets it next.
    """
    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    most = 1 << 48 if hard == resource.RLIM_INFINITY else hard
    low, high = 0, min(1 << 30, most)
    while high < most and not _page_fits(high, hard):
        low, high = high, min(2 * high, most)
    while high - low > 1 << 20:
        middle = (low + high) // 2
        low, high = (low, middle) if _page_fits(middle, hard) else (middle, high)
    return high


def _page_fits(soft: int, hard: int) -> bool:
    """Says whether this process can still grow below a limit."""
    resource.setrlimit(resource.RLIMIT_AS, (soft, hard))
    try:
        mmap.mmap(-1, mmap.PAGESIZE, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS).close()
    except (OSError, MemoryError):
        return False
    return True


# ---- Landlock --------------------------------------------------------------------------------------------

_WRITE_FILE: Final = 1 << 1
_READ_FILE: Final = 1 << 2
_READ_DIR: Final = 1 << 3


class _Rights(NamedTuple):
    files: int
    network: int
    scope: int


def _rights(abi: int) -> _Rights:
    """All the rights that a version of Landlock knows, and so can refuse."""
    kinds = 13 + (abi >= 2) + (abi >= 3) + (abi >= 5)  # then refer, truncate, ioctl of devices
    bind_and_connect = 0b11 if abi >= 4 else 0
    sockets_and_signals = 0b11 if abi >= 6 else 0
    return _Rights((1 << kinds) - 1, bind_and_connect, sockets_and_signals)


@functools.cache
def _landlock_abi() -> int:
    return max(0, _syscall(_LANDLOCK_CREATE_RULESET, None, 0, 1))


@functools.cache
def _ruleset(readable: tuple[str, ...]) -> int | None:
    """Makes the ruleset that refuses everything but reading what is listed; a descriptor."""
    abi = _landlock_abi()
    if abi < 1:
        return None
    rights = struct.pack("=QQQ", *_rights(abi))
    ruleset = _syscall(_LANDLOCK_CREATE_RULESET, rights, len(rights), 0)
    if ruleset < 0:
        return None
    for path in readable:
        _allow_path(ruleset, path, _READ_FILE | _READ_DIR)
    _allow_path(ruleset, "/dev/null", _READ_FILE | _WRITE_FILE)
    _allow_path(ruleset, "/dev/urandom", _READ_FILE)
    return ruleset


def _allow_path(ruleset: int, path: str, rights: int) -> None:
    try:
        descriptor = os.open(path, os.O_PATH)
    except (OSError, ValueError):
        return  # what is missing cannot be read
    if not stat.S_ISDIR(os.fstat(descriptor).st_mode):
        rights &= ~_READ_DIR
    beneath = 1
    _syscall(_LANDLOCK_ADD_RULE, ruleset, beneath, struct.pack("=Qi", rights, descriptor), 0)
    os.close(descriptor)


def _restrict_self(ruleset: int) -> bool:
    """Enters a domain of its own, which keeps the zygote and the other forks outside."""
    abi = _landlock_abi()
    log_nothing = 1 if abi >= 7 else 0
    all_threads = 8 if abi >= 8 else 0
    held = _syscall(_LANDLOCK_RESTRICT_SELF, ruleset, log_nothing | all_threads) == 0
    os.close(ruleset)
    return held and (all_threads != 0 or _single_threaded())


def _single_threaded() -> bool:
    """Says whether this is the only thread; older Landlock restricts no other."""
    clone_thread = 0x10000  # asks to leave a group of threads, which does nothing for a single one
    return int(_libc().unshare(clone_thread)) == 0 or ctypes.get_errno() != errno.EINVAL


# ---- seccomp ---------------------------------------------------------------------------------------------


class _Machine(NamedTuple):
    audit: int
    seccomp: int
    column: int


_MACHINES: Final = {
    "x86_64": _Machine(audit=0xC000003E, seccomp=317, column=0),
    "aarch64": _Machine(audit=0xC00000B7, seccomp=277, column=1),
}

# Each call with its number on x86_64 and on aarch64. What is missing here is refused.
_CALLS: Final = """
read 0 63, write 1 64, readv 19 65, writev 20 66, pread64 17 67, lseek 8 62, close 3 57, close_range 436 436
openat 257 56, getdents64 217 61, getcwd 79 17, readlink 89 -, readlinkat 267 78
stat 4 -, lstat 6 -, fstat 5 80, newfstatat 262 79, statx 332 291
access 21 -, faccessat 269 48, faccessat2 439 439
dup 32 23, dup2 33 -, dup3 292 24, fcntl 72 25, ioctl 16 29
sendto 44 206, recvfrom 45 207, poll 7 -, ppoll 271 73, select 23 -, pselect6 270 72
mmap 9 222, munmap 11 215, mremap 25 216, mprotect 10 226, madvise 28 233, brk 12 214
futex 202 98, set_robust_list 273 99, set_tid_address 218 96, rseq 334 293, sched_yield 24 124
rt_sigaction 13 134, rt_sigprocmask 14 135, rt_sigreturn 15 139, sigaltstack 131 132, restart_syscall 219 128
tgkill 234 131, getitimer 36 102, setitimer 38 103, alarm 37 -
clock_gettime 228 113, clock_getres 229 114, clock_nanosleep 230 115, nanosleep 35 101
gettimeofday 96 169, time 201 -, times 100 153, getrusage 98 165
getpid 39 172, gettid 186 178, getppid 110 173, getuid 102 174, geteuid 107 175, getgid 104 176
getegid 108 177, getresuid 118 148, getresgid 120 150, getgroups 115 158
getrlimit 97 163, prlimit64 302 261, sched_getaffinity 204 123, getcpu 309 168
uname 63 160, sysinfo 99 179, getrandom 318 278, prctl 157 167, arch_prctl 158 -
exit 60 93, exit_group 231 94
"""

_Instruction = tuple[int, int, int, int]
_Program = tuple[_Instruction, ...]

_OWN_PID: Final = 0xFACE0FF5  # stands in the template for the number of the process that loads it

_LOAD: Final = 0x20
_IF_EQUAL: Final = 0x15
_IF_AT_LEAST: Final = 0x35
_IF_ANY_BIT: Final = 0x45
_RETURN: Final = 0x06


def _answer(value: int) -> _Program:
    return ((_RETURN, 0, 0, value),)


def _error(number: int) -> _Program:
    return _answer(0x00050000 | number)


_ALLOW: Final = _answer(0x7FFF0000)
_KILL: Final = _answer(0x80000000)
_REFUSE: Final = _error(errno.EPERM)
_UNKNOWN: Final = _error(errno.ENOSYS)


def _argument(index: int, *, high: bool = False) -> _Instruction:
    return (_LOAD, 0, 0, 16 + 8 * index + 4 * high)


def _one_of(index: int, values: Sequence[int]) -> _Program:
    """Allows a call whose argument, an int, is one of the values."""
    tests = [(_IF_EQUAL, len(values) - i, 0, value) for i, value in enumerate(values)]
    return (_argument(index), *tests, *_REFUSE, *_ALLOW)


def _zeros(*words: _Instruction) -> _Program:
    """Allows a call when all the words are zero."""
    tests = [
        instruction
        for i, word in enumerate(words, 1)
        for instruction in (word, (_IF_EQUAL, 0, 2 * (len(words) - i) + 1, 0))
    ]
    return (*tests, *_ALLOW, *_REFUSE)


def _no_bits(index: int, bits: int, otherwise: _Program) -> _Program:
    return (_argument(index), (_IF_ANY_BIT, 0, 1, bits), *otherwise, *_ALLOW)


_O_TMPFILE: Final = 0o20000000
_O_PATH: Final = 0o10000000
_O_CHANGES: Final = 0o1 | 0o2 | 0o100 | 0o1000  # O_WRONLY, O_RDWR, O_CREAT, O_TRUNC

_CONDITIONS: Final = {
    "openat": _no_bits(2, _O_CHANGES | _O_TMPFILE | _O_PATH, _error(errno.EACCES)),
    "sendto": _zeros(_argument(4), _argument(4, high=True)),  # no address: only where it is connected to
    "tgkill": _one_of(0, [_OWN_PID]),
    "sched_getaffinity": _one_of(0, [0, _OWN_PID]),
    "prlimit64": _zeros(_argument(0), _argument(2), _argument(2, high=True)),  # its own limits, read only
    "prctl": _one_of(0, [_PR_SET_NAME, _PR_GET_NAME]),
    "arch_prctl": _one_of(0, [0x1021, 0x1022, 0x1023]),  # whether AMX may be used: bf16 and int8 matmul
    "ioctl": _one_of(1, [0x5401, 0x5413, 0x5450, 0x5451]),  # TCGETS, TIOCGWINSZ, FIONCLEX, FIOCLEX
    "fcntl": _one_of(1, [0, 1, 2, 3, 1030]),  # F_DUPFD, F_GETFD, F_SETFD, F_GETFL, F_DUPFD_CLOEXEC
}


def _machine() -> str | None:
    """The kind of machine, if a filter can be built for it."""
    name = os.uname().machine
    return name if name in _MACHINES and sys.maxsize > 1 << 32 else None


def _has_seccomp() -> bool:
    name = _machine()
    if name is None:
        return False
    is_available = 2
    return _syscall(_MACHINES[name].seccomp, is_available, 0, struct.pack("=I", _KILL[0][3])) == 0


def _allowed(machine: str) -> dict[int, _Program]:
    """The calls that a machine's filter knows, by number."""
    column = _MACHINES[machine].column
    calls = [call.split() for call in re.split(r"[,\n]", _CALLS.strip())]
    return {int(n[column]): _CONDITIONS.get(name, _ALLOW) for name, *n in calls if n[column] != "-"}


def build_filter(machine: str) -> bytes:
    """Builds the filter for a kind of machine, with a placeholder for the process's number.

    A search tree over ranges of numbers: the kernel runs the filter for each number when it is loaded, so a
    short path counts. Refused calls fail with EPERM; from 424 on, where the C library and others try
    and fall back, with ENOSYS.
    """
    allowed = _allowed(machine)
    answers = [allowed.get(number, _REFUSE if number < 424 else _UNKNOWN) for number in range(512)]
    runs = [(next(run), answer) for answer, run in itertools.groupby(range(512), answers.__getitem__)]
    program = (
        (_LOAD, 0, 0, 4),
        (_IF_EQUAL, 1, 0, _MACHINES[machine].audit),
        *_KILL,
        (_LOAD, 0, 0, 0),
        (_IF_AT_LEAST, 0, 1, 0x40000000),  # x32
        *_KILL,
        *_search(runs),
    )
    return b"".join(struct.pack("=HBBI", *instruction) for instruction in program)


def _search(runs: Sequence[tuple[int, _Program]]) -> _Program:
    if len(runs) == 1:
        return runs[0][1]
    middle = len(runs) // 2
    below, above = _search(runs[:middle]), _search(runs[middle:])
    return ((_IF_AT_LEAST, len(below), 0, runs[middle][0]), *below, *above)


@functools.cache
def _filter_template() -> bytes | None:
    name = _machine()
    return None if name is None else build_filter(name)


def _load_filter() -> bool:
    name, template = _machine(), _filter_template()
    if name is None or template is None:
        return False
    code = template.replace(struct.pack("=I", _OWN_PID), struct.pack("=I", os.getpid()))
    buffer = ctypes.create_string_buffer(code, len(code))
    program = struct.pack("@HP", len(code) // 8, ctypes.addressof(buffer))
    set_filter, all_threads = 1, 1
    return _syscall(_MACHINES[name].seccomp, set_filter, all_threads, program) == 0


# ---- the heap --------------------------------------------------------------------------------------------

_HUGE: Final = 1 << 21
_MADV_COLLAPSE: Final = 25


def collapse_heap(seconds: float = 0.5) -> bool:
    """Moves the heap to huge pages, which halves what a fork and its exit cost; was anything moved?

    Stops after `seconds`. What the kernel cannot move is left as it is.
    """
    if sys.platform != "linux":
        return False
    deadline = time.monotonic() + seconds
    moved = False
    for address in _heap_blocks():
        moved |= _collapse(address) == 0
        if time.monotonic() > deadline:
            break
    return moved


def _collapse(address: int) -> int:
    """Moves one block; 0 or the error's number."""
    return ctypes.get_errno() if _libc().madvise(address, _HUGE, _MADV_COLLAPSE) else 0


def _heap_blocks() -> Iterable[int]:
    """The addresses of the blocks that hold Python's and malloc's memory."""
    try:
        with open("/proc/self/maps") as maps:
            return _mapped_blocks(maps.readlines())
    except OSError:
        return _found_blocks()


def _mapped_blocks(maps: Iterable[str]) -> list[int]:
    private = re.compile(r"([0-9a-f]+)-([0-9a-f]+) rw-p \S+ 00:00 0 *(\[heap\]|\[anon:.*)?$")
    found = [match for line in maps if (match := private.match(line))]
    ranges = [(int(match[1], 16), int(match[2], 16)) for match in found]
    return [
        block for start, end in ranges for block in range(-(-start // _HUGE) * _HUGE, end - _HUGE + 1, _HUGE)
    ]


def _found_blocks() -> Iterator[int]:
    """Finds the blocks without /proc: below the end of the heap, and around each Python object."""
    block = int(_libc().sbrk(0)) // _HUGE * _HUGE - _HUGE
    while block > 0 and _libc().madvise(block, _HUGE, 0) == 0:  # MADV_NORMAL: is all of it mapped?
        yield block
        block -= _HUGE
    yield from sorted({id(thing) // _HUGE * _HUGE for thing in gc.get_objects()})
