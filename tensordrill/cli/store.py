"""The learner's store, opened for a command."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from contextlib import suppress

from tensordrill.bank.contents import Content, renamed
from tensordrill.cli.clock import utc_offset
from tensordrill.drill.folder import data_folder, has_database
from tensordrill.drill.store import Store
from tensordrill.errors import StoreError
from tensordrill.messages import Language, Message


def open_store(language: Language) -> Store:
    """Open the store of the learner's data folder, with days that end where the learner is."""

    def tell(warning: Message) -> None:
        print(f"tensordrill: {warning.text(language)}", file=sys.stderr)

    return Store.open(data_folder(os.environ), utc_offset(), tell)


def open_existing(language: Language, topics: Iterable[Content]) -> Store | None:
    """Open the store where there is one, for a command that only looks at what is known of these topics."""
    if not has_database(os.environ):
        return None
    store = open_store(language)
    with suppress(StoreError):  # where nothing can be written, renamed questions count as new ones
        store.rename(renamed(topics))
    return store
