"""The filter of system calls: those that torch and Python need are allowed, the rest is refused.

A filter is a program of the classic Berkeley Packet Filter, which the kernel runs at each system call over a
`struct seccomp_data`: the call's number at byte 0, the machine at 4, six arguments of 64 bits from 16 on, low word
first (`man 2 seccomp`, https://docs.kernel.org/userspace-api/seccomp_filter.html). An instruction is a code, how many
instructions to skip if a test holds and if not, and a constant (include/uapi/linux/filter.h, `struct sock_filter`).
"""

import ctypes
import errno
import functools
import itertools
import os
import re
import struct
import sys
from collections.abc import Sequence
from typing import Final, NamedTuple

from kernel import PR_GET_NAME, PR_SET_NAME, syscall


class _Machine(NamedTuple):
    """A processor: AUDIT_ARCH_* of include/uapi/linux/audit.h, the number of `seccomp`, its column in `_CALLS`."""

    audit: int
    seccomp: int
    column: int


_MACHINES: Final = {
    "x86_64": _Machine(audit=0xC000003E, seccomp=317, column=0),
    "aarch64": _Machine(audit=0xC00000B7, seccomp=277, column=1),
}

# Each call with its number on x86_64 (arch/x86/entry/syscalls/syscall_64.tbl) and on aarch64
# (include/uapi/asm-generic/unistd.h). What is missing here is refused.
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

_CALLS_OF_WRITERS: Final = """
mkdir 83 -, mkdirat 258 34, rmdir 84 -, unlink 87 -, unlinkat 263 35
rename 82 -, renameat 264 38, renameat2 316 276, ftruncate 77 46
chdir 80 49, pwrite64 18 68, fsync 74 82, fdatasync 75 83, msync 26 227, flock 73 32
"""
"""The calls of a process that may write files besides; Landlock says which, from its first version on."""

_Instruction = tuple[int, int, int, int]
_Program = tuple[_Instruction, ...]

_OWN_PID: Final = 0xFACE0FF5  # stands in the template for the number of the process that loads it

# BPF_LD | BPF_W | BPF_ABS; BPF_JMP with BPF_JEQ, BPF_JGE, BPF_JSET; BPF_RET, of include/uapi/linux/bpf_common.h.
_LOAD: Final = 0x20
_IF_EQUAL: Final = 0x15
_IF_AT_LEAST: Final = 0x35
_IF_ANY_BIT: Final = 0x45
_RETURN: Final = 0x06


def _answer(value: int) -> _Program:
    return ((_RETURN, 0, 0, value),)


def _error(number: int) -> _Program:
    return _answer(0x00050000 | number)  # SECCOMP_RET_ERRNO of include/uapi/linux/seccomp.h


_ALLOW: Final = _answer(0x7FFF0000)  # SECCOMP_RET_ALLOW
_KILL: Final = _answer(0x80000000)  # SECCOMP_RET_KILL_PROCESS
_REFUSE: Final = _error(errno.EPERM)
_UNKNOWN: Final = _error(errno.ENOSYS)


def _argument(index: int, *, high: bool = False) -> _Instruction:
    return (_LOAD, 0, 0, 16 + 8 * index + 4 * high)


def _one_of(index: int, values: Sequence[int]) -> _Program:
    """Allow a call whose argument, an int, is one of the values."""
    tests = [(_IF_EQUAL, len(values) - i, 0, value) for i, value in enumerate(values)]
    return (_argument(index), *tests, *_REFUSE, *_ALLOW)


def _zeros(*words: _Instruction) -> _Program:
    """Allow a call whose words are all zero."""
    tests = [
        instruction
        for i, word in enumerate(words, 1)
        for instruction in (word, (_IF_EQUAL, 0, 2 * (len(words) - i) + 1, 0))
    ]
    return (*tests, *_ALLOW, *_REFUSE)


def _no_bits(index: int, bits: int, otherwise: _Program) -> _Program:
    """Allow a call whose argument has none of the bits."""
    return (_argument(index), (_IF_ANY_BIT, 0, 1, bits), *otherwise, *_ALLOW)


# Of include/uapi/asm-generic/fcntl.h; O_TMPFILE without the O_DIRECTORY that is a part of it.
_O_TMPFILE: Final = 0o20000000
_O_PATH: Final = 0o10000000
_O_NEVER: Final = _O_TMPFILE | _O_PATH
_O_CHANGES: Final = 0o1 | 0o2 | 0o100 | 0o1000  # O_WRONLY, O_RDWR, O_CREAT, O_TRUNC

