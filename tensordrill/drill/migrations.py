"""The tables of `reviews.db`: migration n brings a database from `user_version` n - 1 to n.

A released migration is never edited; a change of the tables is a new entry at the end. A migration is a
tuple of statements rather than one script, because `executescript` would commit the transaction around it.
"""

from __future__ import annotations

MIGRATIONS: tuple[tuple[str, ...], ...] = (
    (
        """
        create table reviews (
            id integer primary key,
            address text not null,
            question text not null,
            topic text not null,
            at text not null,
            answer text not null,
            outcome text not null check (outcome in ('correct', 'incorrect', 'skipped')),
            idea text,
            hints integer not null,
            unsure integer not null check (unsure in (0, 1)),
            seconds real not null,
            session text not null,
            undone integer not null default 0 check (undone in (0, 1)),
            versions text not null
        ) strict
        """,
        "create index reviews_by_topic on reviews (topic)",
        "create table seen_topics (topic text primary key, at text not null) strict",
    ),
    (
        "alter table reviews add column bank text not null default ''",
        "alter table reviews add column task text not null default ''",
        "create index reviews_by_question on reviews (question, id)",
    ),
)
