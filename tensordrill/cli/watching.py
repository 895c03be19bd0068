"""Waits for a file to be saved."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path

_SECONDS = 0.05


def changes(path: Path) -> Iterator[None]:
    """Give once at first and then each time the file was written or replaced.

    The file is looked at rather than listened to, which also works on network folders and for
    editors that replace a file.
    """
    seen: tuple[int, int, int] | None = None
    while True:
        now = _stamp(path)
        if now != seen or seen is None:
            seen = now
            yield
        time.sleep(_SECONDS)


def _stamp(path: Path) -> tuple[int, int, int]:
    try:
        status = os.stat(path)
    except OSError:
        return (0, 0, 0)
    return (status.st_mtime_ns, status.st_size, status.st_ino)
