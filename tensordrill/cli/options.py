"""Options that several commands have, and what they resolve to."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tensordrill.errors import TensordrillError
from tensordrill.text import LANGUAGES, Language, preferred

if TYPE_CHECKING:
    from rich.console import Console

    from tensordrill.bank.load import Bank

BankFolder = Annotated[
    Path | None,
    typer.Option(
        "--bank",
        metavar="DIR",
        help="A folder of topic files.  [default: the shipped bank, or $TENSORDRILL_BANK]",
    ),
]
Topics = Annotated[
    list[str] | None,
    typer.Option("--topic", "-t", metavar="T|ID", help="A topic or a question's id; may be given again."),
]
Level = Annotated[
    int | None, typer.Option("--level", "-l", min=1, max=3, help="1 recall, 2 apply, 3 analyse.")
]
Seed = Annotated[int | None, typer.Option("--seed", "-s", help="Fixes the questions and their numbers.")]
Lang = Annotated[
    str | None,
    typer.Option(
        "--lang", metavar="en|ko", help="The language.  [default: $TENSORDRILL_LANG, or the locale's]"
    ),
]
Json = Annotated[bool, typer.Option("--json", help="Speak lines of JSON.")]
Choices = Annotated[bool, typer.Option("--choices", help="Multiple choice among what misconceptions give.")]


def open_bank(folder: Path | None) -> Bank:
    """Open the bank that was asked for; its files are read later."""
    from tensordrill.bank.load import Bank, shipped

    named = os.environ.get("TENSORDRILL_BANK")
    return Bank(folder or (Path(named) if named else shipped()))


def language(option: str | None) -> Language:
    """Give the language to speak; raises where the option names another one."""
    if option is not None and option not in LANGUAGES:
        raise TensordrillError(f"`--lang {option}` is not there; it may be {' or '.join(LANGUAGES)}")
    return preferred(option, os.environ)


def console() -> Console:
    """Make the console that screens are printed on."""
    from rich.console import Console

    return Console(highlight=False, markup=False, emoji=False)
