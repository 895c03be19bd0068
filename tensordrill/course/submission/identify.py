"""The owner of a submission: the header names it and its mark proves it; else the file's name, if it fits one student.

What is in doubt is listed with the reason, and never guessed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from hmac import compare_digest
from typing import TypeAlias

from msgspec import Struct

from tensordrill.course.assignment.assignment import Assignment
from tensordrill.course.assignment.naming import Naming
from tensordrill.course.assignment.roster import Student
from tensordrill.course.assignment.seeds import EVERYBODY, Seeds
from tensordrill.course.fault import Fault, fault
from tensordrill.course.gradebook import Rejected
from tensordrill.course.submission.header import HandoutHeader
from tensordrill.course.submission.intake import SubmissionFile
from tensordrill.course.submission.submission import Submission, parse
from tensordrill.errors import CourseError
from tensordrill.messages import Language, Message, Name, message, say

_KEPT_BYTES = 5_000_000
"""Of so many files' bytes what they were parsed to is kept; the files of a larger class are read again."""


class OwnedSource(Struct, frozen=True):
    """A source and the student whose it is."""

    student: Student
    source: SubmissionFile
    digest: str
    notes: tuple[str, ...] = ()
    drawn_for: str = EVERYBODY
    """The student in whose name the questions were drawn: EVERYBODY where one file was handed out for all."""
    submission: Submission | None = None

    def load(self) -> Submission:
        """Return the submission, read again where it was not kept."""
        return self.submission or parse(self.source.read(), self.source.name)


class _DoubtError(CourseError):
    """Doubt about whose a file is: the reason may name other students, and is for the teacher."""


IsAnswered: TypeAlias = Callable[[OwnedSource], bool]
"""Whether a file has an answer to any question."""


class Identify:
    """Finds the students of an assignment's submissions."""

    def __init__(
        self, assignment: Assignment, seeds: Seeds, roster: Sequence[Student], is_answered: IsAnswered
    ) -> None:
        self._assignment = assignment
        self._names = {item.handed_out_as for item in assignment.questions}
        self._is_answered = is_answered
        self._seeds = seeds
        self._by_id = {student.id: student for student in roster}
        self._naming = Naming(roster, assignment.assignment)
        self._kept = 0
        self.faults: dict[str, Fault] = {}
        """Our own failures, by source."""
        self.doubtful: set[str] = set()
        """The sources of whose owner there is a doubt."""

    def owners(self, sources: Iterable[SubmissionFile]) -> tuple[list[OwnedSource], list[Rejected]]:
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
                if isinstance(error, _DoubtError):
                    self.doubtful.add(source.name)
        single: list[OwnedSource] = []
        for files in by_student.values():
            chosen, superseded = (files, []) if len(files) == 1 else self._chosen(files)
            single += chosen
            rejected += superseded
        return sorted(single, key=lambda owned: owned.student.id), sorted(
            rejected, key=lambda rejection: (rejection.source, rejection.reason)
        )

    def _chosen(self, files: list[OwnedSource]) -> tuple[list[OwnedSource], list[Rejected]]:
        """Return the file of a student that is graded, and the others; what fails here is theirs alone."""
        try:
            return _chosen(files, self._is_answered, self._assignment.language)
        except Exception as error:
            why = fault(error, self._assignment.language)
            self.faults |= {owned.source.name: why for owned in files if why.traceback}
            return [], [Rejected(owned.source.name, why.reason, owned.student.id) for owned in files]

    def likely(self, path: str) -> str:
        """Return the one student that a path names, so that what became of it is told to the right one."""
        named = self._naming.named(path)
        return next(iter(named)) if len(named) == 1 else ""

    def _owner(self, source: SubmissionFile) -> OwnedSource:
        """Find the owner; raises CourseError with the reason where there is none."""
        submission, size = _parsed(source)
        self._check(submission)
        named = self._naming.named(source.name)
        header = submission.header
        if header is not None and header.student:
            student = self._by_header(header, named)
        else:
            student = self._by_file(source, header, named)
        drawn_for = self._drawn_for(submission, student)
        notes = self._notes(submission, drawn_for)
        self._kept += size
        kept = submission if self._kept <= _KEPT_BYTES else None
        return OwnedSource(student, source, submission.digest, notes, drawn_for, kept)

    def _check(self, submission: Submission) -> None:
        name, header = self._assignment.assignment, submission.header
        if header is not None and header.assignment != name:
            raise CourseError(message("owner-other-assignment", other=header.assignment, name=name))
        if header is None and not submission.questions & self._names:
            raise CourseError(message("owner-no-question", name=name))
        if submission.has_two_headers:
            raise CourseError(message("owner-two-headers"))

    def _by_header(self, header: HandoutHeader, named: Mapping[str, Student]) -> Student:
        student = self._by_id.get(header.student) if self._by_id else Student(header.student, header.name)
        if student is None:
            raise _DoubtError(message("owner-not-in-roster", student=header.student))
        if not self._proves(header, student.id):
            raise _DoubtError(message("owner-changed", student=student.id))
        if named and student.id not in named:
            raise _DoubtError(message("owner-two-names", student=student.id, named=_listed(named)))
        return student

    def _by_file(
        self, source: SubmissionFile, header: HandoutHeader | None, named: Mapping[str, Student]
    ) -> Student:
        if header is not None and not self._proves(header, EVERYBODY):
            raise _DoubtError(message("owner-header-changed"))
        if not self._by_id:
            return Student(source.name.rpartition(".")[0] or source.name)
        if len(named) > 1:
            raise _DoubtError(message("owner-several", named=_listed(named)))
        if not named:
            raise _DoubtError(message("owner-unknown"))
        return next(iter(named.values()))

    def _proves(self, header: HandoutHeader, student: str) -> bool:
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
            if submission.seed(item.handed_out_as) not in (None, self._seeds.variant(drawn_for, item.id))
        ]

    def _notes(self, submission: Submission, drawn_for: str) -> tuple[str, ...]:
        language = self._assignment.language
        notes = [] if submission.header else [say("note-no-header", language)]
        foreign = self._strange(submission, drawn_for)
        if foreign:
            cells = len(submission.questions & self._names)
            notes.append(say("note-other-numbers", language, count=len(foreign), of=cells))
        return tuple(notes)


