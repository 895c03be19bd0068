"""The end of a round."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from rich.console import RenderableType
from rich.text import Text

from tensordrill.bank.ideas import Ideas
from tensordrill.bank.schema import Idea
from tensordrill.drill.session import Summary
from tensordrill.messages import Language, Name, choose, say
from tensordrill.render.code import prose
from tensordrill.render.fitting import Spare
from tensordrill.render.layout import Rows, indented

_BAR = 10
_MOST_IDEAS = 3

Commands: TypeAlias = Sequence[tuple[Name, str]]
"""Labels, as names of sentences, and the commands they introduce."""


def summary(
    tally: Summary,
    ideas: Ideas,
    commands: Commands,
    language: Language,
    changes: Sequence[RenderableType] = (),
) -> list[RenderableType]:
    """Return the wrong ideas met with their rules, a bar a topic, the score, and last what to type next.

    `changes` are the lines that `changed` gives; they stand above the score. A command is a line of its own, to be
    printed without folding, so that it can be pasted.
    """
    if not tally.asked:
        return [Text(), indented(Text(say("no-answers", language)), (0, 1)), Text()]
    parts: list[RenderableType] = [Text()]
    met = [ideas[name] for name in tally.ideas if name in ideas]
    if met:
        parts.append(indented(Text(say("ideas-met", language), "bold"), (0, 1)))
        parts += [line for idea in met[:_MOST_IDEAS] for line in _idea(idea, language)]
        if len(met) > _MOST_IDEAS:
            more = say("ideas-more", language, count=len(met) - _MOST_IDEAS)
            parts.append(indented(Text(more, "dim"), (0, 1, 0, 3)))
        parts.append(Text())
    parts += [
        _topics(tally, language),
        Text(),
        *changes,
        *([Text()] if changes else []),
        _score(tally, language),
    ]
    for label, command in commands:
        parts.append(Text.assemble(" ", say(label, language), "  ", (command, "bold")))
    return parts


def weakest(tally: Summary) -> str:
    """Return the topic with the smallest share of right answers."""
    return min(tally.topics, key=lambda name: tally.topics[name].correct / tally.topics[name].asked)


def _score(tally: Summary, language: Language) -> RenderableType:
    text = Text(say("score", language, correct=tally.correct, asked=tally.asked), "bold")
    if tally.unsure:
        text.append(say("score-unsure", language, unsure=tally.unsure), "not bold")
    if tally.skipped:
        text.append(say("score-skipped", language, skipped=tally.skipped), "not bold")
    return indented(text, (0, 1))


def _topics(tally: Summary, language: Language) -> RenderableType:
    rows = []
    for name, score in tally.topics.items():
        full = round(_BAR * score.correct / score.asked)
        bar = Text("█" * full, "green").append("░" * (_BAR - full), "dim")
        sentence = say("topic-score", language, correct=score.correct, asked=score.asked)
        rows.append((Text(name), bar, Text(sentence)))
    return indented(Rows(rows), (0, 1))


def _idea(idea: Idea, language: Language) -> list[RenderableType]:
    title = Text("✗ ").append_text(prose(choose(idea.title, language), "italic"))
    rule = choose(idea.rule, language)
    lines: list[RenderableType] = [indented(title, (0, 1, 0, 3))]
    return [*lines, Spare(indented(prose(rule), (0, 1, 0, 5)))] if rule else lines
