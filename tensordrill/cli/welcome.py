"""What bare `tensordrill` says."""

from __future__ import annotations

from rich.console import Group
from rich.table import Table
from rich.text import Text

from tensordrill.cli.options import console
from tensordrill.show.layout import indented
from tensordrill.text import Language, Name, say


def print_welcome(lang: Language) -> None:
    """Print what to type next."""
    commands = Table.grid(padding=(0, 2))
    meanings: dict[str, Name] = {
        "tensordrill quiz": "welcome-quiz",
        "tensordrill practice --topic view": "welcome-practice",
        "tensordrill topics": "welcome-topics",
        "tensordrill --help": "welcome-help",
    }
    for command, meaning in meanings.items():
        commands.add_row(Text(command, "bold cyan"), say(meaning, lang))
    title, body = Text(say("welcome-title", lang), "bold"), Text(say("welcome", lang))
    console().print(indented(Group(title, Text(), body, Text(), commands), (1, 1)))
