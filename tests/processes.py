"""Waiting for what other processes do."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from pathlib import Path

_SECONDS = 60.0


def wait_until(holds: Callable[[], bool]) -> None:
    """Wait until something holds, which it must within a minute."""
    deadline = time.monotonic() + _SECONDS
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def wait_until_gone(pids: Iterable[int]) -> None:
    """Wait until processes have ended, and whoever their parent is now has taken note of it."""
    left = list(pids)
    wait_until(lambda: not any(Path(f"/proc/{pid}").exists() for pid in left))
