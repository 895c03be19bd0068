"""The folder of a learner's data: where it is, and what the learner chose there, read without opening the store."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import closing, suppress
from pathlib import Path

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
    """Return what the learner chose once (see `Store.set`), or None.

    Reads only: nothing is made or migrated, and where the file is missing or no use, nothing was chosen.
    """
    file = folder / DATABASE
    if not file.exists():
        return None
    import sqlite3  # only here, so that somebody who never chose does not wait for it

    try:
        with closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", timeout=0.1, uri=True)) as db:
            row = db.execute("select value from settings where name = ?", (setting,)).fetchone()
    except sqlite3.Error:
        return None
    return str(row[0]) if row else None
