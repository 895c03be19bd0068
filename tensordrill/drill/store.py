"""Every judged answer of a learner, kept in one SQLite file."""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
import sys
import tempfile
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from functools import wraps
from pathlib import Path
from typing import Any, Concatenate, Literal, NamedTuple, ParamSpec, Self, TypeVar

import msgspec
from msgspec.structs import replace

from tensordrill.drill.exchange import locked, set_aside
from tensordrill.drill.folder import DATABASE
from tensordrill.drill.history import History, Key, keys, merged, save
from tensordrill.drill.migrations import DERIVING_MIGRATION, MIGRATIONS
from tensordrill.drill.pages import header
from tensordrill.drill.progress import IdeaRecord, Progress, Ramp, Tally, Totals
from tensordrill.drill.review import Review, iso
from tensordrill.drill.salvage import Salvage, salvage
from tensordrill.drill.schedule import Card
from tensordrill.errors import StoreError
from tensordrill.messages import Message, Name, message

PATIENCE = 5.0  # seconds to wait while another program writes
Tell = Callable[[Message], None]
"""Gets what the learner should know."""

_MENDINGS = 3
"""So often is a file opened anew before that is given up: others may rebuild it as well."""

_RENAMED = "renamed"
"""The setting that keeps what `rename` was given, as JSON."""

_ELSEWHERE = message("data-elsewhere")
_PROBLEMS: dict[int, Name] = {
    sqlite3.SQLITE_BUSY: "data-busy",
    sqlite3.SQLITE_CANTOPEN: "data-read-only",
    sqlite3.SQLITE_FULL: "data-full",
    sqlite3.SQLITE_IOERR: "data-disk",
    sqlite3.SQLITE_PERM: "data-read-only",
    sqlite3.SQLITE_READONLY: "data-read-only",
}

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
_SET = "insert or replace into settings (name, value) values (?, ?)"
_DELETE_UNUSED = (
    "delete from questions where id not in (select question from reviews)",
    "delete from sessions where id not in (select session from reviews)",
    "delete from idea_lists where id not in (select ideas from reviews)",
)
_ANSWERED = """
select coalesce(address, name || '@' || seed), task, strftime('%Y-%m-%dT%H:%M:%S+00:00', at, 'unixepoch')
from reviews join questions on questions.id = question
where name in ({ids}) and undone = 0 order by reviews.id desc limit 1000
"""


class _Table(NamedTuple):
    """A table of what is derived from reviews: its key, and the struct that a row is."""

    name: str
    key: tuple[str, ...]
    type: type[msgspec.Struct]

    def rows(self, progress: Progress) -> dict[Any, Any]:
        """Return the rows of this table that are known, by their keys."""
        rows: dict[Any, Any] = getattr(progress, self.name)
        return rows


_DERIVED = (
    _Table("cards", ("kind", "name"), Card),
    _Table("ideas", ("name",), IdeaRecord),
    _Table("ramps", ("topic",), Ramp),
    _Table("tallies", ("day", "topic"), Tally),
)


def _ignore(_: Message) -> None:
    """Drop a message."""


class Merged(NamedTuple):
    """The numbers of reviews of a merged history that were added, and that were here already."""

    added: int
    known: int


class _Unusable(StoreError):  # noqa: N818 (it is mended)
    """The open file is not to be used any more."""


class _Moved(_Unusable):
    """The file was moved or deleted; at its path is another one, or none.

    During a commit, its journal may have been taken away: what was written is in the old file, or is not.
    https://www.sqlite.org/howtocorrupt.html#_unlinking_or_renaming_a_database_file_while_in_use
    """


class _Damaged(_Unusable):
    """The file is damaged."""


class _Strange(_Damaged):
    """SQLite did not understand a statement: the tables are others, or the statement is wrong."""


_P = ParamSpec("_P")
_T = TypeVar("_T")


def _mending(method: Callable[Concatenate[Store, _P], _T]) -> Callable[Concatenate[Store, _P], _T]:
    """Decorate a method: it mends the store where it is unusable, and does its work again."""

    @wraps(method)
    def mending(self: Store, /, *args: _P.args, **kwargs: _P.kwargs) -> _T:
        for _ in range(_MENDINGS):
            try:
                return method(self, *args, **kwargs)
            except _Unusable as problem:
                self._mend(problem)
        return method(self, *args, **kwargs)

    return mending


