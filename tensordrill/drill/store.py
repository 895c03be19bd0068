"""The store of a learner: every judged answer, and what follows from them, in one SQLite file."""

from __future__ import annotations

import os
import shutil
import sqlite3
import sys
import tempfile
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from typing import Any, Concatenate, Literal, NamedTuple, ParamSpec, Self, TypeVar

import msgspec
from msgspec.structs import replace

from tensordrill.drill import database, derived, review_rows
from tensordrill.drill.database import Damaged, Strange, Unusable, connect, explained, make_folder
from tensordrill.drill.exchange import locked, set_aside
from tensordrill.drill.folder import DATABASE
from tensordrill.drill.history import History, ReviewKey, keys, merged, save
from tensordrill.drill.migrations import DERIVING_MIGRATION, MIGRATIONS
from tensordrill.drill.pages import header
from tensordrill.drill.progress import Progress, Totals
from tensordrill.drill.review import Review, iso
from tensordrill.drill.salvage import Salvage, salvage
from tensordrill.errors import StoreError
from tensordrill.messages import Message, message

Tell = Callable[[Message], None]
"""A function that shows the learner a message."""

_MENDINGS = 3
"""The times that a file is opened anew before that is given up: others may rebuild it as well."""

_RENAMED = "renamed"
"""The setting that keeps what `rename` was given, as JSON."""
_SET = "insert or replace into settings (name, value) values (?, ?)"


def _ignore(_: Message) -> None:
    """Drop a message."""


class Merged(NamedTuple):
    """The numbers of reviews of a merged history that were added, and that were here already."""

    added: int
    known: int


_P = ParamSpec("_P")
_T = TypeVar("_T")


def _mending(method: Callable[Concatenate[Store, _P], _T]) -> Callable[Concatenate[Store, _P], _T]:
    """Decorate a method: it mends the store where it is unusable, and does its work again."""

    @wraps(method)
    def mending(self: Store, /, *args: _P.args, **kwargs: _P.kwargs) -> _T:
        for _ in range(_MENDINGS):
            try:
                return method(self, *args, **kwargs)
            except Unusable as problem:
                self._mend(problem)
        return method(self, *args, **kwargs)

    return mending


