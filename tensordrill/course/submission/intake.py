"""Sources of submissions: files, folders and zip archives become a list, read one at a time.

Links are not followed. What cannot be a submission is listed with its reason, and the rest goes on.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath
from typing import NamedTuple, TypeAlias

from msgspec import Struct

from tensordrill.course.gradebook import Rejected
from tensordrill.course.submission import archive
from tensordrill.course.submission.submission import MAX_BYTES, SUFFIXES
from tensordrill.errors import CourseError, Problem
from tensordrill.messages import Language, message

_MISTAKEN = frozenset(
    ".7z .alz .doc .docx .egg .gz .htm .html .hwp .hwpx .md .odt .pdf .rar .rtf .tar .tgz .txt .xz".split()
)
"""What people hand in by mistake; other files that lie about, such as data, are passed over."""


class Source(Struct, frozen=True):
    """One file that may be a submission: on disk, or in an archive (perhaps in another archive)."""

    name: str
    """How it is called in reports: its path below what was named on the command line."""
    path: Path
    members: tuple[int, ...] = ()
    """The places in the archive, and in the archive within it."""

    def read(self) -> bytes:
        """Read it, at most MAX_BYTES; raises CourseError with one sentence where that cannot be."""
        if self.members:
            return archive.read_member(self.path, self.members, MAX_BYTES)
        with archive.open_regular(self.path) as file:
            archive.check_size(os.fstat(file.fileno()).st_size, MAX_BYTES)
            try:
                return file.read(MAX_BYTES + 1)
            except OSError as error:
                raise CourseError(message("submission-not-read", reason=error.strerror)) from error


HandedIn: TypeAlias = tuple[list[Source], list[Rejected]]
"""What may be a submission, and what cannot be one."""


def sources(paths: Iterable[Path], out: Path | None = None, language: Language = "en") -> HandedIn:
    """Find all files that may be submissions, and list those that cannot be.

    `out` is where results are written: what lies there was not handed in. Reasons are said in `language`.
    Raises CourseError where a path that was named does not exist.
    """
    files: list[Source] = []
    rejected: list[Rejected] = []
    for path in paths:
        if not os.path.lexists(path):
            raise CourseError(message("submissions-nowhere", path=path))
        for source in _below(path, out) if path.is_dir() else _file(path, _name(path.name), ""):
            if isinstance(source, Source):
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


def _below(folder: Path, out: Path | None) -> Iterator[Source | _Refused]:
    unreadable: list[OSError] = []
    own = out.resolve() if out else None
    for at, folders, files in os.walk(folder, onerror=unreadable.append):
        folders[:] = sorted(name for name in folders if not _is_left_out(name))
        folders[:] = [name for name in folders if (Path(at) / name).resolve() != own]
        for name in folders:
            path = Path(at) / name
            if path.is_symlink():
                yield _Refused(_shown(path, folder), message("submission-link"))
            elif path.suffix.lower() in SUFFIXES:
                yield _Refused(_shown(path, folder), message("submission-folder"))
        for name in sorted(files):
            path = Path(at) / name
            shown = _shown(path, folder)
            if not _is_left_out(name) and _is_handed_in(path):
                yield from _file(path, shown, f"{shown}/")
    for error in unreadable:
        why = message("submission-folder-not-read", reason=error.strerror)
        yield _Refused(_shown(Path(error.filename), folder), why)


def _file(path: Path, shown: str, prefix: str) -> Iterator[Source | _Refused]:
    """Yield the sources in one file; `prefix` stands before the names in an archive."""
    suffix = path.suffix.lower()
    if suffix in SUFFIXES:
        yield Source(shown, path)
    elif suffix == archive.SUFFIX:
        yield from _archived(path, shown, prefix)
    else:
        yield _Refused(shown, message("submission-other-file"))


def _archived(path: Path, shown: str, prefix: str) -> Iterator[Source | _Refused]:
    try:
        for member in archive.members(path):
            name = PurePosixPath(member.name)
            if any(map(_is_left_out, name.parts)):
                continue
            if member.problem:
                yield _Refused(prefix + member.name, member.problem)
            elif name.suffix.lower() in SUFFIXES:
                yield Source(prefix + member.name, path, member.at)
            elif name.suffix.lower() in _MISTAKEN:
                yield _Refused(prefix + member.name, message("submission-other-file"))
    except CourseError as error:
        yield _Refused(shown, error.problem)


def _is_handed_in(path: Path) -> bool:
    """Whether a file in a folder was meant as a submission."""
    return path.suffix.lower() in (*SUFFIXES, archive.SUFFIX) or (
        path.suffix.lower() in _MISTAKEN and path.is_file()
    )


def _is_left_out(name: str) -> bool:
    """Whether a file or folder is what systems leave beside people's files."""
    return name.startswith(".") or name == "__MACOSX"


def _shown(path: Path, folder: Path) -> str:
    return _name(path.relative_to(folder).as_posix())


def _name(name: str) -> str:
    """Return a name on disk as text: not every system has its names in UTF-8."""
    return archive.legible(os.fsencode(name))
