"""A class is graded: submissions find their students, run in isolation, and become a gradebook.

What has been graded is on disk at once, so that the same command goes on where it stopped.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from datetime import datetime
from functools import partial
from itertools import filterfalse
from pathlib import Path
from typing import TypeAlias

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from tensordrill.course.assignment.bundle import Bundle, content_hash
from tensordrill.course.assignment.folder import Folder, versions
from tensordrill.course.assignment.late import SubmissionTimes
from tensordrill.course.assignment.roster import Student
from tensordrill.course.assignment.sheet import SheetItem, Variants, sheet
from tensordrill.course.fault import Fault, fault
from tensordrill.course.file_name import alike
from tensordrill.course.gradebook import ABSENT, Gradebook, Overrides, Rejected, SubmissionResult
from tensordrill.course.grading.batch import Draw, GradingContext, judge_batch, ready
from tensordrill.course.grading.journal import Journal
from tensordrill.course.grading.judge import PendingSubmission
from tensordrill.course.grading.stopping import defer_signals
from tensordrill.course.grading.workers import Workers
from tensordrill.course.submission.identify import Identify, OwnedSource
from tensordrill.course.submission.intake import HandedIn, SubmissionFile
from tensordrill.course.submission.times import is_record, submission_times
from tensordrill.errors import CourseError
from tensordrill.messages import say
from tensordrill.sandbox.isolation import Isolation
from tensordrill.sandbox.protocol import Ready

_RECORD = 3
"""Counts what a record holds: one that an older version wrote lacks something, as the key of what was left open."""
_BATCH = 16
_BATCH_SIZE = 1_000_000
"""Characters."""
_BATCHES_A_THREAD = 2
_SECONDS_TO_ASK = 10.0
_SECONDS_DEFERRED = 0.2


class GradingProgress(Struct, frozen=True):
    """The progress of grading: `done` of `total` submissions, `kept` of them from an earlier run."""

    done: int
    total: int
    kept: int


Watch: TypeAlias = Callable[[GradingProgress], None]
_Judged: TypeAlias = list[SubmissionResult | Fault]
_Judge: TypeAlias = Callable[[Sequence[PendingSubmission]], _Judged]
_Batch: TypeAlias = tuple[list[OwnedSource], list[PendingSubmission]]
_UnderWay: TypeAlias = dict[Future[_Judged], list[OwnedSource]]


class Grading:
    """One run: what was handed in, who it belongs to, and the journal that it is written to.

    `listed` are times of submissions by student, and `by_archives` has those be asked that archives say.
    """

    def __init__(
        self,
        folder: Folder,
        bundle: Bundle,
        handed_in: HandedIn,
        roster: Sequence[Student],
        out: Path,
        isolation: Isolation,
        draw: Draw | None = None,
        *,
        listed: Mapping[str, datetime] = {},
        by_archives: bool = False,
    ) -> None:
        self.folder = folder
        self._bundle = Bundle(folder.assignment, bundle.bank)
        self._roster = roster
        self._versions = versions()
        self.context = GradingContext(self._bundle, isolation, self._versions, draw)
        received, unusable = handed_in
        files = list(filterfalse(is_record, received))
        identify = Identify(folder.assignment, folder.seeds, roster, self._is_answered)
        self.owned, rejected = identify.owners(files)
        unusable = [replace(rejection, student=identify.likely(rejection.source)) for rejection in unusable]
        self._unusable = [*unusable, *rejected]
        records = self._contents(filter(is_record, received))
        due = folder.assignment.due_date
        self._times = (
            submission_times(self.owned, records, listed, due.due.tzinfo, by_archives=by_archives)
            if due
            else SubmissionTimes()
        )
        self._failed: set[str] = set()
        self._doubtful = identify.doubtful
        self.faults = identify.faults
        """The grader's own failures, by source."""
        self._fingerprints = self._fingerprints_of(content_hash(self._bundle.entries.values()))
        self.journal = Journal(out)
        self._taken = 0
        self.progress = GradingProgress(0, len(self.owned), 0)

    def _contents(self, sources: Iterable[SubmissionFile]) -> Mapping[str, bytes]:
        """Return the bytes of files by their names; those that cannot be read are listed."""
        contents: dict[str, bytes] = {}
        for source in sources:
            try:
                contents[source.name] = source.read()
            except CourseError as error:
                reason = fault(error, self.folder.assignment.language).reason
                self._unusable.append(Rejected(source.name, reason))
        return contents

    @property
    def kept(self) -> int:
        """The number of submissions in the journal, however far a batch was when grading stopped."""
        return sum(self.journal.has(name, fingerprint) for name, fingerprint in self._fingerprints.items())

    def _is_answered(self, owned: OwnedSource) -> bool:
        drawn = sheet(self.folder.assignment, self.folder.seeds, owned.drawn_for)
        variants = Variants(self._bundle.bank)
        return any(
            owned.load().answer(item.handed_out_as, variants.graded(item).question, item.seed) is not None
            for item in drawn
        )

    @property
    def rejected(self) -> tuple[Rejected, ...]:
        """The submissions that are not graded, and why."""
        return tuple(sorted(self._unusable, key=lambda rejection: (rejection.source, rejection.reason)))

    def ready(self, workers: Workers) -> list[Ready]:
        """Start a sandbox in each place and return what they say.

        Raises SandboxError where the isolation cannot be had.
        """
        context = self._context_for(workers)
        asked = [workers.executor.submit(ready, context, **place) for place in workers.places]
        return [future.result() for future in asked]

    def _context_for(self, workers: Workers) -> GradingContext:
        return self.context.packed if workers.are_remote else self.context

    def run(self, workers: Workers, watch: Watch) -> None:
        """Judge what the journal does not have yet; each record is on disk before its progress is told.

        What cannot be judged is listed, and is no part of the journal: the next run tries it again.
        """
        due = [
            owned
            for owned in self.owned
            if not self.journal.has(owned.student.id, self._fingerprints[owned.student.id])
        ]
        total, kept = len(self.owned), len(self.owned) - len(due)
        self.progress = GradingProgress(kept, total, kept)
        watch(self.progress)
        judge = partial(judge_batch, self._context_for(workers))
        for batch, judged in _handed_out(workers, judge, self._batches(due)):
            for owned, result in zip(batch, judged, strict=True):
                self._take(owned, result)
            self.progress = GradingProgress(kept + self._taken, total, kept)
            watch(self.progress)
        self.progress = GradingProgress(total, total, kept)

    def _take(self, owned: OwnedSource, result: SubmissionResult | Fault) -> None:
        self._taken += 1
        if isinstance(result, SubmissionResult):
            self.journal.add(self._fingerprints[owned.student.id], result)
            return
        self._failed.add(owned.student.id)
        self._unusable.append(Rejected(owned.source.name, result.reason, owned.student.id))
        if result.traceback:
            self.faults[owned.source.name] = result

    def gradebook(self, overrides: Overrides, level: str) -> Gradebook:
        """Return the graded class, which is read from the journal as it is walked."""
        students = {student.id: student for student in self._roster}
        students |= {owned.student.id: owned.student for owned in self.owned}
        present = sorted({owned.student.id for owned in self.owned} - self._failed)
        self.journal.keep(present)
        variants = Variants(self._bundle.bank)
        reasons = {rejection.student: rejection for rejection in self.rejected}

        def records() -> Iterator[SubmissionResult]:
            with self.journal.reader() as record:
                for name in sorted(students):
                    if name in self.journal:
                        yield record(name)
                    else:
                        yield self._absent(students[name], reasons.get(name))

        return Gradebook(
            self.folder.assignment,
            self._bundle.ideas,
            records,
            self.rejected,
            overrides,
            level,
            self._versions,
            alike(students),
            self._bundle.idea_questions,
            lambda result: variants.handed_out((SheetItem(result.question, result.seed, 0),))[0],
            self._times,
        )

    def _absent(self, student: Student, rejection: Rejected | None) -> SubmissionResult:
        if rejection is None:
            return SubmissionResult(student, ABSENT)
        language, source = self.folder.assignment.language, rejection.source
        is_for_the_teacher = source in self._doubtful or source in self.faults
        note = (
            say("note-not-graded", language, source=source)
            if is_for_the_teacher
            else say("note-not-graded-because", language, source=source, reason=rejection.reason)
        )
        return SubmissionResult(student, ABSENT, notes=(note,), refused=True)

    def _batches(self, due: Iterable[OwnedSource]) -> Iterator[_Batch]:
        batch: _Batch = [], []
        for owned in due:
            try:
                pending = self._pending(owned)
            except Exception as error:  # it could be read when it was looked whose it is
                self._take(owned, fault(error, self.folder.assignment.language))
                continue
            batch[0].append(owned)
            batch[1].append(pending)
            if (
                len(batch[0]) == _BATCH
                or sum(submission.submission.size for submission in batch[1]) > _BATCH_SIZE
            ):
                yield batch
                batch = [], []
        if batch[0]:
            yield batch

    def _pending(self, owned: OwnedSource) -> PendingSubmission:
        drawn = sheet(self.folder.assignment, self.folder.seeds, owned.drawn_for)
        return PendingSubmission(owned.student, owned.load(), drawn, owned.notes)

    def _fingerprints_of(self, questions: str) -> Mapping[str, str]:
        """Name all that each student's record depends on: the file, the numbers, the questions and the versions.

        The mark stands for the secret that the numbers are derived from.
        """
        assignment, mark = self.folder.assignment, self.folder.seeds.mark
        names = [item.handed_out_as for item in assignment.questions]
        conditions = (_RECORD, questions, names, assignment.variants, assignment.language, self._versions)
        return {
            owned.student.id: _hash(
                (
                    owned.student,
                    owned.source.name,
                    owned.digest,
                    owned.notes,
                    owned.drawn_for,
                    mark(owned.drawn_for),
                ),
                conditions,
            )
            for owned in self.owned
        }


