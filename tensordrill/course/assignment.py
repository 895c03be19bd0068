"""`assignment.yaml`: the questions that a class gets, what each is worth, and the bank they come from."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta, Struct

from tensordrill.bank.document import Document, read
from tensordrill.bank.problems import explained
from tensordrill.bank.schema import Facet, Language, Name, Text
from tensordrill.errors import FileProblems

FORMAT = 1
ASSIGNMENT_FILE = "assignment.yaml"
RECORDED_FILE = "recorded.bank"
OVERRIDES_FILE = "overrides.csv"

Points = Annotated[float, Meta(ge=0, le=1_000_000)]
FullId = Annotated[str, Meta(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*/[a-z0-9]+(-[a-z0-9]+)*\Z")]


class Item(Struct, kw_only=True, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """One question of an assignment: its points, whole or split by facet."""

    id: FullId
    points: Annotated[
        Points | dict[Facet, Points], Meta(description="all or nothing, or points by facet")
    ] = 1.0
    hidden: Annotated[
        bool, Meta(description="not in the hand-out's bank: checked only when it is graded")
    ] = False
    void: Annotated[bool, Meta(description="dropped for everybody")] = False

    @property
    def total(self) -> float:
        """The points that a right answer is worth."""
        return sum(self.points.values()) if isinstance(self.points, dict) else self.points


class Source(Struct, kw_only=True, frozen=True, forbid_unknown_fields=True):
    """The bank that the questions come from, and what it held when the assignment was made."""

    folder: Annotated[str, Meta(description="`shipped`, or a folder, seen from this file's")]
    hash: Annotated[str, Meta(description="of the questions used")]


class Assignment(Struct, kw_only=True, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """What a class is asked."""

    format: int
    assignment: Name
    title: Text | None = None
    language: Language = "en"
    bank: Source
    versions: dict[str, str] = {}
    variants: Annotated[
        Literal["own", "shared"], Meta(description="numbers of one's own, or the same for everybody")
    ] = "own"
    questions: Annotated[tuple[Item, ...], Meta(min_length=1)]


def load_assignment(path: Path) -> Assignment:
    """Read an assignment; raises FileProblems with every problem and its place."""
    path = path / ASSIGNMENT_FILE if path.is_dir() else path
    document = read(path)
    try:
        found = msgspec.convert(document.value, Assignment, strict=True)
    except msgspec.ValidationError as error:
        raise FileProblems(_decoding_problems(document, error)) from error
    problems = _problems(found, document)
    if problems:
        raise FileProblems(problems)
    return found


def _decoding_problems(document: Document, error: msgspec.ValidationError) -> list[str]:
    value = document.value
    if value is None:
        return [f"{document.place}: the file is empty; `tensordrill assignment new NAME` writes one"]
    if isinstance(value, dict) and isinstance(value.get("format"), int) and value["format"] > FORMAT:
        newer = f"format {value['format']} is newer than this program's {FORMAT}; upgrade tensordrill"
        return [f"{document.place.at('format')}: {newer}"]
    broken = _broken_items(document, value.get("questions") if isinstance(value, dict) else None)
    return broken or [str(explained(error, document.place, Assignment))]


def _broken_items(document: Document, questions: Any) -> list[str]:
    problems = []
    for index, raw in enumerate(questions if isinstance(questions, list) else []):
        try:
            msgspec.convert(raw, Item)
        except msgspec.ValidationError as error:
            problems.append(str(explained(error, document.place.at("questions", index), Item)))
    return problems


def _problems(found: Assignment, document: Document) -> list[str]:
    problems = []
    if found.format != FORMAT:
        problems.append(
            f"{document.place.at('format')}: format {found.format} is not known; write `format: {FORMAT}`"
        )
    seen: dict[str, int] = {}
    for index, item in enumerate(found.questions):
        place = document.place.at("questions", index)
        if item.id in seen:
            problems.append(
                f"{place.at('id')}: `{item.id}` is question {seen[item.id] + 1} already; remove one"
            )
        seen.setdefault(item.id, index)
        if item.points == {}:
            problems.append(f"{place.at('points')}: no facet has points; write a number, or points by facet")
    return problems


def written(assignment: Assignment) -> str:
    """Give an assignment as commented YAML."""
    lines = [
        f"format: {assignment.format}",
        f"assignment: {assignment.assignment}",
        *([f"title: {_quoted(assignment.title)}"] if isinstance(assignment.title, str) else []),
        f"language: {assignment.language}             # of hand-outs and feedback: en or ko",
        "bank:",
        f"  folder: {_quoted(assignment.bank.folder)}",
        f"  hash: {assignment.bank.hash}",
        "versions: {"
        + ", ".join(f"{name}: {_quoted(version)}" for name, version in assignment.versions.items())
        + "}",
        f"variants: {assignment.variants}            # own: every student's numbers differ; shared: the same for all",
        "questions:                # also possible: points by facet, `hidden: true`, `void: true`",
        *_items(assignment.questions),
    ]
    return "\n".join(lines) + "\n"


def _items(items: Sequence[Item]) -> list[str]:
    lines = []
    for item in items:
        points = item.points if isinstance(item.points, dict) else f"{item.points:g}"
        shown = (
            f"{{{', '.join(f'{name}: {value:g}' for name, value in points.items())}}}"
            if isinstance(points, dict)
            else points
        )
        lines += [f"  - id: {item.id}", f"    points: {shown}"]
        lines += ["    hidden: true"] * item.hidden + ["    void: true"] * item.void
    return lines


def _quoted(text: str) -> str:
    return msgspec.json.encode(text).decode()