class Store:
    """The reviews of one learner; every problem with the file is a `StoreError`."""

    def __init__(self, path: Path, db: sqlite3.Connection, utc_offset: int, tell: Tell) -> None:
        self.path = path
        self._db = db
        self._file = path.stat()
        self._utc_offset = utc_offset
        self._tell = tell
        self._is_writing = False
        self._appended: dict[int, Review] = {}
        self._changes: dict[int, tuple[Progress, Progress]] = {}
        self._uncertain: list[Review] = []

    @classmethod
    def open(cls, folder: Path, utc_offset: int = 0, tell: Tell = _ignore) -> Self:
        """Open the store below `folder`; make the folder and the file where they are missing.

        `utc_offset` is how many seconds the learner's clock is ahead of UTC: it decides where a day ends. `tell` gets
        the sentence that a damaged file was set aside, now or while the store is open.
        """
        if sqlite3.sqlite_version_info < (3, 37):  # strict tables
            raise StoreError(message("data-old-sqlite", version=sqlite3.sqlite_version))
        _make(folder)
        path = folder / DATABASE
        store = cls(path, _connect(path, path), utc_offset, tell)
        try:
            try:
                store._prepare()
            except _Unusable as problem:
                store._mend(problem)
        except BaseException:
            store._db.close()
            raise
        return store

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    def append(self, review: Review) -> int:
        """Write a review, and return its id once it is on disk."""
        return self.append_all([review])[0]

    @_mending
    def append_all(self, reviews: Sequence[Review]) -> list[int]:
        """Write reviews, all of them or none, and return their ids once they are on disk.

        Where that fails, by ^C too, it may be given them again, with others: it writes none twice.
        """
        uncertain, self._uncertain = self._uncertain, list(reviews)
        with self._writing():
            ids = [
                self._id_of_written(review, uncertain) or self._insert(review) for review in self._uncertain
            ]
        self._uncertain = []
        return ids

    @_mending
    def undo(self, id: int) -> None:
        """Mark a review as undone: it stays in the file, is no longer listed, and what it changed is as before."""
        with self._writing():
            present = self._present_id(id)
            self._db.execute("update reviews set undone = 1 where id = ?", (present,))
            before, after = self._changes.pop(id, (None, None))
            if before and after and present == id and self._with_rows(after.keys()) == after:
                self._write(before, instead_of=after)
            else:  # something else was recorded since
                self._derive()

    def reviews(self, topic: str | None = None) -> list[Review]:
        """List the reviews, of one topic or of all, in the order they were written."""
        return list(self.each(topic))

    def each(self, topic: str | None = None) -> Iterator[Review]:
        """Yield the reviews, of one topic or of all, in the order they were written."""
        chosen, values = _chosen(topic)
        last = -1
        while True:
            try:
                for row in self._rows(f"undone = 0 and reviews.id > ? and {chosen}", (last, *values)):
                    last = row.id
                    yield row.review
            except _Unusable as problem:
                self._mend(problem)  # which keeps the ids
            else:
                return

    @_mending
    def count(self, topic: str | None = None) -> int:
        """Return how many reviews there are, of one topic or of all."""
        chosen, values = _chosen(topic)
        sql = f"select count(*) from reviews join questions on questions.id = question where undone = 0 and {chosen}"
        [(count,)] = self._execute(sql, *values)
        return int(count)

    def history(self) -> History:
        """Return the reviews, which are read one by one, and the starting level."""
        level = self.setting("level")
        return History(self.each(), int(level) if level else None)

    @_mending
    def merge(self, *histories: History) -> Merged:
        """Add the reviews that are not here yet where their times place them.

        One that was undone here stays undone. A starting level is taken over where none was chosen here.
        """
        theirs: dict[Key, Review] = {}
        with self._writing():
            ids = self._ids()
            order = list(ids)
            for history in histories:
                if history.starting_level is not None:
                    sql = "insert or ignore into settings (name, value) values ('level', ?)"
                    self._db.execute(sql, (str(history.starting_level),))
                reviews = list(history.reviews)
                new = dict(zip(keys(reviews), reviews, strict=True))
                order = merged(order, list(new))
                theirs.update(new)
            first_new = next((place for place, key in enumerate(order) if key not in ids), len(order))
            # What follows gets ids that none had, so that an id never comes to mean another review.
            for id, key in enumerate(order[first_new:], max(ids.values(), default=0) + 1):
                if key in ids:
                    self._db.execute("update reviews set id = ? where id = ?", (id, ids[key]))
                else:
                    self._db.execute(_INSERT, {**self._to_row(theirs[key]), "id": id})
            self._derive()
        added = len(order) - len(ids)
        return Merged(added, len(theirs) - added)

    @_mending
    def remove(self, topic: str | None, backup: Path) -> int:
        """Delete the reviews of a topic, or all that is kept of the learner; return how many reviews stood.

        The whole history is written to the file `backup` before.
        """
        chosen, values = _chosen(topic)
        with self._writing():
            save(self.history(), backup)
            count = self.count(topic)
            of_topic = f"question in (select id from questions where {chosen})"
            [(first,)] = self._execute(f"select min(id) from reviews where {of_topic}", *values)
            [(last,)] = self._execute("select max(id) from reviews")
            self._execute(f"delete from reviews where {of_topic}", *values)
            self._execute(
                "update reviews set id = id + ? where id > ?", last, first
            )  # new ones, as in `merge`
            for statement in _DELETE_UNUSED:
                self._execute(statement)
            self._execute(f"delete from seen_topics where {chosen}", *values)
            if topic is None:
                self._execute("delete from settings")
            self._derive()
        return count

    @_mending
    def progress(self) -> Progress:
        """Return all that is derived from the reviews, but for the tallies."""
        progress = self._no_progress()
        for table in _DERIVED[:3]:
            rows = self._execute(f"select * from {table.name}")
            table.rows(progress).update(_unpacked(table, row) for row in rows)
        return progress

    @_mending
    def totals(self, topics: Collection[str] | None = None) -> Totals:
        """Return the tallies of these topics, or of all, added up; a day is the number that `Progress.day` gives."""
        sums = ", ".join(f"sum({field})" for field in Tally.__struct_fields__)
        of_topics = "true" if topics is None else f"topic in ({', '.join('?' * len(topics))})"
        days, by_topic = (
            {key: Tally(*counts) for key, *counts in self._execute(sql, *(topics or ()))}
            for sql in (
                f"select {key}, {sums} from tallies where {of_topics} group by {key} order by {key}"
                for key in ("day", "topic")
            )
        )
        return Totals(days, by_topic)

    @_mending
    def derive_again(self) -> None:
        """Derive cards, ideas, ramps and tallies anew from the reviews."""
        with self._writing():
            self._derive()

    @property
    def starting_level(self) -> int:
        """The level at which a topic's questions begin for this learner."""
        return int(self.setting("level") or 1)

    @_mending
    def setting(self, name: str) -> str | None:
        """Return what the learner chose once, or None."""
        rows = self._execute("select value from settings where name = ?", name)
        return str(rows[0][0]) if rows else None

    @_mending
    def set(self, /, **choices: str) -> None:
        """Keep what the learner chose, all of it or nothing; a level also counts for the topics begun before."""
        with self._writing():
            self._db.executemany(_SET, choices.items())
            if "level" in choices:
                self._derive()

    @_mending
    def rename(self, renamed: Mapping[str, str]) -> None:
        """Keep the present ids of questions that had other ones, so that their reviews count as one question's."""
        known = self._renamed()
        if not renamed.items() <= known.items():
            with self._writing():
                names = msgspec.json.encode({**known, **renamed}, order="sorted").decode()
                self._execute(_SET, _RENAMED, names)
                self._derive()

    def _renamed(self) -> dict[str, str]:
        try:
            return msgspec.json.decode(self.setting(_RENAMED) or "{}", type=dict[str, str])
        except msgspec.DecodeError:
            return {}  # the next `rename` writes it anew

    def _no_progress(self) -> Progress:
        """Return the progress of a learner of whom no review is known yet."""
        return Progress(self._utc_offset, self.starting_level, self._renamed())

    @_mending
    def topic_seen(self, topic: str) -> bool:
        """Whether the topic's intro was shown before."""
        return bool(self._execute("select 1 from seen_topics where topic = ?", topic))

    @_mending
    def mark_topic_seen(self, topic: str, at: str) -> None:
        """Remember that the topic's intro was shown; the first time counts."""
        self._execute("insert into seen_topics (topic, at) values (?, ?) on conflict do nothing", topic, at)

    def _prepare(self) -> None:
        # A rollback journal, not wal: wal needs memory shared between programs, which network homes lack,
        # and keeps answers in a second file that a copy of this one misses. `extra` and `fullfsync` make a
        # commit outlive a power cut, too. That costs milliseconds an answer.
        self._execute("pragma synchronous = extra")
        self._execute("pragma fullfsync = on")
        self._execute("pragma secure_delete = on")  # what was removed is not found in the file any more
        self._db.row_factory = sqlite3.Row
        if self._version() < len(MIGRATIONS):
            self._migrate()
        if self._version() > len(MIGRATIONS):
            raise StoreError(message("data-newer", path=self.path))

    def _mend(self, problem: _Unusable) -> None:
        """Open the file anew, which another program has put in place of this one, or which is rebuilt here.

        Raises `problem` within a transaction: its beginning is what must be done again.
        """
        if self._is_writing:
            raise problem
        if isinstance(problem, _Strange) and self._has_our_tables():
            assert problem.__cause__ is not None
            raise problem.__cause__  # a bug of ours; the file is fine
        self._changes.clear()
        self._db.close()
        try:
            _make(self.path.parent)
            if isinstance(problem, _Damaged):
                self._rebuild()
        finally:
            self._db = _connect(self.path, self.path)
            self._file = self.path.stat()
        self._prepare()

    def _has_our_tables(self) -> bool:
        """Whether the tables are those that the migrations up to the file's version make."""
        with closing(sqlite3.connect(":memory:")) as fresh:
            for migration in MIGRATIONS[: self._version()]:
                for statement in migration:
                    fresh.execute(statement)
            tables = "select type, name, sql from sqlite_schema order by type, name"
            return [tuple(row) for row in self._execute(tables)] == fresh.execute(tables).fetchall()

    def _rebuild(self) -> None:
        """Set the file aside, and put a new one of what can be read of it in its place."""
        try:
            with locked(self.path, PATIENCE) as file:
                if not os.path.samestat(os.fstat(file.fileno()), self._file):
                    return  # another program was faster
                if not os.path.samestat(self.path.stat(), self._file):
                    return  # or is now, while this one waited for the lock
                content = self._salvage(file.read())
                new = self._new_file(content)
                try:
                    shutil.copymode(self.path, new)
                    if sys.platform == "win32":
                        file.close()  # what is open can be neither moved nor replaced there
                    aside = set_aside(self.path, new)
                finally:
                    new.unlink(missing_ok=True)
        except OSError as problem:
            said = message("data-not-set-aside", path=self.path, reason=problem.strerror)
            raise StoreError(said) from problem
        count = sum(not saved.is_undone for saved in content.reviews)
        self._tell(message("data-rebuilt", path=self.path, count=count, aside=aside.name))

    def _salvage(self, data: bytes) -> Salvage:
        first = header(data)
        if first and first.user_version > len(MIGRATIONS):
            raise StoreError(message("data-newer", path=self.path))
        content = salvage(data)
        if content is None:
            raise StoreError(message("data-foreign", path=self.path))
        return content

    def _new_file(self, content: Salvage) -> Path:
        """Make a file with this content beside the present one."""
        number, name = tempfile.mkstemp(prefix=f"{DATABASE}.", dir=self.path.parent)
        os.close(number)
        try:
            with Store(self.path, _connect(Path(name), self.path), self._utc_offset, _ignore) as new:
                new._prepare()
                new._fill(content)
        except BaseException:
            Path(name).unlink()
            raise
        return Path(name)

    def _fill(self, content: Salvage) -> None:
        with self._writing():
            self._db.executemany("insert into settings (name, value) values (?, ?)", content.settings.items())
            self._db.executemany(
                "insert into seen_topics (topic, at) values (?, ?)", content.seen_topics.items()
            )
            for id, review, is_undone in content.reviews:
                self._db.execute(_INSERT, {**self._to_row(review), "id": id, "undone": is_undone})
            self._derive()

    def _migrate(self) -> None:
        with self._writing("exclusive"):
            # The version is read again under the lock: another program may have migrated meanwhile.
            before = self._version()
            for number in range(before, len(MIGRATIONS)):
                for statement in MIGRATIONS[number]:
                    self._db.execute(statement)
                self._db.execute(f"pragma user_version = {number + 1}")
            if before < DERIVING_MIGRATION:
                self._derive()

    def _version(self) -> int:
        [(version,)] = self._execute("pragma user_version")
        return int(version)

    def _id_of_written(self, review: Review, uncertain: Sequence[Review]) -> int | None:
        """Return the id of a review that is on disk after a failure that left that uncertain."""
        if review not in uncertain:
            return None
        return max(self._ids_of(replace(review, at=iso(review.time))), default=None)

    def _insert(self, review: Review) -> int:
        # SQLite text is UTF-8, which has no lone surrogates: they are kept as readable escapes.
        answer = review.answer.encode("utf-8", "backslashreplace").decode("utf-8")
        review = replace(review, answer=answer, at=iso(review.time))
        before = self._with_rows(self._no_progress().concerned(review))
        after = before.copy()
        after.add(review)
        [(id,)] = self._db.execute(_INSERT, self._to_row(review))
        self._write(after)
        self._appended[id], self._changes[id] = review, (before, after)
        return int(id)

    def _present_id(self, id: int) -> int | None:
        """Return what the id that `append` gave a review is now; None where the review is gone."""
        review = self._appended.get(id)
        if review is None:
            return id
        ids = self._ids_of(review)
        return id if id in ids else max(ids, default=None)

    def _ids_of(self, review: Review) -> list[int]:
        """Return the ids of the reviews that equal this one."""
        rows = self._rows("questions.name = ? and at = ?", (review.question, review.time))
        return [row.id for row in rows if row.review == review]

    def _ids(self) -> dict[Key, int]:
        """Return the ids of all reviews in their order, the undone ones among them, by their keys."""
        ids: list[int] = []

        def reviews() -> Iterator[Review]:
            for row in self._rows("true"):
                ids.append(row.id)
                yield row.review

        order = list(keys(reviews()))
        return dict(zip(order, ids, strict=True))

    def _rows(self, condition: str, values: Sequence[object] = ()) -> Iterator[_Row]:
        with _explained(self.path):
            for row in self._db.execute(f"{_SELECT} where {condition} order by reviews.id", values):
                yield _from_row(row)

    def _to_row(self, review: Review) -> dict[str, object]:
        name, _, seed = review.address.rpartition("@")
        by_seed = name == review.question and re.fullmatch("0|[1-9][0-9]{0,17}", seed)
        question = {
            "name": review.question,
            "topic": review.topic,
            "bank": review.bank,
            "task": review.task,
            "kind": review.kind,
            "answer_type": review.answer_type,
            "level": review.level,
        }
        versions = msgspec.json.encode(review.versions).decode()
        return {
            "id": None,
            "question": self._id("questions", **question),
            "address": None if by_seed else review.address,
            "seed": int(seed) if by_seed else None,
            "at": review.time,
            "answer": review.answer,
            "outcome": review.outcome,
            "idea": review.idea,
            "ideas": self._id("idea_lists", ideas=msgspec.json.encode(review.ideas).decode()),
            "hints": review.hints,
            "unsure": review.unsure,
            "seconds": review.seconds,
            "session": self._id("sessions", name=review.session, versions=versions),
            "undone": False,
        }

    def _id(self, table: str, **values: object) -> int:
        """Return the id of the row with these values, which is made where it is missing."""
        columns, names = ", ".join(values), ", ".join(f":{name}" for name in values)
        self._db.execute(f"insert or ignore into {table} ({columns}) values ({names})", values)
        same = " and ".join(f"{name} = :{name}" for name in values)
        rows = self._db.execute(f"select id from {table} where {same}", values).fetchall()
        if not rows:  # the index says that it is there, and the table that it is not
            raise _Damaged(message("data-damaged", path=self.path))
        return int(rows[0][0])

    def _with_rows(self, keys: Mapping[str, Sequence[Any]]) -> Progress:
        """Return what is stored below these keys."""
        progress = self._no_progress()
        for table in _DERIVED:
            same = " and ".join(f"{name} = ?" for name in table.key)
            for key in keys[table.name]:
                rows = self._db.execute(f"select * from {table.name} where {same}", _as_tuple(key))
                table.rows(progress).update(_unpacked(table, row) for row in rows)
        return progress

    def _write(self, progress: Progress, instead_of: Progress | None = None) -> None:
        """Write derived rows; those of `instead_of` that are not among them are deleted."""
        for table in _DERIVED:
            columns = (*table.key, *table.type.__struct_fields__)
            places = ", ".join("?" * len(columns))
            upsert = f"insert or replace into {table.name} ({', '.join(columns)}) values ({places})"
            rows = table.rows(progress)
            self._db.executemany(upsert, ([*_as_tuple(key), *_columns(row)] for key, row in rows.items()))
            gone = table.rows(instead_of).keys() - rows.keys() if instead_of else ()
            same = " and ".join(f"{name} = ?" for name in table.key)
            self._db.executemany(f"delete from {table.name} where {same}", map(_as_tuple, gone))

    def _derive(self) -> None:
        for table in _DERIVED:
            self._db.execute(f"delete from {table.name}")
        progress = self._no_progress()
        for review in self.each():
            progress.add(review)
        self._write(progress)
        self._changes.clear()

    @contextmanager
    def _writing(self, lock: Literal["immediate", "exclusive"] = "immediate") -> Iterator[None]:
        self._is_writing = True
        try:
            with _explained(self.path), self._db:
                self._db.execute(f"begin {lock}")
                yield
        finally:
            self._is_writing = False

    def _execute(self, sql: str, *values: object) -> list[Any]:
        with _explained(self.path):
            return self._db.execute(sql, values).fetchall()


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        blocked = isinstance(problem, FileExistsError | NotADirectoryError)
        reason = message("data-in-the-way") if blocked else problem.strerror
        said = message("data-no-folder", folder=folder, reason=reason, elsewhere=_ELSEWHERE)
        raise StoreError(said) from problem


