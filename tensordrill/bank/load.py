"""A bank: the topics of a folder, an archive or an installed package, or of several."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from tensordrill.bank.ideas import IDEAS_FILE, Ideas, load_ideas, titled_ideas
from tensordrill.bank.problems import near
from tensordrill.bank.sources import BankSource, broken_archive, shipped, source_at
from tensordrill.bank.topic import Entry, Topic, load_topic, torch_version
from tensordrill.errors import BankError, FileProblems
from tensordrill.messages import Message, message

if TYPE_CHECKING:
    from tensordrill.bank.sources import File


class Bank:
    """The topic files of one source or of several; each file is read when it is first asked for.

    The shipped bank's ideas are known also where that bank is not among the sources. A `packed` bank, of an
    assignment, has all its ideas itself, and may have no topic.
    """

    def __init__(self, *sources: BankSource | Path, packed: bool = False) -> None:
        self.sources = tuple(source_at(source) if isinstance(source, Path) else source for source in sources)
        self._packed = packed
        self._topics: dict[str, Topic] = {}

    @property
    def is_shipped(self) -> bool:
        """Whether all of it comes with tensordrill."""
        return all(source.kind == "shipped" for source in self.sources)

    @property
    def where(self) -> str:
        """The bank's location, for people."""
        return ", ".join(source.where for source in self.sources)

    @cached_property
    def _files(self) -> Mapping[str, tuple[BankSource, File]]:
        """The topics' files by name, each with its source."""
        files: dict[str, tuple[BankSource, File]] = {}
        for source in self.sources:
            topic_files = _topic_files(source)
            if not topic_files and not self._packed:
                raise BankError(message("empty-bank", folder=source.where))
            for name in sorted(files.keys() & topic_files.keys()):
                first, second = files[name][1], topic_files[name]
                raise BankError(message("topic-twice", topic=name, first=first, second=second))
            files |= {name: (source, file) for name, file in topic_files.items()}
        return files

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The topics' names, from the files' names alone.

        Raises BankError where a source cannot be read or has no topic, or where two have one of the same name.
        """
        return tuple(sorted(self._files))

    def file(self, topic: str) -> File:
        """Return a topic's file; raises BankError for an unknown name (with a guess)."""
        if topic not in self._files:
            raise no_topic(topic, self)
        return self._files[topic][1]

    def files(self) -> list[Path]:
        """Return the files on disk that the bank is read from: topics, ideas, or an archive as a whole."""
        files = {Path(source.where) for source in self.sources if source.kind == "zip"}
        for source, file in self._files.values():
            if isinstance(file, Path) and isinstance(source.folder, Path):
                files |= {file, source.folder / IDEAS_FILE}
        return sorted(files)

    def source(self, topic: str) -> BankSource:
        """Return the source that has a topic."""
        return self._files[topic][0]

    @cached_property
    def named_ideas(self) -> Ideas:
        """The sources' own ideas, and those of the shipped bank that they do not name."""
        if self._packed or any(source.kind == "shipped" for source in self.sources):
            return self.own_ideas
        return {**load_ideas(shipped()), **self.own_ideas}

    @cached_property
    def own_ideas(self) -> Ideas:
        """The ideas that the sources' `ideas.yaml` name.

        Raises FileProblems where two sources say different things of one idea.
        """
        ideas: Ideas = {}
        for source in self.sources:
            own = load_ideas(source.folder)
            for name in own.keys() & ideas.keys():
                if own[name] != ideas[name]:
                    raise FileProblems([message("idea-twice", idea=name, where=self.where)])
            ideas |= own
        return ideas

    @property
    def ideas(self) -> Ideas:
        """The ideas that `ideas.yaml` names, and those that single questions of the topics read so far title."""
        entries = (entry for topic in self._topics.values() for entry in topic.entries)
        return {**titled_ideas(entry.question for entry in entries), **self.named_ideas}

    def topic(self, name: str) -> Topic:
        """Read one topic.

        Raises BankError for an unknown name (with a guess), FileProblems for a broken file.
        """
        file = self.file(name)
        if name not in self._topics:
            self._topics[name] = load_topic(file, self.source(name).name)
        return self._topics[name]

    def entry(self, full_id: str) -> Entry:
        """Return the question `topic/id`; raises BankError (with a guess) where there is none."""
        topic, slash, _ = full_id.partition("/")
        if not slash:
            raise BankError(message("no-id", id=full_id))
        read = self.topic(topic)
        entries = {id: entry for entry in read.entries for id in reversed(entry.ids)}
        if full_id in read.left_out:
            versions = read.left_out[full_id]
            raise BankError(message("other-torch", id=full_id, versions=versions, torch=torch_version()))
        if full_id not in entries:
            raise BankError(message("no-question", id=full_id, near=near(full_id, entries)))
        return entries[full_id]

    def topics(self, names: Iterable[str] | None = None) -> list[Topic]:
        """Read these topics, or all, and the ideas; raises FileProblems with all files' problems together."""
        topics: list[Topic] = []
        problems: list[str | Message] = []
        for name in self.names if names is None else names:
            try:
                topics.append(self.topic(name))
            except FileProblems as error:
                problems += error.lines
        try:
            _ = self.own_ideas
        except FileProblems as error:
            problems += error.lines
        if problems:
            raise FileProblems(problems)
        return topics


def no_topic(name: str, bank: Bank) -> BankError:
    """Return the error of a bank without a topic of that name, with a guess."""
    return BankError(message("no-topic", topic=name, folder=bank.where, near=near(name, bank.names)))


def _topic_files(source: BankSource) -> dict[str, File]:
    """Return a source's topic files by name; raises BankError where it cannot be read."""
    try:
        return {
            file.stem: file
            for file in source.folder.iterdir()
            if file.suffix == ".yaml" and file.name != IDEAS_FILE and not file.name.startswith(".")
        }
    except OSError as error:
        raise BankError(message("no-bank", folder=source.where, reason=error.strerror)) from error
    except broken_archive() as error:
        raise BankError(message("bank-no-zip", path=source.where)) from error
