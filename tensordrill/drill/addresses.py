"""Addresses that a learner has answered before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from tensordrill.bank.variant import Variant
from tensordrill.drill.folder import data_folder, read_rows
from tensordrill.errors import StoreError

_ANSWERED = """
select coalesce(address, name || '@' || seed), task, strftime('%Y-%m-%dT%H:%M:%S+00:00', at, 'unixepoch')
from reviews join questions on questions.id = question
where name in ({ids}) and undone = 0 order by reviews.id desc limit 1000
"""


class Answered(NamedTuple):
    """An address that was answered: the task that it was then (see `Entry.task_hash`; maybe unknown), and when."""

    address: str
    task: str
    at: str


def answered(folder: Path, ids: Sequence[str]) -> list[Answered]:
    """Return the last answers to the question of these ids, the newest first; none where no file can be read."""
    rows = read_rows(folder, _ANSWERED.format(ids=", ".join("?" * len(ids))), ids)
    return [Answered(*row) for row in rows]


def answered_otherwise(variant: Variant, environ: Mapping[str, str]) -> str | None:
    """Return when the learner answered this address last, if its question was another task then.

    Returns None where it never was answered, or by a version that did not keep the task.
    """
    addresses = {f"{id}@{variant.seed}" for id in variant.entry.ids}
    try:
        answers = answered(data_folder(environ), variant.entry.ids)
    except StoreError:
        return None
    last = next((answer for answer in answers if answer.address in addresses), None)
    return None if last is None or last.task in ("", variant.entry.task_hash) else last.at
