"""`hw1.bank`: the questions of an assignment in one file, so that they can be checked and graded anywhere.

A zip archive with `assignment.json`, `ideas.yaml` and a topic file each. The one beside the assignment
is the record of what the questions were; the one handed out lacks the hidden questions. Both hold
solutions: whoever opens the archive can read them.
"""

from __future__ import annotations

import hashlib
import io
import tempfile
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path, PurePosixPath
from typing import Any

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from tensordrill.bank import schema
from tensordrill.bank.archive import zipped
from tensordrill.bank.ideas import IDEAS_FILE, Ideas, titled_ideas
from tensordrill.bank.load import Bank
from tensordrill.bank.sources import broken_archive
from tensordrill.bank.topic import Entry
from tensordrill.course.assignment.assignment import FORMAT, Assignment
from tensordrill.errors import BankError, CourseError, Problem
from tensordrill.messages import message

SUFFIX = ".bank"
_ASSIGNMENT = "assignment.json"
_MAX_BYTES = 32_000_000
_DAMAGED: tuple[type[Exception], ...] = (*broken_archive(), msgspec.MsgspecError, BankError)


class Bundle(Struct, frozen=True):
    """An assignment with its questions."""

    assignment: Assignment
    bank: Bank

    @property
    def entries(self) -> dict[str, Entry]:
        """The questions that are in it, by id."""
        names = dict.fromkeys(item.id for item in self.assignment.questions)
        topics = {name.partition("/")[0] for name in names} & set(self.bank.names)
        entries = {entry.id: entry for name in topics for entry in self.bank.topic(name).entries}
        return {name: entries[name] for name in names if name in entries}

    @property
    def ideas(self) -> Ideas:
        """The ideas of its bank, and those that single questions of the assignment title."""
        questions = (entry.question for entry in self.entries.values())
        return {**titled_ideas(questions), **self.bank.named_ideas}

    @property
    def idea_questions(self) -> dict[str, tuple[str, ...]]:
        """For each idea, the questions that count and have a misconception of it."""
        void = {item.id for item in self.assignment.questions if item.void}
        ids: dict[str, list[str]] = {}
        for full_id, entry in self.entries.items():
            for name in (
                {wrong.name for wrong in entry.question.misconceptions} if full_id not in void else ()
            ):
                ids.setdefault(name, []).append(full_id)
        return {name: tuple(ids[name]) for name in sorted(ids)}


def pack(assignment: Assignment, bank: Bank, *, handed_out: bool) -> bytes:
    """Return the archive of an assignment's questions; the hidden ones are left out where it is handed out.

    Of those, where they have an alias, nothing is left. The same questions give the same bytes.
    """
    if handed_out:
        shown = (
            replace(item, id=item.handed_out_as) if item.hidden else item for item in assignment.questions
        )
        assignment = replace(assignment, questions=tuple(shown))
    entries = [bank.entry(item.id) for item in assignment.questions if not (handed_out and item.hidden)]
    files = {_ASSIGNMENT: _encoded(assignment)}
    names = {wrong.name for entry in entries for wrong in entry.question.misconceptions}
    files[IDEAS_FILE] = _encoded(
        {name: idea for name, idea in sorted(bank.named_ideas.items()) if name in names}
    )
    for topic in sorted({entry.topic for entry in entries}):
        files[f"{topic}.yaml"] = _topic_file(bank, topic, entries)
    return zipped(files)


def _topic_file(bank: Bank, name: str, entries: Iterable[Entry]) -> bytes:
    topic = bank.topic(name)
    return _encoded(
        {
            "format": schema.FORMAT,
            "topic": name,
            "title": topic.title,
            "language": topic.language,
            "questions": [entry.question for entry in entries if entry.topic == name],
        }
    )


def _encoded(value: object) -> bytes:
    return msgspec.json.format(msgspec.json.encode(value), indent=1)


def unpack(raw: bytes, path: Path) -> Bundle:
    """Return what an archive holds, read as a whole; `path` is where it came from, for messages.

    Raises CourseError where it is no such archive.
    """
    with tempfile.TemporaryDirectory(prefix="tensordrill-") as folder:
        return _unpacked(raw, path, Path(folder))


def _unpacked(raw: bytes, path: Path, folder: Path) -> Bundle:
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            _extract(archive, folder)
        header = msgspec.json.decode((folder / _ASSIGNMENT).read_bytes(), type=_Format)
        if header.format > FORMAT:
            raise CourseError(message("bundle-newer", path=path))
        assignment = msgspec.json.decode((folder / _ASSIGNMENT).read_bytes(), type=Assignment)
        bundle = Bundle(assignment, Bank(folder, packed=True))
        _ = bundle.entries, bundle.bank.named_ideas
    except _DAMAGED as error:
        raise CourseError(message("bundle-damaged", path=path)) from error
    return bundle


class _Format(Struct):
    format: int


def _extract(archive: zipfile.ZipFile, folder: Path) -> None:
    members = archive.infolist()
    if sum(member.file_size for member in members) > _MAX_BYTES:
        raise ValueError("it is too large")
    for member in members:
        name = PurePosixPath(member.filename)
        if len(name.parts) != 1 or name.suffix not in (".yaml", ".json"):
            raise ValueError(f"`{member.filename}` does not belong there")
        (folder / name.name).write_bytes(archive.read(member))


def open_bundle(path: Path) -> Bundle:
    """Read a bank file; raises CourseError where it cannot be read."""
    try:
        return unpack(path.read_bytes(), path)
    except OSError as error:
        raise CourseError(message("bundle-not-read", path=path, reason=error.strerror)) from error


def content_hash(entries: Iterable[Entry]) -> str:
    """Return the hash of what questions say, whatever their order and their files' layout."""
    contents: list[tuple[str, Any]] = sorted(
        ((entry.id, msgspec.to_builtins(entry.question)) for entry in entries), key=lambda pair: pair[0]
    )
    return "sha256:" + hashlib.sha256(msgspec.json.encode(contents, order="sorted")).hexdigest()


def changed(snapshot: Mapping[str, Entry], current: Mapping[str, Entry | Problem]) -> list[str]:
    """Name the questions that are gone, or say something else than what was recorded."""
    return [
        name
        for name, entry in current.items()
        if not isinstance(entry, Entry) or content_hash([entry]) != content_hash([snapshot[name]])
    ]
