"""The dates at which questions and ideas come back: the Free Spaced Repetition Scheduler, with its package's defaults.

FSRS-6, https://github.com/open-spaced-repetition/py-fsrs. Its fuzz is off: the same reviews give the same schedule.
"""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache
from typing import TYPE_CHECKING

from msgspec import Struct

from tensordrill.drill.review import DAY, Review

if TYPE_CHECKING:
    import fsrs

AGAIN, HARD, GOOD, EASY = 1, 2, 3, 4
"""FSRS's ratings: https://github.com/open-spaced-repetition/py-fsrs/blob/main/fsrs/rating.py."""
IN_REVIEW = 2
"""FSRS's state of a card that has left its learning steps, in `state.py` beside that."""
FAST = {"predict": 8, "which": 12, "fill": 12, "order": 20, "write": 30}
"""Seconds within which an answer of a kind counts as easy: about what typing and one reading take."""


class Card(Struct, frozen=True):
    """FSRS's state of one question or held idea after its last review.

    `stability` is in days, `difficulty` from 1 to 10; `due` and `last_review` are seconds since 1970.
    """

    state: int
    step: int | None
    stability: float
    difficulty: float
    due: int
    last_review: int
    rating: int

    def is_due(self, time: int) -> bool:
        """Whether it should be reviewed by then."""
        return self.due <= time

    def forgetting(self, time: int) -> float:
        """Return the days since the last review in units of the stability: the more, the more is forgotten."""
        return max(0, time - self.last_review) / DAY / self.stability

    def recall(self, time: int) -> float:
        """Return FSRS's estimate that the next answer is right; 0 after one that was wrong."""
        if self.rating == AGAIN:
            return 0.0
        return _scheduler().get_card_retrievability(_unpacked(self), _datetime(max(time, self.last_review)))


def rating(review: Review) -> int:
    """Return how well a review went: wrong or skipped, with a hint or unsure, right, or right and fast."""
    if review.outcome != "correct":
        return AGAIN
    if not review.is_right:
        return HARD
    return EASY if review.seconds <= FAST.get(review.kind, -1) else GOOD


def reviewed(card: Card | None, rating: int, time: int) -> Card:
    """Return a card after a review at a time, in seconds since 1970.

    None stands for a new card, and a clock that went backwards for one that stood.

    >>> card = reviewed(reviewed(None, GOOD, time=0), GOOD, time=600)
    >>> (card.due - 600) / DAY, (reviewed(card, AGAIN, time=card.due).due - card.due) / 60
    (2.0, 10.0)
    """
    from fsrs import Rating

    time = max(time, card.last_review) if card else time
    after, _ = _scheduler().review_card(_unpacked(card), Rating(rating), _datetime(time))
    assert after.stability is not None
    assert after.difficulty is not None
    due = int(after.due.timestamp())
    return Card(after.state.value, after.step, after.stability, after.difficulty, due, time, rating)


@cache
def _scheduler() -> fsrs.Scheduler:
    import fsrs  # only here, so that a program that schedules nothing does not wait for it

    return fsrs.Scheduler(enable_fuzzing=False)


def _unpacked(card: Card | None) -> fsrs.Card:
    import fsrs

    if card is None:
        return fsrs.Card(card_id=0)
    return fsrs.Card(
        card_id=0,  # without one, making it takes a millisecond of sleep
        state=fsrs.State(card.state),
        step=card.step,
        stability=card.stability,
        difficulty=card.difficulty,
        due=_datetime(card.due),
        last_review=_datetime(card.last_review),
    )


def _datetime(time: int) -> datetime:
    return datetime.fromtimestamp(time, UTC)
