"""A learner's standing: mastery of a topic, and what is due."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from tensordrill.bank.contents import Content
from tensordrill.drill.progress import Progress, Ramp
from tensordrill.drill.review import DAY
from tensordrill.drill.schedule import AGAIN, Card


class Standing(Struct, frozen=True):
    """A learner's mastery of a topic.

    `mastery`, from 0 to 1, is the share of its questions that FSRS expects to be answered rightly now. `level` is
    that of new questions, `new` how many were never asked, `due` how many a review would ask.
    """

    mastery: float
    level: int
    new: int
    due: int


class Due(Struct, frozen=True):
    """The questions, and the held ideas, that a review would ask."""

    questions: tuple[str, ...]
    ideas: tuple[str, ...]

    @property
    def count(self) -> int:
        """The number of questions and ideas that are due."""
        return len(self.questions) + len(self.ideas)


def standing(topic: Content, progress: Progress, time: int) -> Standing:
    """Return where a learner stands in a topic; `time` is in seconds since 1970."""
    cards = [progress.cards.get(("question", id)) for id in topic.questions]
    known = sum(card.recall(time) for card in cards if card is not None)
    return Standing(
        mastery=known / max(len(cards), 1),
        level=level(topic.name, progress),
        new=cards.count(None),
        due=len(_due_questions([topic], progress, time)),
    )


def level(topic: str, progress: Progress) -> int:
    """Return the level of a topic's new questions."""
    return progress.ramps.get(topic, Ramp(progress.level)).level


def due(topics: Iterable[Content], progress: Progress, time: int) -> Due:
    """Return what is due of some topics, and the held ideas that are due, the most forgotten first."""
    ideas = [("idea", name) for name, record in progress.ideas.items() if record.is_held]
    return Due(_due_questions(topics, progress, time), due_names(ideas, progress, time))


def due_at(card: Card, progress: Progress, time: int) -> int:
    """Return when a card is due, in seconds since 1970; one that was right today is not before tomorrow.

    FSRS's first steps are minutes, which suit a session, and not somebody who comes back to one.
    """
    if card.rating == AGAIN or progress.day(card.last_review) != progress.day(time):
        return card.due
    return max(card.due, (progress.day(time) + 1) * DAY - progress.utc_offset)


def _due_questions(topics: Iterable[Content], progress: Progress, time: int) -> tuple[str, ...]:
    return due_names([("question", id) for topic in topics for id in topic.questions], progress, time)


def due_names(keys: Iterable[tuple[str, str]], progress: Progress, time: int) -> tuple[str, ...]:
    """Return the names of the cards with these keys that are due, the most forgotten first."""
    cards = ((name, progress.cards.get((kind, name))) for kind, name in keys)
    known = [(card, name) for name, card in cards if card is not None]
    due = [(card.forgetting(time), name) for card, name in known if due_at(card, progress, time) <= time]
    return tuple(name for _, name in sorted(due, reverse=True))
