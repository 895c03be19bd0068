"""The learner's store, as far as there is one: commands that only look make no file."""

from __future__ import annotations

import os

from tensordrill.cli.clock import utc_offset
from tensordrill.drill.folder import DATABASE, data_folder
from tensordrill.drill.store import Store


def recorded() -> Store | None:
    """Open the learner's store; None where nothing was ever recorded.

    Raises StoreError where it cannot be opened.
    """
    folder = data_folder(os.environ)
    return Store.open(folder, utc_offset()) if (folder / DATABASE).exists() else None
