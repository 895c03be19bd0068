"""Lateness in words: when a submission came, how long after the due date, and what that takes off."""

from __future__ import annotations

from collections.abc import Iterator

from tensordrill.course.assignment.late import DueDate, Lateness
from tensordrill.course.assignment.moment import moment_text
from tensordrill.course.gradebook import shown_points
from tensordrill.course.sanitize import sanitize_line
from tensordrill.messages import Language, Name, say

_UNITS: tuple[tuple[Name, int], ...] = (
    ("duration-days", 24 * 60),
    ("duration-hours", 60),
    ("duration-minutes", 1),
)


def duration(minutes: int, language: Language) -> str:
    """Return a time in days, hours and minutes."""
    parts = []
    for name, unit in _UNITS:
        count, minutes = divmod(minutes, unit)
        if count:
            parts.append(say(name, language, count=count))
    return " ".join(parts)


def lateness_text(late: Lateness | None, due: DueDate | None, language: Language) -> str:
    """Return what a student reads of a submission that came late, or of points that a person took off."""
    if late is None or due is None or not (late.is_late or late.reason):
        return ""
    return " ".join(_sentences(late, due, language))


def _sentences(late: Lateness, due: DueDate, language: Language) -> Iterator[str]:
    if not late.submitted:
        yield say("late-unknown", language)
    elif late.is_late:
        yield say(
            "late-submitted",
            language,
            submitted=late.submitted,
            late=duration(late.minutes, language),
            due=moment_text(due.due),
        )
    yield taken_off(late, language)


def taken_off(late: Lateness, language: Language) -> str:
    """Return what coming late takes off, as a sentence."""
    points = shown_points(late.points)
    if late.reason:
        return say("late-by-person", language, points=points, reason=sanitize_line(late.reason))
    if not late.percent:
        return say("late-free", language)
    return say("late-percent", language, percent=shown_points(late.percent), points=points)
