"""The grades of a class: what was judged of each submission, and what it is worth.

A `SubmissionResult` is one student's judged answers; points, overrides and voids never change it. A `Grade` adds
the points. A `Gradebook` walks the class without holding it in memory.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Literal, TypeAlias

from msgspec import Struct, field
from msgspec.structs import replace

from tensordrill.bank.ideas import Ideas
from tensordrill.bank.variant import Variant
from tensordrill.course.assignment.assignment import Assignment, Item
from tensordrill.course.assignment.late import DueDate, Lateness, SubmissionTimes
from tensordrill.course.assignment.roster import Student
from tensordrill.explanation.pictures import Picture
from tensordrill.kinds.answers import Difference

Outcome: TypeAlias = Literal["correct", "incorrect", "unreadable", "unanswered"]
LATE = "late"
"""Stands for a question in an override of what coming late takes off."""
ABSENT = ""
"""The source of a student of whom nothing was graded."""


class QuestionResult(Struct, frozen=True, omit_defaults=True):
    """One question of one submission, judged; enough to judge it again."""

    question: str
    outcome: Outcome
    seed: int
    hidden_seed: int | None = None
    answer: str = ""
    expected: str | None = None
    differences: tuple[Difference, ...] = ()
    idea: str | None = None
    because: str | None = None
    """The misconception's `because` on this answer."""
    error: tuple[str, str] | None = None
    error_is_hidden: bool = False
    """Whether the exception came on a hidden draw, so that its words may show that draw."""
    detail: str = ""
    """Why the answer could not be read, as a sentence."""
    printed: str = ""
    earned: tuple[str, ...] = ()
    """The facets that earn points where points are split by facet."""
    why: str | None = None
    """The question's `because`, where the misconception has none."""
    reason: str | None = None
    """Why the code raised on what its student saw, in terms of the code."""
    picture: Picture | None = None
    """A picture of wrong code on the operand that its student saw."""
    error_on: str = ""
    """The operand that the exception came on, where the shown one does not tell."""


class SubmissionResult(Struct, frozen=True, omit_defaults=True):
    """The result of one student's submission, before points."""

    student: Student
    source: str
    digest: str = ""
    """SHA-256 of the file's bytes, in hexadecimal."""
    results: tuple[QuestionResult, ...] = field(default=(), name="marks")
    notes: tuple[str, ...] = ()
    refused: bool = False
    """Whether something was handed in that could not be graded, as the notes say."""


class Override(Struct, frozen=True):
    """Points that a person has set in place of the grader's."""

    student: str
    question: str
    points: float
    reason: str


class ScoredQuestion(Struct, frozen=True):
    """One question's points; `reason` is why a person changed them, nothing where nobody did."""

    result: QuestionResult = field(name="mark")
    points: float
    max_points: float = field(name="of")
    void: bool = False
    reason: str = ""


class Grade(Struct, frozen=True, omit_defaults=True):
    """One student's points, question by question in the assignment's order."""

    student: Student
    source: str
    digest: str
    questions: tuple[ScoredQuestion, ...]
    notes: tuple[str, ...]
    refused: bool = False
    late: Lateness | None = None

    @property
    def points(self) -> float:
        """All points together, less what is taken off for coming late."""
        return total([self.earned, -self.late.points]) if self.late else self.earned

    @property
    def earned(self) -> float:
        """The points of all questions."""
        return total(question.points for question in self.questions)

    @property
    def max_points(self) -> float:
        """The points there were to have."""
        return total(question.max_points for question in self.questions)

    @property
    def is_absent(self) -> bool:
        """Whether nothing was graded: nothing was handed in, or what was handed in was refused."""
        return self.source == ABSENT


class Rejected(Struct, frozen=True):
    """A submission that was not graded, and why, as a sentence that says what to do."""

    source: str
    reason: str
    student: str = ""
    """The id of the student whose it is, where that is known."""


Overrides: TypeAlias = Mapping[tuple[str, str], Override]
"""By student and question."""


class Gradebook(Struct, frozen=True):
    """A graded class; `results` reads every student's result anew, ordered by student."""

    assignment: Assignment
    ideas: Ideas
    results: Callable[[], Iterable[SubmissionResult]]
    rejected: tuple[Rejected, ...] = ()
    overrides: Overrides = {}
    isolation: str = ""
    """The level of isolation under which the submissions ran."""
    versions: Mapping[str, str] = {}
    twins: frozenset[str] = frozenset()
    """The ids that some file system takes for another one's."""
    idea_questions: Mapping[str, tuple[str, ...]] = {}
    """For each idea, the questions with a misconception of it."""
    variant: Callable[[QuestionResult], Variant] | None = None
    """Makes the question again as the student saw it."""
    times: SubmissionTimes = SubmissionTimes()

    def grades(self) -> Iterator[Grade]:
        """Yield each student's grade, ordered by student."""
        due = self.assignment.due_date
        for submission in self.results():
            grade = scored(submission, self.assignment, self.overrides)
            yield grade if due is None or grade.is_absent else self._with_lateness(grade, due)

    def _with_lateness(self, grade: Grade, due: DueDate) -> Grade:
        late = self.times.lateness(grade.student.id, due)
        if late is None:
            return grade
        if override := self.overrides.get((grade.student.id, LATE)):
            return replace(grade, late=replace(late, points=override.points, reason=override.reason))
        graded = total(question.points for question in grade.questions if not question.reason)
        return replace(grade, late=replace(late, points=total([graded * late.percent / 100])))

    @property
    def max_points(self) -> float:
        """The points there are to have."""
        return total(item.total for item in self.assignment.questions if not item.void)


def scored(submission: SubmissionResult, assignment: Assignment, overrides: Overrides) -> Grade:
    """Return a submission's grade: the assignment's points, then overrides, then void questions."""
    results = {result.question: result for result in submission.results}
    questions = tuple(
        _scored(item, results.get(item.id), overrides.get((submission.student.id, item.id)))
        for item in assignment.questions
    )
    return Grade(
        submission.student,
        submission.source,
        submission.digest,
        questions,
        submission.notes,
        submission.refused,
    )


def _scored(item: Item, result: QuestionResult | None, override: Override | None) -> ScoredQuestion:
    result = result or QuestionResult(item.id, "unanswered", 0)
    if item.void:
        return ScoredQuestion(result, 0.0, 0.0, void=True)
    if override is not None:
        return ScoredQuestion(result, override.points, item.total, reason=override.reason)
    return ScoredQuestion(result, earned(item, result), item.total)


def earned(item: Item, result: QuestionResult) -> float:
    """Return the points of one question: all, none, or those of the facets that agree."""
    if result.outcome == "correct":
        return item.total
    if isinstance(item.points, dict):
        return total(points for facet, points in item.points.items() if facet in result.earned)
    return 0.0


def total(points: Iterable[float]) -> float:
    """Add points up, without what binary fractions leave over."""
    return round(sum(points), 6)


def shown_points(points: float) -> str:
    """Return points without needless decimals: `2`, `1.5`."""
    return f"{points:.6f}".rstrip("0").rstrip(".")
