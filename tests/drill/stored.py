"""Invariants of every store, whatever became of it."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from contextlib import closing

from tensordrill.drill.progress import DayTally, Progress, Totals
from tensordrill.drill.review import Review
from tensordrill.drill.statistics import added
from tensordrill.drill.store import Store


def tallies(store: Store) -> dict[tuple[int, str], DayTally]:
    """Return the stored tallies, by day and topic."""
    columns = ", ".join(("day", "topic", *DayTally.__struct_fields__))
    with closing(sqlite3.connect(store.path)) as db:
        rows = db.execute(f"select {columns} from tallies").fetchall()  # noqa: S608 (its own columns)
    return {(day, topic): DayTally(*counts) for day, topic, *counts in rows}


def totals(tallies: Mapping[tuple[int, str], DayTally], *topics: str) -> Totals:
    """Return the tallies of some topics, or of all, added up."""
    of_topics = {key: tally for key, tally in tallies.items() if not topics or key[1] in topics}
    days = {
        day: added(t for (d, _), t in of_topics.items() if d == day)
        for day in sorted({d for d, _ in of_topics})
    }
    names = {topic for _, topic in of_topics}
    return Totals(
        days, {name: added(t for (_, n), t in of_topics.items() if n == name) for name in sorted(names)}
    )


def check(store: Store) -> list[Review]:
    """Return the reviews; what is derived must be what a fold over them gives, and the file is whole."""
    progress = store.progress()
    progress.tallies = tallies(store)
    folded = Progress(level=store.starting_level)
    reviews = store.reviews()
    for review in reviews:
        folded.add(review)
    assert progress == folded
    with closing(sqlite3.connect(store.path)) as db:
        assert db.execute("pragma integrity_check").fetchall() == [("ok",)]
    return reviews
