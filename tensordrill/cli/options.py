"""Options that several commands have, and what they resolve to."""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tensordrill.text import LANGUAGES, Language, preferred

if TYPE_CHECKING:
    from rich.console import Console

    from tensordrill.bank.load import Bank


def _in_utf_8(context: click.Context, option: click.Parameter, json: bool) -> bool:  # noqa: ARG001 (click's)
    """Speak UTF-8 where JSON is spoken, whatever the system prefers."""
    for stream in (sys.stdin, sys.stdout) if json else ():
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")
    return json


bank_folder = click.option(
    "--bank",
    metavar="DIR",
    type=Path,
    help="A folder of topic files.  [default: the shipped bank, or $TENSORDRILL_BANK]",
)
topics = click.option(
    "--topic",
    "-t",
    "topics",
    metavar="T|ID",
    multiple=True,
    help="A topic or a question's id; may be given again.",
)
level = click.option("--level", "-l", type=click.IntRange(1, 3), help="1 recall, 2 apply, 3 analyse.")
seed = click.option("--seed", "-s", type=int, help="Fixes the questions and their numbers.")
lang = click.option(
    "--lang",
    type=click.Choice(LANGUAGES),
    help="The language.  [default: $TENSORDRILL_LANG, or the locale's]",
)
as_json = click.option("--json", "json", is_flag=True, callback=_in_utf_8, help="Speak lines of JSON.")
isolation = click.option(
    "--isolation",
    type=click.Choice(["auto", "bubblewrap", "landlock", "none"]),
    default="auto",
    show_default=True,
    help="How programs are kept from the machine; none: run them even where nothing confines them.",
)
choices = click.option("--choices", is_flag=True, help="Multiple choice among what misconceptions give.")


def open_bank(folder: Path | None) -> Bank:
    """Open the bank that was asked for; its files are read later."""
    from tensordrill.bank.load import Bank, shipped

    named = os.environ.get("TENSORDRILL_BANK")
    return Bank(folder or (Path(named) if named else shipped()))


def language(option: str | None) -> Language:
    """Give the language to speak: the option, else what the environment says."""
    return preferred(option, os.environ)


def console(width: int | None = None) -> Console:
    """Make the console that screens are printed on; `width` in columns, else the terminal's."""
    from rich.console import Console

    return Console(width=width, highlight=False, markup=False, emoji=False)
