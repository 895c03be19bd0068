"""Every judged answer of a learner, kept in one SQLite file."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any, Literal, NamedTuple, Self

import msgspec

from tensordrill.drill.migrations import MIGRATIONS
from tensordrill.errors import StoreError
from tensordrill.text import Name, message

PATIENCE = 5.0  # seconds to wait while another program writes

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
    address, question, topic, bank, task, at, answer, outcome, idea, hints, unsure, seconds, session, versions
) values (
    :address, :question, :topic, :bank, :task, :at, :answer, :outcome, :idea, :hints, :unsure, :seconds, :session,
    :versions
) returning id
"""
_SELECT = """
select address, question, topic, bank, task, at, answer, outcome, idea, hints, unsure, seconds, session, versions
from reviews where undone = 0
"""
_ANSWERED = """
select address, task, at from reviews where question in ({ids}) and undone = 0 order by id desc limit 1000
"""


def data_folder(environ: Mapping[str, str]) -> Path:
    """Return the folder of the learner's data: `TENSORDRILL_HOME`, else where the system keeps such data."""
    if home := environ.get("TENSORDRILL_HOME"):
        return Path(home)
    import platformdirs  # only here, so that a program that never asks does not pay for it

    with suppress(RuntimeError):  # raised by newer versions where older ones return `~/…`
        folder = platformdirs.user_data_path("tensordrill", appauthor=False)
        if folder.is_absolute():
            return folder
    raise StoreError(message("data-no-home", elsewhere=_ELSEWHERE))


class Review(msgspec.Struct, frozen=True, kw_only=True):
    """One answered question, with all that scheduling and reports are derived from.

    `task` is what `task_hash` gave for the question; empty, as `bank`, where an older version wrote the review.
    """

    address: str
    question: str
    topic: str
    bank: str
    task: str
    at: str
    answer: str
    outcome: Literal["correct", "incorrect", "skipped"]
    idea: str | None
    hints: int
    unsure: bool
    seconds: float
    session: str
    versions: Mapping[str, str]


class Store:
    """The reviews of one learner; every problem with the file is a `StoreError`.

    `unsaved` holds the reviews whose `append` failed, in order. The next `append` and `close` try them
    again, so a caller only ever drops one from the list (to undo it) and never appends it twice.
    """

    def __init__(self, path: Path, db: sqlite3.Connection) -> None:
        self.path = path
        self.unsaved: list[Review] = []
        self._db = db

    @classmethod
    def open(cls, folder: Path) -> Self:
        """Open the store below `folder`; make the folder and the file where they are missing."""
        if sqlite3.sqlite_version_info < (3, 37):  # strict tables
            raise StoreError(message("data-old-sqlite", version=sqlite3.sqlite_version))
        _make(folder)
        path = folder / "reviews.db"
        with _explained(path):
            db = sqlite3.connect(path, timeout=PATIENCE, isolation_level=None)
        try:
            store = cls(path, db)
            store._prepare()
        except BaseException:
            db.close()
            raise
        return store

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the file after a last try to write what is unsaved; what stays in `unsaved` is lost."""
        with closing(self._db), suppress(StoreError):
            if self.unsaved:
                self._save()

    def append(self, review: Review) -> int:
        """Write `review`, after the unsaved ones, and return its id once it is on disk."""
        self.unsaved.append(review)
        return self._save()[-1]

    def undo(self, id: int) -> None:
        """Mark a review as undone: it stays in the file and is no longer listed."""
        self._execute("update reviews set undone = 1 where id = ?", id)

    def reviews(self, topic: str | None = None) -> list[Review]:
        """List the reviews, of one topic or of all, in the order they were written."""
        if topic is None:
            rows = self._execute(_SELECT + "order by id")
        else:
            rows = self._execute(_SELECT + "and topic = ? order by id", topic)
        with _explained(self.path):
            return [_from_row(row) for row in rows]

    def topic_seen(self, topic: str) -> bool:
        """Say whether the topic's intro was shown before."""
        return bool(self._execute("select 1 from seen_topics where topic = ?", topic))

    def mark_topic_seen(self, topic: str, at: str) -> None:
        """Remember that the topic's intro was shown; the first time counts."""
        self._execute("insert into seen_topics (topic, at) values (?, ?) on conflict do nothing", topic, at)

    def _prepare(self) -> None:
        # A rollback journal, not wal: wal needs memory shared between programs, which network homes lack,
        # and keeps answers in a second file that a copy of this one misses. `extra` and `fullfsync` make a
        # commit outlive a power cut, too. That costs milliseconds an answer.
        self._execute("pragma synchronous = extra")
        self._execute("pragma fullfsync = on")
        self._db.row_factory = sqlite3.Row
        if self._version() < len(MIGRATIONS):
            self._migrate()
        if self._version() > len(MIGRATIONS):
            raise StoreError(message("data-newer", path=self.path))

    def _migrate(self) -> None:
        with _explained(self.path), self._db:
            self._db.execute("begin exclusive")
            # The version is read again under the lock: another program may have migrated meanwhile.
            for number in range(self._version(), len(MIGRATIONS)):
                for statement in MIGRATIONS[number]:
                    self._db.execute(statement)
                self._db.execute(f"pragma user_version = {number + 1}")

    def _version(self) -> int:
        [(version,)] = self._execute("pragma user_version")
        return int(version)

    def _save(self) -> list[int]:
        waiting = self.unsaved
        try:
            with _explained(self.path), self._db:
                self._db.execute("begin immediate")
                ids = [self._insert(review) for review in waiting]
                # Before the commit, which ends this block: a ^C after it must not write them again.
                self.unsaved = []
        except StoreError:
            self.unsaved = waiting
            raise
        return ids

    def _insert(self, review: Review) -> int:
        [(id,)] = self._db.execute(_INSERT, _to_row(review))
        return int(id)

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
        name = _PROBLEMS.get(code & 0xFF, "data-damaged")  # the low byte is the kind, the rest a detail
        raise StoreError(message(name, path=path, elsewhere=_ELSEWHERE)) from problem


def _to_row(review: Review) -> dict[str, object]:
    # SQLite text is UTF-8, which has no lone surrogates: they are kept as readable escapes.
    answer = review.answer.encode("utf-8", "backslashreplace").decode("utf-8")
    versions = msgspec.json.encode(review.versions).decode()
    return msgspec.structs.asdict(review) | {"answer": answer, "versions": versions}


def _from_row(row: sqlite3.Row) -> Review:
    unsure = bool(row["unsure"])
    versions = msgspec.json.decode(str(row["versions"]))
    return msgspec.convert({**row, "unsure": unsure, "versions": versions}, Review)


class Answered(NamedTuple):
    """An address that was answered: the task that it was then (see `task_hash`; maybe unknown), and when."""

    address: str
    task: str
    at: str


def answered(folder: Path, ids: Sequence[str]) -> list[Answered]:
    """Return the addresses of the question of these ids that were answered last, each once, the newest first.

    Reads only: nothing is made or migrated, and where the file is missing or no use, there are none.
    """
    file = folder / "reviews.db"
    select = _ANSWERED.format(ids=", ".join("?" * len(ids)))
    try:
        with closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", timeout=0.1, uri=True)) as db:
            last: dict[str, Answered] = {}
            for row in db.execute(select, tuple(ids)):
                last.setdefault(row[0], Answered(*row))
            return list(last.values())
    except sqlite3.Error:
        return []
