"""The students that a file's path names: by their ids, names and e-mail addresses, as whole words.

A word that a system or the assignment put there names nobody: `hw1 (2).py` is not student 2's.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import PurePosixPath

from tensordrill.course.assignment.roster import Student

_SEPARATORS = re.compile(r"[/\s_,;()\[\]{}@.\-]+")
_BY_SYSTEMS = re.compile(r"\(\d+\)|\bsubmission_\d+|assignsubmission_file_?", re.IGNORECASE)
_SHORT = 4
"""A number with fewer digits names a student only where it stands alone."""
_MOST_JOINED = 3
_Words = tuple[str, ...]


class Naming:
    """Finds the students of a roster in paths."""

    def __init__(self, roster: Sequence[Student], assignment: str) -> None:
        self._assignment = _words(assignment)
        self._by_id: dict[_Words, list[Student]] = defaultdict(list)
        self._by_name: dict[_Words, list[Student]] = defaultdict(list)
        for student in roster:
            _enter(self._by_id, student, {_words(student.id), _words(student.email)})
            _enter(self._by_name, student, {*_forms(student.name), _words(student.email.partition("@")[0])})
        self._longest = max(map(len, (*self._by_id, *self._by_name)), default=0)

    def named(self, path: str) -> Mapping[str, Student]:
        """Return the students that a path names; more than one where it contradicts itself."""
        parts = [self._part(text) for text in PurePosixPath(path).with_suffix("").parts]
        by_id = {student.id: student for words in parts for student in self._ids(words)}
        by_name = {student.id: student for words in parts for student in self._found(words, self._by_name)}
        if len(by_id) == 1 and (not by_name or by_id.keys() <= by_name.keys()):
            return by_id
        return {**by_id, **by_name}

    def _part(self, text: str) -> _Words:
        """Return the words of a folder's or file's name without those of the assignment."""
        words = list(_words(_BY_SYSTEMS.sub(" ", text)))
        count = len(self._assignment)
        for start in range(len(words) - count, -1, -1):
            if tuple(words[start : start + count]) == self._assignment:
                del words[start : start + count]
        return tuple(words)

    def _ids(self, words: _Words) -> Iterator[Student]:
        for student in self._found(words, self._by_id):
            if student.id.isdigit() and len(student.id) < _SHORT and words != _words(student.id):
                continue
            yield student

    def _found(self, words: _Words, known: Mapping[_Words, list[Student]]) -> Iterator[Student]:
        for start in range(len(words)):
            for count in range(1, min(max(self._longest, _MOST_JOINED), len(words) - start) + 1):
                some = words[start : start + count]
                yield from known.get(some, ())
                if known is self._by_name and 1 < count <= _MOST_JOINED:
                    yield from known.get(("".join(some),), ())


def _enter(known: dict[_Words, list[Student]], student: Student, keys: set[_Words]) -> None:
    for words in keys:
        if words:
            known[words].append(student)


def _forms(name: str) -> Iterator[_Words]:
    """Yield a name as it is, as one word, and with its last word first, as systems write it."""
    words = _words(name)
    turned = (*words[-1:], *words[:-1])
    for order in (words, turned):
        yield order
        yield ("".join(order),) if order else ()


def _words(text: str) -> _Words:
    plain = unicodedata.normalize("NFC", text).casefold()
    return tuple(word for word in _SEPARATORS.split(plain) if word)
