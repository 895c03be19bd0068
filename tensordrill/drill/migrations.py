"""The tables of `reviews.db`: migration n brings a database from `user_version` n - 1 to n.

A released migration is never edited; a change of the tables is a new entry at the end. A migration is a
tuple of statements rather than one script, because `executescript` would commit the transaction around it.
"""

from __future__ import annotations

APPLICATION_ID = 0x7464726C
"""The application id in the header of a database, "tdrl": https://www.sqlite.org/pragma.html#pragma_application_id."""
DERIVING_MIGRATION = 3
"""The first with tables of what is derived from reviews: coming from an older one, they are filled."""

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
    (
        # What many reviews share is kept once: a million reviews are then some 100 MB.
        "alter table reviews rename to reviews_2",
        "drop index reviews_by_topic",
        "drop index reviews_by_question",
        """
        create table sessions (
            id integer primary key,
            name text not null,
            versions text not null,
            unique (name, versions)
        ) strict
        """,
        """
        create table questions (
            id integer primary key,
            name text not null,
            topic text not null,
            bank text not null,
            task text not null,
            kind text not null,
            answer_type text not null,
            level integer not null,
            unique (name, topic, bank, task, kind, answer_type, level)
        ) strict
        """,
        "create table idea_lists (id integer primary key, ideas text not null unique) strict",
        """
        create table reviews (
            id integer primary key,
            question integer not null references questions,
            address text,
            seed integer,
            at integer not null,
            answer text not null,
            outcome text not null check (outcome in ('correct', 'incorrect', 'skipped')),
            idea text,
            ideas integer not null references idea_lists,
            hints integer not null,
            unsure integer not null check (unsure in (0, 1)),
            seconds real not null,
            session integer not null references sessions,
            undone integer not null default 0 check (undone in (0, 1)),
            check ((address is null) <> (seed is null))
        ) strict
        """,
        "insert into idea_lists (id, ideas) values (1, '[]')",
        "insert into sessions (name, versions) select distinct session, versions from reviews_2",
        """
        insert into questions (name, topic, bank, task, kind, answer_type, level)
        select distinct question, topic, bank, task, '', '', 0 from reviews_2
        """,
        """
        insert into reviews (
            id, question, address, at, answer, outcome, idea, ideas, hints, unsure, seconds, session, undone
        )
        select
            old.id, questions.id, old.address, coalesce(cast(strftime('%s', old.at) as integer), 0), old.answer,
            old.outcome, old.idea, 1, old.hints, old.unsure, old.seconds, sessions.id, old.undone
        from reviews_2 as old
        join questions on (questions.name, questions.topic, questions.bank, questions.task)
            = (old.question, old.topic, old.bank, old.task)
        join sessions on (sessions.name, sessions.versions) = (old.session, old.versions)
        """,
        "drop table reviews_2",
        "create index reviews_by_question on reviews (question, id)",
        # What follows is derived from the reviews: see `progress`.
        """
        create table cards (
            kind text not null check (kind in ('question', 'idea')),
            name text not null,
            state integer not null,
            step integer,
            stability real not null,
            difficulty real not null,
            due integer not null,
            last_review integer not null,
            rating integer not null,
            primary key (kind, name)
        ) strict, without rowid
        """,
        """
        create table ideas (
            name text primary key,
            met integer not null,
            questions text not null,
            is_proven integer not null,
            right_since integer not null,
            right_days integer not null,
            last_right_day integer not null,
            held_at integer,
            overcome_at integer
        ) strict, without rowid
        """,
        """
        create table ramps (
            topic text primary key,
            level integer not null,
            rights integer not null,
            wrongs integer not null
        ) strict, without rowid
        """,
        """
        create table tallies (
            day integer not null,
            topic text not null,
            asked integer not null,
            correct integer not null,
            recalls integer not null,
            recalled integer not null,
            seconds real not null,
            primary key (day, topic)
        ) strict, without rowid
        """,
        "create table settings (name text primary key, value text not null) strict, without rowid",
    ),
    (f"pragma application_id = {APPLICATION_ID}",),
)
