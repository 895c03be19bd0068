"""`tensordrill history import`: answers from exported files, merged with those that are here."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from tensordrill.cli import options
from tensordrill.cli.commands import Command
from tensordrill.messages import message, say

if TYPE_CHECKING:
    from tensordrill.drill.history import History

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


@app.command("import", cls=Command, help="history-import-help", epilog="history-import-examples")
def import_(
    files: Annotated[list[str], typer.Argument(metavar="FILE...", help="history-import-files")],
    *,
    lang: options.Lang = "en",
    json: options.Json = False,
) -> None:
    """Add the answers in files where their times place them; none where a line of a file is no answer."""
    import msgspec

    from tensordrill.cli.store import open_store

    histories = [_read(name) for name in files]
    with open_store(lang) as store:
        added, known = store.merge(*histories)
    if json:
        print(msgspec.json.encode({"added": added, "known": known}).decode())
    else:
        print(say("history-imported", lang, added=added, known=known))


def _read(name: str) -> History:
    from tensordrill.drill.history import read
    from tensordrill.errors import StoreError

    if name == "-":
        return read("-", sys.stdin.buffer)
    try:
        with open(name, "rb") as file:
            return read(name, file)
    except OSError as problem:
        raise StoreError(message("history-not-read", path=name, reason=problem.strerror)) from problem
