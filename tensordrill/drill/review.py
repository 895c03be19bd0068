"""A review: one judged answer of a learner, with all that schedules, statistics and reports are derived from."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Literal

import msgspec

DAY = 24 * 60 * 60
"""Seconds in a day."""


class Review(msgspec.Struct, frozen=True, kw_only=True):
    """One judged answer.

    `at` is ISO 8601 in UTC, `seconds` how long the answer took. `task` is the question's `Entry.task_hash`.
    `ideas` are the ideas that a wrong answer to this draw could show, `idea` the one that it did show. `kind`,
    `answer_type` (see `kinds.type_of`), `bank` and `task` are empty, and `level` is 0, in reviews of versions that
    did not keep them.
    """

    address: str
    question: str
    topic: str
    bank: str
    task: str
    kind: str = ""
    answer_type: str = ""
    level: int = 0
    at: str
    answer: str
    outcome: Literal["correct", "incorrect", "skipped"]
    idea: str | None
    ideas: tuple[str, ...] = ()
    hints: int
    unsure: bool
    seconds: float
    session: str
    versions: Mapping[str, str]

    @property
    def is_right(self) -> bool:
        """Whether the answer was right, sure, and came without a hint."""
        return self.outcome == "correct" and not self.unsure and not self.hints

    @property
    def concerned(self) -> tuple[str, ...]:
        """The ideas that it says something about."""
        return tuple(dict.fromkeys((*self.ideas, *((self.idea,) if self.idea else ()))))

    @property
    def time(self) -> int:
        """The time of the answer, in seconds since 1970."""
        return timestamp(self.at)


def timestamp(at: str) -> int:
    """Return an ISO 8601 time in seconds since 1970; 0 where it cannot be read."""
    try:
        return int(datetime.fromisoformat(at).timestamp())
    except (ValueError, OverflowError):
        return 0


def iso(time: int) -> str:
    """Return a time in seconds since 1970 as ISO 8601 in UTC."""
    return datetime.fromtimestamp(time, UTC).isoformat()
