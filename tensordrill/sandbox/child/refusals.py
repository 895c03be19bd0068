"""Exceptions that are refusals of the sandbox rather than torch's own: by errno, and the memory limit.

A refused system call fails with EPERM or EACCES (`seccomp`, `landlock`), a file that is not shown with ENOENT, and
what is over a limit with EMFILE or ENOMEM. C++ turns that into a RuntimeError whose message ends in the C library's
words for the number.
"""

from __future__ import annotations

import errno
import opcode
import os
import socket
import sys
from collections.abc import Iterator
from traceback import walk_tb
from types import TracebackType

_REFUSED = (errno.EPERM, errno.EACCES, errno.EROFS, errno.ENOSYS, errno.EMFILE)
_PROCESSES = frozenset(("subprocess", "multiprocessing", "concurrent", "threading", "_thread"))
_NETWORK = frozenset(("socket", "ssl", "http", "urllib", "ftplib", "smtplib"))
_NO_INPUT = "EOF when reading a line"
"""What `input` raises at the end of the standard input, which is empty here."""
_MOST_CAUSES = 20
_RAISE = opcode.opmap["RAISE_VARARGS"]


def refusal(error: BaseException) -> str | None:
    """Return what was refused, as `protocol.Refusal`, where an exception or one that led to it is a refusal.

    A missing file counts only if the program does not handle it.
    """
    if isinstance(error, FileNotFoundError) and not _is_of_program(error.__traceback__):
        return "files"
    return next(filter(None, map(_refused, _causes(error))), None)


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    """Yield an exception and those that led to it, as a traceback shows them."""
    for _ in range(_MOST_CAUSES):
        if error is None:
            return
        yield error
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)


def _refused(error: BaseException) -> str | None:
    if isinstance(error, ModuleNotFoundError):
        return "module" if error.name and error.name.partition(".")[0] not in sys.modules else None
    if isinstance(error, EOFError) and str(error) == _NO_INPUT:
        return "input"
    if isinstance(error, socket.gaierror) or _is_of_rendezvous(error):  # they ask through a socket
        return "network"
    if _is_of_cuda(error):
        return "device"
    if _is_of_program(error.__traceback__):
        return None
    number = _errno(error)
    if isinstance(error, MemoryError) or number == errno.ENOMEM:
        return "memory"
    is_of_thread = isinstance(error, RuntimeError) and str(error) == "can't start new thread"
    if number not in _REFUSED and not is_of_thread:
        return None
    packages = set(_packages(error.__traceback__))
    if packages & _PROCESSES:
        return "processes"
    if packages & _NETWORK:
        return "network"
    if number in (errno.EACCES, errno.EROFS) or getattr(error, "filename", None) is not None:
        return "files"
    return "system"


def _errno(error: BaseException) -> int | None:
    if isinstance(error, OSError):
        return error.errno
    if isinstance(error, RuntimeError):
        message = str(error)
        return next((number for number in (*_REFUSED, errno.ENOMEM) if os.strerror(number) in message), None)
    return None


def _is_of_rendezvous(error: BaseException) -> bool:
    """Whether `torch.distributed` could not open the port at which its processes meet."""
    return type(error).__module__ == "torch.distributed" and type(error).__name__ == "DistStoreError"


def _is_of_cuda(error: BaseException) -> bool:
    """Whether CUDA found no GPU, in a build of torch that has CUDA."""
    functions = {frame.f_code.co_name for frame, _ in walk_tb(error.__traceback__)}
    return isinstance(error, RuntimeError) and "_lazy_init" in functions


def _is_of_program(trace: TracebackType | None) -> bool:
    """Whether a program's own `raise` made an exception: that is where its traceback ends."""
    while trace and trace.tb_next:
        trace = trace.tb_next
    if trace is None or trace.tb_frame.f_globals.get("__name__") != "__main__":
        return False
    code, at = trace.tb_frame.f_code.co_code, trace.tb_lasti
    return 0 <= at < len(code) and code[at] == _RAISE


def _packages(trace: TracebackType | None) -> Iterator[str]:
    """Yield the top-level package of each frame that an exception passed."""
    while trace:
        yield str(trace.tb_frame.f_globals.get("__name__")).partition(".")[0]
        trace = trace.tb_next
