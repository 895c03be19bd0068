"""Sources and files become banks, topics and questions, or every problem at once with its place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

import msgspec
from msgspec import Struct

from tensordrill.bank import schema
from tensordrill.bank.document import Place, Problem, read
from tensordrill.bank.ideas import IDEAS_FILE, Ideas, load_ideas
from tensordrill.bank.inheritance import defaults, inherit
from tensordrill.bank.problems import explained, near
from tensordrill.bank.sources import Source, broken_archive, shipped, source_at
from tensordrill.errors import BankError, FileProblems
from tensordrill.messages import Message, message

if TYPE_CHECKING:
    from tensordrill.bank.sources import File


class Header(schema.Defaults, kw_only=True, frozen=True):
    """A topic file's own keys; its questions are decoded one by one."""

    format: int
    topic: schema.Name
    title: schema.Text
    language: schema.Language = "en"
    after: schema.After = ()
    intro: schema.Intro | None = None
    questions: list[dict[str, Any]]


class Entry(Struct, frozen=True):
    """One question with its topic, its kind and its place in the file."""

    topic: str
    kind: str
    language: schema.Language
    question: schema.AnyQuestion
    place: Place
    bank: str = ""
    """The name of the source that has it."""

    @property
    def id(self) -> str:
        """The full id, `topic/id`."""
        return f"{self.topic}/{self.question.id}"

    @property
    def ids(self) -> tuple[str, ...]:
        """The full id and those it had before, the latest first."""
        return (self.id, *(f"{self.topic}/{former}" for former in self.question.former))

    @property
    def seeded_as(self) -> str:
        """The first of its ids, from which its draws come: a question that is renamed keeps its numbers."""
        return self.ids[-1]


class Topic(Struct, frozen=True):
    """One topic file."""

    name: str
    title: schema.Text
    language: schema.Language
    intro: schema.Intro | None
    entries: tuple[Entry, ...]
    path: File
    after: tuple[str, ...] = ()
    """The topics that it builds on."""
    left_out: dict[str, str] = {}
    """Ids of questions that are for other versions of torch than the one here, with those versions."""

    @property
    def titled(self) -> Iterator[schema.Misconception]:
        """The misconceptions that have a title of their own."""
        for entry in self.entries:
            yield from (one for one in entry.question.misconceptions if one.title is not None)


class Bank:
    """The topic files of one source or of several; each file is read when it is first asked for.

    The shipped bank's ideas are known also where that bank is not among the sources. A `packed` bank, of an
    assignment, has all its ideas itself, and may have no topic.
    """

    def __init__(self, *sources: Source | Path, packed: bool = False) -> None:
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
    def _files(self) -> Mapping[str, tuple[Source, File]]:
        """The topics' files by name, each with its source."""
        files: dict[str, tuple[Source, File]] = {}
        for source in self.sources:
            found = _topic_files(source)
            if not found and not self._packed:
                raise BankError(message("empty-bank", folder=source.where))
            for name in sorted(files.keys() & found.keys()):
                first = files[name][1]
                raise BankError(message("topic-twice", topic=name, first=first, second=found[name]))
            files |= {name: (source, file) for name, file in found.items()}
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

    def source(self, topic: str) -> Source:
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
        own = (misconception for topic in self._topics.values() for misconception in topic.titled)
        return {
            **{each.name: schema.Idea(title=each.title, rule="") for each in own if each.title},
            **self.named_ideas,
        }

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
            raise BankError(message("other-torch", id=full_id, versions=versions, torch=_torch_version()))
        if full_id not in entries:
            raise BankError(message("no-question", id=full_id, near=near(full_id, entries)))
        return entries[full_id]

    def topics(self, names: Iterable[str] | None = None) -> list[Topic]:
        """Read these topics, or all, and the ideas; raises FileProblems with all files' problems together."""
        found: list[Topic] = []
        problems: list[str | Message] = []
        for name in self.names if names is None else names:
            try:
                found.append(self.topic(name))
            except FileProblems as error:
                problems += error.lines
        try:
            _ = self.own_ideas
        except FileProblems as error:
            problems += error.lines
        if problems:
            raise FileProblems(problems)
        return found


