"""A simulated class: how soon ideas are found, how often answers are right, what is asked, against other orders.

`python -m bench simulation [LEARNERS] [DAYS]`. A learner has a skill in each topic, forgets by a curve of their own,
and holds some ideas, which decide the answer wherever they can show, until they were corrected often enough. None of
this is known to the orders, which see the same reviews as with a person.
"""

from __future__ import annotations

import math
import random
import statistics
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from pathlib import Path

from msgspec import Struct

from tensordrill.bank.load import Bank
from tensordrill.bank.topic import Entry
from tensordrill.bank.variant import Variant, make, select
from tensordrill.drill.practice import Practice
from tensordrill.drill.progress import Progress
from tensordrill.drill.review import DAY, Review, iso

BEGIN = 1_700_000_000 // DAY * DAY + DAY // 2
A_DAY = 20
"""Questions that a learner answers on a day on which they practise."""
PRACTISES = 0.8
HELD = 10
"""Ideas that a learner holds at the beginning."""
SOON = 12
ORDERS = ("practice", "random", "fsrs")


class Learner:
    """Somebody who learns: what they answer, and how that changes them."""

    def __init__(self, seed: int, ideas: list[str]) -> None:
        self.random = random.Random(f"learner {seed}")  # noqa: S311 (nothing is secret)
        self.ability = self.random.gauss(0.9, 0.5)
        self.skills: defaultdict[str, float] = defaultdict(lambda: self.random.gauss(0, 0.4))
        self.holds = dict.fromkeys(self.random.sample(ideas, HELD), 0.9)
        self.stability: dict[str, float] = {}
        self.last: dict[str, float] = {}

    def answer(self, variant: Variant, time: int) -> tuple[bool, str | None]:
        """Return whether the answer is right, and the idea that it shows; the verdict teaches something."""
        entry = variant.entry
        shown = [
            wrong.name for wrong in variant.wrong if self.random.random() < self.holds.get(wrong.name, 0)
        ]
        recall = self._recall(entry.id, time)
        level = entry.question.level
        odds = self.ability + self.skills[entry.topic] + (0.8, -0.1, -0.8)[level - 1]
        knows = 1 / (1 + math.exp(-odds))
        is_right = self.random.random() < recall + (1 - recall) * (0.0 if shown else knows)
        idea = shown[0] if shown and not is_right else None
        self._learn(entry, idea, is_right, time)
        return is_right, idea

    def _recall(self, id: str, time: int) -> float:
        if id not in self.stability:
            return 0.0
        return math.exp(-(time - self.last[id]) / DAY / self.stability[id])

    def _learn(self, entry: Entry, idea: str | None, is_right: bool, time: int) -> None:
        self.skills[entry.topic] += 0.03
        if idea is not None:
            self.holds[idea] *= 0.8
        before = self.stability.get(entry.id, 0.0)
        self.stability[entry.id] = max(before * 2.2, 4.0) if is_right else 1.5
        self.last[entry.id] = time


class Outcome(Struct):
    """What one learner's weeks came to.

    `met` counts ideas that showed, `again` those of them that another question soon looked for again, `waits` the
    questions between their first match and their being held.
    """

    asked: int = 0
    right: int = 0
    waits: list[int] = []
    met: int = 0
    again: int = 0
    repeats: int = 0
    most_in_28: int = 0
    topics: dict[str, int] = {}
    overcome: int = 0


Choose = Callable[[int, Progress, int], Iterator[Variant]]


@cache
def _bank() -> Bank:
    return Bank(Path(__file__).parents[1] / "questions")


@cache
def _entries() -> tuple[Entry, ...]:
    return tuple(entry for topic in _bank().topics(_bank().names) for entry in topic.entries)


@cache
def _ideas() -> list[str]:
    """The ideas that several questions can show."""
    counts = Counter(name for e in _entries() for name in {wrong.name for wrong in e.question.misconceptions})
    return sorted(name for name, count in counts.items() if count > 2)


