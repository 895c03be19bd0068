"""What must hold of every store, whatever became of it."""

from __future__ import annotations

import sqlite3
from contextlib import closing

from tensordrill.drill.progress import Progress
from tensordrill.drill.review import Review
from tensordrill.drill.store import Store


def check(store: Store) -> list[Review]:
    """Return the reviews; what is derived must be what a fold over them gives, and the file is whole."""
    progress = store.progress()
    progress.tallies = store.tallies()
    folded = Progress(level=store.starting_level)
    reviews = store.reviews()
    for review in reviews:
        folded.add(review)
    assert progress == folded
    with closing(sqlite3.connect(store.path)) as db:
        assert db.execute("pragma integrity_check").fetchall() == [("ok",)]
    return reviews