@contextmanager
def _explained(path: Path) -> Iterator[None]:
    """Turn a problem of the file at `path` into one sentence with a remedy."""
    try:
        yield
    except (sqlite3.DataError, sqlite3.IntegrityError, sqlite3.ProgrammingError):
        raise  # a bug of ours; the file is fine
    except (sqlite3.DatabaseError, msgspec.DecodeError, UnicodeDecodeError) as problem:
        code = getattr(problem, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT)
        if code in (sqlite3.SQLITE_IOERR_DELETE_NOENT, sqlite3.SQLITE_READONLY_DBMOVED):
            raise _Moved(message("data-moved", path=path)) from problem
        kind = code & 0xFF  # the rest is a detail
        if kind in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
            raise _Damaged(message("data-damaged", path=path)) from problem
        if kind == sqlite3.SQLITE_ERROR:
            raise _Strange(message("data-damaged", path=path)) from problem
        name = _PROBLEMS.get(kind, "data-disk")
        raise StoreError(message(name, path=path, elsewhere=_ELSEWHERE)) from problem


def _connect(file: Path, path: Path) -> sqlite3.Connection:
    """Open a file; problems are told as those of `path`."""
    with _explained(path):
        return sqlite3.connect(file, timeout=PATIENCE, isolation_level=None)


