"""Whose submission is it? The header says so and its mark proves it; else the file's name, if it fits one.

What is in doubt is listed with the reason, and never guessed.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from hmac import compare_digest

from msgspec import Struct

from tensordrill.course.assignment import Assignment
from tensordrill.course.gradebook import Listed
from tensordrill.course.header import Header
from tensordrill.course.intake import Source
from tensordrill.course.roster import Student
from tensordrill.course.seeds import EVERYBODY, Seeds
from tensordrill.course.submission import Submission, parse
from tensordrill.errors import CourseError
from tensordrill.text import say

_SEPARATORS = re.compile(r"[/\s_,;()\[\]{}@.\-]+")


class Owned(Struct, frozen=True):
    """A source and the student whose it is."""

    student: Student
    source: Source
    digest: str
    notes: tuple[str, ...] = ()


class Identify:
    """Finds the students of an assignment's submissions."""

    def __init__(self, assignment: Assignment, seeds: Seeds, roster: Sequence[Student]) -> None:
        self._assignment = assignment
        self._seeds = seeds
        self._by_id = {student.id: student for student in roster}
        self._names = _by_name(roster)
        self._longest = max((len(words) for words in self._names), default=0)

    def owners(self, sources: Iterable[Source]) -> tuple[list[Owned], list[Listed]]:
        """Give what belongs to whom, one submission a student, and what does not."""
        found: dict[str, list[Owned]] = defaultdict(list)
        listed: list[Listed] = []
        for source in sources:
            owned = self._owner(source)
            if isinstance(owned, Owned):
                found[owned.student.id].append(owned)
            else:
                listed.append(owned)
        single = [owned for several in found.values() for owned in _one_each(several, listed)]
        return sorted(single, key=lambda owned: owned.student.id), sorted(
            listed, key=lambda each: each.source
        )

    def _owner(self, source: Source) -> Owned | Listed:
        try:
            submission = parse(source.read(), source.name)
        except CourseError as error:
            return Listed(source.name, str(error))
        strange = self._strange(submission)
        if strange:
            return Listed(source.name, strange)
        named = self._named(source.name)
        header = submission.header
        if header is None or not header.student:
            return self._by_file(source, submission, named)
        return self._by_header(source, submission, header, named)

    def _strange(self, submission: Submission) -> str:
        name, header = self._assignment.assignment, submission.header
        if header is not None and header.assignment != name:
            return f"this is a hand-out of `{header.assignment}`, not of `{name}`"
        if header is None and not submission.questions & {item.id for item in self._assignment.questions}:
            return f"no question of `{name}` is in it"
        return ""

    def _by_header(
        self, source: Source, submission: Submission, header: Header, named: Mapping[str, Student]
    ) -> Owned | Listed:
        student = self._by_id.get(header.student) if self._by_id else Student(header.student, header.name)
        if student is None:
            return Listed(source.name, f"its header says `{header.student}`, who is not in the roster")
        if not compare_digest(header.mark.encode(), self._seeds.mark(student.id).encode()):
            return Listed(
                source.name, f"its header says `{student.id}`, but it was changed; ask who wrote it"
            )
        others = [other for other in named.values() if other.id != student.id]
        if others and student.id not in named:
            return Listed(
                source.name, f"its header says `{student.id}`, but it was handed in by `{others[0].id}`"
            )
        return Owned(student, source, submission.digest, self._seed_notes(submission, student.id))

    def _by_file(
        self, source: Source, submission: Submission, named: Mapping[str, Student]
    ) -> Owned | Listed:
        if submission.header is not None and not self._is_shared(submission.header):
            return Listed(source.name, "its header was changed; ask who wrote it")
        if not self._by_id:
            student = Student(_stem(source.name))
            return Owned(student, source, submission.digest, self._seed_notes(submission, EVERYBODY))
        if len(named) == 1:
            (student,) = named.values()
            missing = () if submission.header else (say("note-no-header", self._assignment.language),)
            return Owned(
                student, source, submission.digest, (*missing, *self._seed_notes(submission, student.id))
            )
        if named:
            return Listed(source.name, f"its name fits {_listed(named)}; name it after one of them")
        return Listed(source.name, "neither its header nor its name tells whose it is; name it after the id")

    def _is_shared(self, header: Header) -> bool:
        return compare_digest(header.mark.encode(), self._seeds.mark(EVERYBODY).encode())

    def _seed_notes(self, submission: Submission, student: str) -> tuple[str, ...]:
        whose = EVERYBODY if self._assignment.variants == "shared" else student
        foreign = [
            item.id
            for item in self._assignment.questions
            if submission.seed(item.id) not in (None, self._seeds.variant(whose, item.id))
        ]
        said = say("note-other-numbers", self._assignment.language, questions=", ".join(foreign))
        return (said,) if foreign else ()

    def _named(self, name: str) -> dict[str, Student]:
        """Give the students whose id, name or e-mail stands in a path as whole words."""
        words = _words(name)
        found = {}
        for start in range(len(words)):
            for count in range(1, min(self._longest, len(words) - start) + 1):
                for student in self._names.get(tuple(words[start : start + count]), ()):
                    found[student.id] = student
        return found


def _by_name(roster: Sequence[Student]) -> dict[tuple[str, ...], list[Student]]:
    found: dict[tuple[str, ...], list[Student]] = defaultdict(list)
    for student in roster:
        for text in {student.id, student.name, student.email, student.email.partition("@")[0]}:
            if words := tuple(_words(text)):
                found[words].append(student)
    return found


def _words(text: str) -> list[str]:
    plain = unicodedata.normalize("NFC", text).casefold()
    return [word for word in _SEPARATORS.split(plain) if word]


def _stem(name: str) -> str:
    """Name an unknown student after the file, and the folder where many files have the same name."""
    return name.rpartition(".")[0] or name


def _listed(students: Mapping[str, Student]) -> str:
    return " and ".join(f"`{name}`" for name in sorted(students))


def _one_each(several: Sequence[Owned], listed: list[Listed]) -> list[Owned]:
    """Give the one submission of a student: of equal files the first, of different ones none."""
    if len({owned.digest for owned in several}) == 1:
        return [several[0]]
    names = ", ".join(owned.source.name for owned in several)
    listed += [
        Listed(
            owned.source.name,
            f"`{owned.student.id}` handed in several that differ: {names}; keep one",
            owned.student.id,
        )
        for owned in several
    ]
    return []
