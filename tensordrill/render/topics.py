"""Topics and their questions as lists."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

import msgspec
from rich.console import Group, RenderableType
from rich.text import Text

from tensordrill.bank.contents import Content
from tensordrill.bank.topic import Topic
from tensordrill.messages import Language, choose, fill, say
from tensordrill.messages.drill import KINDS
from tensordrill.render.bars import BAR, bar, dots, percent
from tensordrill.render.code import prose
from tensordrill.render.layout import Rows, indented
from tensordrill.render.standing_rows import StandingRows

if TYPE_CHECKING:  # what lists topics for somebody new does without
    from tensordrill.drill.standing import Standing


def topics_table(
    topics: Iterable[Content], language: Language, standings: Mapping[str, Standing] | None = None
) -> RenderableType:
    """Return a row a topic: its name, its title and how many questions it has, or where the learner stands in it."""
    following = indented(Text(say("topics-next", language), "dim"), (0, 0))
    if standings is None:
        rows = []
        for topic in topics:
            count = say("questions", language, count=len(topic.ids))
            rows.append(
                (Text(topic.name, "bold cyan"), prose(choose(topic.title, language)), Text(count, "dim"))
            )
        return indented(Group(Rows(rows), Text(), following), (1, 1))
    heads = [say("head-mastery", language), say("head-level", language), ""]
    table = StandingRows(
        heads, [(topic, _cells(standings[topic.name], language)) for topic in topics], language
    )
    legend = indented(Text(say("mastery-means", language), "dim"), (0, 0))
    return indented(Group(table, Text(), legend, following), (1, 1))


def _cells(standing: Standing, language: Language) -> tuple[Text, ...]:
    known = bar(standing.mastery, BAR).append(f" {percent(standing.mastery):>3}%", "not dim")
    return known, dots(standing.level), due_cell(standing, language)


def due_cell(standing: Standing, language: Language) -> Text:
    """Return how many questions are due, else how many are new."""
    if standing.due:
        return Text(say("mastery-due", language, count=standing.due), "bold")
    return Text(say("mastery-new", language, count=standing.new) if standing.new else "", "dim")


def questions_table(topic: Topic, language: Language) -> RenderableType:
    """Return one row a question: its id, kind and level."""
    rows = []
    for entry in sorted(topic.entries, key=lambda entry: entry.question.level):
        level = say("level", language, level=entry.question.level)
        rows.append(
            (Text(entry.id, "bold cyan"), Text(fill(KINDS[entry.kind], language)), Text(level, "dim"))
        )
    kinds = Counter(entry.kind for entry in topic.entries).most_common()
    counted = ", ".join(
        say("count-of-kind", language, count=count, kind=fill(KINDS[kind], language)) for kind, count in kinds
    )
    title = indented(Text(choose(topic.title, language), "bold"), (0, 0))
    kinds_of = indented(Text(counted, "dim"), (0, 0))
    return indented(Group(title, kinds_of, Text(), Rows(rows)), (1, 1))


def as_json(topics: Iterable[Topic], language: Language) -> str:
    """Return one JSON object a topic, a line each."""
    lines = []
    for topic in topics:
        questions = [
            {"id": entry.id, "kind": entry.kind, "level": entry.question.level} for entry in topic.entries
        ]
        title = choose(topic.title, language)
        lines.append(
            msgspec.json.encode({"topic": topic.name, "title": title, "questions": questions}).decode()
        )
    return "\n".join(lines)
