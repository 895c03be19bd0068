"""A class is graded: submissions find their students, run in isolation, and become a gradebook.

What has been graded is on disk at once, so that the same command goes on where it stopped.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from itertools import islice
from pathlib import Path
from typing import TypeAlias

import msgspec
from msgspec import Struct

from tensordrill.course.batch import Batch, Desk, judge_batch, ready
from tensordrill.course.bundle import Bundle, pack
from tensordrill.course.folder import Folder, versions
from tensordrill.course.gradebook import ABSENT, Gradebook, Listed, Overrides, Record
from tensordrill.course.identify import Identify, Owned
from tensordrill.course.intake import HandedIn
from tensordrill.course.journal import Journal
from tensordrill.course.judge import Paper
from tensordrill.course.roster import Student
from tensordrill.course.sheet import sheet
from tensordrill.lab.isolation import Isolation
from tensordrill.lab.protocol import Ready
from tensordrill.text import say

_BATCH = 16
_BATCHES_A_WORKER = 2


class Done(Struct, frozen=True):
    """How far grading is: `done` of `total` submissions, `kept` of them from an earlier run."""

    done: int
    total: int
    kept: int


Watch: TypeAlias = Callable[[Done], None]


class Grading:
    """One run: what was handed in, who it belongs to, and the journal that it is written to."""

    def __init__(
        self,
        folder: Folder,
        bundle: Bundle,
        handed_in: HandedIn,
        roster: Sequence[Student],
        out: Path,
        isolation: Isolation,
    ) -> None:
        self.folder = folder
        self._ideas = bundle.bank.ideas
        self._roster = roster
        self.desk = Desk(
            pack(folder.assignment, bundle.bank, handed_out=False), folder.assignment.language, isolation
        )
        found, unusable = handed_in
        self.owned, listed = Identify(folder.assignment, folder.seeds, roster).owners(found)
        self.listed = tuple(sorted([*unusable, *listed], key=lambda each: (each.source, each.reason)))
        self.journal = Journal(out)

    def ready(self, executor: Executor) -> Ready:
        """Start a worker's lab and give what it says; raises LabError where the isolation cannot be had."""
        return executor.submit(ready, self.desk).result()

    def run(self, executor: Executor, workers: int, watch: Watch) -> None:
        """Judge what the journal does not have yet; each record is on disk before its progress is told."""
        due = [
            owned for owned in self.owned if not self.journal.has(owned.student.id, self._fingerprint(owned))
        ]
        total, kept = len(self.owned), len(self.owned) - len(due)
        done = kept
        watch(Done(done, total, kept))
        for batch, records in _handed_out(executor, self._batches(due), workers * _BATCHES_A_WORKER):
            for owned, record in zip(batch, records, strict=True):
                self.journal.add(self._fingerprint(owned), record)
            done += len(records)
            watch(Done(done, total, kept))

    def gradebook(self, overrides: Overrides, level: str) -> Gradebook:
        """Give the graded class, which is read from the journal as it is walked."""
        students = {student.id: student for student in self._roster}
        students |= {owned.student.id: owned.student for owned in self.owned}
        present = sorted(owned.student.id for owned in self.owned)
        self.journal.keep(present)
        reasons = {each.student: each for each in self.listed if each.student}

        def records() -> Iterator[Record]:
            for name in sorted(students):
                if name in self.journal:
                    yield self.journal.record(name)
                else:
                    yield self._absent(students[name], reasons.get(name))

        return Gradebook(
            self.folder.assignment, self._ideas, records, self.listed, overrides, level, versions()
        )

    def _absent(self, student: Student, listed: Listed | None) -> Record:
        if listed is None:
            return Record(student, ABSENT)
        note = say("note-not-graded", self.folder.assignment.language, source=listed.source)
        return Record(student, ABSENT, notes=(note,))

    def _batches(self, due: Iterable[Owned]) -> Iterator[tuple[list[Owned], Batch]]:
        waiting = iter(due)
        while some := list(islice(waiting, _BATCH)):
            yield some, Batch(self.desk, tuple(map(self._paper, some)))

    def _paper(self, owned: Owned) -> Paper:
        drawn = sheet(self.folder.assignment, self.folder.seeds, owned.student.id)
        return Paper(owned.student, owned.source.name, owned.digest, drawn, owned.source.read(), owned.notes)

    def _fingerprint(self, owned: Owned) -> str:
        """Name all that a record depends on: the file, the numbers, the questions and the versions."""
        drawn = sheet(self.folder.assignment, self.folder.seeds, owned.student.id)
        parts = (owned.student, owned.source.name, owned.digest, owned.notes, drawn)
        said = msgspec.json.encode([parts, self.desk.hash, self.desk.language, versions()])
        return hashlib.sha256(said).hexdigest()


def _handed_out(
    executor: Executor, batches: Iterator[tuple[list[Owned], Batch]], at_once: int
) -> Iterator[tuple[list[Owned], list[Record]]]:
    """Keep `at_once` batches under way; give each as it ends."""
    under_way: dict[Future[list[Record]], list[Owned]] = {}
    for owned, batch in batches:
        under_way[executor.submit(judge_batch, batch)] = owned
        if len(under_way) >= at_once:
            yield from _ended(under_way)
    while under_way:
        yield from _ended(under_way)


def _ended(under_way: dict[Future[list[Record]], list[Owned]]) -> Iterator[tuple[list[Owned], list[Record]]]:
    done, _ = wait(under_way, return_when=FIRST_COMPLETED)
    for future in done:
        yield under_way.pop(future), future.result()
