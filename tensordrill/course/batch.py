"""One function grades: `judge_batch`, wherever an executor runs it.

Each thread that grades keeps one judge with its own lab, so that torch is imported once.
"""

from __future__ import annotations

import hashlib
import threading
from pathlib import Path

from msgspec import Struct

from tensordrill.course.assignment import RECORDED_FILE
from tensordrill.course.bundle import OpenBundle
from tensordrill.course.gradebook import Record
from tensordrill.course.judge import Judge, Paper
from tensordrill.lab.client import Lab
from tensordrill.lab.isolation import Isolation
from tensordrill.lab.protocol import Ready
from tensordrill.text import Language


class Desk(Struct, frozen=True):
    """What a judge needs beside papers: the recorded questions and how programs are isolated."""

    bundle: bytes
    language: Language
    isolation: Isolation

    @property
    def hash(self) -> str:
        """Name what the questions say."""
        return hashlib.sha256(self.bundle).hexdigest()


class Batch(Struct, frozen=True):
    """Some submissions for one desk."""

    desk: Desk
    papers: tuple[Paper, ...]


class _Seat:
    """One thread's judge with its lab and bank."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.lab = Lab(isolation=desk.isolation)
        self.lab.warm()
        self._bundle = OpenBundle(desk.bundle, Path(RECORDED_FILE))
        self.judge = Judge(self._bundle.bundle.bank, self.lab, desk.language)

    def close(self) -> None:
        self.lab.close()
        self._bundle.__exit__()


_own = threading.local()
_seats: list[_Seat] = []
_lock = threading.Lock()


def judge_batch(batch: Batch) -> list[Record]:
    """Judge some submissions in this thread's lab; the records come in their order.

    Raises LabError where the isolation asked for cannot be had, BankError where a question does not end.
    """
    return _seat(batch.desk).judge.records(batch.papers)


def ready(desk: Desk) -> Ready:
    """Start this thread's lab and give what it says of itself."""
    return _seat(desk).lab.wait_ready()


def close_seats() -> None:
    """End the labs of all threads."""
    with _lock:
        while _seats:
            _seats.pop().close()


def _seat(desk: Desk) -> _Seat:
    seat: _Seat | None = getattr(_own, "seat", None)
    if seat is None or seat.desk != desk or seat not in _seats:
        seat = _Seat(desk)
        _own.seat = seat
        with _lock:
            _seats.append(seat)
    return seat
