"""Changes for the better in a round: ideas overcome, topics done, and whether all was right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct

from tensordrill.drill.progress import Progress
from tensordrill.drill.schedule import AGAIN
from tensordrill.drill.session import Summary

PERFECT_FROM = 5
"""The number of questions from which a round in which all were right is perfect."""


class Changes(Struct, frozen=True):
    """The changes for the better in one round; `done` are topics each of whose questions was right the last time."""

    overcome: tuple[str, ...]
    done: tuple[str, ...]
    is_perfect: bool


def changes(
    before: Progress, after: Progress, topics: Mapping[str, Sequence[str]], tally: Summary
) -> Changes:
    """Return what a round changed; `topics` are those that it asked about, with the ids of all their questions."""
    return Changes(
        overcome=tuple(
            name
            for name, record in after.ideas.items()
            if not record.is_held and name in before.ideas and before.ideas[name].is_held
        ),
        done=tuple(
            name for name, ids in topics.items() if _is_done(ids, after) and not _is_done(ids, before)
        ),
        is_perfect=tally.asked >= PERFECT_FROM and tally.correct == tally.asked,
    )


def _is_done(ids: Sequence[str], progress: Progress) -> bool:
    cards = (progress.cards.get(("question", id)) for id in ids)
    return all(card is not None and card.rating != AGAIN for card in cards)
