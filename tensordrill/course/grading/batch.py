"""One function grades: `judge_batch`, wherever an executor runs it.

Each thread that grades keeps one judge. Those of a process share a lab where processes are forked, so that
torch is imported once; elsewhere each has its own.
"""

from __future__ import annotations

import atexit
import hashlib
import platform
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import NoReturn

from msgspec import Struct

from tensordrill.course.assignment.assignment import RECORDED_FILE
from tensordrill.course.assignment.bundle import OpenBundle
from tensordrill.course.assignment.folder import versions
from tensordrill.course.gradebook import Record
from tensordrill.course.grading.judge import Judge, Paper
from tensordrill.errors import CourseError, LabError, TensordrillError
from tensordrill.lab.client import Lab
from tensordrill.lab.isolation import Isolation
from tensordrill.lab.protocol import Job, Lost, Ready
from tensordrill.text import Language


class Desk(Struct, frozen=True):
    """What a judge needs beside papers: the recorded questions and how programs are isolated."""

    bundle: bytes
    language: Language
    isolation: Isolation
    versions: dict[str, str]
    """Those of the program that hands the work out."""

    @property
    def hash(self) -> str:
        """Name what the questions say."""
        return hashlib.sha256(self.bundle).hexdigest()


class Batch(Struct, frozen=True):
    """Some submissions for one desk."""

    desk: Desk
    papers: tuple[Paper, ...]


class _Seat:
    """One thread's judge with its bank, and the lab that it uses."""

    def __init__(self, desk: Desk, lab: Lab) -> None:
        self.desk = desk
        self.lab = lab
        self._engine = lab.engine
        lab.warm()
        self._bundle = OpenBundle(desk.bundle, Path(RECORDED_FILE))
        self.judge = Judge(self._bundle.bundle.bank, self.lab, desk.language)

    def check(self) -> None:
        """Raise LabError where submissions would run unconfined, though that was not asked for."""
        if self.desk.isolation != "none" and not self.lab.wait_ready().holds:
            raise LabError(f"nothing on {platform.node()} confines submissions, so they are not run there")

    def stop(self) -> None:
        """Let nothing else be started: the threads of this lab give up with what they wait for."""
        self.lab.engine = _Ended()

    def close(self, *, with_lab: bool) -> None:
        """Let go of the bank, and end the lab's processes once no thread uses it."""
        if with_lab:
            self._engine.close()
        self._bundle.__exit__()


class _Ended:
    """The engine of a lab that was stopped."""

    def warm(self) -> None:
        raise LabError("grading was stopped")

    def warm_optimizers(self) -> None:
        self.warm()

    def ready(self, seconds: float) -> Ready | Lost | None:  # noqa: ARG002 (an engine's)
        return None

    def start(self, job: Job) -> NoReturn:  # noqa: ARG002 (an engine's)
        raise LabError("grading was stopped")

    def close(self) -> None:
        """Nothing is left to end."""


_own = threading.local()
_seats: list[_Seat] = []
_lock = threading.Lock()


def judge_batch(batch: Batch) -> list[Record]:
    """Judge some submissions in this thread's lab; the records come in their order.

    Raises LabError where the isolation asked for cannot be had, BankError where a question does not end.
    """
    seat = _seat(batch.desk)
    seat.check()
    try:
        return seat.judge.records(batch.papers)
    except TensordrillError:
        raise
    except Exception:
        return [_alone(seat.judge, paper) for paper in batch.papers]


def _alone(judge: Judge, paper: Paper) -> Record:
    """Judge one submission; raises CourseError naming it where grading has a fault that it brought to light."""
    try:
        (record,) = judge.records((paper,))
    except TensordrillError:
        raise
    except Exception as error:
        what = f"{type(error).__name__}: {str(error)[:200]}"
        raise CourseError(
            f"{paper.source}: grading it failed ({what}); take it out, go on, and report it as a bug"
        ) from error
    return record


def ready(desk: Desk) -> Ready:
    """Start this thread's lab and give what it says of itself."""
    return _seat(desk).lab.wait_ready()


def stop_seats() -> None:
    """Let all threads give up soon."""
    with _lock:
        for seat in _seats:
            seat.stop()


def close_seats() -> None:
    """End the labs of all threads, once none of them works."""
    with _lock:
        while _seats:
            _leave(_seats[-1])


def _seat(desk: Desk) -> _Seat:
    seat: _Seat | None = getattr(_own, "seat", None)
    if seat is None or seat.desk != desk or seat not in _seats:
        check_versions(platform.node(), versions(), desk.versions)
        with _lock:
            if seat in _seats:
                _leave(seat)
            seat = _Seat(desk, _lab(desk.isolation))
            _seats.append(seat)
        _own.seat = seat
    return seat


def _lab(isolation: Isolation) -> Lab:
    """Give the lab that another thread has, if it forks, or a new one."""
    for seat in _seats:
        if seat.desk.isolation == isolation and seat.lab.mode == "fork":
            return seat.lab
    return Lab(isolation=isolation)


def _leave(seat: _Seat) -> None:
    """Close a seat that its thread needs no more."""
    _seats.remove(seat)
    seat.close(with_lab=all(other.lab is not seat.lab for other in _seats))


def check_versions(where: str, found: Mapping[str, str], wanted: Mapping[str, str]) -> None:
    """Raise CourseError where other versions would grade than those of the program that hands work out."""
    for name, version in wanted.items():
        if found.get(name) != version:
            raise CourseError(
                f"{where}: it has {name} {found.get(name, 'not at all')} and not {version} as here; grades are "
                "equal only where versions are, so install the same"
            )


atexit.register(close_seats)  # a worker's labs end with it
