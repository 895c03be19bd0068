"""A class over several assignments: on a terminal, as a page, and as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, get_args

from msgspec import Struct
from rich.console import RenderableType
from rich.text import Text

from tensordrill.course.assignment.roster import Student
from tensordrill.course.results.trend import Course, IdeaTrend, StudentTrend, Trend
from tensordrill.course.sanitize import sanitize_line
from tensordrill.messages import Language, choose, fill, say
from tensordrill.messages.trend import COURSES
from tensordrill.render.class_page import frame, percent, template
from tensordrill.render.code import prose
from tensordrill.render.layout import indented

_NAME, _TEXT, _RULE = 60, 200, 1000
_NAMED = 12
"""Students who are named for an idea on the page."""
_COURSES: tuple[Course, ...] = get_args(Course)


class IdeaTrendRow(Struct, frozen=True):
    """One idea of the page: in each assignment, and the students by its course."""

    title: str
    rule: str
    counts: tuple[tuple[str, float], ...]
    """Words, and the share of those who gave it; -1 where it was not asked."""
    held: int
    groups: tuple[tuple[int, tuple[str, ...]], ...]
    """The students of one course of an idea: how many, and the first names."""


class StudentTrendRow(Struct, frozen=True):
    """One student of the page: percent of the points, and titles by the course of each idea."""

    name: str
    id: str
    scores: tuple[str, ...]
    groups: tuple[tuple[tuple[str, bool], ...], ...]
    """Titles, and whether the idea is held."""


def names(trend: Trend, language: Language) -> list[str]:
    """Return the assignments' titles, else their names."""
    return [
        sanitize_line(choose(each.title, language) if each.title else each.assignment, _NAME)
        for each in trend.assignments
    ]


def trend_screen(trend: Trend, language: Language) -> Iterator[RenderableType]:
    """Yield the course of each idea, and then the page's totals."""
    courses = dict(_words(language))
    for idea in trend.ideas:
        yield indented(prose(_title(idea, language)), (0, 0))
        for name, (words, _) in zip(names(trend, language), _counts(idea, language), strict=True):
            yield Text(say("trend-line", language, name=name, counts=words), "dim")
        known = (course for course in _COURSES if course in idea.students)
        groups = (f"{courses[course]} {len(idea.students[course])}" for course in known)
        yield indented(Text(", ".join(groups)), (0, 2))
    yield Text(summary(trend, language))


def summary(trend: Trend, language: Language) -> str:
    """Return a class over time in one line."""
    courses = [idea.course for student in trend.students for idea in student.ideas]
    gone = courses.count("gone")
    return say(
        "trend-summary",
        language,
        students=len(trend.students),
        ideas=len(trend.ideas),
        gone=gone,
        left=len(courses) - gone,
    )


def _words(language: Language) -> list[tuple[Course, str]]:
    return [(course, fill(COURSES[course], language)) for course in _COURSES]


def _title(idea: IdeaTrend, language: Language) -> str:
    if idea.title is None:
        return say("report-untitled-idea", language)
    return sanitize_line(choose(idea.title, language), _TEXT)


def _counts(idea: IdeaTrend, language: Language) -> list[tuple[str, float]]:
    return [
        (say("trend-not-asked", language), -1.0)
        if count is None
        else (
            say("trend-count", language, given=count.given, graded=count.graded),
            count.given / max(count.graded, 1),
        )
        for count in idea.counts
    ]


def trend_page(trend: Trend, language: Language) -> str:
    """Return the page."""
    titles = {idea.idea: _title(idea, language) for idea in trend.ideas}
    return template("trend.html.jinja").render(
        t=lambda name, **values: say(name, language, **values),
        language=language,
        names=names(trend, language),
        summary=summary(trend, language),
        courses=_words(language),
        ideas=[_idea_row(idea, language) for idea in trend.ideas],
        students=[_student_row(student, titles) for student in trend.students],
        **frame(),
    )


def _idea_row(idea: IdeaTrend, language: Language) -> IdeaTrendRow:
    groups = (idea.students.get(course, ()) for course in _COURSES)
    return IdeaTrendRow(
        _title(idea, language),
        sanitize_line(choose(idea.rule, language), _RULE) if idea.rule else "",
        tuple(_counts(idea, language)),
        idea.held,
        tuple((len(group), tuple(map(_name, group[:_NAMED]))) for group in groups),
    )


def _name(student: Student) -> str:
    return sanitize_line(student.name or student.id, _NAME)


def _student_row(student: StudentTrend, titles: Mapping[str, str]) -> StudentTrendRow:
    return StudentTrendRow(
        _name(student.student),
        sanitize_line(student.student.id, _NAME),
        tuple("–" if score is None else percent(score) for score in student.scores),
        tuple(
            tuple((titles[idea.idea], idea.is_held) for idea in student.ideas if idea.course == course)
            for course in _COURSES
        ),
    )


def trend_as_json(trend: Trend, language: Language) -> Iterator[dict[str, Any]]:
    """Yield an event an idea, an event a student, and one for the whole."""
    assignments = [each.assignment for each in trend.assignments]
    for idea in trend.ideas:
        yield {
            "event": "idea",
            "idea": idea.idea,
            "title": choose(idea.title, language) if idea.title else None,
            "rule": choose(idea.rule, language) if idea.rule else None,
            "counts": idea.counts,
            "held": idea.held,
            **{course: _ids(idea.students.get(course, ())) for course in _COURSES},
        }
    for student in trend.students:
        yield {
            "event": "student",
            "student": student.student.id,
            "name": student.student.name,
            "scores": [None if score is None else round(score, 6) for score in student.scores],
            "ideas": student.ideas,
        }
    yield {"event": "trend", "assignments": assignments, "students": len(trend.students)}


def _ids(students: Sequence[Student]) -> list[str]:
    return [student.id for student in students]
