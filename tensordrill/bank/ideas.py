"""`ideas.yaml`: the wrong ideas behind misconceptions, each named once."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, TypeAlias

import msgspec

from tensordrill.bank.document import Document, Problem, read
from tensordrill.bank.problems import explained
from tensordrill.bank.schema import Idea, Question
from tensordrill.errors import FileProblems
from tensordrill.messages import Message, message

if TYPE_CHECKING:
    from tensordrill.bank.sources import File

IDEAS_FILE = "ideas.yaml"

Ideas: TypeAlias = dict[str, Idea]


def load_ideas(folder: File) -> Ideas:
    """Read a bank's ideas; a bank without the file names none.

    Raises FileProblems where the file is broken.
    """
    path = folder / IDEAS_FILE
    if not path.exists():
        return {}
    document = read(path)
    try:
        return msgspec.convert(document.value, Ideas)
    except msgspec.ValidationError as error:
        raise FileProblems(_problems(document)) from error


def titled_ideas(questions: Iterable[Question]) -> Ideas:
    """Return the ideas that single questions title, which have no rule of their own."""
    wrongs = (misconception for question in questions for misconception in question.misconceptions)
    return {wrong.name: Idea(title=wrong.title, rule="") for wrong in wrongs if wrong.title}


def _problems(document: Document) -> list[Message]:
    if not isinstance(document.value, dict):
        return [Problem(str(document.place), message("ideas-mapping")).line]
    problems: list[Message] = []
    for name, raw in document.value.items():
        try:
            msgspec.convert(raw, Idea)
        except msgspec.ValidationError as error:
            problems.append(explained(error, document.place.at(name), Idea).line)
    return problems
