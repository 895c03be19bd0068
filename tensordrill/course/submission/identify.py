"""The owner of a submission: the header names it and its mark proves it; else the file's name, if it fits one student.

What is in doubt is listed with the reason, and never guessed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from hmac import compare_digest

from msgspec import Struct

from tensordrill.course.assignment.assignment import Assignment
from tensordrill.course.assignment.naming import Naming
from tensordrill.course.assignment.roster import Student
from tensordrill.course.assignment.seeds import EVERYBODY, Seeds
from tensordrill.course.fault import Fault, fault
from tensordrill.course.gradebook import Rejected
from tensordrill.course.submission.header import Header
from tensordrill.course.submission.intake import Source
from tensordrill.course.submission.submission import Submission, parse
from tensordrill.errors import CourseError
from tensordrill.messages import Language, Message, message, say

_KEPT_BYTES = 5_000_000
"""Of so many files' bytes what they were parsed to is kept; the files of a larger class are read again."""


class OwnedSource(Struct, frozen=True):
    """A source and the student whose it is."""

    student: Student
    source: Source
    digest: str
    notes: tuple[str, ...] = ()
    drawn_for: str = EVERYBODY
    """The student in whose name the questions were drawn: EVERYBODY where one file was handed out for all."""
    submission: Submission | None = None

    def load(self) -> Submission:
        """Return the submission, read again where it was not kept."""
        return self.submission or parse(self.source.read(), self.source.name)


class Identify:
    """Finds the students of an assignment's submissions."""

    def __init__(self, assignment: Assignment, seeds: Seeds, roster: Sequence[Student]) -> None:
        self._assignment = assignment
        self._seeds = seeds
        self._by_id = {student.id: student for student in roster}
        self._naming = Naming(roster, assignment.assignment)
        self._kept = 0
        self.faults: dict[str, Fault] = {}
        """Our own failures, by source."""

    def owners(self, sources: Iterable[Source]) -> tuple[list[OwnedSource], list[Rejected]]:
        """Return what belongs to whom, one submission a student, and what does not."""
        by_student: dict[str, list[OwnedSource]] = defaultdict(list)
        rejected: list[Rejected] = []
        for source in sources:
            try:
                owned = self._owner(source)
                by_student[owned.student.id].append(owned)
            except Exception as error:
                failed = fault(error, self._assignment.language)
                rejected.append(Rejected(source.name, failed.reason, self.likely(source.name)))
                if failed.traceback:
                    self.faults[source.name] = failed
        single = [
            owned
            for several in by_student.values()
            for owned in _one_each(several, rejected, self._assignment.language)
        ]
        return sorted(single, key=lambda owned: owned.student.id), sorted(
            rejected, key=lambda rejection: (rejection.source, rejection.reason)
        )

    def likely(self, path: str) -> str:
        """Return the one student that a path names, so that what became of it is told to the right one."""
        named = self._naming.named(path)
        return next(iter(named)) if len(named) == 1 else ""

    def _owner(self, source: Source) -> OwnedSource:
        """Find the owner; raises CourseError with the reason where there is none."""
        raw = source.read()
        submission = parse(raw, source.name)
        self._check(submission)
        named = self._naming.named(source.name)
        header = submission.header
        if header is not None and header.student:
            student = self._by_header(header, named)
        else:
            student = self._by_file(source, header, named)
        drawn_for = self._drawn_for(submission, student)
        notes = self._notes(submission, drawn_for)
        self._kept += len(raw)
        kept = submission if self._kept <= _KEPT_BYTES else None
        return OwnedSource(student, source, submission.digest, notes, drawn_for, kept)

    def _check(self, submission: Submission) -> None:
        name, header = self._assignment.assignment, submission.header
        if header is not None and header.assignment != name:
            raise CourseError(message("owner-other-assignment", other=header.assignment, name=name))
        if header is None and not submission.questions & {item.id for item in self._assignment.questions}:
            raise CourseError(message("owner-no-question", name=name))
        if submission.has_two_headers:
            raise CourseError(message("owner-two-headers"))

    def _by_header(self, header: Header, named: Mapping[str, Student]) -> Student:
        student = self._by_id.get(header.student) if self._by_id else Student(header.student, header.name)
        if student is None:
            raise CourseError(message("owner-not-in-roster", student=header.student))
        if not self._proves(header, student.id):
            raise CourseError(message("owner-changed", student=student.id))
        if named and student.id not in named:
            raise CourseError(message("owner-two-names", student=student.id, named=_listed(named)))
        return student

    def _by_file(self, source: Source, header: Header | None, named: Mapping[str, Student]) -> Student:
        if header is not None and not self._proves(header, EVERYBODY):
            raise CourseError(message("owner-header-changed"))
        if not self._by_id:
            return Student(source.name.rpartition(".")[0] or source.name)
        if len(named) > 1:
            raise CourseError(message("owner-several", named=_listed(named)))
        if not named:
            raise CourseError(message("owner-unknown"))
        return next(iter(named.values()))

    def _proves(self, header: Header, student: str) -> bool:
        mark = self._seeds.mark(student)
        return bool(mark) and compare_digest(header.mark.encode(), mark.encode())

    def _drawn_for(self, submission: Submission, student: Student) -> str:
        """Return whose numbers the questions have; without a header, the cells say so."""
        if self._assignment.variants == "shared":
            return EVERYBODY
        header = submission.header
        if header is not None:
            return student.id if header.student else EVERYBODY
        if not self._by_id:
            return EVERYBODY
        own, everybody = (self._strange(submission, whose) for whose in (student.id, EVERYBODY))
        return EVERYBODY if len(everybody) < len(own) else student.id

    def _strange(self, submission: Submission, drawn_for: str) -> list[str]:
        """Name the questions whose cells have other seeds than this student's."""
        return [
            item.id
            for item in self._assignment.questions
            if submission.seed(item.id) not in (None, self._seeds.variant(drawn_for, item.id))
        ]

    def _notes(self, submission: Submission, drawn_for: str) -> tuple[str, ...]:
        language = self._assignment.language
        notes = [] if submission.header else [say("note-no-header", language)]
        foreign = self._strange(submission, drawn_for)
        if foreign:
            cells = submission.questions & {item.id for item in self._assignment.questions}
            notes.append(say("note-other-numbers", language, count=len(foreign), of=len(cells)))
        return tuple(notes)


def _listed(students: Mapping[str, Student]) -> Message | str:
    first, *rest = (f"`{name}`" for name in sorted(students))
    text: Message | str = first
    for name in rest:
        text = message("and", one=text, other=name)
    return text


def _one_each(
    several: Sequence[OwnedSource], rejected: list[Rejected], language: Language
) -> list[OwnedSource]:
    """Return the one submission of a student: of equal files the first, of different ones none."""
    if len({owned.digest for owned in several}) == 1:
        return [several[0]]
    names = ", ".join(owned.source.name for owned in several)
    for owned in several:
        reason = say("owner-several-files", language, student=owned.student.id, files=names)
        rejected.append(Rejected(owned.source.name, reason, owned.student.id))
    return []
