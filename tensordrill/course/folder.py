"""An assignment's folder: `assignment.yaml`, its secret, the recorded bank, the roster and overrides."""

from __future__ import annotations

import contextlib
import importlib.metadata
import os
import platform
from collections.abc import Mapping, Sequence
from pathlib import Path

from msgspec import Struct

from tensordrill import __version__
from tensordrill.bank.load import Bank, Entry, shipped
from tensordrill.course.assignment import (
    ASSIGNMENT_FILE,
    FORMAT,
    RECORDED_FILE,
    Assignment,
    Item,
    Source,
    load_assignment,
    written,
)
from tensordrill.course.bundle import OpenBundle, changed, content_hash, open_bundle, pack
from tensordrill.course.roster import ROSTER_FILE, Student, read_roster
from tensordrill.course.seeds import SECRET_FILE, Seeds, load_seeds, write_secret
from tensordrill.errors import BankError, CourseError, FileProblems
from tensordrill.text import Language

SHIPPED = "shipped"


class Folder(Struct, frozen=True):
    """An assignment where it lies, with what its seeds come from."""

    path: Path
    assignment: Assignment
    seeds: Seeds

    @property
    def recorded(self) -> Path:
        """The file with the questions as they were when the assignment was made."""
        return self.path / RECORDED_FILE

    def roster(self, given: Path | None = None) -> tuple[Student, ...]:
        """Give the class: from the file given, else from the one that the build kept; nobody without either."""
        kept = self.path / ROSTER_FILE
        return read_roster(given or kept) if given or kept.exists() else ()


def open_folder(path: Path) -> Folder:
    """Open the folder of an `assignment.yaml`.

    Raises FileProblems for a broken assignment, CourseError where the secret is missing.
    """
    folder = path if path.is_dir() else path.parent
    assignment = load_assignment(path)
    return Folder(folder, assignment, load_seeds(folder, assignment.assignment))


def create(path: Path, bank: Bank, items: Sequence[Item], *, shared: bool, language: Language) -> Assignment:
    """Write a new assignment's folder: the assignment, the secret, and the record of its questions.

    Raises CourseError where the folder holds an assignment already.
    """
    if (path / ASSIGNMENT_FILE).exists():
        raise CourseError(f"{path / ASSIGNMENT_FILE}: it exists already; choose another name, or remove it")
    entries = [bank.entry(item.id) for item in items]
    assignment = Assignment(
        format=FORMAT,
        assignment=path.resolve().name,
        language=language,
        bank=Source(folder=_named(bank, path), hash=content_hash(entries)),
        versions=versions(),
        variants="shared" if shared else "own",
        questions=tuple(items),
    )
    try:
        path.mkdir(parents=True, exist_ok=True)
        write_secret(path / SECRET_FILE)
        (path / RECORDED_FILE).write_bytes(pack(assignment, bank, handed_out=False))
        (path / ASSIGNMENT_FILE).write_text(written(assignment), encoding="utf-8")
    except OSError as error:
        raise CourseError(f"{error.filename or path}: it cannot be written: {error.strerror}") from error
    return assignment


def _named(bank: Bank, path: Path) -> str:
    """Name a bank's folder as it is seen from the assignment's."""
    if bank.folder.resolve() == shipped().resolve():
        return SHIPPED
    return Path(os.path.relpath(bank.folder.resolve(), path.resolve())).as_posix()


def bank_now(folder: Folder) -> Bank:
    """Open the bank that the assignment names, as it is now."""
    named = folder.assignment.bank.folder
    return Bank(shipped() if named == SHIPPED else folder.path / named)


def questions(folder: Folder, *, recorded: bool) -> OpenBundle:
    """Give the assignment's questions: as recorded, or as they are now where they say the same.

    Raises CourseError where the bank has changed since, naming the questions.
    """
    if recorded:
        return open_bundle(folder.recorded)
    bank = bank_now(folder)
    current = {item.id: _entry(bank, item.id) for item in folder.assignment.questions}
    present = [entry for entry in current.values() if entry is not None]
    if len(present) < len(current) or content_hash(present) != folder.assignment.bank.hash:
        raise CourseError(_has_changed(folder, current))
    return OpenBundle(pack(folder.assignment, bank, handed_out=False), folder.recorded)


def _entry(bank: Bank, full_id: str) -> Entry | None:
    try:
        return bank.entry(full_id)
    except FileProblems:
        raise
    except BankError:
        return None


def _has_changed(folder: Folder, current: Mapping[str, Entry | None]) -> str:
    where = folder.path / ASSIGNMENT_FILE
    if not folder.recorded.exists():
        return f"{where}: the bank has changed since, and there is no {RECORDED_FILE} here; make the assignment anew"
    with open_bundle(folder.recorded) as bundle:
        names = changed(bundle.entries, current)
    said = ", ".join(f"`{name}`" for name in names) or "the list of questions"
    return (
        f"{where}: the bank has changed since the assignment was made: {said}; "
        "`--recorded` takes the questions as they were"
    )


def versions() -> dict[str, str]:
    """Give the versions that a verdict depends on."""
    found = {"tensordrill": __version__, "python": platform.python_version()}
    with contextlib.suppress(importlib.metadata.PackageNotFoundError):
        found["torch"] = importlib.metadata.version("torch")
    return found