class Course(Protocol):
    """A topic with a place in the order of a course."""

    @property
    def name(self) -> str: ...
    @property
    def after(self) -> tuple[str, ...]: ...


AnyTopic = TypeVar("AnyTopic", bound=Course)


def in_order(topics: Iterable[AnyTopic]) -> list[AnyTopic]:
    """Return topics so that each comes after those that it builds on, else by name.

    Of topics that build on each other in turn, which the check reports, the first by name comes first.
    """
    waiting = sorted(topics, key=lambda topic: topic.name)
    ordered: list[AnyTopic] = []
    while waiting:
        names = {topic.name for topic in waiting}
        following = next((topic for topic in waiting if not names & set(topic.after)), waiting[0])
        waiting.remove(following)
        ordered.append(following)
    return ordered


def no_topic(name: str, bank: Bank) -> BankError:
    """Return what is raised where a bank has no topic of that name."""
    return BankError(message("no-topic", topic=name, folder=bank.where, near=near(name, bank.names)))


def _topic_files(source: Source) -> dict[str, File]:
    """Return a source's topic files by name; raises BankError where it cannot be read."""
    try:
        return {file.stem: file for file in source.folder.iterdir() if _is_topic(file)}
    except OSError as error:
        raise BankError(message("no-bank", folder=source.where, reason=error.strerror)) from error
    except broken_archive() as error:
        raise BankError(message("bank-no-zip", path=source.where)) from error


def _is_topic(file: File) -> bool:
    return file.suffix == ".yaml" and file.name != IDEAS_FILE and not file.name.startswith(".")


def load_topic(path: File, bank: str = "") -> Topic:
    """Read and decode one topic file of a bank of that name; raises FileProblems with every question's problem."""
    document = read(path)
    header, problems = _header(document.value, document.place, path.stem)
    if header.topic != path.stem:
        problems.append(_misnamed(header, document.place, path))
    shared = defaults(document.value)
    entries: dict[str, Entry] = {}
    left_out: dict[str, str] = {}
    for index, raw in enumerate(header.questions):
        if not isinstance(raw, dict):
            continue
        place = document.place.at("questions", index)
        try:
            entry = _entry(raw, shared, header, place, bank)
        except msgspec.ValidationError as error:
            problems += _draw_problems(raw, place) or [explained(error, place, _struct_for(raw))]
            continue
        problems += _pick_problems(entry)
        try:
            if not suits_torch(entry.question.torch):
                left_out[entry.id] = entry.question.torch or ""
        except schema.Invalid as error:
            problems.append(Problem(str(place.at("torch")), error.problem))
        if entry.question.id in entries:
            first = entries[entry.question.id].place
            said = message("id-twice", id=entry.question.id, line=first.node.start_mark.line + 1)
            problems.append(Problem(str(place.at("id")), said))
        entries[entry.question.id] = entry
    problems += _former_problems(entries)
    if problems:
        raise FileProblems([problem.line for problem in problems])
    kept = tuple(entry for entry in entries.values() if entry.id not in left_out)
    return Topic(
        header.topic, header.title, header.language, header.intro, kept, path, header.after, left_out
    )


def suits_torch(versions: str | None) -> bool:
    """Whether the torch that is installed here is among these versions, given as `>=2.4,<3`.

    Raises Invalid where they cannot be read. Without torch every question suits: what is missing is said later.
    """
    if versions is None:
        return True
    from packaging.specifiers import InvalidSpecifier, SpecifierSet

    try:
        wanted = SpecifierSet(versions)
    except InvalidSpecifier as error:
        raise schema.Invalid("torch-versions", versions=versions) from error
    installed = _torch_version()
    return not installed or wanted.contains(installed, prereleases=True)


def _torch_version() -> str:
    """Return the version of the installed torch without importing it, or nothing where there is none."""
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("torch")
    except PackageNotFoundError:
        return ""


