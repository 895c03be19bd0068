"""The layers that a process puts on itself before it runs a job.

The zygote calls `become` and `protect_zygote`, imports what jobs need, calls `prepare`, and forks. Each
fork calls `confine` and is then one task that can neither make another, nor write, nor connect, nor
reach a process besides itself; one that runs a script of the user's own writes to a scratch folder:

* Landlock refuses all files but the readable ones, and signals and abstract sockets out of the process;
* limits bound memory, CPU time, descriptors and file size;
* seccomp allows the calls that torch and Python need and refuses the rest.

Only the standard library is used, so that this file can be started by path. Whatever a machine lacks is
reported as missing, never raised.
"""

import contextlib
import math
import os
import signal
import struct
import sys
import time
from collections.abc import Sequence
from typing import Final

import landlock
import seccomp
from kernel import (
    PR_SET_DUMPABLE,
    PR_SET_KEEPCAPS,
    PR_SET_NO_NEW_PRIVS,
    PR_SET_PDEATHSIG,
    libc,
    prctl,
    syscall,
)
from wire import Layers

if sys.platform == "linux":
    import resource

    from limits import lower, set_limits

# Bits of include/uapi/linux/capability.h (`man 7 capabilities`).
_CAP_DAC_OVERRIDE: Final = 1 << 1
_CAP_DAC_READ_SEARCH: Final = 1 << 2
_CAPABILITY_VERSION_3: Final = 0x20080522
"""Of the same header: capabilities of 64 bits (`man 2 capset`)."""
_CLOSE_RANGE: Final = 436
"""The number of `close_range` on every machine (include/uapi/asm-generic/unistd.h)."""


def protect_zygote() -> None:
    """Make this process hard to interrupt, trace or dump.

    The end of its control socket is what ends it. Forks inherit all of this.
    """
    if sys.platform != "linux":
        return
    prctl(PR_SET_DUMPABLE, 0)
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT):
        signal.signal(number, signal.SIG_IGN)
    lower(resource.RLIMIT_CORE, 0, 0)


def become(uid: int, *, reads_all: bool) -> int:
    """Become another user for good, without root's powers; return the capabilities that are left, as bits.

    With `reads_all` that is the power to read every file, which a program needs whose files other users
    cannot reach. Raises OSError where this process may not become another.
    """
    if sys.platform != "linux":
        return 0
    prctl(PR_SET_KEEPCAPS, int(reads_all))
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
    """Return the layers that the kernel offers; changes nothing."""
    if sys.platform != "linux":
        return Layers()
    abi = landlock.abi_version()
    return Layers(landlock=abi >= 1, scope=abi >= 6, seccomp=seccomp.is_offered(), limits=True)


def prepare(readable: Sequence[str], writable: Sequence[str] = ()) -> None:
    """Build what forks can share: the filter, and the Landlock ruleset for `readable` and `writable`.

    A `confine` with the same ones is then faster; without this call it builds its own. The ruleset is
    an open descriptor of this process.
    """
    if sys.platform != "linux":
        return
    seccomp.filter_template(writes=bool(writable))
    landlock.ruleset_for(tuple(readable), tuple(writable))


def confine(
    *,
    readable: Sequence[str],
    cpu_seconds: int,
    memory: int,
    keep: Sequence[int],
    parent: int | None,
    powers: int = 0,
    writable: Sequence[str] = (),
) -> Layers:
    """Confine this process for good and return the layers that took hold.

    `readable` names the files and folders that can still be read, `writable` the folders in which files may be
    written, where Landlock can keep to them; else nothing is. `memory` is what may be allocated on top
    of the present size. Descriptors in `keep` stay open; 0 to 2 become /dev/null unless kept. A forked
    child passes its `parent`, and ends when that has ended; a process with a program of its own passes None.
    Of root's `powers`, given as `become` gives them, those stay that Landlock bounds.
    """
    if sys.platform != "linux":
        return Layers()
    if parent is not None:
        die_with(parent)
    ruleset = landlock.ruleset_for(tuple(readable), tuple(writable))
    _replace_descriptors({*keep} if ruleset is None else {*keep, ruleset})
    prctl(PR_SET_DUMPABLE, 0)
    prctl(PR_SET_NO_NEW_PRIVS, 1)
    is_landlocked = ruleset is not None and landlock.restrict_self(ruleset)
    _set_capabilities(powers if is_landlocked else 0)
    used = 0 if parent is not None else math.ceil(time.process_time())
    writes = is_landlocked and bool(writable)
    limits = set_limits(used + cpu_seconds, memory, memory if writes else 0)
    has_scope = is_landlocked and landlock.abi_version() >= 6
    return Layers(is_landlocked, has_scope, seccomp.load_filter(writes=writes), limits)


def die_with(parent: int) -> None:
    """End this process when the thread that started it has ended."""
    prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)


def _replace_descriptors(keep: set[int]) -> None:
    """Put a fresh /dev/null on 0 to 2 and close every other descriptor that is not kept."""
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
    _close_from(first, 2**31 - 1)


def _close_from(first: int, last: int) -> None:
    if first > last or syscall(_CLOSE_RANGE, first, last, 0) == 0:
        return
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    os.closerange(first, min(last + 1, 1 << 20 if most == resource.RLIM_INFINITY else most))


def _set_capabilities(powers: int) -> bool:
    """Drop root's capabilities but these; return whether that worked.

    With the others limits can be raised, and pages of the machine's memory poisoned. The kernel takes a header of
    version and process (0: this one), then effective, permitted and inheritable bits, the low 32 and the high 32.
    """
    header = struct.pack("=Ii", _CAPABILITY_VERSION_3, 0)
    return int(libc().capset(header, struct.pack("=6I", powers, powers, 0, 0, 0, 0))) == 0
