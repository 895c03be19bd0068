"""`contents.json`: the titles and the questions of a bank's topics, known without reading them.

A topic's entry holds as long as its file has the hash that stands there; any other topic is loaded. So the file is
never wrong, only of less use.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable
from contextlib import suppress
from typing import TYPE_CHECKING

import msgspec
from msgspec import Struct

from tensordrill.bank.document import MAX_BYTES
from tensordrill.bank.load import Bank
from tensordrill.bank.schema import Text
from tensordrill.bank.sources import broken_archive
from tensordrill.bank.topic import Topic

if TYPE_CHECKING:
    from tensordrill.bank.sources import File

CONTENTS_FILE = "contents.json"


class Content(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A topic in short.

    `ids` are those of its questions as the file writes them, and `was` has the present ids of former ones. `ideas` are
    those that may show in several questions, `hash` is of the file.
    """

    name: str
    title: Text
    after: tuple[str, ...] = ()
    ideas: tuple[str, ...]
    hash: str
    ids: tuple[str, ...]
    was: dict[str, str]

    @property
    def questions(self) -> tuple[str, ...]:
        """The full ids of its questions, `topic/id`."""
        return tuple(f"{self.name}/{id}" for id in self.ids)


def contents(bank: Bank, names: Iterable[str] | None = None) -> list[Content]:
    """Return the topics of a bank, or those of these names, in short.

    Raises FileProblems with the problems of all topics that have to be loaded and cannot.
    """
    known: dict[str, Content] = {}
    for source in bank.sources:
        with suppress(msgspec.MsgspecError):
            topics = msgspec.json.decode(_bytes(source.folder / CONTENTS_FILE), type=list[Content])
            known |= {content.name: content for content in topics}
    chosen = bank.names if names is None else sorted(names)
    hashes = {name: hashlib.sha256(_bytes(bank.file(name))).hexdigest()[:16] for name in chosen}
    changed = [name for name in chosen if name not in known or known[name].hash != hashes[name]]
    loaded = {
        topic.name: Content(
            name=topic.name,
            title=topic.title,
            after=topic.after,
            ideas=_ideas(topic),
            hash=hashes[topic.name],
            ids=tuple(entry.question.id for entry in topic.entries),
            was={former: entry.question.id for entry in topic.entries for former in entry.question.former},
        )
        for topic in bank.topics(changed)
    }
    return [loaded.get(name) or known[name] for name in chosen]


def renamed(topics: Iterable[Content]) -> dict[str, str]:
    """Return the present ids of questions that had other ones, by the former: `topic/id` both."""
    return {
        f"{topic.name}/{former}": f"{topic.name}/{id}" for topic in topics for former, id in topic.was.items()
    }


def _ideas(topic: Topic) -> tuple[str, ...]:
    """Return the ideas that questions of a topic name as such, or that several of them have."""
    by_question = [{wrong.name: wrong for wrong in entry.question.misconceptions} for entry in topic.entries]
    counts = Counter(name for wrongs in by_question for name in wrongs)
    named = {wrong.name for wrongs in by_question for wrong in wrongs.values() if wrong.idea}
    return tuple(sorted(named | {name for name, count in counts.items() if count > 1}))


def contents_file(bank: Bank) -> bytes:
    """Return the text of a bank's `contents.json`, a line a topic, without those that depend on torch's version."""
    depending = {
        topic.name
        for topic in bank.topics()
        if topic.left_out or any(entry.question.torch for entry in topic.entries)
    }
    lasting = [content for content in contents(bank) if content.name not in depending]
    lines = ",\n".join(msgspec.json.encode(content).decode() for content in lasting)
    return f"[\n{lines}\n]\n".encode()


def _bytes(file: File) -> bytes:
    """Return what a file holds: no more than a topic may, and nothing where it cannot be read."""
    try:
        with file.open("rb") as opened:
            return opened.read(MAX_BYTES + 1)
    except broken_archive():
        return b""