_CONDITIONS: Final = {
    "openat": _no_bits(2, _O_CHANGES | _O_NEVER, _error(errno.EACCES)),
    "sendto": _zeros(_argument(4), _argument(4, high=True)),  # no address: only where it is connected to
    "tgkill": _one_of(0, [_OWN_PID]),
    "sched_getaffinity": _one_of(0, [0, _OWN_PID]),
    "prlimit64": _zeros(_argument(0), _argument(2), _argument(2, high=True)),  # its own limits, read only
    "prctl": _one_of(0, [PR_SET_NAME, PR_GET_NAME]),
    "arch_prctl": _one_of(
        0, [0x1021, 0x1022, 0x1023]
    ),  # ARCH_{GET_XCOMP_SUPP,GET_,REQ_XCOMP_PERM}: AMX of matmul
    "ioctl": _one_of(1, [0x5401, 0x5413, 0x5450, 0x5451]),  # TCGETS, TIOCGWINSZ, FIONCLEX, FIOCLEX
    "fcntl": _one_of(1, [0, 1, 2, 3, 1030]),  # F_DUPFD, F_GETFD, F_SETFD, F_GETFL, F_DUPFD_CLOEXEC
}
_CONDITIONS_OF_WRITERS: Final = _CONDITIONS | {"openat": _no_bits(2, _O_NEVER, _error(errno.EACCES))}


def _machine() -> str | None:
    """Return the kind of machine; None where no filter can be built for it."""
    name = os.uname().machine
    return name if name in _MACHINES and sys.maxsize > 1 << 32 else None


def is_offered() -> bool:
    """Whether the kernel has filters, and one can be built for this machine."""
    name = _machine()
    if name is None:
        return False
    get_action_avail = 2
    return syscall(_MACHINES[name].seccomp, get_action_avail, 0, struct.pack("=I", _KILL[0][3])) == 0


def _allowed(machine: str, *, writes: bool) -> dict[int, _Program]:
    """Return the part of the filter for each call that it knows, by number."""
    column = _MACHINES[machine].column
    text = _CALLS + _CALLS_OF_WRITERS if writes else _CALLS
    conditions = _CONDITIONS_OF_WRITERS if writes else _CONDITIONS
    calls = [call.split() for call in re.split(r"[,\n]+", text.strip())]
    return {int(n[column]): conditions.get(name, _ALLOW) for name, *n in calls if n[column] != "-"}


def build_filter(machine: str, *, writes: bool = False) -> bytes:
    """Return the filter for a kind of machine, with a placeholder for the process's number.

    It is a search tree over ranges of numbers: the kernel runs the filter for each number when it is loaded, so a
    short path counts. Refused calls fail with EPERM; from 424 on, where the C library and others try
    and fall back, with ENOSYS.
    """
    allowed = _allowed(machine, writes=writes)
    answers = [allowed.get(number, _REFUSE if number < 424 else _UNKNOWN) for number in range(512)]
    runs = [(next(run), answer) for answer, run in itertools.groupby(range(512), answers.__getitem__)]
    program = (
        (_LOAD, 0, 0, 4),
        (_IF_EQUAL, 1, 0, _MACHINES[machine].audit),
        *_KILL,
        (_LOAD, 0, 0, 0),
        (_IF_AT_LEAST, 0, 1, 0x40000000),  # __X32_SYSCALL_BIT
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
def filter_template(*, writes: bool = False) -> bytes | None:
    """Return the filter for this machine, built once; None where there is none."""
    name = _machine()
    return None if name is None else build_filter(name, writes=writes)


def load_filter(*, writes: bool = False) -> bool:
    """Put the filter on this process for good, for a writer one that lets it; return whether it took hold."""
    name, template = _machine(), filter_template(writes=writes)
    if name is None or template is None:
        return False
    code = template.replace(struct.pack("=I", _OWN_PID), struct.pack("=I", os.getpid()))
    buffer = ctypes.create_string_buffer(code, len(code))
    program = struct.pack("@HP", len(code) // 8, ctypes.addressof(buffer))
    set_mode_filter, flag_tsync = 1, 1  # for all threads
    return syscall(_MACHINES[name].seccomp, set_mode_filter, flag_tsync, program) == 0
