"""The tables of what is derived from reviews: a `Progress`, whole or the part that one review concerns."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Mapping, Sequence
from typing import Any, NamedTuple

import msgspec

from tensordrill.drill.progress import DayTally, IdeaRecord, Progress, Ramp, Totals
from tensordrill.drill.schedule import Card


class _Table(NamedTuple):
    """A table: its key, and the struct that a row is."""

    name: str
    key: tuple[str, ...]
    type: type[msgspec.Struct]

    @property
    def has_key(self) -> str:
        """The condition for the row of a key."""
        return " and ".join(f"{name} = ?" for name in self.key)

    def rows(self, progress: Progress) -> dict[Any, Any]:
        """Return the rows of this table that are known, by their keys."""
        rows: dict[Any, Any] = getattr(progress, self.name)
        return rows


_TABLES = (
    _Table("cards", ("kind", "name"), Card),
    _Table("ideas", ("name",), IdeaRecord),
    _Table("ramps", ("topic",), Ramp),
    _Table("tallies", ("day", "topic"), DayTally),
)


def read_all(db: sqlite3.Connection, progress: Progress) -> Progress:
    """Read all rows into a progress, but for the tallies, and return it."""
    for table in _TABLES[:3]:
        rows = db.execute(f"select * from {table.name}")
        table.rows(progress).update(_from_row(table, row) for row in rows)
    return progress


def read(db: sqlite3.Connection, progress: Progress, keys: Mapping[str, Sequence[Any]]) -> Progress:
    """Read the rows of these keys into a progress, and return it."""
    for table in _TABLES:
        for key in keys[table.name]:
            rows = db.execute(f"select * from {table.name} where {table.has_key}", _as_tuple(key))
            table.rows(progress).update(_from_row(table, row) for row in rows)
    return progress


def write(db: sqlite3.Connection, progress: Progress, instead_of: Progress | None = None) -> None:
    """Write the rows of a progress; those of `instead_of` that are not among them are deleted."""
    for table in _TABLES:
        columns = (*table.key, *table.type.__struct_fields__)
        places = ", ".join("?" * len(columns))
        upsert = f"insert or replace into {table.name} ({', '.join(columns)}) values ({places})"
        rows = table.rows(progress)
        db.executemany(upsert, ([*_as_tuple(key), *_columns(row)] for key, row in rows.items()))
        gone = table.rows(instead_of).keys() - rows.keys() if instead_of else ()
        db.executemany(f"delete from {table.name} where {table.has_key}", map(_as_tuple, gone))


def clear(db: sqlite3.Connection) -> None:
    """Delete all rows."""
    for table in _TABLES:
        db.execute(f"delete from {table.name}")


def totals(db: sqlite3.Connection, topics: Collection[str] | None) -> Totals:
    """Return the tallies of these topics, or of all, added up."""
    sums = ", ".join(f"sum({field})" for field in DayTally.__struct_fields__)
    of_topics = "true" if topics is None else f"topic in ({', '.join('?' * len(topics))})"
    days, by_topic = (
        {key: DayTally(*counts) for key, *counts in db.execute(sql, tuple(topics or ()))}
        for sql in (
            f"select {key}, {sums} from tallies where {of_topics} group by {key} order by {key}"
            for key in ("day", "topic")
        )
    )
    return Totals(days, by_topic)


def _as_tuple(key: Any) -> tuple[Any, ...]:
    return key if isinstance(key, tuple) else (key,)


def _from_row(table: _Table, row: sqlite3.Row) -> tuple[Any, msgspec.Struct]:
    values = dict(row)
    key = tuple(values.pop(name) for name in table.key)
    if table.type is IdeaRecord:
        values["questions"] = msgspec.json.decode(values["questions"])
    return (key if len(key) > 1 else key[0]), msgspec.convert(values, table.type, strict=False)


def _columns(row: msgspec.Struct) -> list[object]:
    values = msgspec.structs.astuple(row)
    return [msgspec.json.encode(value).decode() if isinstance(value, tuple) else value for value in values]
