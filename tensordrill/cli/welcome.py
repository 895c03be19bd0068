"""The welcome of bare `tensordrill` where there is no terminal."""

from __future__ import annotations

from rich.console import Group
from rich.text import Text

from tensordrill.cli.options import console
from tensordrill.messages import Language, Name, say
from tensordrill.render.layout import Rows, indented


def print_welcome(lang: Language) -> None:
    """Print what to type next."""
    meanings: dict[str, Name] = {
        "tensordrill quiz": "home-quiz",
        "tensordrill practice --topic view": "welcome-practice",
        "tensordrill topics": "welcome-topics",
        "tensordrill --help": "welcome-help",
    }
    rows = Rows([(Text(command, "bold cyan"), Text(say(name, lang))) for command, name in meanings.items()])
    title = Text(say("welcome-title", lang), "bold")
    body = indented(Text(say("welcome", lang)), (0, 0))
    console().print(indented(Group(title, Text(), body, Text(), rows), (1, 1)))
