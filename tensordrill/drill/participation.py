"""Participation: the days, questions and overcome ideas that a learner's answers come to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from tensordrill.drill.history import ReviewKey, keys, merged
from tensordrill.drill.progress import Progress
from tensordrill.drill.review import Review


class Period(Struct, frozen=True):
    """Days that count, by their numbers since 1970, both ends included; None is no end."""

    first: int | None = None
    last: int | None = None

    def __contains__(self, day: int) -> bool:
        return (self.first is None or day >= self.first) and (self.last is None or day <= self.last)


class Participation(Struct, frozen=True):
    """A learner's answers in a period; what was skipped is no answer."""

    days: int
    answers: int
    questions: int
    """Different questions."""
    right: int
    overcome: tuple[str, ...]
    """The ideas that were held, and overcome in the period."""
    first: int | None
    last: int | None
    """The numbers of the first and the last day."""


def participation(reviews: Iterable[Review], period: Period, utc_offset: int) -> Participation:
    """Return what reviews, in their order, come to; ideas are followed from the first one on."""
    progress = Progress(utc_offset)
    days: set[int] = set()
    answers: list[Review] = []
    overcome: dict[str, None] = {}
    for review in reviews:
        before = {name: progress.ideas[name] for name in review.concerned if name in progress.ideas}
        progress.add(review)
        day = progress.day(review.time)
        if day not in period:
            continue
        overcome |= {
            name: None
            for name, record in before.items()
            if record.is_held and not progress.ideas[name].is_held
        }
        if review.outcome != "skipped":
            days.add(day)
            answers.append(review)
    return Participation(
        len(days),
        len(answers),
        len({review.question for review in answers}),
        sum(review.outcome == "correct" for review in answers),
        tuple(overcome),
        min(days, default=None),
        max(days, default=None),
    )


def together(histories: Sequence[Sequence[Review]]) -> list[Review]:
    """Return the reviews of several histories of one learner, each once, in their order."""
    known: dict[ReviewKey, Review] = {}
    order: list[ReviewKey] = []
    for reviews in histories:
        own = list(keys(reviews))
        known.update(zip(own, reviews, strict=True))
        order = merged(order, own)
    return [known[key] for key in order]


def shared(histories: Mapping[str, Sequence[Review]]) -> dict[str, Counter[str]]:
    """Return for each learner who else has the same answers, to the second, and how many."""
    owners: dict[ReviewKey, list[str]] = {}
    for learner, reviews in histories.items():
        for key in keys(reviews):
            owners.setdefault(key, []).append(learner)
    counts: dict[str, Counter[str]] = {}
    for learners in owners.values():
        for learner in learners if len(learners) > 1 else ():
            counts.setdefault(learner, Counter()).update(set(learners) - {learner})
    return counts
