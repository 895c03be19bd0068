"""A topic file becomes a topic with its questions, or every problem at once with its place."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

import msgspec
from msgspec import Struct

from tensordrill.bank import schema
from tensordrill.bank.document import FilePlace, Problem, read
from tensordrill.bank.inheritance import defaults, inherit
from tensordrill.bank.problems import explained
from tensordrill.errors import FileProblems
from tensordrill.messages import Message, message

if TYPE_CHECKING:
    from tensordrill.bank.sources import File


_WORDING = frozenset("id level task because hints misconceptions source torch constant was".split())


class TopicHeader(schema.Defaults, kw_only=True, frozen=True):
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
    place: FilePlace
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

    @property
    def task_hash(self) -> str:
        """16 hexadecimal digits that change where the task does, and not where only its wording does.

        They hash the draw, the programs, and the id that the draws come from.
        """
        fields = msgspec.to_builtins(self.question)
        task = {name: value for name, value in fields.items() if name not in _WORDING}
        text = msgspec.json.encode([self.kind, self.seeded_as, task], order="sorted")
        return hashlib.sha256(text).hexdigest()[:16]


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


def builds_on(name: str, after: Callable[[str], Iterable[str]]) -> set[str]:
    """Return a topic with all that it builds on, directly or not; `after` returns those that one names itself."""
    topics: set[str] = set()
    waiting = [name]
    while waiting:
        topic = waiting.pop()
        if topic not in topics:
            topics.add(topic)
            waiting += after(topic)
    return topics


def load_topic(path: File, bank: str = "") -> Topic:
    """Read and decode one topic file of a bank of that name; raises FileProblems with every question's problem."""
    document = read(path)
    header, problems = _header(document.value, document.place, path.stem)
    if header.topic != path.stem:
        place = document.place.at("topic")
        problems.append(place.problem("topic-misnamed", topic=header.topic, file=path.name))
    shared = defaults(document.value)
    entries: dict[str, Entry] = {}
    left_out: dict[str, str] = {}
    for index, raw in enumerate(header.questions):
        if not isinstance(raw, dict):
            continue
        place = document.place.at("questions", index)
        kind = next((kind for kind in schema.KINDS if kind in raw), "predict")
        struct = schema.KINDS[kind]
        try:
            question = msgspec.convert(inherit(shared, raw, struct), struct)
        except msgspec.ValidationError as error:
            problems += _draw_problems(raw, place) or [explained(error, place, struct)]
            continue
        entry = Entry(header.topic, kind, header.language, question, place, bank)
        problems += _pick_problems(entry)
        try:
            if not suits_torch(question.torch):
                left_out[entry.id] = question.torch or ""
        except schema.Invalid as error:
            problems.append(Problem(str(place.at("torch")), error.problem))
        if question.id in entries:
            first = entries[question.id].place.node.start_mark.line + 1
            problems.append(place.at("id").problem("id-twice", id=question.id, line=first))
        entries[question.id] = entry
    problems += _former_problems(entries)
    if problems:
        raise FileProblems([problem.line for problem in problems])
    kept = tuple(entry for entry in entries.values() if entry.id not in left_out)
    return Topic(
        header.topic, header.title, header.language, header.intro, kept, path, header.after, left_out
    )


def suits_torch(versions: str | None) -> bool:
    """Whether the torch that is installed here is among these versions, given as `>=2.4,<3`.

    Raises Invalid where they cannot be read. Without torch every question suits: a missing torch is reported later.
    """
    if versions is None:
        return True
    from packaging.specifiers import InvalidSpecifier, SpecifierSet

    try:
        wanted = SpecifierSet(versions)
    except InvalidSpecifier as error:
        raise schema.Invalid("torch-versions", versions=versions) from error
    installed = torch_version()
    return not installed or wanted.contains(installed, prereleases=True)


def torch_version() -> str:
    """Return the version of the installed torch without importing it, or nothing where there is none."""
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("torch")
    except PackageNotFoundError:
        return ""


def _header(value: Any, place: FilePlace, name: str) -> tuple[TopicHeader, list[Problem]]:
    """Decode a file's own keys; where they are broken, those that reading its questions needs.

    Raises FileProblems for another format, and where there is no question.
    """
    fields = value if isinstance(value, dict) else {}
    number = fields.get("format")
    if isinstance(number, int) and number > schema.FORMAT:
        newer = place.at("format").problem("format-newer", format=number, known=schema.FORMAT)
        raise FileProblems([newer.line])
    try:
        header = msgspec.convert(value, TopicHeader)
    except msgspec.ValidationError as error:
        questions = fields.get("questions")
        readable = questions if isinstance(questions, list) else []
        header = TopicHeader(format=schema.FORMAT, topic=name, title="", questions=readable)
        return header, _draw_problems(value, place) or [explained(error, place, TopicHeader)]
    if header.format != schema.FORMAT:
        unknown = place.at("format").problem("format-unknown", format=header.format, known=schema.FORMAT)
        raise FileProblems([unknown.line])
    if not header.questions:
        raise FileProblems([place.at("questions").problem("topic-without-questions").line])
    return header, []


def _draw_problems(raw: Any, place: FilePlace) -> list[Problem]:
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
                problems.append(
                    entry.place.at("was").problem("id-former-taken", former=former, id=taken[former])
                )
            taken[former] = entry.question.id
    return problems


def _numbers(
    numbers: Sequence[int], place: FilePlace, what: Message, count: int, *, once: bool
) -> list[Problem]:
    """Return the problems of numbers that count options or lines as written."""
    problems: list[Problem] = []
    for position, number in enumerate(numbers):
        where = place.at(position)
        if not 1 <= number <= count:
            problems.append(where.problem("number-range", what=what, number=number, count=count))
        elif once and number in numbers[:position]:
            problems.append(where.problem("number-twice", what=what, number=number))
    return problems
