"""The journal of graded submissions, line by line on disk: a run that was stopped goes on where it was.

Each line is a `SubmissionResult` with the fingerprint of all that it depends on. Only offsets are held in memory.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from io import BufferedRandom
from pathlib import Path
from typing import BinaryIO

import msgspec
from msgspec import Struct

from tensordrill.course.gradebook import SubmissionResult
from tensordrill.errors import CourseError
from tensordrill.messages import message

JOURNAL_FILE = "journal.jsonl"


class _Line(Struct, frozen=True):
    fingerprint: str
    record: SubmissionResult


_decode = msgspec.json.Decoder(_Line).decode
_encode = msgspec.json.Encoder().encode


def read_back(record: SubmissionResult) -> SubmissionResult:
    """Return a record as a journal gives it back; raises ValueError where a journal cannot hold it."""
    return _decode(_encode(_Line("", record))).record


class Journal:
    """The submission results of a grading run, kept as they come.

    :_file: The open file. Its end is the end of the last whole line: `_scan` cuts off what a full disk or a kill has
        left behind it, and `add` appends and flushes one line at a time, so that a second run reads what the first
        one wrote. After a write that failed, the file is closed and the journal is of no more use.

    :_places: For each student, the fingerprint and the offset of the *last* line about them. Earlier lines stay in
        the file, unread, until `keep` writes a new file and replaces the old one, which ends each run. A line that
        does not decode (another version wrote it) is skipped, and its student is graded again.

    :has: Compares fingerprints, so a line stays in use only while the file, the student's numbers, the questions
        and the versions are the same.
    """

    def __init__(self, folder: Path) -> None:
        self._path = folder / JOURNAL_FILE
        self._places: dict[str, tuple[str, int]] = {}
        try:
            self._file: BufferedRandom = os.fdopen(_opened(self._path), "r+b")
            self._scan()
        except OSError as error:
            raise CourseError(message("journal-not-used", path=self._path, reason=error.strerror)) from error

    def __contains__(self, student: str) -> bool:
        return student in self._places

    def __len__(self) -> int:
        return len(self._places)

    def has(self, student: str, fingerprint: str) -> bool:
        """Whether a submission of this fingerprint was graded."""
        return self._places.get(student, ("", 0))[0] == fingerprint

    def add(self, fingerprint: str, record: SubmissionResult) -> None:
        """Append a record; it is on disk when this returns."""
        line = _encode(_Line(fingerprint, record)) + b"\n"
        at = self._file.seek(0, os.SEEK_END)
        with _explained(self._path):
            try:
                self._file.write(line)
                self._file.flush()
            except OSError:
                self._file.raw.close()  # with what could not be written, which Python would try again at its end
                raise
        self._places[record.student.id] = (fingerprint, at)

    @contextmanager
    def reader(self) -> Iterator[Callable[[str], SubmissionResult]]:
        """Yield a function that reads a student's record, for this process alone."""

        def record(student: str) -> SubmissionResult:
            file.seek(self._places[student][1])
            return _decode(file.readline()).record

        with open(self._path, "rb") as file:
            yield record

    def keep(self, students: Iterable[str]) -> None:
        """Leave only these students' records, in their order, so that the file does not grow."""
        fresh = self._path.with_name(f".{JOURNAL_FILE}.new")
        places: dict[str, tuple[str, int]] = {}
        with _explained(self._path):
            fresh.unlink(missing_ok=True)
            with open(fresh, "xb") as file:
                for student in students:
                    fingerprint, at = self._places[student]
                    self._file.seek(at)
                    places[student] = (fingerprint, file.tell())
                    file.write(self._file.readline())
            self._file.close()  # Windows replaces no file that is open
            fresh.replace(self._path)
        self._file = open(self._path, "r+b")  # noqa: SIM115 (closed by close)
        self._places = places

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def _scan(self) -> None:
        at = 0
        for line in _whole_lines(self._file):
            try:
                entry = _decode(line)
                self._places[entry.record.student.id] = (entry.fingerprint, at)
            except msgspec.MsgspecError:
                pass  # cut off by a full disk or a kill, or written by another version
            at += len(line)
        self._file.truncate(at)


@contextmanager
def _explained(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise CourseError(message("journal-not-written", path=path, reason=error.strerror)) from error


def _whole_lines(file: BinaryIO) -> Iterator[bytes]:
    for line in file:
        if line.endswith(b"\n"):
            yield line


def _opened(path: Path) -> int:
    return os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o644)
