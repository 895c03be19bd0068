"""Keeps reviews while a drill runs; a home that cannot be written is said once, and the drill goes on."""

from __future__ import annotations

import os
from collections.abc import Callable

from tensordrill.drill.store import Review, Store, data_folder
from tensordrill.errors import StoreError


class Recording:
    """Opens the store when the first review comes; `warn` is told once of what cannot be kept."""

    def __init__(self, warn: Callable[[str, str], None]) -> None:
        self._warn = warn
        self._store: Store | None = None
        self._lost = False
        self._problem = ""
        self._ids: list[int | None] = []

    def store(self) -> Store | None:
        """Give the store, or None where there cannot be one."""
        if self._store is None and not self._lost:
            try:
                self._store = Store.open(data_folder(os.environ))
            except StoreError as error:
                self._lost = True
                self._warn("not-recorded", str(error))
        return self._store

    def append(self, review: Review) -> None:
        """Put a review on disk, or keep it for the next try."""
        store = self.store()
        if store is None:
            return
        try:
            saved = store.append(review)
            waiting = len(self._ids) - _known(self._ids)
            self._ids[len(self._ids) - waiting :] = range(saved - waiting, saved + 1)
            self._problem = ""
        except StoreError as error:
            self._ids.append(None)
            if not self._problem:
                self._warn("kept-for-later", str(error))
            self._problem = str(error)

    def undo_last(self) -> None:
        """Mark the last review as taken back."""
        if self._store is None or not self._ids:
            return
        last = self._ids.pop()
        if last is None:
            self._store.unsaved.pop()
            return
        try:
            self._store.undo(last)
        except StoreError as error:
            self._warn("not-undone", str(error))

    def topic_is_new(self, topic: str, at: str) -> bool:
        """Tell whether a topic's worked example was never shown, and remember that it is now."""
        store = self.store()
        try:
            if store is None or store.topic_seen(topic):
                return False
            store.mark_topic_seen(topic, at)
        except StoreError:
            return False
        return True

    def close(self) -> None:
        """Close the store; that answers could not be saved is said."""
        if self._store is not None:
            self._store.close()
            if self._store.unsaved:
                self._warn("answers-lost", self._problem)


def _known(ids: list[int | None]) -> int:
    """Count the ids up to the last one that is known; what follows is unsaved."""
    return max((index for index, id_ in enumerate(ids, 1) if id_ is not None), default=0)