def _hash(*parts: object) -> str:
    return hashlib.sha256(msgspec.json.encode(parts)).hexdigest()


def _handed_out(
    workers: Workers, judge: _Judge, batches: Iterator[_Batch]
) -> Iterator[tuple[list[OwnedSource], _Judged]]:
    """Keep some batches a thread under way; yield each as it ends."""
    under_way: _UnderWay = {}
    room = 0
    for owned, pending in batches:
        if not room:
            room = most = workers.threads() * _BATCHES_A_THREAD
        room -= 1
        with defer_signals():
            under_way[workers.executor.submit(judge, pending)] = owned
        if len(under_way) >= most:
            yield from _ended(workers, under_way)
    while under_way:
        yield from _ended(workers, under_way)


def _ended(workers: Workers, under_way: _UnderWay) -> Iterator[tuple[list[OwnedSource], _Judged]]:
    waited = 0.0
    while not (done := _done(under_way)):
        waited += _SECONDS_DEFERRED
        if waited > _SECONDS_TO_ASK:
            waited = 0.0
            workers.threads()  # raises where nobody is left to wait for
    yield from done


def _done(under_way: _UnderWay) -> list[tuple[list[OwnedSource], _Judged]]:
    """Take out the batches that end soon."""
    with defer_signals():
        ended = wait(under_way, _SECONDS_DEFERRED, FIRST_COMPLETED).done
        return [(under_way.pop(future), future.result()) for future in ended]
