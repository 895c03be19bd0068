"""File names from students' ids: safe on every file system, and never the same for two ids of a class.

An id is its own name, wherever a file system can hold it. Some take `anna` and `Anna` for one name: where a
class has both, which letters are capitals is told after a `=`. What is no file name, and letters that can be
written in two ways, are told apart by a hash, after what can be read of the id.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable

_PLAIN = re.compile(r"\w[\w@.+-]*")
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\w|lpt\w)(?:\..*)?", re.IGNORECASE)
"""Names of devices: https://learn.microsoft.com/en-us/windows/win32/fileio/naming-a-file"""
_MOST_BYTES = 150
"""With a suffix and `.NAME.part` around it, less than the 255 of Linux's NAME_MAX (man 7 path_resolution)."""
_READABLE = 40


def alike(students: Iterable[str]) -> frozenset[str]:
    """Return ids that collide with another id on a case- or normalisation-insensitive file system."""
    folded = {student: _folded(student) for student in students}
    counts = Counter(folded.values())
    return frozenset(student for student, name in folded.items() if counts[name] > 1)


def file_name(student: str, twins: frozenset[str] = frozenset()) -> str:
    """Return the name of a student's files, without a suffix; `twins` are the ids of the class that are alike."""
    name = unicodedata.normalize("NFC", student)
    is_plain = _PLAIN.fullmatch(name) and not _RESERVED.fullmatch(name) and len(name.encode()) <= _MOST_BYTES
    if not is_plain or (student in twins and not student.isascii()):
        return f"{_readable(student)}=={hashlib.sha256(student.encode('utf-8', 'surrogatepass')).hexdigest()[:20]}"
    if student not in twins:
        return name
    capitals = sum(1 << index for index, letter in enumerate(student) if letter.isupper())
    return f"{student}={capitals:x}" if capitals else student


def _folded(student: str) -> str:
    """Return an id as a file system keeps it that tells neither capitals nor compositions apart."""
    return unicodedata.normalize("NFD", unicodedata.normalize("NFD", student).casefold())


def _readable(student: str) -> str:
    letters = unicodedata.normalize("NFC", student.lower())[:_READABLE]
    return "".join(letter if letter.isalnum() else "_" for letter in letters)
