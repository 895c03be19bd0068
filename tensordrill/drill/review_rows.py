"""Reviews as rows: what many of them share stands once in tables of its own, and is referred to by id."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import msgspec

from tensordrill.drill.review import Review, iso

_INSERT = """
insert into reviews (
    id, question, address, seed, at, answer, outcome, idea, ideas, hints, unsure, seconds, session, undone
) values (
    :id, :question, :address, :seed, :at, :answer, :outcome, :idea, :ideas, :hints, :unsure, :seconds, :session,
    :undone
) returning id
"""
_SELECT = """
select
    reviews.id, questions.name as question, topic, bank, task, kind, answer_type, level, address, seed, at,
    answer, outcome, idea, idea_lists.ideas as ideas, hints, unsure, seconds, sessions.name as session, versions
from reviews
join questions on questions.id = question
join sessions on sessions.id = session
join idea_lists on idea_lists.id = reviews.ideas
"""
_DELETE_UNUSED = (
    "delete from questions where id not in (select question from reviews)",
    "delete from sessions where id not in (select session from reviews)",
    "delete from idea_lists where id not in (select ideas from reviews)",
)


class ReviewRow(NamedTuple):
    """A row of the table of reviews."""

    id: int
    review: Review


def insert(db: sqlite3.Connection, review: Review, id: int | None = None, *, is_undone: bool = False) -> int:
    """Insert a review, at the end where it has no id yet, and return its id."""
    values = msgspec.structs.asdict(review)
    of_question = {name: values[name] for name in ("topic", "bank", "task", "kind", "answer_type", "level")}
    versions = msgspec.json.encode(review.versions).decode()
    name, _, seed = review.address.rpartition("@")
    has_seed = name == review.question and re.fullmatch("0|[1-9][0-9]{0,17}", seed)
    row = {
        **values,
        "id": id,
        "question": _id(db, "questions", name=review.question, **of_question),
        "address": None if has_seed else review.address,
        "seed": int(seed) if has_seed else None,
        "at": review.time,
        "ideas": _id(db, "idea_lists", ideas=msgspec.json.encode(review.ideas).decode()),
        "session": _id(db, "sessions", name=review.session, versions=versions),
        "undone": is_undone,
    }
    [(id,)] = db.execute(_INSERT, row)
    return int(id)


def _id(db: sqlite3.Connection, table: str, **values: object) -> int:
    """Return the id of the row with these values, which is made where it is missing."""
    columns, places = ", ".join(values), ", ".join(f":{name}" for name in values)
    db.execute(f"insert or ignore into {table} ({columns}) values ({places})", values)
    same = " and ".join(f"{name} = :{name}" for name in values)
    rows = db.execute(f"select id from {table} where {same}", values).fetchall()
    if not rows:
        raise sqlite3.DatabaseError("the index says that it is there, and the table that it is not")
    return int(rows[0][0])


def select(db: sqlite3.Connection, condition: str, values: Sequence[object] = ()) -> Iterator[ReviewRow]:
    """Yield the reviews for which a condition holds, in their order."""
    for row in db.execute(f"{_SELECT} where {condition} order by reviews.id", values):
        fields: dict[str, Any] = dict(row)
        id, seed, address = (fields.pop(name) for name in ("id", "seed", "address"))
        fields["address"] = address if seed is None else f"{fields['question']}@{seed}"
        fields["at"] = iso(fields["at"])
        for name in ("ideas", "versions"):
            fields[name] = msgspec.json.decode(fields[name])
        fields["unsure"] = bool(fields["unsure"])
        yield ReviewRow(id, msgspec.convert(fields, Review))


def delete(db: sqlite3.Connection, topic: str | None) -> None:
    """Delete the reviews of a topic, or all, and what they alone referred to.

    Those that follow get ids that none had, so that an id never comes to mean another review.
    """
    condition, values = of_topic(topic)
    chosen = f"question in (select id from questions where {condition})"
    [(first,)] = db.execute(f"select min(id) from reviews where {chosen}", values)
    [(last,)] = db.execute("select max(id) from reviews")
    db.execute(f"delete from reviews where {chosen}", values)
    db.execute("update reviews set id = id + ? where id > ?", (last, first))
    for statement in _DELETE_UNUSED:
        db.execute(statement)


def of_topic(topic: str | None) -> tuple[str, tuple[str, ...]]:
    """Return the condition for rows of a topic, or for all, with its values."""
    return ("true", ()) if topic is None else ("topic = ?", (topic,))
