"""Landlock: this process reads what is listed, and reaches no file, socket or process besides."""

import ctypes
import errno
import functools
import os
import stat
import struct
from typing import Final, NamedTuple

from kernel import libc, syscall

_LANDLOCK_CREATE_RULESET: Final = 444
_LANDLOCK_ADD_RULE: Final = 445
_LANDLOCK_RESTRICT_SELF: Final = 446

_WRITE_FILE: Final = 1 << 1
_READ_FILE: Final = 1 << 2
_READ_DIR: Final = 1 << 3


class Rights(NamedTuple):
    files: int
    network: int
    scope: int


def rights_of(abi: int) -> Rights:
    """All the rights that a version of Landlock knows, and so can refuse."""
    kinds = 13 + (abi >= 2) + (abi >= 3) + (abi >= 5)  # then refer, truncate, ioctl of devices
    bind_and_connect = 0b11 if abi >= 4 else 0
    sockets_and_signals = 0b11 if abi >= 6 else 0
    return Rights((1 << kinds) - 1, bind_and_connect, sockets_and_signals)


@functools.cache
def abi_version() -> int:
    """Asks which version the kernel has; 0 where it has none."""
    return max(0, syscall(_LANDLOCK_CREATE_RULESET, None, 0, 1))


@functools.cache
def ruleset_for(readable: tuple[str, ...]) -> int | None:
    """Makes the ruleset that refuses everything but reading what is listed; a descriptor."""
    abi = abi_version()
    if abi < 1:
        return None
    rights = struct.pack("=QQQ", *rights_of(abi))
    ruleset = syscall(_LANDLOCK_CREATE_RULESET, rights, len(rights), 0)
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
    syscall(_LANDLOCK_ADD_RULE, ruleset, beneath, struct.pack("=Qi", rights, descriptor), 0)
    os.close(descriptor)


def restrict_self(ruleset: int) -> bool:
    """Enters a domain of its own, which keeps the zygote and the other forks outside."""
    abi = abi_version()
    log_nothing = 1 if abi >= 7 else 0
    all_threads = 8 if abi >= 8 else 0
    held = syscall(_LANDLOCK_RESTRICT_SELF, ruleset, log_nothing | all_threads) == 0
    os.close(ruleset)
    return held and (all_threads != 0 or _single_threaded())


def _single_threaded() -> bool:
    """Says whether this is the only thread; older Landlock restricts no other."""
    clone_thread = 0x10000  # asks to leave a group of threads, which does nothing for a single one
    return int(libc().unshare(clone_thread)) == 0 or ctypes.get_errno() != errno.EINVAL
