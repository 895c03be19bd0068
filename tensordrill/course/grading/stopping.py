"""Signals that stop grading: ^C, and SIGTERM and SIGHUP, which end it as cleanly as ^C does.

Python raises KeyboardInterrupt in the main thread alone, wherever that is. Held back it must be where a lock of an
executor would be left half taken and never be given back.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from types import FrameType
from typing import Any

_TERMINATING = [getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]


class Terminated(KeyboardInterrupt):
    """A signal other than ^C that asks the program to end."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self.number = number


@contextmanager
def terminable() -> Iterator[None]:
    """Raise Terminated for SIGTERM and SIGHUP, so that what is open is closed; a signal that is ignored stays so."""

    def stop(number: int, _: FrameType | None) -> None:
        raise Terminated(number)

    with _handled([number for number in _TERMINATING if signal.getsignal(number) is signal.SIG_DFL], stop):
        yield


@contextmanager
def defer_signals() -> Iterator[None]:
    """Hold these signals back until the block ends, and handle the first one then."""
    numbers: list[int] = []

    def note(number: int, _: FrameType | None) -> None:
        numbers.append(number)

    with _handled([signal.SIGINT, *_TERMINATING], note):
        yield
    for number in numbers[:1]:
        signal.raise_signal(number)


@contextmanager
def _handled(numbers: Sequence[int], handler: Callable[[int, FrameType | None], Any]) -> Iterator[None]:
    """Handle signals in the main thread; in any other, which Python tells of none, do nothing."""
    with ExitStack() as stack:
        if threading.current_thread() is threading.main_thread():
            for number in numbers:
                before = signal.signal(number, handler)
                stack.callback(signal.signal, number, signal.SIG_DFL if before is None else before)
        yield
