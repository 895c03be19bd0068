"""`tensordrill history export`: the learner's answers as lines of JSON."""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path
from typing import Annotated

import typer

from tensordrill.cli import options
from tensordrill.cli.commands import Command
from tensordrill.messages import message, say

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


@app.command("export", cls=Command, help="history-export-help", epilog="history-export-examples")
def export(
    file: Annotated[
        Path | None, typer.Argument(metavar="FILE", show_default=False, help="history-export-file")
    ] = None,
    *,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="history-overwrite")] = False,
    lang: options.Lang = "en",
) -> None:
    """Write the answers to a file, or print them."""
    from tensordrill.cli.store import open_store
    from tensordrill.drill.history import save, write
    from tensordrill.errors import StoreError

    if file is not None and file.is_file() and not overwrite:
        raise StoreError(message("history-is-there", path=file))
    with open_store(lang) as store:
        if file is not None:
            print(say("history-exported", lang, path=file, count=save(store.history(), file)))
            return
        with tempfile.TemporaryFile() as copy:  # so that no program waits while somebody reads page by page
            write(store.history(), copy)
            copy.seek(0)
            shutil.copyfileobj(copy, sys.stdout.buffer)
