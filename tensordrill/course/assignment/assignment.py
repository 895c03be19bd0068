"""`assignment.yaml`: the questions that a class gets, what each is worth, and the bank they come from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any, Literal, get_args

import msgspec
from msgspec import Meta, Struct

from tensordrill.bank.document import Document, FilePlace, Problem, read
from tensordrill.bank.problems import explained
from tensordrill.bank.schema import Compared, Facet, Language, Name, Text
from tensordrill.bank.topic import Entry
from tensordrill.course.assignment.late import DueDate, LatePolicy
from tensordrill.course.assignment.moment import read_moment
from tensordrill.errors import FileProblems
from tensordrill.messages import LANGUAGES, Message, message

FORMAT = 1
ASSIGNMENT_FILE = "assignment.yaml"
SNAPSHOT_FILE = "recorded.bank"
OVERRIDES_FILE = "overrides.csv"

Points = Annotated[float, Meta(ge=0, le=1_000_000)]
FullId = Annotated[str, Meta(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*/[a-z0-9]+(-[a-z0-9]+)*\Z")]


class Item(Struct, kw_only=True, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """One question of an assignment: its points, whole or split by facet."""

    id: FullId
    points: Annotated[
        Points | dict[Facet, Points],
        Meta(
            description="all or nothing, or points by facet",
            extra_json_schema={"propertyNames": {"enum": sorted(get_args(Facet))}},
        ),
    ] = 1.0
    hidden: Annotated[
        bool, Meta(description="not in the hand-out's bank: checked only when it is graded")
    ] = False
    void: Annotated[bool, Meta(description="dropped for everybody")] = False
    alias: Annotated[
        FullId | None,
        Meta(description="what hand-outs and feedback call it, so that they do not tell its id"),
    ] = None

    @property
    def handed_out_as(self) -> str:
        """The name that its student reads: the alias, else the id."""
        return self.alias or self.id

    @property
    def total(self) -> float:
        """The points that a right answer is worth; 0.1, 0.2 and 0.3 make 0.6."""
        return round(sum(self.points.values()), 6) if isinstance(self.points, dict) else self.points


class PinnedBank(Struct, kw_only=True, frozen=True, forbid_unknown_fields=True):
    """The bank that the questions come from, and what it held when the assignment was made."""

    folder: Annotated[
        str | tuple[str, ...],
        Meta(
            description="`shipped`, a folder or zip, seen from this file's, an installed bank; or several of them"
        ),
    ]
    hash: Annotated[str, Meta(description="of the questions used")]

    @property
    def names(self) -> tuple[str, ...]:
        """The banks, one or several."""
        return (self.folder,) if isinstance(self.folder, str) else self.folder


class Assignment(Struct, kw_only=True, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """The questions of a class with their points, and what hand-outs and grading need beside them."""

    format: int
    assignment: Name
    title: Text | None = None
    language: Language = "en"
    bank: PinnedBank
    versions: dict[str, str] = {}
    variants: Annotated[
        Literal["own", "shared"], Meta(description="numbers of one's own, or the same for everybody")
    ] = "own"
    due: Annotated[str | None, Meta(description="a day, a time and its time zone")] = None
    late: LatePolicy | None = None
    questions: Annotated[tuple[Item, ...], Meta(min_length=1)]

    @property
    def due_date(self) -> DueDate | None:
        """The due date with its policy; None where the assignment has none."""
        due = read_moment(self.due or "")
        if due is None:
            return None
        policy = self.late or LatePolicy()
        until = read_moment(policy.until or "", due.tzinfo)
        return DueDate(due, until, policy.percent_a_day, policy.grace_minutes)


def load_assignment(path: Path) -> Assignment:
    """Read an assignment; raises FileProblems with every problem and its place."""
    document = read_assignment(path)
    _refuse_newer(document)
    try:
        assignment = msgspec.convert(document.value, Assignment, strict=True)
    except msgspec.ValidationError as error:
        raise FileProblems(_decoding_problems(document, error)) from error
    problems = _problems(assignment, document)
    if problems:
        raise FileProblems(problems)
    return assignment


def read_assignment(path: Path) -> Document:
    """Read an assignment's file (or a folder's) as YAML; raises FileProblems where it is none."""
    return read(path / ASSIGNMENT_FILE if path.is_dir() else path, "tensordrill assignment new NAME")


def _refuse_newer(document: Document) -> None:
    number = document.value.get("format") if isinstance(document.value, dict) else None
    if isinstance(number, int) and number > FORMAT:
        newer = message("format-newer", format=number, known=FORMAT)
        raise FileProblems([_line(document.place.at("format"), newer)])


def _decoding_problems(document: Document, error: msgspec.ValidationError) -> list[Message]:
    value = document.value
    if not isinstance(value, dict):
        return [_line(document.place, message("assignment-none"))]
    items, bank = value.get("questions"), value.get("bank")
    problems = _broken(document, {}, Assignment, value | _SOUND)
    problems += _broken(document, {"bank": bank}, PinnedBank, bank)
    if value.get("late") is not None:
        problems += _broken(document, {"late": value["late"]}, LatePolicy, value["late"])
    for index, item in enumerate(items if isinstance(items, list) else []):
        problems += _broken(document, {"questions": items, index: item}, Item, item)
    return problems or [explained(error, document.place, Assignment).line]


_SOUND = {
    "bank": {"folder": "shipped", "hash": ""},
    "questions": [{"id": "view/flatten-a-transpose"}],
    "late": None,
}
"""Stand-ins for the parts of an assignment that are checked by themselves."""


def _broken(
    document: Document, at: Mapping[str | int, Any], struct: type[Struct], value: Any
) -> list[Message]:
    """Return the problem of one part; a part that is missing is a problem of the whole."""
    if None in at.values():
        return []
    try:
        msgspec.convert(value, struct)
    except msgspec.ValidationError as error:
        return [explained(error, document.place.at(*at), struct).line]
    return []


def _problems(assignment: Assignment, document: Document) -> list[Message]:
    problems: list[Message] = []
    if assignment.format != FORMAT:
        unknown = message("format-unknown", format=assignment.format, known=FORMAT)
        problems.append(_line(document.place.at("format"), unknown))
    indices: dict[str, int] = {}
    aliases: set[str | None] = set()
    for index, item in enumerate(assignment.questions):
        place = document.place.at("questions", index)
        if item.id in indices:
            twice = message("assignment-question-twice", id=item.id, number=indices[item.id] + 1)
            problems.append(_line(place.at("id"), twice))
        indices.setdefault(item.id, index)
        if item.alias and item.alias in aliases | {other.id for other in assignment.questions}:
            problems.append(_line(place.at("alias"), message("assignment-alias-twice", alias=item.alias)))
        aliases |= {item.alias}
        if item.points == {}:
            problems.append(_line(place.at("points"), message("assignment-no-facet")))
    return [*problems, *_due_problems(assignment, document)]


def _due_problems(assignment: Assignment, document: Document) -> list[Message]:
    due, late = assignment.due, assignment.late
    if due is None:
        alone = message("late-without-due")
        return [] if late is None else [_line(document.place.key("late"), alone)]
    moment = read_moment(due)
    if moment is None or moment.tzinfo is None:
        why = message("no-time", time=due) if moment is None else message("no-time-zone", time=due)
        return [_line(document.place.at("due"), why)]
    if late is None or late.until is None:
        return []
    until, place = read_moment(late.until, moment.tzinfo), document.place.at("late", "until")
    if until is None:
        return [_line(place, message("no-time", time=late.until))]
    return [_line(place, message("late-until-before-due"))] if until < moment else []


def mistakes(path: Path, assignment: Assignment, entries: Mapping[str, Entry]) -> list[Message]:
    """Return, with their places, the facets that have points and that their questions do not compare."""
    place = read_assignment(path).place
    problems: list[Message] = []
    for index, item in enumerate(assignment.questions):
        if isinstance(item.points, dict) and item.id in entries:
            question = entries[item.id].question
            must = question.must if isinstance(question, Compared) else ()
            at = place.at("questions", index, "points")
            problems += [
                _line(at.key(facet), _not_compared(item.id, facet, must))
                for facet in item.points
                if facet not in must
            ]
    return problems


def _not_compared(question: str, facet: str, must: Sequence[str]) -> Message:
    if not must:
        return message("assignment-as-a-whole", id=question)
    return message("assignment-facet-not-compared", id=question, facet=facet, facets=", ".join(must))


def _line(place: FilePlace, problem: Message) -> Message:
    return Problem(str(place), problem).line


def written(assignment: Assignment) -> str:
    """Return an assignment as commented YAML."""
    lines = [
        f"format: {assignment.format}",
        f"assignment: {assignment.assignment}",
        *([] if assignment.title is None else [f"title: {_text(assignment.title)}"]),
        f"language: {assignment.language}             # of hand-outs and feedback: en or ko",
        "bank:",
        f"  folder: {msgspec.json.encode(assignment.bank.folder).decode()}",
        f"  hash: {assignment.bank.hash}",
        "versions: {"
        + ", ".join(f"{name}: {_quoted(version)}" for name, version in assignment.versions.items())
        + "}",
        *_due(assignment),
        f"variants: {assignment.variants}            # own: every student's numbers differ; shared: the same for all",
        "questions:                # also possible: points by facet, `hidden: true`, `void: true`",
        *_items(assignment.questions),
    ]
    return "\n".join(lines) + "\n"


def _due(assignment: Assignment) -> list[str]:
    due = [] if assignment.due is None else [f"due: {_quoted(assignment.due)}"]
    policy = msgspec.to_builtins(assignment.late) or {}
    lines = [f"  {name}: {msgspec.json.encode(value).decode()}" for name, value in policy.items()]
    return [*due, *(["late:", *lines] if lines else [])]


def _items(items: Sequence[Item]) -> list[str]:
    lines = []
    for item in items:
        lines += [f"  - id: {item.id}", *([f"    alias: {item.alias}"] if item.alias else [])]
        lines += [f"    points: {_points(item.points)}"]
        lines += ["    hidden: true"] * item.hidden + ["    void: true"] * item.void
    return lines


def _points(points: float | dict[Facet, float]) -> str:
    if isinstance(points, dict):
        return f"{{{', '.join(f'{name}: {_points(value)}' for name, value in points.items())}}}"
    return f"{points:.6f}".rstrip("0").rstrip(".")


def _text(text: Text) -> str:
    if isinstance(text, str):
        return _quoted(text)
    languages = ((name, getattr(text, name)) for name in LANGUAGES)
    return (
        "{" + ", ".join(f"{name}: {_quoted(words)}" for name, words in languages if words is not None) + "}"
    )


def _quoted(text: str) -> str:
    return msgspec.json.encode(text).decode()
