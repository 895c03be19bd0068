"""The due date of an assignment, and what coming late takes off."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Annotated

from msgspec import Meta, Struct

from tensordrill.course.assignment.moment import moment_text, zoned_text
from tensordrill.messages import Language, say

_DAY = timedelta(days=1)
_MINUTE = timedelta(minutes=1)


class LatePolicy(Struct, kw_only=True, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """The deduction for a submission that comes after the due date."""

    percent_a_day: Annotated[
        float, Meta(ge=0, le=100, description="of the points earned, for each day that has begun")
    ] = 0.0
    grace_minutes: Annotated[int, Meta(ge=0, le=100_000, description="nothing is taken off so long")] = 0
    until: Annotated[str | None, Meta(description="the last moment; what comes later earns nothing")] = None


class DueDate(Struct, frozen=True):
    """A due date, both of its moments with a time zone."""

    due: datetime
    until: datetime | None = None
    percent_a_day: float = 0.0
    grace_minutes: int = 0

    def sentences(self, language: Language) -> list[str]:
        """Return when a submission is due and what coming late costs, as its students read it beforehand."""
        sentences = [say("due-at", language, due=zoned_text(self.due))]
        grace = self.due.astimezone(UTC) + self.grace_minutes * _MINUTE
        if self.percent_a_day and (self.until is None or self.until.astimezone(UTC) > grace):
            sentences.append(say("due-percent", language, percent=f"{self.percent_a_day:g}"))
            if self.grace_minutes:
                sentences.append(say("due-grace", language, minutes=self.grace_minutes))
        if self.until is not None:
            until = zoned_text(self.until.astimezone(self.due.tzinfo))
            sentences.append(say("due-until", language, until=until))
        return sentences

    def lateness(self, submitted: datetime) -> Lateness:
        """Return how late a submission came, and how many percent that takes off."""
        # two moments of one time zone are subtracted by what clocks show, even where they were turned in between
        came = submitted.astimezone(UTC)
        late = max(timedelta(0), came - self.due.astimezone(UTC))
        percent = 0.0
        if self.until is not None and came > self.until.astimezone(UTC):
            percent = 100.0
        elif late > self.grace_minutes * _MINUTE:
            percent = min(100.0, self.percent_a_day * math.ceil(late / _DAY))
        return Lateness(
            moment_text(submitted.astimezone(self.due.tzinfo)), math.ceil(late / _MINUTE), percent
        )


class SubmissionTimes(Struct, frozen=True):
    """The time of each student's submission, by id, as far as it is known."""

    moments: Mapping[str, datetime] = {}
    marked: frozenset[str] = frozenset()
    """Those that a platform calls late, without a time."""

    def lateness(self, student: str, due: DueDate) -> Lateness | None:
        """Return how late a student's submission came; None where nothing is known of it."""
        if (moment := self.moments.get(student)) is not None:
            return due.lateness(moment)
        return Lateness() if student in self.marked else None


class Lateness(Struct, frozen=True, omit_defaults=True):
    """The time of a submission, in the time zone of the due date, and the points that it costs.

    :submitted: Nothing where a platform marks it as late and nobody knows when it came.
    :percent: Of the points that the grader gave; points that a person set stay as they were set.
    :points: What is taken off, by the percent or by a person, whose reason is `reason`.
    """

    submitted: str = ""
    minutes: int = 0
    percent: float = 0.0
    points: float = 0.0
    reason: str = ""

    @property
    def is_late(self) -> bool:
        """Whether it came after the due date, as far as is known."""
        return self.minutes > 0 or not self.submitted
