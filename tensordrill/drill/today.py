"""Today: what is due, what is new, and how long a review takes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from msgspec import Struct

from tensordrill.bank.contents import Content
from tensordrill.drill.progress import Progress, Totals
from tensordrill.drill.standing import Due, due
from tensordrill.drill.statistics import added, run

USUAL_SECONDS = 30.0
"""The time of an answer of somebody of whom nothing is known."""
READING_SECONDS = 10.0
"""The time for reading a verdict, which reviews do not hold."""


class Today(Struct, frozen=True):
    """The questions that are due, and the round to begin with, for somebody who comes back.

    `new` counts the questions that were never asked, `answers` those that were recorded, and `run` the days in a
    row on which some were.
    """

    due: Due
    new: int
    answers: int
    run: int
    seconds_an_answer: float

    @property
    def seconds(self) -> float:
        """About how long it takes to review what is due."""
        return self.due.count * (self.seconds_an_answer + READING_SECONDS)

    @property
    def by_topic(self) -> list[tuple[str, int]]:
        """The topics with questions that are due, and how many of these they have, the most first."""
        return Counter(id.partition("/")[0] for id in self.due.questions).most_common()


def today(topics: Sequence[Content], progress: Progress, totals: Totals, time: int) -> Today:
    """Return what there is to do; `time` is in seconds since 1970."""
    total = added(totals.days.values())
    return Today(
        due=due(topics, progress, time),
        new=sum(("question", id) not in progress.cards for topic in topics for id in topic.questions),
        answers=total.asked,
        run=run(totals.days, progress.day(time)),
        seconds_an_answer=total.seconds / total.asked if total.asked else USUAL_SECONDS,
    )
