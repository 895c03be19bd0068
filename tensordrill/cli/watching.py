"""Waits for a file to be saved."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path

_SECONDS = 0.02
_SETTLED = 0.01


def changes(path: Path) -> Iterator[None]:
    """Give once at first and then each time the file was written or replaced.

    The file is looked at rather than listened to, which also works on network folders and for
    editors that replace a file. A file that is being written is waited for.
    """
    seen: tuple[int, int, int] | None = None
    while True:
        now = _stamp(path)
        if now != seen:
            now = _settled(path, now) if seen is not None else now
            seen = now
            yield
        time.sleep(_SECONDS)


def _settled(path: Path, now: tuple[int, int, int]) -> tuple[int, int, int]:
    """Wait until a file is there and stays as it is for a moment, but not for ever."""
    for _ in range(20):
        time.sleep(_SETTLED)
        before, now = now, _stamp(path)
        if now == before and now != _GONE:
            break
    return now


_GONE = (0, 0, 0)


def _stamp(path: Path) -> tuple[int, int, int]:
    try:
        status = os.stat(path)
    except OSError:
        return _GONE
    return (status.st_mtime_ns, status.st_size, status.st_ino)
