"""The wrong ideas of a bank as a page in Markdown: each with its rule, its questions and its sources."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tensordrill.bank.load import Bank
from tensordrill.bank.schema import Idea
from tensordrill.bank.topic import Entry, Topic, in_order
from tensordrill.messages import Language, choose, say


def index(bank: Bank, language: Language) -> str:
    """Return the page: topics in the order of the course, in each the ideas that are met there first.

    Raises FileProblems where a topic or the ideas cannot be loaded.
    """
    topics = in_order(bank.topics())
    entries: dict[str, list[Entry]] = {}
    for entry in (entry for topic in topics for entry in topic.entries):
        for name in dict.fromkeys(wrong.name for wrong in entry.question.misconceptions):
            entries.setdefault(name, []).append(entry)
    met: set[str] = set()
    lines = [f"# {say('index-title', language)}", "", say("index-about", language)]
    for topic in topics:
        lines += ["", f"## {choose(topic.title, language)}", ""]
        lines += [f"`tensordrill practice --topic {topic.name}`"]
        wrongs = (wrong for entry in topic.entries for wrong in entry.question.misconceptions)
        for name in dict.fromkeys(wrong.idea for wrong in wrongs if wrong.idea):
            if name in bank.named_ideas and name not in met:
                met.add(name)
                lines += _idea(bank.named_ideas[name], entries[name], language)
        lines += _single(topic, language)
    return "\n".join(lines) + "\n"


def _idea(idea: Idea, entries: Iterable[Entry], language: Language) -> Iterator[str]:
    questions = ", ".join(f"`{entry.id}`" for entry in entries)
    yield from ("", f"### {_sentence(choose(idea.title, language))}", "", choose(idea.rule, language), "")
    sources = dict.fromkeys(filter(None, [idea.source, *(entry.question.source for entry in entries)]))
    yield f"- {say('index-questions', language)}: {questions}"
    yield f"- {say('index-sources', language)}: {', '.join(f'<{source}>' for source in sources)}"


def _single(topic: Topic, language: Language) -> list[str]:
    """Return the ideas that a single question of a topic titles."""
    ids: dict[str, list[str]] = {}
    for entry in topic.entries:
        for wrong in entry.question.misconceptions:
            if wrong.title is not None:
                ids.setdefault(_sentence(choose(wrong.title, language)), []).append(f"`{entry.id}`")
    if not ids:
        return []
    items = [f"- {title}: {', '.join(dict.fromkeys(ids[title]))}" for title in ids]
    return ["", f"### {say('index-single', language)}", "", *items]


def _sentence(title: str) -> str:
    """Return a title without what ends a sentence."""
    return title.rstrip(".")
