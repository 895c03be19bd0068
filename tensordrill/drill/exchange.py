"""A database file put in place of another one, which other programs may have open."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import BinaryIO

from tensordrill.errors import StoreError
from tensordrill.messages import message

_TRIES = 500
_PENDING = 0x40000000
_LOCKS = ((_PENDING + 1, 1), (_PENDING, 1), (_PENDING + 2, 510))
"""The bytes that SQLite locks, and how many: RESERVED, which one writer has; PENDING, which keeps new readers away;
SHARED, which readers have."""


@contextmanager
def locked(path: Path, patience: float) -> Iterator[BinaryIO]:
    """Open a file that no program uses meanwhile, with the lock that SQLite calls exclusive.

    It is asked of the system, on the bytes of https://www.sqlite.org/src/file/src/os.h, because SQLite locks no file
    that it cannot read. On Windows whatever is open cannot be moved, which is enough. Raises StoreError where another
    program still uses the file after `patience` seconds.
    """
    with path.open("rb+") as file:
        if sys.platform != "win32":
            for start, length in _LOCKS:
                _lock(file, start, length, patience)
        yield file


def _lock(file: BinaryIO, start: int, length: int, patience: float) -> None:
    if sys.platform != "win32":
        import fcntl

        for _ in range(_TRIES):
            try:
                fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB, length, start)
            except (BlockingIOError, PermissionError):  # either, by POSIX
                time.sleep(patience / _TRIES)
            else:
                return
    raise StoreError(message("data-busy", path=file.name))


def set_aside(path: Path, new: Path) -> Path:
    """Rename the file at `path`, put `new` in its place, and return the name.

    At each moment there is a file at `path`, where the file system has links.
    """
    date = datetime.fromtimestamp(path.stat().st_mtime, UTC).date()
    names = (f"{path.stem}.damaged-{date}{f'-{n}' if n > 1 else ''}{path.suffix}" for n in count(1))
    aside = next(place for place in map(path.with_name, names) if not place.exists())
    journal = Path(f"{path}-journal")
    if journal.exists():  # it belongs to the damaged file, and must not be played back into the new one
        journal.replace(f"{aside}-journal")
    try:
        aside.hardlink_to(path)
    except OSError:
        path.rename(aside)
    new.replace(path)
    if sys.platform != "win32":
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
    return aside
