"""A learner's progress: cards, ideas, levels and tallies, folded from the reviews one at a time.

Everything here follows from the reviews in their order, so that it can be made anew from them at any time.
"""

from __future__ import annotations

from collections.abc import Mapping
from operator import add
from types import MappingProxyType
from typing import Any, Literal, NamedTuple

from msgspec import Struct
from msgspec.structs import astuple, replace

from tensordrill.drill.review import DAY, Review
from tensordrill.drill.schedule import AGAIN, IN_REVIEW, Card, rating, reviewed

PROVES_BY = 2
"""The number of questions in which matches make an idea held."""
CLEARED_BY = 2
"""Right answers after the first match after which an idea is no longer looked for: one of them may be luck."""
OVERCOME_BY = 2
"""Right answers on so many days, after its last match, make a held idea overcome."""
UP_AFTER = 3
DOWN_AFTER = 2
HIGHEST = 3


class IdeaRecord(Struct, frozen=True):
    """A learner's record with one wrong idea.

    `met` counts the answers that showed it, `right_since` the right ones, to draws that could have shown it, after
    the last of those. `questions` are where it was shown since it was last overcome; `is_proven` says that not all
    of them were answered yes or no. `held_at` and `overcome_at` are seconds since 1970.
    """

    met: int = 0
    questions: tuple[str, ...] = ()
    is_proven: bool = False
    right_since: int = 0
    right_days: int = 0
    last_right_day: int = 0
    held_at: int | None = None
    overcome_at: int | None = None

    @property
    def is_held(self) -> bool:
        """Whether the learner has this idea."""
        return self.held_at is not None and self.overcome_at is None

    @property
    def is_suspected(self) -> bool:
        """Whether it was shown, in too few questions to be held, and not avoided often enough to be a slip."""
        return bool(self.questions) and not self.is_held and self.right_since < CLEARED_BY

    def met_in(self, review: Review) -> IdeaRecord:
        """Return the record after an answer that showed the idea."""
        questions = tuple(dict.fromkeys((*self.questions, review.question)))
        is_proven = self.is_proven or review.answer_type != "bool"
        is_held = self.is_held or (len(questions) >= PROVES_BY and is_proven)
        began = self.held_at if self.is_held else review.time
        return IdeaRecord(
            met=self.met + 1,
            questions=questions,
            is_proven=is_proven,
            held_at=began if is_held else self.held_at,
            overcome_at=None if is_held else self.overcome_at,
        )

    def avoided_in(self, review: Review, day: int) -> IdeaRecord:
        """Return the record after a right answer where the idea could have shown."""
        days = self.right_days + (day != self.last_right_day)
        after = replace(self, right_since=self.right_since + 1, right_days=days, last_right_day=day)
        if self.is_held and days >= OVERCOME_BY:
            return replace(after, overcome_at=review.time, questions=(), is_proven=False)
        return after


class Ramp(Struct, frozen=True):
    """The level at which new questions of a topic are asked, and the last answers in a row that may change it."""

    level: int = 1
    rights: int = 0
    wrongs: int = 0

    def after(self, review: Review) -> Ramp:
        """Return the ramp after an answer: up after three right ones, down after two wrong ones."""
        if review.outcome == "correct" and not review.unsure:
            rights = self.rights + 1
            return Ramp(min(self.level + 1, HIGHEST)) if rights >= UP_AFTER else Ramp(self.level, rights)
        wrongs = self.wrongs + 1
        return Ramp(max(self.level - 1, 1)) if wrongs >= DOWN_AFTER else Ramp(self.level, wrongs=wrongs)


class DayTally(Struct, frozen=True):
    """Answers to a topic's questions on one day.

    `recalls` counts those to cards that had left their learning steps, a day or more after their last review, and
    `recalled` the right ones among these: retention.
    """

    asked: int = 0
    correct: int = 0
    recalls: int = 0
    recalled: int = 0
    seconds: float = 0.0

    def __add__(self, tally: DayTally) -> DayTally:
        return DayTally(*map(add, astuple(self), astuple(tally)))


