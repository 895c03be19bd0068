"""The user that a process which runs torch becomes where tensordrill runs as root."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterable
from functools import cache
from itertools import count
from pathlib import Path

_FIRST = 0x77770000  # above all numbers that systems give out, below 2**31
_MOST = 0x10000
_slots = count(os.getpid() * 64)


def next_uid() -> int:
    """Return a number that no user has, another one each time, so that each process is counted by itself."""
    return _FIRST + next(_slots) % _MOST


def can_become_others() -> bool:
    """Whether this is root, and not one in a namespace that lacks those numbers."""
    if sys.platform != "linux" or os.geteuid() != 0:
        return False
    try:
        lines = Path("/proc/self/uid_map").read_text().splitlines()
    except OSError:
        return True
    ranges = [(int(first), int(length)) for first, _, length in map(str.split, lines)]
    return any(first <= _FIRST and first + length >= _FIRST + _MOST for first, length in ranges)


def others_can_read(paths: Iterable[str | Path]) -> bool:
    """Whether users other than the owner can reach and read each of these files and folders."""
    return all(_is_open(os.path.realpath(path)) for path in paths)


@cache
def _is_open(path: str) -> bool:
    mode = os.stat(path).st_mode
    needed = stat.S_IROTH | stat.S_IXOTH if stat.S_ISDIR(mode) else stat.S_IROTH
    return mode & needed == needed and _is_passable(os.path.dirname(path))


@cache
def _is_passable(folder: str) -> bool:
    if not os.stat(folder).st_mode & stat.S_IXOTH:
        return False
    return folder == os.path.dirname(folder) or _is_passable(os.path.dirname(folder))
