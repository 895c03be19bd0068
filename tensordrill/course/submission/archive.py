"""Zip archives of submissions: what lies in them, and in the archives within, read one file at a time.

Names from an archive never become paths, and what is too large, or says it is small, is not unpacked.
"""

from __future__ import annotations

import atexit
import io
import os
import stat
import threading
import unicodedata
import zipfile
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path, PurePosixPath

from msgspec import Struct

from tensordrill.errors import CourseError, Problem
from tensordrill.messages import Message, message

SUFFIX = ".zip"
_MAX_ARCHIVE = 2 << 30
_MAX_UNPACKED = 4 << 30
_MAX_MEMBERS = 200_000
_MAX_INNER = 32_000_000
_MAX_INNER_MEMBERS = 200
_UTF_8_NAMES = 0x800
"""Bit 11 of the general purpose flags: https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT, 4.4.4."""
_LONGEST_NAME = 1000


class Member(Struct, frozen=True):
    """A file in an archive, or what is wrong with one of the archives within; `at` are its places."""

    name: str
    at: tuple[int, ...]
    problem: Problem = ""
    modified: tuple[int, int, int, int, int, int] | None = None
    """The time that the archive says, in no time zone."""


class _TooMuchError(ValueError):
    def __init__(self, why: Message) -> None:
        super().__init__(why.text("en"))
        self.why = why


def members(path: Path) -> Iterator[Member]:
    """Yield what lies in an archive; raises CourseError with one sentence where it cannot be read."""
    try:
        with open_regular(path) as file, zipfile.ZipFile(file) as archive:
            if os.fstat(file.fileno()).st_size > _MAX_ARCHIVE:
                raise _TooMuchError(message("archive-large"))
            _check_members(archive, _MAX_MEMBERS)
            yield from _outer(archive)
    except CourseError:
        raise
    except Exception as error:  # `zipfile` raises whatever it stumbles on
        raise CourseError(message("archive-not-read", reason=_why(error))) from error


def _check_members(archive: zipfile.ZipFile, most: int) -> None:
    count = len(archive.infolist())
    if count > most:
        raise _TooMuchError(message("archive-files", count=count))
    if sum(member.file_size for member in archive.infolist()) > _MAX_UNPACKED:
        raise _TooMuchError(message("archive-unpacks"))


def _outer(archive: zipfile.ZipFile) -> Iterator[Member]:
    room = _MAX_UNPACKED
    for index, member in enumerate(archive.infolist()):
        name = member_name(member)
        if member.is_dir():
            continue
        if not name.lower().endswith(SUFFIX):
            yield Member(name, (index,), modified=member.date_time)
            continue
        room -= min(member.file_size, _MAX_INNER)
        try:
            if room < 0:
                raise _TooMuchError(message("archive-unpacks-within"))
            yield from _inner(archive, member, f"{name}/", index)
        except CourseError as error:
            yield Member(name, (index,), error.problem)
        except Exception as error:
            yield Member(name, (index,), message("archive-inner-not-read", reason=_why(error)))


def _inner(archive: zipfile.ZipFile, member: zipfile.ZipInfo, prefix: str, at: int) -> Iterator[Member]:
    with zipfile.ZipFile(io.BytesIO(_contents(archive, member, _MAX_INNER))) as inner:
        _check_members(inner, _MAX_INNER_MEMBERS)
        for index, below in enumerate(inner.infolist()):
            name = member_name(below)
            if below.is_dir():
                continue
            deep = name.lower().endswith(SUFFIX)
            yield Member(prefix + name, (at, index), message("archive-deep") if deep else "", below.date_time)


def member_name(member: zipfile.ZipInfo) -> str:
    """Return a member's name as it was meant: in UTF-8, or in CP949 as Korean Windows writes it."""
    name = member.filename[:_LONGEST_NAME]
    if not member.flag_bits & _UTF_8_NAMES:
        name = legible(name.encode("cp437", errors="replace"))
    parts = [part for part in PurePosixPath(name.replace("\\", "/")).parts if part not in ("/", "..")]
    return unicodedata.normalize("NFC", "/".join(parts))


def legible(name: bytes) -> str:
    """Return a name in UTF-8 or CP949 as text, in the composed form that rosters have."""
    for encoding in ("utf-8", "cp949"):
        try:
            return unicodedata.normalize("NFC", name.decode(encoding))
        except UnicodeDecodeError:
            continue
    return name.decode("utf-8", errors="replace")


class _OpenArchive:
    """The archive that was read last, and the one within it: reading a class file by file opens each once."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._name: tuple[object, ...] = ()
        self._open = ExitStack()
        self._outer: zipfile.ZipFile
        self._inner: tuple[int, zipfile.ZipFile] | None = None

    def read(self, path: Path, at: tuple[int, ...], most: int) -> bytes:
        with self._lock:
            self._enter(path)
            member = self._outer.infolist()[at[0]]
            if len(at) == 1:
                return _contents(self._outer, member, most)
            if self._inner is None or self._inner[0] != at[0]:
                raw = io.BytesIO(_contents(self._outer, member, _MAX_INNER))
                self._inner = at[0], zipfile.ZipFile(raw)
            inner = self._inner[1]
            return _contents(inner, inner.infolist()[at[1]], most)

    def _enter(self, path: Path) -> None:
        status = os.stat(path)
        name = (path.absolute(), status.st_ino, status.st_size, status.st_mtime_ns)
        if name == self._name:
            return
        self.close()
        file = self._open.enter_context(open_regular(path))
        self._outer = self._open.enter_context(zipfile.ZipFile(file))
        self._name = name

    def close(self) -> None:
        self._name, self._inner = (), None
        self._open.close()


_kept = _OpenArchive()
atexit.register(_kept.close)


def read_member(path: Path, at: tuple[int, ...], most: int) -> bytes:
    """Read a file of an archive; raises CourseError with one sentence where that cannot be."""
    try:
        return _kept.read(path, at, most)
    except CourseError:
        raise
    except Exception as error:
        raise CourseError(message("archive-not-unpacked", reason=_why(error))) from error


def _contents(archive: zipfile.ZipFile, member: zipfile.ZipInfo, most: int) -> bytes:
    if stat.S_ISLNK(member.external_attr >> 16):
        raise CourseError(message("submission-link"))
    check_size(member.file_size, most)
    with archive.open(member) as file:  # what it says of its size may be untrue
        body = file.read(most + 1)
    if len(body) > most:
        raise CourseError(message("archive-lies"))
    return body


def check_size(size: int, most: int) -> None:
    """Raise CourseError where a file is too large."""
    if size > most:
        problem = message("submission-too-large", size=f"{size / 10**6:.0f}", most=most // 10**6)
        raise CourseError(problem)


def open_regular(path: Path) -> io.BufferedReader:
    """Open a file without following a link, and without waiting for a pipe or device.

    Raises CourseError with one sentence where it is no regular file, or cannot be read.
    """
    if path.is_symlink():
        raise CourseError(message("submission-link"))
    # what becomes a link only now is refused as well, where the system can
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOFOLLOW", 0)
    try:
        descriptor = os.open(path, flags)
    except OSError as error:
        raise CourseError(message("submission-not-read", reason=error.strerror)) from error
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise CourseError(message("submission-no-file"))
    return os.fdopen(descriptor, "rb")


def _why(error: BaseException) -> str | Message:
    words = str(error)
    if isinstance(error, _TooMuchError):
        return error.why
    if "password" in words or "encrypted" in words:
        return message("archive-password")
    if not words or isinstance(error, LookupError | EOFError):
        return message("archive-damaged")
    return words[:200]
