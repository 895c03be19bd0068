"""Move this process's heap to huge pages, which makes its forks cheap.

A fork copies a table of pages and writes anew each page that it changes. A huge page is one entry of it where 512 were.
"""

import ctypes
import errno
import os
import re
import sys
from collections.abc import Iterator
from typing import Final

from kernel import libc

_HUGE: Final = 1 << 21
"""Bytes of a huge page, by Documentation/admin-guide/mm/transhuge.rst on x86-64 and, with pages of 4 kB, on AArch64."""
_MADV_COLLAPSE: Final = 25
"""Of include/uapi/asm-generic/mman-common.h, since Linux 6.1: puts a range on huge pages at once (`man 2 madvise`)."""
_ROUNDS: Final = 4
"""While forks come and go all the time, a third of the blocks fails in each (measured with three threads)."""
_HEAP: Final = re.compile(r"([0-9a-f]+)-([0-9a-f]+) rw-p \S+ 00:00 0 *(?:\[heap\]|\[anon:.*)?$", re.MULTILINE)
"""A line of /proc/self/maps (`man 5 proc_pid_maps`) for private memory that can be written and is of no file."""


class Heap:
    """The memory that Python and malloc have allocated.

    Its one state is `_maps`, a descriptor of the map of this process's memory, None where there is none to read. It is
    opened now, because a process that has become another user may not open it, and one in a namespace of its own has
    none; `proc` is /proc or a descriptor of it. Forks have to close it. The map is read at each `collapse`, which
    yields between blocks: for what is unmapped meanwhile `madvise` fails, and it stays as it is, as all does on a
    machine that has no huge pages.
    """

    def __init__(self, proc: str | int = "/proc") -> None:
        self._maps = _opened_maps(proc)

    def collapse(self) -> Iterator[int]:
        """Move what is allocated now, a huge page at a time; yield the address of each after it was moved.

        A block that a fork is writing to cannot be moved just then: it comes again when the others have been tried.
        """
        blocks = self._blocks()
        for _ in range(_ROUNDS):
            busy = []
            for block in blocks:
                if libc().madvise(block, _HUGE, _MADV_COLLAPSE) == 0:
                    yield block
                elif ctypes.get_errno() == errno.EAGAIN:
                    busy.append(block)
            blocks = busy

    def _blocks(self) -> list[int]:
        """Return the addresses of the blocks, aligned and as large as a huge page, that are all heap."""
        mappings = _HEAP.finditer(self._read_maps())
        ranges = [(int(mapping[1], 16), int(mapping[2], 16)) for mapping in mappings]
        return [
            block
            for start, end in ranges
            for block in range(-(-start // _HUGE) * _HUGE, end - _HUGE + 1, _HUGE)
        ]

    def _read_maps(self) -> str:
        if self._maps is None:
            return ""
        os.lseek(self._maps, 0, os.SEEK_SET)
        read = b"".join(iter(lambda: os.read(self._maps or 0, 1 << 16), b""))
        return read.decode("utf-8", "replace")


def _opened_maps(proc: str | int) -> int | None:
    if sys.platform != "linux":
        return None
    path, folder = ("self/maps", proc) if isinstance(proc, int) else (f"{proc}/self/maps", None)
    try:
        return os.open(path, os.O_RDONLY | os.O_CLOEXEC, dir_fd=folder)
    except OSError:
        return None
