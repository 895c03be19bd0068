"""This process's memory on huge pages, which makes its forks cheap.

A fork copies a table of pages, writes anew each page that it changes, and looks each page of a library's
code up again. A huge page is one entry where 512 were, and the code in it is copied with the rest.
"""

import ctypes
import mmap
import os
import platform
import re
import sys
from collections.abc import Iterator
from typing import Final

from kernel import libc

_HUGE: Final = 1 << 21
_PAGES: Final = _HUGE // mmap.PAGESIZE
_MADV_HUGEPAGE: Final = 14
_MADV_COLLAPSE: Final = 25
_MREMAP_TO: Final = 1 | 2
"""MREMAP_MAYMOVE and MREMAP_FIXED."""
_NOWHERE: Final = (1 << 64) - 1
"""What mmap gives where there is no room."""
_WORTH_IT: Final = 64
"""Code of which fewer pages than these were needed so far stays where it is."""

_HEAP: Final = re.compile(r"([0-9a-f]+)-([0-9a-f]+) rw-p \S+ 00:00 0 *(?:\[heap\]|\[anon:.*)?$", re.MULTILINE)
_CODE: Final = re.compile(r"([0-9a-f]+)-([0-9a-f]+) r-xp \S+ \S+ [1-9]\d* +/", re.MULTILINE)


class Memory:
    """The blocks of memory that this process has, by their addresses.

    `proc` is /proc or a descriptor of it. It is read through files that are opened now, because a process
    that has become another user may not open them, and one in a namespace of its own has none. Forks have
    to close them. A machine that does not tell, or has no huge pages, leaves everything as it is.
    """

    def __init__(self, proc: str | int = "/proc") -> None:
        self._maps = _opened(proc, "maps")
        self._pages = _opened(proc, "pagemap")

    def move_heap(self) -> Iterator[int]:
        """Moves what Python and malloc have allocated; gives each block's address after it was moved."""
        for block in self._blocks(_HEAP):
            if _collapse(block):
                yield block

    def move_code(self) -> Iterator[int]:
        """Moves the code that was needed so far, what was needed most first; gives each block after it was moved.

        That takes 2 MB of memory a block, since the libraries stay where others use them, too.
        """
        if (
            platform.machine() != "x86_64"
        ):  # elsewhere the processor would have to be told of code that was written
            return
        needed = [(self._touched(block), block) for block in self._blocks(_CODE)]
        for touched, block in sorted(needed, reverse=True):
            if touched < _WORTH_IT or not _move(block):
                return
            yield block

    def _blocks(self, kind: re.Pattern[str]) -> list[int]:
        """The addresses of the whole blocks in mappings of a kind."""
        found = kind.finditer(self._mappings())
        ranges = [(int(match[1], 16), int(match[2], 16)) for match in found]
        return [
            block
            for start, end in ranges
            for block in range(-(-start // _HUGE) * _HUGE, end - _HUGE + 1, _HUGE)
        ]

    def _mappings(self) -> str:
        if self._maps is None:
            return ""
        os.lseek(self._maps, 0, os.SEEK_SET)
        read = b"".join(iter(lambda: os.read(self._maps or 0, 1 << 16), b""))
        return read.decode("utf-8", "replace")

    def _touched(self, block: int) -> int:
        """Return how many pages of a block are in this process's memory."""
        if self._pages is None:
            return 0
        entries = os.pread(self._pages, _PAGES * 8, block // mmap.PAGESIZE * 8)
        return sum(entry >> 7 for entry in entries[7::8])  # the highest bit of each: present


def _opened(proc: str | int, name: str) -> int | None:
    if sys.platform != "linux":
        return None
    path, folder = (f"self/{name}", proc) if isinstance(proc, int) else (f"{proc}/self/{name}", None)
    try:
        return os.open(path, os.O_RDONLY | os.O_CLOEXEC, dir_fd=folder)
    except OSError:
        return None


def _collapse(block: int) -> bool:
    """Puts a block on a huge page where it is."""
    return int(libc().madvise(block, _HUGE, _MADV_COLLAPSE)) == 0


def _move(block: int) -> bool:
    """Puts a copy of a block of code in its place, on a huge page; was there one?"""
    copy = _huge_page()
    if copy is None:
        return False
    ctypes.memmove(copy, block, _HUGE)
    is_ready = libc().mprotect(copy, _HUGE, mmap.PROT_READ | mmap.PROT_EXEC) == 0
    if is_ready and libc().mremap(copy, _HUGE, _HUGE, _MREMAP_TO, block) == block:
        return True
    libc().munmap(copy, _HUGE)
    return False


def _huge_page() -> int | None:
    """Gets an empty huge page that can be written."""
    flags = mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS
    start = int(libc().mmap(None, 2 * _HUGE, mmap.PROT_READ | mmap.PROT_WRITE, flags, -1, 0))
    if start == _NOWHERE:
        return None
    page = -(-start // _HUGE) * _HUGE
    if page > start:
        libc().munmap(start, page - start)
    libc().munmap(page + _HUGE, start + _HUGE - page)
    libc().madvise(page, _HUGE, _MADV_HUGEPAGE)
    ctypes.memset(page, 0, 1)
    if _collapse(page):
        return page
    libc().munmap(page, _HUGE)
    return None
