"""The learner's store, opened for a command."""

from __future__ import annotations

import os

from tensordrill.cli.clock import utc_offset
from tensordrill.drill.folder import data_folder, has_database
from tensordrill.drill.store import Store


def open_store() -> Store:
    """Open the store of the learner's data folder, with days that end where the learner is."""
    return Store.open(data_folder(os.environ), utc_offset())


def open_recorded() -> Store | None:
    """Open the store where there is one, for a command that only looks: nothing is made."""
    return open_store() if has_database(os.environ) else None
