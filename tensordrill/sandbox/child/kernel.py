"""The kernel's calls that Python has no function for."""

import ctypes
import functools
from typing import Final

# Of include/uapi/linux/prctl.h; each is described in `man 2 prctl`.
PR_SET_PDEATHSIG: Final = 1
PR_SET_DUMPABLE: Final = 4
PR_SET_NAME: Final = 15
PR_GET_NAME: Final = 16
PR_SET_NO_NEW_PRIVS: Final = 38
PR_SET_KEEPCAPS: Final = 8


@functools.cache
def libc() -> ctypes.CDLL:
    """Return the C library; `ctypes.get_errno` has the error of its last call."""
    libc = ctypes.CDLL(None, use_errno=True)
    libc.syscall.restype = ctypes.c_long
    libc.prctl.argtypes = [ctypes.c_int, *[ctypes.c_ulong] * 4]
    libc.madvise.argtypes = [ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int]
    return libc


def syscall(number: int, *arguments: int | bytes | None) -> int:
    """Make a system call; return its result, or minus the error's number (`man 2 syscall`)."""
    result = int(libc().syscall(ctypes.c_long(number), *arguments))
    return -ctypes.get_errno() if result == -1 else result


def prctl(option: int, value: int) -> bool:
    """Set an attribute of this process (`man 2 prctl`); return whether that worked."""
    return int(libc().prctl(option, value, 0, 0, 0)) == 0
