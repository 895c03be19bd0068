"""^C held back where it does harm: a lock of an executor that is left half taken would never be given back."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType


@contextmanager
def defer_sigint() -> Iterator[None]:
    """Hold a ^C back until the block ends, and raise KeyboardInterrupt then.

    Python tells the main thread alone of a ^C; in any other this does nothing.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    signals: list[int] = []

    def note(number: int, _: FrameType | None) -> None:
        signals.append(number)

    before = signal.signal(signal.SIGINT, note)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before or signal.default_int_handler)
    if signals:
        raise KeyboardInterrupt