class Rounds:
    """The rounds of one learner in one of the orders."""

    def __init__(self, order: str, seed: int) -> None:
        self.order = order
        self.seed = seed
        self.learner = Learner(seed, _ideas())
        self.progress = Progress()
        self.outcome = Outcome()
        self.random = random.Random(f"{order} {seed}")  # noqa: S311 (nothing is secret)
        self.first_match: dict[str, int] = {}
        self.ids: list[str] = []
        self.looked_for: dict[str, tuple[int, str]] = {}

    def play(self, days: int) -> Outcome:
        """Play so many days."""
        for day in range(days):
            if self.random.random() < PRACTISES:
                self._day(BEGIN + day * DAY, day)
        self.outcome.topics = dict(Counter(id.partition("/")[0] for id in self.ids))
        self.outcome.most_in_28 = max(
            max(Counter(self.ids[at : at + 28]).values()) for at in range(max(len(self.ids) - 27, 1))
        )
        self.outcome.overcome = sum(idea.overcome_at is not None for idea in self.progress.ideas.values())
        return self.outcome

    def _day(self, time: int, day: int) -> None:
        order = Practice(_bank(), select(_bank(), ()), None, self.seed + 1000 * day, self.progress, time)
        right_today: set[str] = set()
        for asked in range(A_DAY):
            time += 45
            variant = order.next(asked, print) if self.order == "practice" else self._other(time)
            assert variant is not None
            is_right, idea = self.learner.answer(variant, time)
            id = variant.entry.id
            self.outcome.repeats += id in right_today
            right_today |= {id} if is_right else set()
            review = _review(variant, is_right, idea, time)
            order.answered(asked + 1, variant.entry, review)
            self.progress.add(review)
            self._note(variant, is_right, idea)

    def _other(self, time: int) -> Variant:
        if self.order == "fsrs":
            due = [
                (card.due, name)
                for (kind, name), card in self.progress.cards.items()
                if kind == "question" and card.is_due(time)
            ]
            by_id = {entry.id: entry for entry in _entries()}
            new = [entry for entry in _entries() if ("question", entry.id) not in self.progress.cards]
            entry = by_id[min(due)[1]] if due else self.random.choice(new)
        else:
            entry = self.random.choice(_entries())
        return make(entry, self.random.randrange(10**5))

    def _note(self, variant: Variant, is_right: bool, idea: str | None) -> None:
        self.ids.append(variant.entry.id)
        self.outcome.asked += 1
        self.outcome.right += is_right
        for name in {wrong.name for wrong in variant.wrong} & self.looked_for.keys():
            at, id = self.looked_for[name]
            if id != variant.entry.id:
                self.outcome.again += len(self.ids) - at <= SOON
                del self.looked_for[name]
        if idea is None:
            return
        if idea not in self.first_match:
            self.outcome.met += 1
            self.looked_for[idea] = len(self.ids), variant.entry.id
        first = self.first_match.setdefault(idea, len(self.ids))
        if self.progress.ideas[idea].is_held and first >= 0:
            self.outcome.waits.append(len(self.ids) - first)
            self.first_match[idea] = -1


def _review(variant: Variant, is_right: bool, idea: str | None, time: int) -> Review:
    return Review(
        address=variant.address,
        question=variant.entry.id,
        topic=variant.entry.topic,
        bank="shipped",
        task="",
        kind=variant.kind,
        answer_type="",
        level=variant.question.level,
        at=iso(time),
        answer="",
        outcome="correct" if is_right else "incorrect",
        idea=idea,
        ideas=tuple(wrong.name for wrong in variant.wrong),
        hints=0,
        unsure=False,
        seconds=30,
        session="",
        versions={},
    )


def _played(job: tuple[str, int, int]) -> Outcome:
    order, seed, days = job
    return Rounds(order, seed).play(days)


def main(learners: int = 300, days: int = 30) -> None:
    """Print a row an order."""
    print(
        f"{learners} learners, {days} days, {A_DAY} questions on {PRACTISES:.0%} of the days, {HELD} ideas each"
    )
    with ProcessPoolExecutor() as pool:
        for order in ORDERS:
            jobs = [(order, seed, days) for seed in range(learners)]
            print(order)
            for label, figure in _figures(list(pool.map(_played, jobs, chunksize=4))):
                print(f"  {label:60} {figure}")


def _figures(outcomes: list[Outcome]) -> Iterator[tuple[str, str]]:
    shares = sorted(outcome.right / outcome.asked for outcome in outcomes)
    waits = [wait for outcome in outcomes for wait in outcome.waits]
    met = sum(outcome.met for outcome in outcomes)
    totals: Counter[str] = Counter()
    for outcome in outcomes:
        totals.update(outcome.topics)
    low, high = shares[len(shares) // 20], shares[-len(shares) // 20 - 1]
    again = sum(outcome.again for outcome in outcomes) / max(met, 1)
    soon = sum(wait <= SOON for wait in waits) / max(len(waits), 1)
    overcome = statistics.mean(outcome.overcome for outcome in outcomes)
    yield (
        "right answers: mean, and of the middle 90 % of learners",
        f"{statistics.mean(shares):.0%}, {low:.0%}-{high:.0%}",
    )
    yield f"ideas that showed and were looked for again within {SOON} questions", f"{again:.0%}"
    yield f"held ideas found within {SOON} questions of their first match", f"{soon:.0%} of {len(waits)}"
    yield "questions from the first match to a held idea, median", f"{statistics.median(waits or [0]):.0f}"
    yield "ideas overcome by a learner, mean", f"{overcome:.1f}"
    yield (
        "questions asked again on the day they were right",
        str(sum(outcome.repeats for outcome in outcomes)),
    )
    yield "most often that a question came in 28", str(max(outcome.most_in_28 for outcome in outcomes))
    yield "topics met, fewest of any learner", str(min(len(outcome.topics) for outcome in outcomes))
    yield "share of the topic that was asked least", f"{min(totals.values()) / sum(totals.values()):.1%}"


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
