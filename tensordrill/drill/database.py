"""The database file of a learner: its connection, and SQLite's errors as problems that say what to do."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import msgspec

from tensordrill.drill.migrations import MIGRATIONS
from tensordrill.errors import StoreError
from tensordrill.messages import Name, message

PATIENCE = 5.0
"""Seconds to wait while another program writes."""

_ELSEWHERE = message("data-elsewhere")
_PROBLEMS: dict[int, Name] = {
    sqlite3.SQLITE_BUSY: "data-busy",
    sqlite3.SQLITE_CANTOPEN: "data-read-only",
    sqlite3.SQLITE_FULL: "data-full",
    sqlite3.SQLITE_IOERR: "data-disk",
    sqlite3.SQLITE_PERM: "data-read-only",
    sqlite3.SQLITE_READONLY: "data-read-only",
}


class Unusable(StoreError):  # noqa: N818 (it is mended)
    """The open file is not to be used any more."""


class Moved(Unusable):
    """The file was moved or deleted; at its path is another one, or none.

    During a commit, its journal may have been taken away: what was written is in the old file, or is not.
    https://www.sqlite.org/howtocorrupt.html#_unlinking_or_renaming_a_database_file_while_in_use
    """


class Damaged(Unusable):
    """The file is damaged."""


class Strange(Damaged):
    """SQLite did not understand a statement: the tables are others, or the statement is wrong."""


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Turn a problem of the file at `path` into one sentence with a remedy.

    Codes and their extensions: https://www.sqlite.org/rescode.html
    """
    try:
        yield
    except (sqlite3.DataError, sqlite3.IntegrityError, sqlite3.ProgrammingError):
        raise  # a bug of ours; the file is fine
    except (sqlite3.DatabaseError, msgspec.DecodeError, UnicodeDecodeError) as error:
        code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT)
        if code in (sqlite3.SQLITE_IOERR_DELETE_NOENT, sqlite3.SQLITE_READONLY_DBMOVED):
            raise Moved(message("data-moved", path=path)) from error
        primary = code & 0xFF
        if primary in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_ERROR):
            kind = Strange if primary == sqlite3.SQLITE_ERROR else Damaged
            raise kind(message("data-damaged", path=path)) from error
        name = _PROBLEMS.get(primary, "data-disk")
        raise StoreError(message(name, path=path, elsewhere=_ELSEWHERE)) from error


def connect(file: Path, path: Path) -> sqlite3.Connection:
    """Open a file; problems name `path`."""
    with explained(path):
        return sqlite3.connect(file, timeout=PATIENCE, isolation_level=None)


def make_folder(folder: Path) -> None:
    """Make the folder of a database; raises StoreError where that cannot be."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        is_in_the_way = isinstance(error, FileExistsError | NotADirectoryError)
        reason = message("data-in-the-way") if is_in_the_way else error.strerror
        problem = message("data-no-folder", folder=folder, reason=reason, elsewhere=_ELSEWHERE)
        raise StoreError(problem) from error


def has_our_tables(db: sqlite3.Connection, version: int) -> bool:
    """Whether the tables are those that the migrations up to a version make."""
    query = "select type, name, sql from sqlite_schema order by type, name"
    with closing(sqlite3.connect(":memory:")) as fresh:
        for migration in MIGRATIONS[:version]:
            for statement in migration:
                fresh.execute(statement)
        return [tuple(row) for row in db.execute(query)] == fresh.execute(query).fetchall()
