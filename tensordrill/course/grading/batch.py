"""One function grades: `judge_batch`, wherever an executor runs it.

Whatever fails for one submission is the result of that submission, and the rest of its batch is judged.

Each thread that grades keeps one judge. Those of a process share a sandbox where processes are forked, so that
torch is imported once; elsewhere each has its own.
"""

from __future__ import annotations

import atexit
import hashlib
import platform
import threading
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TypeAlias

from msgspec import Struct

from tensordrill.course.assignment.assignment import RECORDED_FILE
from tensordrill.course.assignment.bundle import unpack
from tensordrill.course.assignment.folder import versions
from tensordrill.course.fault import Fault, fault
from tensordrill.course.gradebook import Record, graded
from tensordrill.course.grading.journal import read_back
from tensordrill.course.grading.judge import Judge, PendingSubmission
from tensordrill.course.results.feedback import feedback_on
from tensordrill.errors import CourseError, SandboxError
from tensordrill.explanation.pictures import Drawing
from tensordrill.messages import Language, message
from tensordrill.sandbox.client import Sandbox
from tensordrill.sandbox.isolation import Isolation
from tensordrill.sandbox.protocol import Job, Program, Ready

Draw: TypeAlias = Callable[[Drawing, Language], object]


class GradingContext(Struct, frozen=True):
    """The context that a judge needs beside papers: the kept questions and how programs are isolated."""

    bundle: bytes
    language: Language
    isolation: Isolation
    versions: dict[str, str]
    """Those of the program that hands the work out."""
    draw: Draw | None = None
    """Draws a picture as feedback does, so that one that cannot be drawn is found before anything is written."""

    @property
    def hash(self) -> str:
        """Name what the questions say."""
        return hashlib.sha256(self.bundle).hexdigest()


class Batch(Struct, frozen=True):
    """Some submissions for one context."""

    context: GradingContext
    papers: tuple[PendingSubmission, ...]


class _Judge:
    """One thread's judge with its bank, and the sandbox that it uses."""

    def __init__(self, context: GradingContext, sandbox: Sandbox) -> None:
        self.context = context
        self.sandbox = sandbox
        sandbox.warm()
        self._bundle = unpack(context.bundle, Path(RECORDED_FILE))
        self.judge = Judge(self._bundle.bank, self.sandbox, context.language)

    def check(self) -> None:
        """Raise SandboxError where submissions would run unconfined, though that was not asked for."""
        if self.context.isolation != "none" and not self.sandbox.wait_ready().holds:
            raise SandboxError(message("grading-not-there", machine=platform.node()))

    def records(self, papers: Sequence[PendingSubmission]) -> list[Record]:
        """Judge submissions; each record can be read back from the journal, and told to its student."""
        return [self._usable(record) for record in self.judge.records(papers)]

    def _usable(self, record: Record) -> Record:
        bundle, draw = self._bundle, self.context.draw
        grade = graded(record, bundle.assignment, {})
        feedback = feedback_on(grade, bundle.assignment, bundle.ideas, reveal=True)
        for question in feedback.questions:
            if draw is not None and question.picture is not None:
                draw(question.picture.drawing, feedback.language)
        return read_back(record)

    def stop(self) -> None:
        """Start nothing else: the threads of this sandbox give up what they wait for."""
        self.sandbox.stop()


_own = threading.local()
_seats: list[_Judge] = []
_lock = threading.Lock()


def judge_batch(batch: Batch) -> list[Record | Fault]:
    """Judge some submissions in this thread's sandbox; what became of each comes in their order.

    Raises SandboxError where the isolation asked for cannot be had, or where torch does not run any more.
    """
    seat = _seat(batch.context)
    seat.check()
    try:
        return list(seat.records(batch.papers))
    except Exception:
        return [_alone(seat, paper) for paper in batch.papers]


def _alone(seat: _Judge, paper: PendingSubmission) -> Record | Fault:
    """Judge one submission of a batch in which something failed."""
    try:
        (record,) = seat.records((paper,))
    except SandboxError as error:
        seat.sandbox.run(Job((Program(),)))  # raises where not this submission, but the sandbox is at fault
        return fault(error, seat.context.language)
    except Exception as error:
        return fault(error, seat.context.language)
    return record


def ready(context: GradingContext) -> Ready:
    """Start this thread's sandbox and give what it says of itself."""
    return _seat(context).sandbox.wait_ready()


def stop_seats() -> None:
    """Stop all threads soon."""
    with _lock:
        for seat in _seats:
            seat.stop()


def close_seats() -> None:
    """End the sandboxes of all threads, once none of them works."""
    with _lock:
        while _seats:
            _leave(_seats[-1])


def _seat(context: GradingContext) -> _Judge:
    seat: _Judge | None = getattr(_own, "seat", None)
    if seat is None or seat.context != context or seat not in _seats:
        check_versions(platform.node(), versions(), context.versions)
        with _lock:
            if seat in _seats:
                _leave(seat)
            seat = _Judge(context, _sandbox(context.isolation))
            _seats.append(seat)
        _own.seat = seat
    return seat


def _sandbox(isolation: Isolation) -> Sandbox:
    """Return the sandbox that another thread has, if it forks, or a new one."""
    for seat in _seats:
        if seat.context.isolation == isolation and seat.sandbox.mode == "fork":
            return seat.sandbox
    return Sandbox(isolation=isolation)


def _leave(seat: _Judge) -> None:
    """Leave a seat that its thread needs no more, and end its sandbox once no thread uses it."""
    _seats.remove(seat)
    if all(other.sandbox is not seat.sandbox for other in _seats):
        seat.sandbox.close()


def check_versions(where: str, found: Mapping[str, str], wanted: Mapping[str, str]) -> None:
    """Raise CourseError where other versions would grade than those of the program that hands work out."""
    for name, version in wanted.items():
        if found.get(name) != version:
            theirs = found.get(name) or message("grading-no-version")
            raise CourseError(
                message("grading-versions", where=where, name=name, version=theirs, wanted=version)
            )


atexit.register(close_seats)  # a worker's sandboxes end with it
