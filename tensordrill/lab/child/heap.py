"""The heap on huge pages, which makes forks cheap."""

import ctypes
import gc
import re
import sys
import time
from collections.abc import Iterable, Iterator
from typing import Final

from kernel import libc

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
    return ctypes.get_errno() if libc().madvise(address, _HUGE, _MADV_COLLAPSE) else 0


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
    block = int(libc().sbrk(0)) // _HUGE * _HUGE - _HUGE
    while block > 0 and libc().madvise(block, _HUGE, 0) == 0:  # MADV_NORMAL: is all of it mapped?
        yield block
        block -= _HUGE
    yield from sorted({id(thing) // _HUGE * _HUGE for thing in gc.get_objects()})
