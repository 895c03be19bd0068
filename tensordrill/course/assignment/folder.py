"""An assignment's folder: `assignment.yaml`, its secret, the recorded bank, the roster and overrides."""

from __future__ import annotations

import contextlib
import importlib.metadata
import os
import platform
import re
from collections.abc import Mapping, Sequence, Set
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from tensordrill.bank.load import Bank
from tensordrill.bank.sources import BankSource, find
from tensordrill.bank.topic import Entry
from tensordrill.course.assignment.assignment import (
    ASSIGNMENT_FILE,
    FORMAT,
    SNAPSHOT_FILE,
    Assignment,
    Item,
    PinnedBank,
    load_assignment,
    mistakes,
    read_assignment,
    written,
)
from tensordrill.course.assignment.bundle import Bundle, changed, content_hash, open_bundle, pack
from tensordrill.course.assignment.roster import ROSTER_FILE, Student, read_roster
from tensordrill.course.assignment.seeds import SECRET_FILE, Seeds, load_seeds, write_secret
from tensordrill.errors import BankError, CourseError, FileProblems, Problem
from tensordrill.messages import Language, Message, message
from tensordrill.version import __version__


class Folder(Struct, frozen=True):
    """An assignment where it lies, with what its seeds come from."""

    path: Path
    assignment: Assignment
    seeds: Seeds

    @property
    def snapshot(self) -> Path:
        """The file with the questions as they were when the assignment was made."""
        return self.path / SNAPSHOT_FILE

    def roster(self, given: Path | None = None) -> tuple[Student, ...]:
        """Return the class: from the file given, else from the one that the build kept; nobody without either."""
        kept = self.path / ROSTER_FILE
        return read_roster(given or kept) if given or kept.exists() else ()


def open_folder(path: Path) -> Folder:
    """Open the folder of an `assignment.yaml`.

    Raises FileProblems for a broken assignment, CourseError where the secret is missing.
    """
    folder = path if path.is_dir() else path.parent
    assignment = load_assignment(path)
    return Folder(folder, assignment, load_seeds(folder, assignment.assignment))


def create(
    path: Path, bank: Bank, items: Sequence[Item], *, shared: bool, opaque: bool = False, language: Language
) -> Assignment:
    """Write a new assignment's folder: the assignment, the secret, and the record of its questions.

    With `opaque` the hand-outs of `hw1` call its questions `hw1/1`, `hw1/2`, and so on. Raises CourseError where the
    folder's name is none for an assignment, or it holds one already.
    """
    for file in (path / ASSIGNMENT_FILE, path / SECRET_FILE):
        if file.exists():
            raise CourseError(message("assignment-is-there", file=file))
    entries = [bank.entry(item.id) for item in items]
    name = _named_after(path)
    if opaque:
        items = [replace(item, alias=f"{name}/{number}") for number, item in enumerate(items, 1)]
    assignment = Assignment(
        format=FORMAT,
        assignment=name,
        language=language,
        bank=PinnedBank(
            folder=_named(bank, {entry.topic for entry in entries}, path), hash=content_hash(entries)
        ),
        versions=versions(),
        variants="shared" if shared else "own",
        questions=tuple(items),
    )
    try:
        path.mkdir(parents=True, exist_ok=True)
        (path / SNAPSHOT_FILE).write_bytes(pack(assignment, bank, handed_out=False))
        write_secret(path / SECRET_FILE)
        (path / ASSIGNMENT_FILE).write_text(written(assignment), encoding="utf-8")
    except OSError as error:
        raise CourseError(_not_written(error, path)) from error
    return assignment


def _not_written(error: OSError, path: Path) -> Message:
    return message("course-not-written", path=error.filename or path, reason=error.strerror)


def _named_after(path: Path) -> str:
    """Name an assignment after its folder."""
    name = path.resolve().name
    words = re.findall(r"[a-z0-9]+", name.lower())
    if name != "-".join(words) or not words:
        example = "-".join(words) or "hw1"
        raise CourseError(message("assignment-no-name", name=name, example=example))
    return name


def _named(bank: Bank, topics: Set[str], path: Path) -> str | tuple[str, ...]:
    """Name the banks that have these topics, as they are seen from the assignment's folder."""
    used = {bank.source(topic) for topic in topics}
    names = tuple(_seen_from(path, source) for source in bank.sources if source in used)
    return names[0] if len(names) == 1 else names


