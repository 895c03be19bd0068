"""Wait for files to be saved."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TypeAlias

_SECONDS = 0.02
_SETTLED = 0.01

_Stamp: TypeAlias = tuple[int, int, int]
_GONE: _Stamp = (0, 0, 0)


def changes(files: Callable[[], Iterable[Path]]) -> Iterator[set[Path]]:
    """Yield all files at first, and then each time those that were written, replaced, made or removed.

    `files` says which they are now. They are looked at rather than listened to, which also works on network
    folders and for editors that replace a file. A file that is being written is waited for.
    """
    before: dict[Path, _Stamp] | None = None
    while True:
        now = {file: _stamp(file) for file in files()}
        if before is None:
            yield set(now)
        elif changed := {file for file, _ in now.items() ^ before.items()}:
            now |= {file: _settled(file, now[file]) for file in changed & now.keys()}
            yield changed
        before = now
        time.sleep(_SECONDS)


def _settled(path: Path, now: _Stamp) -> _Stamp:
    """Wait until a file is there and stays as it is for a moment, but not for ever."""
    for _ in range(20):
        time.sleep(_SETTLED)
        before, now = now, _stamp(path)
        if now == before and now != _GONE:
            break
    return now


def _stamp(path: Path) -> _Stamp:
    try:
        status = os.stat(path)
    except OSError:
        return _GONE
    return (status.st_mtime_ns, status.st_size, status.st_ino)
