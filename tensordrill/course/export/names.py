"""File names from students' ids: safe on every file system, and never the same for two ids.

A plain id is its own name. Some file systems take `anna` and `Anna` for one name, so which letters are
capitals is told after a `=`. Any other id is told apart by its hash, after what can be read of it.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata

_PLAIN = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_@.+-]{0,99}")
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\..*)?", re.IGNORECASE)
_READABLE = 40


def file_name(student: str) -> str:
    """Give the name of a student's files, without a suffix."""
    if not _PLAIN.fullmatch(student) or _RESERVED.fullmatch(student):
        return f"{_readable(student)}=={hashlib.sha256(student.encode('utf-8', 'surrogatepass')).hexdigest()[:20]}"
    capitals = sum(1 << index for index, letter in enumerate(student) if letter.isupper())
    return f"{student}={capitals:x}" if capitals else student


def _readable(student: str) -> str:
    letters = unicodedata.normalize("NFC", student.lower())[:_READABLE]
    return "".join(letter if letter.isalnum() else "_" for letter in letters)
