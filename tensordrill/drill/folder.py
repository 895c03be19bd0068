"""The folder of a learner's data: where it is, and what its database says, read without opening the store."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

from tensordrill.errors import StoreError
from tensordrill.messages import message

DATABASE = "reviews.db"


def data_folder(environ: Mapping[str, str]) -> Path:
    """Return the folder of the learner's data: `TENSORDRILL_HOME`, else where the system keeps such data."""
    if home := environ.get("TENSORDRILL_HOME"):
        return Path(home)
    import platformdirs  # only here, so that a program that never asks does not pay for it

    with suppress(RuntimeError):  # raised by newer versions where older ones return `~/…`
        folder = platformdirs.user_data_path("tensordrill", appauthor=False)
        if folder.is_absolute():
            return folder
    raise StoreError(message("data-no-home", elsewhere=message("data-elsewhere")))


def has_database(environ: Mapping[str, str]) -> bool:
    """Whether something was recorded, so that a command that only looks makes no file."""
    return (data_folder(environ) / DATABASE).exists()


def chosen(folder: Path, setting: str) -> str | None:
    """Return what the learner chose once (see `Store.set`), or None."""
    rows = read_rows(folder, "select value from settings where name = ?", (setting,))
    return str(rows[0][0]) if rows else None


def read_rows(folder: Path, query: str, values: Sequence[str]) -> list[tuple[Any, ...]]:
    """Return the rows of a query.

    Reads only: nothing is made or migrated, and where the file is missing or no use, there are none.
    """
    file = folder / DATABASE
    if not file.exists():
        return []
    import sqlite3  # only here, so that somebody who never chose does not wait for it

    try:
        with closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", timeout=0.1, uri=True)) as db:
            return db.execute(query, values).fetchall()
    except sqlite3.Error:
        return []
