"""One function grades: `judge_batch`, wherever an executor runs it.

Whatever fails for one submission is the result of that submission, and the rest of its batch is judged.

The threads of a process share one sandbox and the keys that it gave where processes are forked, so that torch is
imported once and each program of the bank runs once; elsewhere each thread has its own.
"""

from __future__ import annotations

import atexit
import platform
import threading
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from tensordrill.course.assignment.assignment import SNAPSHOT_FILE
from tensordrill.course.assignment.bundle import Bundle, pack, unpack
from tensordrill.course.assignment.folder import versions
from tensordrill.course.fault import Fault, fault
from tensordrill.course.gradebook import SubmissionResult, scored
from tensordrill.course.grading.journal import read_back
from tensordrill.course.grading.judge import Judge, PendingSubmission
from tensordrill.course.results.feedback import feedback_on
from tensordrill.errors import CourseError, SandboxError
from tensordrill.explanation.drawing import Drawing
from tensordrill.messages import Language, message
from tensordrill.sandbox.client import Sandbox
from tensordrill.sandbox.isolation import Isolation
from tensordrill.sandbox.protocol import Job, Program, Ready

Draw: TypeAlias = Callable[[Drawing, Language], object]


class GradingContext(Struct, frozen=True):
    """The context that a judge needs beside submissions: the questions and how programs are isolated."""

    bundle: Bundle | bytes
    """The assignment with its questions; packed where it travels to another machine."""
    isolation: Isolation
    versions: dict[str, str]
    """Those of the program that hands the work out."""
    draw: Draw | None = None
    """Draws a picture as feedback does, so that one that cannot be drawn is found before anything is written."""

    @property
    def questions(self) -> Bundle:
        """The assignment with its questions, unpacked where they were packed."""
        return self.bundle if isinstance(self.bundle, Bundle) else unpack(self.bundle, Path(SNAPSHOT_FILE))

    @property
    def packed(self) -> GradingContext:
        """The same, as it can be pickled."""
        bundle = self.questions
        return replace(self, bundle=pack(bundle.assignment, bundle.bank, handed_out=False))


class _ThreadJudge(Struct, frozen=True, eq=False):
    """The judge of one thread, or of several that share it, and the context that it was made from."""

    context: GradingContext
    bundle: Bundle
    sandbox: Sandbox
    judge: Judge

    def records(self, pending: Sequence[PendingSubmission]) -> list[SubmissionResult]:
        """Judge submissions; each record can be read back from the journal, and be told to its student."""
        return [self._usable(record) for record in self.judge.results(pending)]

    def _usable(self, record: SubmissionResult) -> SubmissionResult:
        assignment, draw = self.bundle.assignment, self.context.draw
        feedback = feedback_on(scored(record, assignment, {}), assignment, self.bundle.ideas, reveal=True)
        for question in feedback.questions:
            if draw is not None and question.picture is not None:
                draw(question.picture.drawing, feedback.language)
        return read_back(record)

    def record_or_fault(self, pending: PendingSubmission) -> SubmissionResult | Fault:
        """Judge one submission of a batch in which something failed; raises SandboxError where that was the sandbox."""
        language = self.bundle.assignment.language
        try:
            (record,) = self.records((pending,))
        except SandboxError as error:
            self.sandbox.run(Job((Program(),)))  # raises where not this submission is at fault
            return fault(error, language)
        except Exception as error:
            return fault(error, language)
        return record


_judges: dict[int, _ThreadJudge] = {}
"""By thread."""
_lock = threading.Lock()


def judge_batch(
    context: GradingContext, pending: Sequence[PendingSubmission]
) -> list[SubmissionResult | Fault]:
    """Judge some submissions in this thread's sandbox; what became of each comes in their order.

    Raises SandboxError where the isolation asked for cannot be had, or where torch does not run any more.
    """
    judge = _judge(context)
    if context.isolation != "none" and not judge.sandbox.wait_ready().holds:
        raise SandboxError(message("grading-not-there", machine=platform.node()))
    try:
        return list(judge.records(pending))
    except Exception:
        return [judge.record_or_fault(submission) for submission in pending]


def ready(context: GradingContext) -> Ready:
    """Start this thread's sandbox and return what it says of itself."""
    return _judge(context).sandbox.wait_ready()


def stop_judges() -> None:
    """Stop all threads soon: they give up what they wait for."""
    with _lock:
        for judge in _judges.values():
            judge.sandbox.stop()


def close_judges() -> None:
    """End the sandboxes of all threads, once none of them works."""
    with _lock:
        while _judges:
            _drop(next(iter(_judges)))


def _judge(context: GradingContext) -> _ThreadJudge:
    thread = threading.get_ident()
    judge = _judges.get(thread)
    if judge is None or judge.context != context:
        check_versions(platform.node(), versions(), context.versions)
        with _lock:
            _drop(thread)
            _judges[thread] = judge = _shared(context) or _made(context)
    return judge


def _shared(context: GradingContext) -> _ThreadJudge | None:
    """Return another thread's judge for the same context, if its sandbox forks."""
    forking = (judge for judge in _judges.values() if judge.sandbox.mode == "fork")
    return next((judge for judge in forking if judge.context == context), None)


def _made(context: GradingContext) -> _ThreadJudge:
    bundle, sandbox = context.questions, Sandbox(isolation=context.isolation)
    sandbox.warm()
    return _ThreadJudge(context, bundle, sandbox, Judge(bundle.bank, sandbox, bundle.assignment.language))


def _drop(thread: int) -> None:
    """Forget a thread's judge, and end its sandbox where no other thread uses it."""
    judge = _judges.pop(thread, None)
    if judge is not None and judge not in _judges.values():
        judge.sandbox.close()


def check_versions(where: str, actual: Mapping[str, str], expected: Mapping[str, str]) -> None:
    """Raise CourseError where other versions would grade than those of the program that hands work out."""
    for name, version in expected.items():
        if actual.get(name) != version:
            theirs = actual.get(name) or message("grading-no-version")
            raise CourseError(
                message("grading-versions", where=where, name=name, version=theirs, wanted=version)
            )


atexit.register(close_judges)  # a worker's sandboxes end with it
