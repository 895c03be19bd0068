"""Where submissions lie: files, folders and zip archives become a list of sources, read one at a time.

Links are not followed, names from archives never become paths, and what is too large is not unpacked.
"""

from __future__ import annotations

import io
import os
import stat
import unicodedata
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath
from typing import TypeAlias

from msgspec import Struct

from tensordrill.course.gradebook import Listed
from tensordrill.course.submission import MAX_BYTES, SUFFIXES
from tensordrill.errors import CourseError

_MAX_ARCHIVE = 2 << 30
_MAX_MEMBERS = 200_000
_UTF_8_NAMES = 0x800
_LEFT_OUT = ("__MACOSX/", ".")


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
            return _read_member(self.path, self.members)
        return _read_file(self.path)


HandedIn: TypeAlias = tuple[list[Source], list[Listed]]
"""What may be a submission, and what cannot be one."""


def sources(paths: Iterable[Path]) -> HandedIn:
    """Find all files that may be submissions, and list those that cannot be.

    Raises CourseError where a path that was named does not exist.
    """
    found: list[Source] = []
    listed: list[Listed] = []
    for path in paths:
        if not path.exists():
            raise CourseError(f"{path}: there is no such file or folder; name submissions, folders or zips")
        for each in _below(path) if path.is_dir() else _alone(path):
            (found if isinstance(each, Source) else listed).append(each)  # type: ignore[arg-type]  # each to its list
    found.sort(key=lambda source: (source.name, source.members))
    return found, listed


def _alone(path: Path) -> Iterator[Source | Listed]:
    name = _normal(path.name)
    if path.suffix.lower() == ".zip":
        yield from _archived(path, "")
    elif path.suffix.lower() in SUFFIXES:
        yield Source(name, path)
    else:
        yield Listed(name, "a submission is a `.py` or `.ipynb` file, or a zip of them")


def _below(folder: Path) -> Iterator[Source | Listed]:
    for at, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith(_LEFT_OUT))
        for name in sorted(files):
            path = Path(at) / name
            shown = _normal(path.relative_to(folder).as_posix())
            if name.startswith("."):
                continue
            if path.suffix.lower() == ".zip" and not path.is_symlink():
                yield from _archived(path, f"{shown}/")
            elif path.suffix.lower() in SUFFIXES:
                yield Source(shown, path)


def _read_file(path: Path) -> bytes:
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | getattr(os, "O_NOFOLLOW", 0))
    except OSError as error:
        if path.is_symlink():
            raise CourseError("this is a link, which is not followed; hand in the file itself") from error
        raise CourseError(f"it cannot be read: {error.strerror}") from error
    with os.fdopen(descriptor, "rb") as file:
        status = os.fstat(file.fileno())
        if not stat.S_ISREG(status.st_mode):
            raise CourseError("this is not a regular file; hand in the file itself")
        _check_size(status.st_size)
        return file.read(MAX_BYTES + 1)


def _check_size(size: int) -> None:
    if size > MAX_BYTES:
        raise CourseError(
            f"it has {size / 10**6:.0f} MB, and a submission at most {MAX_BYTES // 10**6}; hand in the file itself"
        )


# ---- archives --------------------------------------------------------------------------------------------


def _archived(path: Path, prefix: str) -> Iterator[Source | Listed]:
    shown = prefix.rstrip("/") or _normal(path.name)
    try:
        if path.stat().st_size > _MAX_ARCHIVE:
            raise ValueError("it is too large")
        with zipfile.ZipFile(path) as archive:
            yield from _members(archive, path, prefix, ())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        yield Listed(shown, f"the archive cannot be read ({error}); zip the submissions again")


def _members(
    archive: zipfile.ZipFile, path: Path, prefix: str, within: tuple[int, ...]
) -> Iterator[Source | Listed]:
    members = archive.infolist()
    if len(members) > _MAX_MEMBERS:
        raise ValueError(f"it has {len(members)} files")
    for index, member in enumerate(members):
        name = member_name(member)
        if member.is_dir() or any(
            part.startswith(_LEFT_OUT) or part == "__MACOSX" for part in PurePosixPath(name).parts
        ):
            continue
        suffix = PurePosixPath(name).suffix.lower()
        if suffix in SUFFIXES:
            yield Source(prefix + name, path, (*within, index))
        elif suffix == ".zip" and not within:
            yield from _nested(archive, member, path, f"{prefix}{name}/", (index,))


def _nested(
    archive: zipfile.ZipFile, member: zipfile.ZipInfo, path: Path, prefix: str, at: tuple[int, ...]
) -> Iterator[Source | Listed]:
    try:
        with zipfile.ZipFile(io.BytesIO(_contents(archive, member, 8 * MAX_BYTES))) as inner:
            yield from _members(inner, path, prefix, at)
    except (zipfile.BadZipFile, CourseError, OSError, ValueError, NotImplementedError, RuntimeError) as error:
        yield Listed(prefix.rstrip("/"), f"the archive cannot be read ({error}); zip the submission again")


def member_name(member: zipfile.ZipInfo) -> str:
    """Give a member's name as it was meant: in UTF-8, or in CP949 as Korean Windows writes it."""
    name = member.filename
    if not member.flag_bits & _UTF_8_NAMES:
        raw = name.encode("cp437", errors="replace")
        for encoding in ("utf-8", "cp949"):
            try:
                name = raw.decode(encoding)
                break
            except UnicodeDecodeError:
                continue
    parts = [part for part in PurePosixPath(name.replace("\\", "/")).parts if part not in ("/", "..")]
    return _normal("/".join(parts))


def _read_member(path: Path, members: tuple[int, ...]) -> bytes:
    try:
        with zipfile.ZipFile(path) as archive:
            member = archive.infolist()[members[0]]
            if len(members) == 1:
                return _contents(archive, member, MAX_BYTES)
            with zipfile.ZipFile(io.BytesIO(_contents(archive, member, 8 * MAX_BYTES))) as inner:
                return _contents(inner, inner.infolist()[members[1]], MAX_BYTES)
    except (
        zipfile.BadZipFile,
        OSError,
        IndexError,
        EOFError,
        NotImplementedError,
        RuntimeError,
        ValueError,
    ) as error:
        raise CourseError(f"it cannot be unpacked ({error}); zip it again without a password") from error


def _contents(archive: zipfile.ZipFile, member: zipfile.ZipInfo, most: int) -> bytes:
    if stat.S_ISLNK(member.external_attr >> 16):
        raise CourseError("this is a link, which is not followed; hand in the file itself")
    if member.file_size > most:
        raise CourseError(
            f"it has {member.file_size / 10**6:.0f} MB, which is too large; hand in the file itself"
        )
    with archive.open(member) as file:  # what it says of its size may be untrue
        body = file.read(most + 1)
    if len(body) > most:
        raise CourseError("it unpacks to more than it says; hand in the file itself")
    return body


def _normal(name: str) -> str:
    """Give a name in the composed form that rosters have: macOS takes Hangul apart."""
    return unicodedata.normalize("NFC", name)