class Totals(NamedTuple):
    """Tallies added up: of each day in order, and of each topic."""

    days: Mapping[int, DayTally]
    topics: Mapping[str, DayTally]


NO_TOTALS = Totals({}, {})


class Progress:
    """All that is derived from reviews, or the part of it that one review concerns.

    `utc_offset` is the learner's, in seconds: it decides where a day ends. `level` is where topics begin. `renamed` has
    the present ids of questions that had other ones: their reviews are folded as reviews of one question.
    """

    def __init__(
        self, utc_offset: int = 0, level: int = 1, renamed: Mapping[str, str] = MappingProxyType({})
    ) -> None:
        self.utc_offset = utc_offset
        self.level = level
        self.renamed = renamed
        self.cards: dict[tuple[str, str], Card] = {}
        self.ideas: dict[str, IdeaRecord] = {}
        self.ramps: dict[str, Ramp] = {}
        self.tallies: dict[tuple[int, str], DayTally] = {}

    def concerned(self, review: Review) -> dict[str, list[Any]]:
        """Return the keys of all that adding a review reads or changes."""
        ideas = list(review.concerned)
        question = self.renamed.get(review.question, review.question)
        return {
            "cards": [("question", question), *(("idea", name) for name in ideas)],
            "ideas": ideas,
            "ramps": [review.topic],
            "tallies": [(self.day(review.time), review.topic)],
        }

    def keys(self) -> dict[str, list[Any]]:
        """Return the keys of all that is in here."""
        return {name: list(getattr(self, name)) for name in ("cards", "ideas", "ramps", "tallies")}

    def copy(self) -> Progress:
        """Return another one with the same content."""
        same = Progress(self.utc_offset, self.level, self.renamed)
        same.become(self)
        return same

    def become(self, progress: Progress) -> None:
        """Take over the content of another one."""
        self.cards, self.ideas = dict(progress.cards), dict(progress.ideas)
        self.ramps, self.tallies = dict(progress.ramps), dict(progress.tallies)

    def __eq__(self, value: object) -> bool:
        return isinstance(value, Progress) and vars(self) == vars(value)

    def day(self, time: int) -> int:
        """Return the number of the learner's day at a time."""
        return (time + self.utc_offset) // DAY

    def add(self, review: Review) -> None:
        """Fold in the next review."""
        review = replace(review, question=self.renamed.get(review.question, review.question))
        self._count(review, self.cards.get(("question", review.question)))
        self._schedule("question", review.question, rating(review), review)
        self.ramps[review.topic] = self.ramps.get(review.topic, Ramp(self.level)).after(review)
        for name in review.concerned:
            self._learn(name, review)

    def _count(self, review: Review, card: Card | None) -> None:
        key = self.day(review.time), review.topic
        is_correct = review.outcome == "correct"
        is_recall = card is not None and card.state == IN_REVIEW and review.time - card.last_review >= DAY
        answer = DayTally(1, is_correct, is_recall, is_recall and is_correct, review.seconds)
        self.tallies[key] = self.tallies.get(key, DayTally()) + answer

    def _learn(self, name: str, review: Review) -> None:
        record = self.ideas.get(name)
        if name == review.idea:
            record = self.ideas[name] = (record or IdeaRecord()).met_in(review)
            if record.is_held:
                self._schedule("idea", name, AGAIN, review)
        elif record is not None and review.is_right:
            was_held = record.is_held
            self.ideas[name] = record.avoided_in(review, self.day(review.time))
            if was_held:
                self._schedule("idea", name, rating(review), review)

    def _schedule(self, kind: Literal["question", "idea"], name: str, rating: int, review: Review) -> None:
        self.cards[kind, name] = reviewed(self.cards.get((kind, name)), rating, review.time)
