"""The learner's store, opened for a command."""

from __future__ import annotations

import os
import sys

from tensordrill.cli.clock import utc_offset
from tensordrill.drill.folder import data_folder, has_database
from tensordrill.drill.store import Store
from tensordrill.messages import Language, Message


def open_store(language: Language) -> Store:
    """Open the store of the learner's data folder, with days that end where the learner is."""

    def tell(said: Message) -> None:
        print(f"tensordrill: {said.text(language)}", file=sys.stderr)

    return Store.open(data_folder(os.environ), utc_offset(), tell)


def open_recorded(language: Language) -> Store | None:
    """Open the store where there is one, for a command that only looks: nothing is made."""
    return open_store(language) if has_database(os.environ) else None