def _parsed(source: SubmissionFile) -> tuple[Submission, int]:
    """Return a submission and how many bytes it has; raises CourseError with the reason where it is none.

    A file that is not called `.py` or `.ipynb` is one only where something of a hand-out is in it.
    """
    try:
        raw = source.read()
        submission = parse(raw, source.name)
    except CourseError:
        if source.has_suffix:
            raise
        raise CourseError(message("submission-other-file")) from None
    if not source.has_suffix and submission.header is None and not submission.questions:
        raise CourseError(message("submission-other-file"))
    return submission, len(raw)


def _listed(students: Mapping[str, Student]) -> Message | str:
    first, *rest = (f"`{name}`" for name in sorted(students))
    text: Message | str = first
    for name in rest:
        text = message("and", one=text, other=name)
    return text


def _chosen(
    files: Sequence[OwnedSource], is_answered: IsAnswered, language: Language
) -> tuple[list[OwnedSource], list[Rejected]]:
    """Return the file of a student that is graded, and the others with the reason why they are not.

    Equal files are one. Answered ones go before those that are as they were handed out, and then those called `.py`
    and `.ipynb` before others. Where several that differ are left, none is graded.
    """
    distinct = {(owned.load().header, owned.load().cells): owned for owned in reversed(files)}
    left = sorted(distinct.values(), key=files.index)
    rejected: list[Rejected] = []

    def keep(why: Name, kept: Sequence[OwnedSource]) -> None:
        names = ", ".join(owned.source.name for owned in kept)
        rejected.extend(
            Rejected(owned.source.name, say(why, language, files=names), owned.student.id)
            for owned in left
            if owned not in kept
        )
        left[:] = kept

    if len(left) > 1:
        keep("owner-untouched", [owned for owned in left if is_answered(owned)] or left[:1])
    keep("owner-other-suffix", [owned for owned in left if owned.source.has_suffix] or left)
    if len(left) == 1:
        return left, rejected
    names = ", ".join(owned.source.name for owned in left)
    why = say("owner-several-files", language, student=left[0].student.id, files=names)
    return [], rejected + [Rejected(owned.source.name, why, owned.student.id) for owned in left]
