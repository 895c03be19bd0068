"""Landlock: this process reads what is listed, and reaches no file, socket or process besides.

The structs and bits are those of include/uapi/linux/landlock.h, described in `man 7 landlock` and in
https://docs.kernel.org/userspace-api/landlock.html. A right that a ruleset does not name is not refused, and one
that the kernel does not know makes it refuse the ruleset: so each version is asked for all that it knows.
"""

import ctypes
import errno
import functools
import os
import stat
import struct
from typing import Final, NamedTuple

from kernel import libc, syscall

# The same numbers on every machine (include/uapi/asm-generic/unistd.h).
_LANDLOCK_CREATE_RULESET: Final = 444
_LANDLOCK_ADD_RULE: Final = 445
_LANDLOCK_RESTRICT_SELF: Final = 446
_CREATE_RULESET_VERSION: Final = 1 << 0
_RULE_PATH_BENEATH: Final = 1
_RESTRICT_SELF_LOG_SAME_EXEC_OFF: Final = 1 << 0
_RESTRICT_SELF_TSYNC: Final = 1 << 3

# LANDLOCK_ACCESS_FS_*
_WRITE_FILE: Final = 1 << 1
_READ_FILE: Final = 1 << 2
_READ_DIR: Final = 1 << 3
_REMOVE_DIR: Final = 1 << 4
_REMOVE_FILE: Final = 1 << 5
_MAKE_DIR: Final = 1 << 7
_MAKE_REG: Final = 1 << 8
_REFER: Final = 1 << 13
_TRUNCATE: Final = 1 << 14
_READING: Final = _READ_FILE | _READ_DIR
_WRITING: Final = (
    _READING | _WRITE_FILE | _TRUNCATE | _MAKE_REG | _MAKE_DIR | _REMOVE_FILE | _REMOVE_DIR | _REFER
)


class Rights(NamedTuple):
    """A `landlock_ruleset_attr`: the bits of each kind that a ruleset refuses."""

    files: int
    network: int
    scope: int


def rights_of(abi: int) -> Rights:
    """Return the rights that a version of Landlock knows, and so can refuse."""
    kinds = 13 + (abi >= 2) + (abi >= 3) + (abi >= 5)  # LANDLOCK_ACCESS_FS_REFER, _TRUNCATE, _IOCTL_DEV
    bind_and_connect = 0b11 if abi >= 4 else 0
    sockets_and_signals = 0b11 if abi >= 6 else 0
    return Rights((1 << kinds) - 1, bind_and_connect, sockets_and_signals)


@functools.cache
def abi_version() -> int:
    """Return the version of Landlock that the kernel has; 0 where it has none."""
    return max(0, syscall(_LANDLOCK_CREATE_RULESET, None, 0, _CREATE_RULESET_VERSION))


@functools.cache
def ruleset_for(readable: tuple[str, ...], writable: tuple[str, ...] = ()) -> int | None:
    """Return the descriptor of a ruleset that refuses everything but reading, or writing, what is listed."""
    abi = abi_version()
    if abi < 1:
        return None
    known = rights_of(abi)
    rights = struct.pack("=QQQ", *known)
    ruleset = syscall(_LANDLOCK_CREATE_RULESET, rights, len(rights), 0)
    if ruleset < 0:
        return None
    for path in readable:
        _allow_path(ruleset, path, _READING)
    for path in writable:
        _allow_path(ruleset, path, _WRITING & known.files)
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
    syscall(_LANDLOCK_ADD_RULE, ruleset, _RULE_PATH_BENEATH, struct.pack("=Qi", rights, descriptor), 0)
    os.close(descriptor)


def restrict_self(ruleset: int) -> bool:
    """Enter a domain of this process's own, which keeps the zygote and the other forks outside."""
    abi = abi_version()
    log_nothing = _RESTRICT_SELF_LOG_SAME_EXEC_OFF if abi >= 7 else 0
    all_threads = _RESTRICT_SELF_TSYNC if abi >= 8 else 0
    held = syscall(_LANDLOCK_RESTRICT_SELF, ruleset, log_nothing | all_threads) == 0
    os.close(ruleset)
    return held and (all_threads != 0 or _single_threaded())


def _single_threaded() -> bool:
    """Whether this is the only thread; older Landlock restricts no other.

    To leave the group of threads does nothing for a single one, and fails with EINVAL for any other (`man 2 unshare`).
    """
    clone_thread = 0x10000  # CLONE_THREAD of include/uapi/linux/sched.h
    return int(libc().unshare(clone_thread)) == 0 or ctypes.get_errno() != errno.EINVAL
