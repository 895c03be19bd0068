"""Sources of submissions: files, folders and zip archives become a list, read one at a time.

Every file is a source, whatever its suffix: `identify` tells by its content whether it is a submission. Passed over
are hidden folders and what systems leave beside files. Links are not followed.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath
from typing import NamedTuple, TypeAlias

from msgspec import Struct

from tensordrill.course.assignment.bundle import SUFFIX as BANK_SUFFIX
from tensordrill.course.gradebook import Rejected
from tensordrill.course.submission import archive
from tensordrill.course.submission.submission import MAX_BYTES, MAX_NOTEBOOK, SUFFIXES
from tensordrill.errors import CourseError, Problem
from tensordrill.messages import Language, message

_OF_SYSTEMS = frozenset(("__MACOSX", "__pycache__", ".DS_Store", "Thumbs.db", "desktop.ini"))
"""Names that systems and Python leave beside people's files."""
RECORD = "submission_metadata.yml"
"""The file of a Gradescope export that says who handed in what, and when; it repeats what was printed, too."""
_APPLE_DOUBLE = "._"
"""Begins the names of files with macOS' metadata of another file: RFC 1740, A."""


class SubmissionFile(Struct, frozen=True):
    """One file that may be a submission: on disk, or in an archive (perhaps in another archive)."""

    name: str
    """The name in reports: the path below the argument of the command line."""
    path: Path
    members: tuple[int, ...] = ()
    """The places in the archive, and in the archive within it."""
    modified: tuple[int, int, int, int, int, int] | None = None
    """The time that the archive says, in no time zone."""

    @property
    def has_suffix(self) -> bool:
        """Whether it is called as a submission should be."""
        return self.name.lower().endswith(SUFFIXES)

    def read(self) -> bytes:
        """Read it, at most MAX_BYTES (MAX_NOTEBOOK); raises CourseError with one sentence where that cannot be."""
        most = MAX_NOTEBOOK if self.name.lower().endswith((".ipynb", RECORD)) else MAX_BYTES
        if self.members:
            return archive.read_member(self.path, self.members, most)
        with archive.open_regular(self.path) as file:
            archive.check_size(os.fstat(file.fileno()).st_size, most)
            try:
                return file.read(most + 1)
            except OSError as error:
                raise CourseError(message("submission-not-read", reason=error.strerror)) from error


HandedIn: TypeAlias = tuple[list[SubmissionFile], list[Rejected]]
"""The files that may be submissions, and those that cannot be."""


def sources(paths: Iterable[Path], out: Path | None = None, language: Language = "en") -> HandedIn:
    """Find all files that may be submissions, and list those that cannot be.

    `out` is where results are written: what lies there was not handed in. Reasons are said in `language`.
    Raises CourseError where a path that was named does not exist.
    """
    files: list[SubmissionFile] = []
    rejected: list[Rejected] = []
    for path in paths:
        if not os.path.lexists(path):
            raise CourseError(message("submissions-nowhere", path=path))
        for source in _below(path, out) if path.is_dir() else _file(path, _name(path.name), ""):
            if isinstance(source, SubmissionFile):
                files.append(source)
            else:
                why = source.problem
                rejected.append(Rejected(source.name, why if isinstance(why, str) else why.text(language)))
    files.sort(key=lambda source: (source.name, source.members, os.fsencode(source.path)))
    return files, rejected


class _Refused(NamedTuple):
    """A file that cannot be a submission, and why."""

    name: str
    problem: Problem


def _below(folder: Path, out: Path | None) -> Iterator[SubmissionFile | _Refused]:
    unreadable: list[OSError] = []
    own = out.resolve() if out else None
    for at, folders, files in os.walk(folder, onerror=unreadable.append):
        folders[:] = sorted(name for name in folders if not _is_passed_over(name, is_folder=True))
        folders[:] = [name for name in folders if (Path(at) / name).resolve() != own]
        for name in folders:
            path = Path(at) / name
            if path.is_symlink():
                yield _Refused(_shown(path, folder), message("submission-link"))
            elif path.suffix.lower() in SUFFIXES:
                yield _Refused(_shown(path, folder), message("submission-folder"))
        for name in sorted(files):
            shown = _shown(Path(at) / name, folder)
            if not _is_passed_over(name):
                yield from _file(Path(at) / name, shown, f"{shown}/")
    for error in unreadable:
        why = message("submission-folder-not-read", reason=error.strerror)
        yield _Refused(_shown(Path(error.filename), folder), why)


def _file(path: Path, shown: str, prefix: str) -> Iterator[SubmissionFile | _Refused]:
    """Yield the sources in one file; `prefix` stands before the names in an archive."""
    if path.suffix.lower() != archive.SUFFIX:
        yield SubmissionFile(shown, path)
        return
    try:
        for member in archive.members(path):
            *folders, name = PurePosixPath(member.name).parts or ("",)
            if _is_passed_over(name) or any(_is_passed_over(part, is_folder=True) for part in folders):
                continue
            if member.problem:
                yield _Refused(prefix + member.name, member.problem)
            else:
                yield SubmissionFile(prefix + member.name, path, member.at, member.modified)
    except CourseError as error:
        yield _Refused(shown, error.problem)


def _is_passed_over(name: str, *, is_folder: bool = False) -> bool:
    """Whether nobody meant to hand in a file or folder: systems left it, or it is the bank of the hand-out."""
    if is_folder:
        return name.startswith(".") or name in _OF_SYSTEMS
    return name in _OF_SYSTEMS or name.startswith(_APPLE_DOUBLE) or name.endswith(BANK_SUFFIX)


def _shown(path: Path, folder: Path) -> str:
    return _name(path.relative_to(folder).as_posix())


def _name(name: str) -> str:
    """Return a name on disk as text: not every system has its names in UTF-8."""
    return archive.legible(os.fsencode(name))
