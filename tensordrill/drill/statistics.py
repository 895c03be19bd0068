"""A learner's statistics: days practised, mastery and retention, ideas held and overcome, the week ahead."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence

from msgspec import Struct

from tensordrill.bank.contents import Content
from tensordrill.drill.progress import DayTally, Progress, Totals
from tensordrill.drill.review import DAY
from tensordrill.drill.standing import Standing, due_at, standing

WEEK = 7


class TopicStatistics(Struct, frozen=True):
    """A topic with all answers to its questions, and where the learner stands in it."""

    topic: Content
    tally: DayTally
    standing: Standing


class IdeaSpan(Struct, frozen=True):
    """An idea that is held, or was and is overcome; times are seconds since 1970."""

    name: str
    questions: tuple[str, ...]
    """The questions that showed it since it was last overcome."""
    met: int
    held_at: int
    overcome_at: int | None


class Statistics(Struct, frozen=True):
    """All of it, of one topic or of all.

    Days are numbers, as `Progress.day` gives them. `week` counts the questions and held ideas that become due on
    each of seven days, those that are due already on the first, which is today.
    """

    today: int
    utc_offset: int
    days: Mapping[int, DayTally]
    topics: Sequence[TopicStatistics]
    held: Sequence[IdeaSpan]
    overcome: Sequence[IdeaSpan]
    week: Sequence[int]

    def day(self, time: int) -> int:
        """Return the number of the learner's day at a time."""
        return (time + self.utc_offset) // DAY

    @property
    def total(self) -> DayTally:
        """All answers together."""
        return added(self.days.values())

    @property
    def run(self) -> int:
        """The number of days practised in a row, up to today or yesterday."""
        return run(self.days, self.today)


def statistics(
    topics: Iterable[Content],
    progress: Progress,
    totals: Totals,
    time: int,
    ideas: Collection[str] | None = None,
) -> Statistics:
    """Return the statistics of these topics, whose answers are added up in `totals`.

    `ideas` are those that can show in them, where that is not any.
    """
    topics = tuple(topics)
    records = [
        IdeaSpan(name, record.questions, record.met, record.held_at, record.overcome_at)
        for name, record in progress.ideas.items()
        if record.held_at is not None and (ideas is None or name in ideas)
    ]
    held = sorted((idea for idea in records if idea.overcome_at is None), key=lambda idea: idea.held_at)
    overcome = [idea for idea in records if idea.overcome_at is not None]
    return Statistics(
        today=progress.day(time),
        utc_offset=progress.utc_offset,
        days=totals.days,
        topics=tuple(
            TopicStatistics(topic, totals.topics.get(topic.name, DayTally()), standing(topic, progress, time))
            for topic in topics
        ),
        held=held,
        overcome=sorted(overcome, key=lambda idea: idea.overcome_at or 0, reverse=True),
        week=_week(topics, [idea.name for idea in held], progress, time),
    )


def added(tallies: Iterable[DayTally]) -> DayTally:
    """Return the sum of some tallies."""
    return sum(tallies, DayTally())


def run(days: Collection[int], today: int) -> int:
    """Return how many days in a row are among `days`, up to today, or to yesterday where today is not among them."""
    last = today if today in days else today - 1
    count = 0
    while last - count in days:
        count += 1
    return count


def _week(topics: Iterable[Content], ideas: Iterable[str], progress: Progress, time: int) -> tuple[int, ...]:
    keys = [("question", id) for topic in topics for id in topic.questions]
    keys += [("idea", name) for name in ideas]
    cards = [progress.cards[key] for key in keys if key in progress.cards]
    days = Counter(max(progress.day(due_at(card, progress, time)) - progress.day(time), 0) for card in cards)
    return tuple(days[ahead] for ahead in range(WEEK))
