"""Home: what there is to do today, and the questions to somebody who is new."""

from __future__ import annotations

import math
from collections.abc import Sequence

from msgspec import Struct
from rich.console import Group, RenderableType
from rich.text import Text

from tensordrill import command_line
from tensordrill.drill.today import Today
from tensordrill.messages import LANGUAGES, Language, Name, fill, say
from tensordrill.messages.progress import LEVELS
from tensordrill.render.layout import Rows, Sides, indented

NAMES = {"en": "English", "ko": "한국어"}
"""Each language's name for itself."""
_TOPICS = 4


class Offer(Struct, frozen=True):
    """A command to choose: its words behind `tensordrill`, and what it is for."""

    words: Sequence[str]
    purpose: Name


def home(today: Today, offers: Sequence[Offer], language: Language, *, is_waiting: bool) -> RenderableType:
    """Return what is due and what to type for it.

    Where it `is_waiting` for a key: Enter for the first offer, numbers for the others.
    """
    heading = Text("tensordrill", "bold cyan")
    run = say("home-run", language, count=today.run) if today.run > 1 else ""
    rows = [
        _offer(offer, str(number or "⏎") if is_waiting else "", language)
        for number, offer in enumerate(offers)
    ]
    if is_waiting:
        rows.append((Text("q", "bold"), Text(say("home-leave", language)), Text()))
    parts = [Sides(heading, Text(run, "dim")), Text(), *_due(today, language), Text(), Rows(rows)]
    return indented(Group(*parts), (1, 1))


def _offer(offer: Offer, key: str, language: Language) -> tuple[Text, ...]:
    command = Text(command_line.join(["tensordrill", *offer.words]), "bold cyan")
    purpose = Text(say(offer.purpose, language))
    return (Text(key, "bold"), command, purpose) if key else (command, purpose)


def _due(today: Today, language: Language) -> list[RenderableType]:
    if not today.answers:
        return [indented(Text(say("welcome", language)), (0, 0))]
    if not today.due.count:
        lines = [Text(say("home-nothing-due", language), "bold")]
        if today.new:
            lines.append(Text(say("home-new", language, count=today.new)))
        return [indented(line, (0, 0)) for line in lines]
    count = Text(say("home-due", language, count=today.due.count), "bold")
    about = say("home-minutes", language, count=math.ceil(today.seconds / 60))
    lines = [count.append(f" · {about}", "not bold")]
    if today.due.ideas:
        questions = say("questions", language, count=len(today.due.questions))
        ideas = say("home-ideas", language, count=len(today.due.ideas))
        lines.append(Text(" · ".join([*([questions] if today.due.questions else []), ideas])))
    if topics := [f"{name} {count}" for name, count in today.by_topic]:
        lines.append(Text("   ".join([*topics[:_TOPICS], *["…"][: len(topics) - _TOPICS]]), "dim"))
    return [indented(line, (0, 0)) for line in lines]


def language_choice(chosen: Language) -> RenderableType:
    """Return the question which language to speak, in all of them; Enter takes the chosen one."""
    asked = Text(" · ".join(say("first-language", language) for language in LANGUAGES), "bold")
    rows = [
        (Text(str(number), "bold"), Text(NAMES[language]), Text("⏎" if language == chosen else "", "dim"))
        for number, language in enumerate(LANGUAGES, 1)
    ]
    return indented(Group(Text("tensordrill", "bold cyan"), Text(), asked, Text(), Rows(rows)), (1, 1))


def level_choice(language: Language) -> RenderableType:
    """Return what the program is, and the question where the learner stands."""
    rows = [(Text(level, "bold"), Text(fill(LEVELS[level], language))) for level in LEVELS]
    parts = [
        Text(say("welcome-title", language), "bold"),
        Text(),
        indented(Text(say("welcome", language)), (0, 0)),
        Text(),
        Text(say("first-level", language), "bold"),
        Text(),
        Rows(rows),
        Text(),
        indented(Text(say("first-begins", language)), (0, 0)),
        Text(),
        indented(Text(say("first-key", language), "dim"), (0, 0)),
    ]
    return indented(Group(*parts), (1, 1))