def _as_tuple(key: Any) -> tuple[Any, ...]:
    return key if isinstance(key, tuple) else (key,)


def _unpacked(table: _Table, row: sqlite3.Row) -> tuple[Any, msgspec.Struct]:
    values = dict(row)
    key = tuple(values.pop(name) for name in table.key)
    if table.type is IdeaRecord:
        values["questions"] = msgspec.json.decode(values["questions"])
    return (key if len(key) > 1 else key[0]), msgspec.convert(values, table.type, strict=False)


def _columns(row: msgspec.Struct) -> list[object]:
    values = msgspec.structs.astuple(row)
    return [msgspec.json.encode(value).decode() if isinstance(value, tuple) else value for value in values]


class _Row(NamedTuple):
    """A row of the table of reviews."""

    id: int
    review: Review


def _chosen(topic: str | None) -> tuple[str, tuple[str, ...]]:
    """Return the condition for rows of a topic, or for all, with its values."""
    return ("true", ()) if topic is None else ("topic = ?", (topic,))


def _from_row(row: sqlite3.Row) -> _Row:
    values = dict(row)
    id = values.pop("id")
    seed, address = values.pop("seed"), values.pop("address")
    values["address"] = address if seed is None else f"{values['question']}@{seed}"
    values["at"] = iso(values["at"])
    for name in ("ideas", "versions"):
        values[name] = msgspec.json.decode(values[name])
    values["unsure"] = bool(values["unsure"])
    return _Row(id, msgspec.convert(values, Review))


class Answered(NamedTuple):
    """An address that was answered: the task that it was then (see `task_hash`; maybe unknown), and when."""

    address: str
    task: str
    at: str


def answered(folder: Path, ids: Sequence[str]) -> list[Answered]:
    """Return the addresses of the question of these ids that were answered last, each once, the newest first.

    Reads only: nothing is made or migrated, and where the file is missing or no use, there are none.
    """
    file = folder / DATABASE
    select = _ANSWERED.format(ids=", ".join("?" * len(ids)))
    try:
        with closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", timeout=0.1, uri=True)) as db:
            last: dict[str, Answered] = {}
            for row in db.execute(select, tuple(ids)):
                last.setdefault(row[0], Answered(*row))
            return list(last.values())
    except sqlite3.Error:
        return []
