"""Topics and their questions as lists."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import msgspec
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from tensordrill.bank.load import Entry, Topic
from tensordrill.show.layout import indented
from tensordrill.text import Language, choose, fill, say
from tensordrill.text.drill import KINDS


def topics_table(topics: Iterable[Topic], language: Language) -> RenderableType:
    """Give one row a topic: its name, title and how many questions it has."""
    grid = Table.grid(padding=(0, 2))
    for topic in topics:
        count = say("questions", language, count=len(topic.entries))
        grid.add_row(Text(topic.name, "bold cyan"), choose(topic.title, language), Text(count, "dim"))
    return indented(Group(grid, Text(), Text(say("topics-next", language), "dim")), (1, 1))


def questions_table(topic: Topic, language: Language) -> RenderableType:
    """Give one row a question: its id, kind and level."""
    grid = Table.grid(padding=(0, 2))
    for entry in sorted(topic.entries, key=lambda entry: entry.question.level):
        level = say("level", language, level=entry.question.level)
        grid.add_row(Text(entry.id, "bold cyan"), fill(KINDS[entry.kind], language), Text(level, "dim"))
    kinds = Counter(entry.kind for entry in topic.entries).most_common()
    counted = ", ".join(
        say("count-of-kind", language, count=count, kind=fill(KINDS[kind], language)) for kind, count in kinds
    )
    title = Text(choose(topic.title, language), "bold")
    return indented(Group(title, Text(counted, "dim"), Text(), grid), (1, 1))


def as_json(topics: Iterable[Topic], language: Language) -> str:
    """Give one JSON object a topic, a line each."""
    lines = []
    for topic in topics:
        questions = [_described(entry) for entry in topic.entries]
        title = choose(topic.title, language)
        lines.append(
            msgspec.json.encode({"topic": topic.name, "title": title, "questions": questions}).decode()
        )
    return "\n".join(lines)


def _described(entry: Entry) -> dict[str, object]:
    return {"id": entry.id, "kind": entry.kind, "level": entry.question.level}
