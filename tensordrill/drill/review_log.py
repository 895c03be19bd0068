"""The log of a round: its reviews, kept while it runs, and their sum; what cannot be kept is reported once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import cached_property, partial

from tensordrill.drill.folder import data_folder
from tensordrill.drill.progress import Progress
from tensordrill.drill.review import Review
from tensordrill.drill.store import Store
from tensordrill.errors import Problem, StoreError
from tensordrill.messages import Name

Warn = Callable[[Name, Problem], None]
"""A function that shows the sentence of a name, about a problem."""


class ReviewLog:
    """A log that opens the store when the first review comes, and tries again with each one until it can.

    Reviews wait in order until they are on disk. `renamed` gives the present ids of questions that had other ones.
    `_ids` has the id of each review, None while it waits, and `_past` the progress before it.
    """

    def __init__(
        self,
        environ: Mapping[str, str],
        warn: Warn,
        utc_offset: int = 0,
        renamed: Callable[[], Mapping[str, str]] = dict,
    ) -> None:
        self._environ = environ
        self._utc_offset = utc_offset
        self._warn = warn
        self._renamed = renamed
        self._store: Store | None = None
        self._waiting: list[Review] = []
        self._problem: Problem = ""
        self._ids: list[int | None] = []
        self._past: list[Progress] = []

    @cached_property
    def progress(self) -> Progress:
        """The learner's progress, reviews that wait included; without a store, that of this round."""
        try:
            return self._open().progress()
        except StoreError as error:
            self._warn("not-recorded", error.problem)
            self._problem = error.problem
            return Progress(self._utc_offset)

    @property
    def before(self) -> Progress:
        """The learner's progress before this round."""
        return self._past[0] if self._past else self.progress

    def append(self, review: Review) -> None:
        """Put a review on disk, after those that wait, or keep it for the next try."""
        self._past.append(self.progress.copy())
        self.progress.add(review)
        self._ids.append(None)
        self._waiting.append(review)
        try:
            self._save()
            self._problem = ""
        except StoreError as error:
            if not self._problem:
                self._warn("kept-for-later" if self._store else "not-recorded", error.problem)
            self._problem = error.problem

    def undo_last(self) -> None:
        """Mark the last review as taken back."""
        if not self._ids:
            return
        last = self._ids.pop()
        self.progress.become(self._past.pop())
        if last is None:
            self._waiting.pop()
            return
        try:
            self._open().undo(last)
        except StoreError as error:
            self._warn("not-undone", error.problem)

    def topic_is_new(self, topic: str, at: str) -> bool:
        """Whether a topic's worked example was never shown, and remember that it is now."""
        try:
            store = self._open()
            if store.topic_seen(topic):
                return False
            store.mark_topic_seen(topic, at)
        except StoreError:
            return False
        return True

    def close(self) -> None:
        """Try a last time and close the store; report answers that could not be saved."""
        try:
            if self._waiting:
                self._save()
        except StoreError as error:
            self._problem = error.problem
        if self._store is not None:
            self._store.close()
            if self._waiting:
                self._warn("answers-lost", self._problem)

    def _open(self) -> Store:
        if self._store is None:
            folder = data_folder(self._environ)
            self._store = Store.open(folder, self._utc_offset, partial(self._warn, "about-answers"))
            with suppress(StoreError):  # where nothing can be written, the first review says so
                self._store.rename(self._renamed())
        return self._store

    def _save(self) -> None:
        ids = self._open().append_all(self._waiting)
        self._ids[len(self._ids) - len(ids) :] = ids
        self._waiting = []