class Store:
    """The reviews of one learner; every problem with the file is a `StoreError`.

    `_uncertain` are the reviews of the last `append_all` while it is not known whether they are on disk. `_appended`
    and `_changes` have, by the ids that it returned, the reviews and what they changed, so that `undo` need not derive
    all anew. Within a transaction (`_is_writing`) nothing is mended: its beginning is what must be done again.
    """

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
        if sqlite3.sqlite_version_info < (3, 37):  # https://www.sqlite.org/stricttables.html
            raise StoreError(message("data-old-sqlite", version=sqlite3.sqlite_version))
        make_folder(folder)
        path = folder / DATABASE
        store = cls(path, connect(path, path), utc_offset, tell)
        try:
            try:
                store._prepare()
            except Unusable as problem:
                store._mend(problem)
        except BaseException:
            store.close()
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
            if before and after and present == id and self._derived(after.keys()) == after:
                derived.write(self._db, before, instead_of=after)
            else:  # something else was recorded since
                self._derive()

    def reviews(self, topic: str | None = None) -> list[Review]:
        """List the reviews, of one topic or of all, in the order they were written."""
        return list(self.iterate(topic))

    def iterate(self, topic: str | None = None) -> Iterator[Review]:
        """Yield the reviews, of one topic or of all, in the order they were written."""
        chosen, values = review_rows.of_topic(topic)
        last = -1
        while True:
            try:
                for row in self._rows(f"undone = 0 and reviews.id > ? and {chosen}", (last, *values)):
                    last = row.id
                    yield row.review
            except Unusable as problem:
                self._mend(problem)  # which keeps the ids
            else:
                return

    @_mending
    def count(self, topic: str | None = None) -> int:
        """Return how many reviews there are, of one topic or of all."""
        chosen, values = review_rows.of_topic(topic)
        sql = f"select count(*) from reviews join questions on questions.id = question where undone = 0 and {chosen}"
        [(count,)] = self._execute(sql, *values)
        return int(count)

    def history(self) -> History:
        """Return the reviews, which are read one by one, and the starting level."""
        level = self.setting("level")
        return History(self.iterate(), int(level) if level else None)

    @_mending
    def merge(self, *histories: History) -> Merged:
        """Add the reviews that are not here yet where their times place them.

        One that was undone here stays undone. A starting level is taken over where none was chosen here.
        """
        theirs: dict[ReviewKey, Review] = {}
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
                    review_rows.insert(self._db, theirs[key], id)
            self._derive()
        added = len(order) - len(ids)
        return Merged(added, len(theirs) - added)

    @_mending
    def remove(self, topic: str | None, backup: Path) -> int:
        """Delete the reviews of a topic, or all that is kept of the learner; return how many reviews stood.

        The whole history is written to the file `backup` before.
        """
        chosen, values = review_rows.of_topic(topic)
        with self._writing():
            save(self.history(), backup)
            count = self.count(topic)
            review_rows.delete(self._db, topic)
            self._execute(f"delete from seen_topics where {chosen}", *values)
            if topic is None:
                self._execute("delete from settings")
            self._derive()
        return count

    @_mending
    def progress(self) -> Progress:
        """Return all that is derived from the reviews, but for the tallies."""
        with explained(self.path):
            return derived.read_all(self._db, self._no_progress())

    @_mending
    def totals(self, topics: Collection[str] | None = None) -> Totals:
        """Return the tallies of these topics, or of all, added up; a day is the number that `Progress.day` gives."""
        with explained(self.path):
            return derived.totals(self._db, topics)

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
        """Set the connection up, and bring the tables to the present version."""
        # A rollback journal, not wal: wal needs memory shared between programs, which network homes lack,
        # and keeps answers in a second file that a copy of this one misses. `extra` and `fullfsync` make a
        # commit outlive a power cut, too. That costs milliseconds an answer.
        self._execute("pragma synchronous = extra")
        self._execute("pragma fullfsync = on")
        self._execute("pragma secure_delete = on")  # what was removed is not found in the file any more
        self._db.row_factory = sqlite3.Row
        if self._version() < len(MIGRATIONS):
            with self._writing("exclusive"):
                # The version is read again under the lock: another program may have migrated meanwhile.
                before = self._version()
                for number in range(before, len(MIGRATIONS)):
                    for statement in MIGRATIONS[number]:
                        self._db.execute(statement)
                    self._db.execute(f"pragma user_version = {number + 1}")
                if before < DERIVING_MIGRATION:
                    self._derive()
        if self._version() > len(MIGRATIONS):
            raise StoreError(message("data-newer", path=self.path))

    def _mend(self, problem: Unusable) -> None:
        """Open the file anew, which another program has put in place of this one, or which is rebuilt here.

        Raises `problem` within a transaction: its beginning is what must be done again.
        """
        if self._is_writing:
            raise problem
        if isinstance(problem, Strange):
            with explained(self.path):
                is_ours = database.has_our_tables(self._db, self._version())
            if is_ours:
                assert problem.__cause__ is not None
                raise problem.__cause__  # a bug of ours; the file is fine
        self._changes.clear()
        self._db.close()
        try:
            make_folder(self.path.parent)
            if isinstance(problem, Damaged):
                self._rebuild()
        finally:
            self._db = connect(self.path, self.path)
            self._file = self.path.stat()
        self._prepare()

    def _rebuild(self) -> None:
        """Set the file aside, and put a new one of what can be read of it in its place."""
        try:
            with locked(self.path, database.PATIENCE) as file:
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
        except OSError as error:
            problem = message("data-not-set-aside", path=self.path, reason=error.strerror)
            raise StoreError(problem) from error
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
            with Store(self.path, connect(Path(name), self.path), self._utc_offset, _ignore) as new:
                new._prepare()
                with new._writing():
                    new._db.executemany(_SET, content.settings.items())
                    sql = "insert into seen_topics (topic, at) values (?, ?)"
                    new._db.executemany(sql, content.seen_topics.items())
                    for id, review, is_undone in content.reviews:
                        review_rows.insert(new._db, review, id, is_undone=is_undone)
                    new._derive()
        except BaseException:
            Path(name).unlink()
            raise
        return Path(name)

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
        before = self._derived(self._no_progress().concerned(review))
        after = before.copy()
        after.add(review)
        id = review_rows.insert(self._db, review)
        derived.write(self._db, after)
        self._appended[id], self._changes[id] = review, (before, after)
        return id

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

    def _ids(self) -> dict[ReviewKey, int]:
        """Return the ids of all reviews in their order, the undone ones among them, by their keys."""
        ids: list[int] = []

        def reviews() -> Iterator[Review]:
            for row in self._rows("true"):
                ids.append(row.id)
                yield row.review

        order = list(keys(reviews()))
        return dict(zip(order, ids, strict=True))

    def _rows(self, condition: str, values: Sequence[object] = ()) -> Iterator[review_rows.ReviewRow]:
        with explained(self.path):
            yield from review_rows.select(self._db, condition, values)

    def _derived(self, keys: Mapping[str, Sequence[Any]]) -> Progress:
        """Return what is stored below these keys."""
        return derived.read(self._db, self._no_progress(), keys)

    def _derive(self) -> None:
        derived.clear(self._db)
        progress = self._no_progress()
        for review in self.iterate():
            progress.add(review)
        derived.write(self._db, progress)
        self._changes.clear()

    @contextmanager
    def _writing(self, lock: Literal["immediate", "exclusive"] = "immediate") -> Iterator[None]:
        self._is_writing = True
        try:
            with explained(self.path), self._db:
                self._db.execute(f"begin {lock}")
                yield
        finally:
            self._is_writing = False

    def _execute(self, sql: str, *values: object) -> list[Any]:
        with explained(self.path):
            return self._db.execute(sql, values).fetchall()
