"""Recovery of what can be read of a damaged `reviews.db`, whatever state its pages are in."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

import msgspec

from tensordrill.drill.history import END
from tensordrill.drill.migrations import APPLICATION_ID, DERIVING_MIGRATION
from tensordrill.drill.pages import Record, header, records
from tensordrill.drill.review import Review, iso, timestamp

_TRACE = b"check (outcome in ('correct', 'incorrect', 'skipped'))"
"""A part of the statement that made the table of reviews, which SQLite keeps in the file."""
_LETTERS = {type(None): "n", int: "i", float: "f", str: "t", bytes: "b"}
_ROWS = {
    # Of the tables that `migrations` makes; an `integer primary key` is null in its row, and a whole `real` an integer.
    "reviews": re.compile("ni(tn|ni)itt[tn]iii[fi]ii"),
    "old_reviews": re.compile("ntttttt[tn]ii[fi]tit(tt)?"),
    "questions": re.compile("ntttttti"),
    "sessions": re.compile("ntt"),
    "idea_lists": re.compile("nt"),
    "seen_topics": re.compile("tt"),
}
_ENTRIES = {
    # Of their indexes, which end with the id of a row; and the one table without rowids that is no derived one.
    "questions": re.compile("ttttttii"),
    "sessions": re.compile("tti"),
    "idea_lists": re.compile("ti"),
    "settings": re.compile("tt"),
}


_COLUMNS = "question address seed at answer outcome idea ideas hints unsure seconds session undone".split()
_OF_QUESTION = "question topic bank task kind answer_type level".split()
_OLD_COLUMNS = tuple(
    "address question topic at answer outcome idea hints unsure seconds session undone versions bank task".split()
)
"""The columns of these tables but the id; `bank` and `task` are in none of the oldest."""


class SalvagedReview(NamedTuple):
    """A review with its id, and whether it was undone."""

    id: int
    review: Review
    is_undone: bool


class Salvage(NamedTuple):
    """The content that could be read: reviews in their order, topics that were seen and since when, and settings."""

    reviews: list[SalvagedReview]
    seen_topics: dict[str, str]
    settings: dict[str, str]


class _Tables(dict[str, dict[Any, tuple[Any, ...]]]):
    """The rows that were read, by table and id; a row has its columns but the id."""

    def __init__(self, data: bytes) -> None:
        super().__init__({name: {} for name in (*_ROWS, *_ENTRIES)})
        for record in records(data):
            self._add(record)

    def _add(self, record: Record) -> None:
        letters = "".join(_LETTERS[type(value)] for value in record.values)
        for name, shape in (_ENTRIES if record.rowid is None else _ROWS).items():
            if shape.fullmatch(letters):
                values: tuple[Any, ...] = record.values
                if name in ("seen_topics", "settings"):
                    self[name].setdefault(values[0], values[1:])
                elif record.rowid is not None:
                    self[name].setdefault(record.rowid, values[1:])
                else:
                    self[name].setdefault(values[-1], values[:-1])

    def review(self, id: int, row: tuple[Any, ...]) -> SalvagedReview:
        """Return the review of a row; without its session or ideas, where these are lost.

        Raises KeyError where its question is lost, and ValueError or OverflowError where a value is none of a review.
        """
        values = dict(zip(_COLUMNS, row, strict=True))
        of_question = dict(zip(_OF_QUESTION, self["questions"][values["question"]], strict=True))
        session, versions = self["sessions"].get(values["session"], ("", "{}"))
        [ideas] = self["idea_lists"].get(values["ideas"], ("[]",))
        seed, name = values.pop("seed"), of_question["question"]
        address = values["address"] if seed is None else f"{name}@{seed}"
        ideas = _json(ideas, tuple[str, ...], ())
        shared = {**of_question, "address": address, "ideas": ideas, "session": session, "versions": versions}
        return _saved(id, {**values, **shared})


def _old_review(id: int, row: tuple[Any, ...]) -> SalvagedReview:
    """Return the review of a row as it was before `DERIVING_MIGRATION`; raise as `_Tables.review` does."""
    values = {"bank": "", "task": "", **dict(zip(_OLD_COLUMNS, row, strict=False))}
    return _saved(id, {**values, "at": timestamp(values["at"])})


def _saved(id: int, values: dict[str, Any]) -> SalvagedReview:
    """Return the review with these values; raises ValueError or OverflowError where they are none of a review."""
    if not 0 <= values["at"] < END:
        raise ValueError
    is_undone = bool(values.pop("undone"))
    values |= {"at": iso(values["at"]), "unsure": bool(values["unsure"])}
    values["versions"] = _json(values["versions"], dict[str, str], {})
    return SalvagedReview(id, msgspec.convert(values, Review), is_undone)


def _json(text: str, kind: Any, otherwise: object) -> object:
    try:
        return msgspec.json.decode(text, type=kind)
    except msgspec.DecodeError:
        return otherwise


def salvage(data: bytes) -> Salvage | None:
    """Return what can be read of the bytes of a file; None where the file was never a store."""
    tables = _Tables(data)
    first = header(data)
    is_ours = first is not None and first.application_id == APPLICATION_ID
    has_rows = tables["questions"] or tables["old_reviews"] or _TRACE in data
    is_empty = not data.strip(b"\0")  # as a power cut leaves a file that was being written
    if not (is_ours or has_rows or is_empty):
        return None
    is_old = not tables["reviews"] and (first is None or first.user_version < DERIVING_MIGRATION)
    reviews: list[SalvagedReview] = []
    for id, row in sorted(tables["old_reviews" if is_old else "reviews"].items()):
        try:
            reviews.append(_old_review(id, row) if is_old else tables.review(id, row))
        except (KeyError, ValueError, OverflowError):  # damaged, or without its question
            continue
    return Salvage(
        reviews,
        {topic: at for topic, (at,) in tables["seen_topics"].items()},
        {name: value for name, (value,) in tables["settings"].items()},
    )