def _seen_from(path: Path, source: BankSource) -> str:
    if source.kind not in ("folder", "zip"):
        return source.name
    bank = Path(source.where).resolve()
    try:
        return Path(os.path.relpath(bank, path.resolve())).as_posix()
    except ValueError:  # another drive
        return bank.as_posix()


def bank_now(folder: Folder) -> Bank:
    """Open the banks that the assignment names, as they are now."""
    return Bank(*(find(name, folder.path) for name in folder.assignment.bank.names))


def questions(folder: Folder, *, snapshot: bool, current: bool = False) -> Bundle:
    """Return the assignment's questions: as recorded, or as they are now where they say the same.

    `current` takes them as they are now whatever they say. Raises CourseError where the bank has changed
    since, naming the questions; FileProblems where the assignment asks for what they do not have.
    """
    bundle = open_bundle(folder.snapshot) if snapshot else _as_now(folder, current)
    entries = bundle.entries
    missing = [item.id for item in folder.assignment.questions if item.id not in entries]
    if missing:
        raise CourseError(message("assignment-not-recorded", path=folder.snapshot, question=missing[0]))
    problems = mistakes(folder.path, folder.assignment, entries)
    if problems:
        raise FileProblems(problems)
    return bundle


def _as_now(folder: Folder, current: bool) -> Bundle:
    bank = _readable(folder, bank_now(folder))
    entries = {item.id: _entry(bank, item.id) for item in folder.assignment.questions}
    present = [entry for entry in entries.values() if isinstance(entry, Entry)]
    if current or len(present) < len(entries) or content_hash(present) != folder.assignment.bank.hash:
        _check(folder, entries, current)
    return Bundle(folder.assignment, bank)


def _readable(folder: Folder, bank: Bank) -> Bank:
    """Return a bank whose sources can be read; raises FileProblems at the place that names them."""
    try:
        _ = bank.names
    except BankError as error:
        place = read_assignment(folder.path).place.at("bank", "folder")
        problem = message("assignment-no-bank", problem=error.problem)
        raise FileProblems([message("in-file", file=place, problem=problem)]) from error
    return bank


def _entry(bank: Bank, full_id: str) -> Entry | Problem:
    """Return a question, or why there is none."""
    try:
        return bank.entry(full_id)
    except FileProblems:
        raise
    except BankError as error:
        return error.problem


def _check(folder: Folder, now: Mapping[str, Entry | Problem], current: bool) -> None:
    """Raise where the bank has changed; that the teacher edited the list of questions is no reason."""
    where = folder.path / ASSIGNMENT_FILE
    known = folder.snapshot.exists()
    if not known and not current:
        raise CourseError(message("assignment-no-record", path=where, record=SNAPSHOT_FILE))
    names: list[str] = []
    entries: Mapping[str, Entry] = {}
    if known and not current:
        entries = open_bundle(folder.snapshot).entries
        names = changed(entries, {name: entry for name, entry in now.items() if name in entries})
    place = read_assignment(folder.path).place
    unknown = [
        message("in-file", file=place.at("questions", index, "id"), problem=entry)
        for index, (name, entry) in enumerate(now.items())
        if not isinstance(entry, Entry) and name not in entries
    ]
    if unknown:
        raise FileProblems(unknown)
    if names:
        ids = ", ".join(f"`{name}`" for name in names)
        raise CourseError(message("assignment-bank-changed", path=where, questions=ids))


def update_snapshot(folder: Folder, bundle: Bundle) -> bool:
    """Write the questions to the snapshot unless they are there already; return whether anything was written.

    Raises CourseError where the folder cannot be written.
    """
    old, new = folder.assignment.bank.hash, content_hash(bundle.entries.values())
    if old == new and folder.snapshot.exists():
        return False
    file = folder.path / ASSIGNMENT_FILE
    try:
        folder.snapshot.write_bytes(pack(folder.assignment, bundle.bank, handed_out=False))
        text = file.read_text(encoding="utf-8-sig")
        fresh = file.with_name(f".{ASSIGNMENT_FILE}.new")
        fresh.write_text(text.replace(old, new, 1), encoding="utf-8")
        fresh.replace(file)
    except OSError as error:
        raise CourseError(_not_written(error, file)) from error
    return True


def versions() -> dict[str, str]:
    """Return the versions that a verdict depends on."""
    packages = {"tensordrill": __version__, "python": platform.python_version()}
    with contextlib.suppress(importlib.metadata.PackageNotFoundError):
        packages["torch"] = importlib.metadata.version("torch")
    return packages
