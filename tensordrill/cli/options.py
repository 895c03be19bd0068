"""Options that several commands have, and what they resolve to."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Annotated, Any, Literal, TextIO

import typer

from tensordrill.cli import completion
from tensordrill.errors import StoreError
from tensordrill.messages import Language, Name, preferred

if TYPE_CHECKING:
    from rich.console import Console

    from tensordrill.bank.load import Bank


def _in_utf_8(json: bool) -> bool:
    """Speak UTF-8 where JSON is spoken, whatever the system prefers."""
    for stream in (sys.stdin, sys.stdout) if json else ():
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")
    return json


def _everywhere(context: typer.Context, lang: str) -> Language:  # noqa: ARG001 (typer's)
    """Return the language of the context, which `language_of` has read wherever `--lang` stands."""
    language: Language = context.obj
    return language


def _lang(sentence: Name) -> Any:
    """Return the option `--lang`, with its help."""
    return typer.Option("--lang", callback=_everywhere, metavar="en|ko", show_default=False, help=sentence)


Banks = Annotated[list[str] | None, typer.Option("--bank", metavar="BANK", help="option-bank")]
Topics = Annotated[
    list[str] | None,
    typer.Option("--topic", "-t", metavar="T|ID", help="option-topics", autocompletion=completion.topics),
]
Level = Annotated[int | None, typer.Option("--level", "-l", min=1, max=3, metavar="N", help="option-level")]
Seed = Annotated[int | None, typer.Option("--seed", "-s", metavar="N", help="option-seed")]
Choices = Annotated[bool, typer.Option("--choices", help="option-choices")]
Json = Annotated[bool, typer.Option("--json", callback=_in_utf_8, help="option-json")]
NoClear = Annotated[bool, typer.Option("--no-clear", help="option-no-clear")]
Lang = Annotated[Language, _lang("option-lang")]
HandoutLang = Annotated[Language, _lang("assignment-lang")]
Isolated = Annotated[
    Literal["auto", "bubblewrap", "landlock", "none"],
    typer.Option("--isolation", metavar="HOW", help="option-isolation"),
]


def language_of(words: Sequence[str]) -> Language:
    """Return the language that a command line asks for with its last `--lang`, else what `language` says."""
    asked = command = None
    rest = iter(words)
    for word in rest:
        is_option = word.startswith("-")
        if word == "--" or (command == "run" and not is_option):  # what follows are a script's own words
            break
        if word == "--lang":
            asked = next(rest, None)
        elif word.startswith("--lang="):
            asked = word.removeprefix("--lang=")
        elif not is_option:
            command = command or word
    return language(asked)


def language(option: str | None) -> Language:
    """Return the language to speak: the option, `TENSORDRILL_LANG`, the learner's choice, else the locale's."""
    return preferred(option or _own_language(), {**_system_language(), **os.environ})


def open_bank(names: Sequence[str] | None) -> Bank:
    """Open the banks that were asked for as one; their files are read later.

    Raises BankError for a name or a path that is none.
    """
    from tensordrill.bank.load import Bank
    from tensordrill.bank.sources import find, named

    return Bank(*map(find, names or named(os.environ)))


def has_language() -> bool:
    """Whether the learner has said somewhere else than in an option which language to speak."""
    return bool(_own_language())


def _own_language() -> str | None:
    """Return the language that the learner's variable says, else the one chosen at the first start."""
    if own := os.environ.get("TENSORDRILL_LANG"):
        return own
    from tensordrill.drill.folder import chosen, data_folder

    with suppress(StoreError, OSError, ModuleNotFoundError):  # the command itself says what is missing
        return chosen(data_folder(os.environ), "language")
    return None


def _system_language() -> Mapping[str, str]:
    """Return the language that Windows speaks, where it is, as the variable that other systems have for it."""
    if sys.platform == "win32":
        import locale

        with suppress(ValueError):  # a locale that Python cannot read
            return {"LANG": locale.getlocale()[0] or ""}
    return {}


def console(file: TextIO | None = None) -> Console:
    """Return the console that screens are printed on, standard output where no other file is named.

    It wraps nothing by itself: `show.layout` does, which knows where a text may break.
    """
    from rich.console import Console

    return Console(file=file, force_jupyter=False, soft_wrap=True, highlight=False, markup=False, emoji=False)
