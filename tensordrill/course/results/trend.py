"""A class over several assignments: which wrong ideas are gone, which stay, and which are new.

An idea is gone for a student who gave it, never gave it again, and later was right on a question that can show it.
Nobody has overcome what was not asked again: that is a group of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Literal, TypeAlias

from msgspec import Struct

from tensordrill.bank.schema import Text
from tensordrill.course.assignment.assignment import Assignment
from tensordrill.course.assignment.roster import Student
from tensordrill.course.gradebook import ABSENT, QuestionResult, ScoredQuestion
from tensordrill.course.results.held_misconceptions import is_accepted, is_proven
from tensordrill.course.results.read_grades_json import Grades, StoredGrade, StoredIdea

Course: TypeAlias = Literal["gone", "stays", "new", "open"]
"""The course of an idea: right since the last time, given in several assignments, first given in the last one, or
given once and not asked since."""


class StudentIdea(Struct, frozen=True):
    """An idea that a student gave, by the places of the assignments, and what became of it."""

    idea: str
    given: tuple[int, ...]
    is_held: bool
    """Whether it was given in two questions of all assignments together, so that it is hardly chance."""
    course: Course


class StudentTrend(Struct, frozen=True):
    """A student's share of the points in each assignment, None where nothing was graded, and the ideas given."""

    student: Student
    scores: tuple[float | None, ...]
    ideas: tuple[StudentIdea, ...]


class IdeaCount(Struct, frozen=True):
    """The graded students of one assignment who gave an idea."""

    given: int
    graded: int


class IdeaTrend(Struct, frozen=True):
    """One idea in each assignment, None where no question can show it, and the students by what became of it."""

    idea: str
    title: Text | None
    rule: Text | None
    counts: tuple[IdeaCount | None, ...]
    students: Mapping[Course, tuple[Student, ...]]
    held: int
    """The number of students who gave it in two questions or more."""


class Trend(Struct, frozen=True):
    """A class over several assignments, in the order in which they were named."""

    assignments: tuple[Assignment, ...]
    ideas: tuple[IdeaTrend, ...]
    """Those that most students still have first, then by how many gave them."""
    students: tuple[StudentTrend, ...]
    """By id."""


def trend(gradings: Sequence[Grades]) -> Trend:
    """Return what became of every idea that anybody gave."""
    ids = sorted({student for grades in gradings for student in grades.lines})
    students = []
    graded = [0] * len(gradings)
    for student in ids:
        grades = [each.grade(student) if student in each.lines else None for each in gradings]
        students.append(_student(grades, gradings))
        for place, score in enumerate(students[-1].scores):
            graded[place] += score is not None
    return Trend(
        tuple(grades.header.assignment for grades in gradings),
        tuple(_ideas(students, gradings, graded)),
        tuple(students),
    )


def _student(stored: Sequence[StoredGrade | None], gradings: Sequence[Grades]) -> StudentTrend:
    grades = [None if each is None or each.source == ABSENT else each for each in stored]
    latest = next(each.student for each in reversed(stored) if each is not None)
    questions = (question for grade in grades if grade for question in grade.questions)
    ideas = ((question.result.idea, question) for question in questions)
    names = dict.fromkeys(idea for idea, question in ideas if idea and _shows(question, idea))
    return StudentTrend(
        latest,
        tuple(None if each is None else _share(each) for each in grades),
        tuple(_student_idea(name, grades, gradings) for name in names),
    )


def _share(grade: StoredGrade) -> float:
    return grade.points / grade.max_points if grade.max_points else 0.0


def _shows(question: ScoredQuestion, idea: str) -> bool:
    """Whether an answer that counts is one of the idea."""
    return question.result.idea == idea and not question.void and not is_accepted(question)


def _student_idea(name: str, grades: Sequence[StoredGrade | None], gradings: Sequence[Grades]) -> StudentIdea:
    shown: list[QuestionResult] = []
    given = []
    is_right_since = False
    for place, grade in enumerate(grades):
        if grade is None:
            continue
        matches = [question.result for question in grade.questions if _shows(question, name)]
        if matches:
            shown += matches
            given.append(place)
            is_right_since = False
        elif given:
            able = gradings[place].ideas.get(name, StoredIdea()).questions
            is_right_since = is_right_since or any(_is_right(each, able) for each in grade.questions)
    course: Course = "stays" if len(given) > 1 else "new" if given[-1] == len(gradings) - 1 else "open"
    return StudentIdea(name, tuple(given), is_proven(shown), "gone" if is_right_since else course)


def _is_right(question: ScoredQuestion, able: Sequence[str]) -> bool:
    result = question.result
    return result.question in able and not question.void and result.outcome == "correct"


def _ideas(
    students: Sequence[StudentTrend], gradings: Sequence[Grades], graded: Sequence[int]
) -> Iterator[IdeaTrend]:
    """Yield the ideas in their order."""
    records: dict[str, list[tuple[Student, StudentIdea]]] = {}
    for student in students:
        for idea in student.ideas:
            records.setdefault(idea.idea, []).append((student.student, idea))

    def urgency(name: str) -> tuple[int, int, str]:
        left = sum(idea.course != "gone" for _, idea in records[name])
        return -left, -len(records[name]), name

    for name in sorted(records, key=urgency):
        known = next(
            (grades.ideas[name] for grades in reversed(gradings) if name in grades.ideas), StoredIdea()
        )
        by_course: dict[Course, tuple[Student, ...]] = {}
        for whose, idea in records[name]:
            by_course[idea.course] = (*by_course.get(idea.course, ()), whose)
        yield IdeaTrend(
            name,
            known.title,
            known.rule,
            tuple(
                _count(name, place, grades, records[name], graded[place])
                for place, grades in enumerate(gradings)
            ),
            by_course,
            sum(idea.is_held for _, idea in records[name]),
        )


def _count(
    name: str, place: int, grades: Grades, records: Sequence[tuple[Student, StudentIdea]], graded: int
) -> IdeaCount | None:
    given = sum(place in idea.given for _, idea in records)
    return IdeaCount(given, graded) if given or grades.ideas.get(name, StoredIdea()).questions else None