def _header(value: Any, place: Place, name: str) -> tuple[Header, list[Problem]]:
    """Decode a file's own keys; where they are broken, what matters for reading its questions."""
    if isinstance(value, dict) and isinstance(value.get("format"), int) and value["format"] > schema.FORMAT:
        said = message("format-newer", format=value["format"], known=schema.FORMAT)
        raise FileProblems([Problem(str(place.at("format")), said).line])
    try:
        header = msgspec.convert(value, Header)
    except msgspec.ValidationError as error:
        questions = value.get("questions") if isinstance(value, dict) else None
        readable = questions if isinstance(questions, list) else []
        header = Header(format=schema.FORMAT, topic=name, title="", questions=readable)
        return header, _draw_problems(value, place) or [explained(error, place, Header)]
    if header.format != schema.FORMAT:
        said = message("format-unknown", format=header.format, known=schema.FORMAT)
        raise FileProblems([Problem(str(place.at("format")), said).line])
    if not header.questions:
        raise FileProblems([Problem(str(place.at("questions")), message("topic-without-questions")).line])
    return header, []


def _misnamed(header: Header, place: Place, path: File) -> Problem:
    return Problem(str(place.at("topic")), message("topic-misnamed", topic=header.topic, file=path.name))


def _kind(raw: dict[str, Any]) -> str:
    return next((kind for kind in schema.KINDS if kind in raw), "predict")


def _struct_for(raw: dict[str, Any]) -> type[Struct]:
    return schema.KINDS[_kind(raw)]


def _draw_problems(raw: Any, place: Place) -> list[Problem]:
    problems: list[Problem] = []
    draws = raw.get("draw") if isinstance(raw, dict) else None
    for name, parameter in draws.items() if isinstance(draws, dict) else ():
        try:
            msgspec.convert(parameter, schema.Parameter)
        except msgspec.ValidationError as error:
            problems.append(explained(error, place.at("draw", name), schema.Draw))
    return problems


def _pick_problems(entry: Entry) -> list[Problem]:
    problems: list[Problem] = []
    question, field, count = entry.question, "picks", 0
    what = message("what-option")
    if isinstance(question, schema.Which):
        count = len(question.options)
        problems += _numbers(question.always, entry.place.at("always"), what, count, once=True)
    elif isinstance(question, schema.Order):
        what, field, count = message("what-line"), "order", len(question.order) + len(question.distractors)
    for index, misconception in enumerate(question.misconceptions):
        picks = getattr(misconception, field) or ()
        place = entry.place.at("misconceptions", index, field)
        problems += _numbers(picks, place, what, count, once=field == "order")
    return problems


def _former_problems(entries: Mapping[str, Entry]) -> list[Problem]:
    """Return the problems of former ids that another question has, or had."""
    problems: list[Problem] = []
    taken: dict[str, str] = {id: id for id in entries}
    for entry in entries.values():
        for former in entry.question.former:
            if former in taken:
                said = message("id-former-taken", former=former, id=taken[former])
                problems.append(Problem(str(entry.place.at("was")), said))
            taken[former] = entry.question.id
    return problems


def _numbers(numbers: Sequence[int], place: Place, what: Message, count: int, *, once: bool) -> list[Problem]:
    """Return the problems of numbers that count options or lines as written."""
    problems: list[Problem] = []
    for position, number in enumerate(numbers):
        where = str(place.at(position))
        if not 1 <= number <= count:
            said = message("number-range", what=what, number=number, count=count)
            problems.append(Problem(where, said))
        elif once and number in numbers[:position]:
            problems.append(Problem(where, message("number-twice", what=what, number=number)))
    return problems


def _entry(raw: dict[str, Any], shared: dict[str, Any], header: Header, place: Place, bank: str) -> Entry:
    kind = _kind(raw)
    question = msgspec.convert(inherit(shared, raw, schema.KINDS[kind]), schema.KINDS[kind])
    return Entry(header.topic, kind, header.language, question, place, bank)
