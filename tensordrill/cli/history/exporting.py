"""`tensordrill history export`: the learner's answers as lines of JSON."""

from __future__ import annotations

import shutil
import sys
import tempfile
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tensordrill.cli import options
from tensordrill.cli.commands import Command
from tensordrill.messages import message, say

if TYPE_CHECKING:
    from tensordrill.drill.history import Writer

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


@app.command("export", cls=Command, help="history-export-help", epilog="history-export-examples")
def export(
    file: Annotated[
        Path | None, typer.Argument(metavar="FILE", show_default=False, help="history-export-file")
    ] = None,
    *,
    signed: Annotated[Path | None, typer.Option("--signed", metavar="HANDOUT", help="history-signed")] = None,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="history-overwrite")] = False,
    lang: options.Lang = "en",
) -> None:
    """Write the answers to a file, or print them."""
    from tensordrill.cli.store import open_store
    from tensordrill.drill.history import save, write
    from tensordrill.errors import StoreError

    if file is not None and file.is_file() and not overwrite:
        raise StoreError(message("history-is-there", path=file))
    writer = write if signed is None else _signing(signed)
    with open_store(lang) as store:
        if file is not None:
            print(say("history-exported", lang, path=file, count=save(store.history(), file, writer)))
            return
        with tempfile.TemporaryFile() as copy:  # so that no program waits while somebody reads page by page
            writer(store.history(), copy)
            copy.seek(0)
            shutil.copyfileobj(copy, sys.stdout.buffer)


def _signing(handout: Path) -> Writer:
    """Return what writes histories that are signed with a hand-out's mark; raises CourseError where it has none."""
    from tensordrill.course.submission.submission import parse
    from tensordrill.drill.signature import HistorySignature, write_signed
    from tensordrill.errors import CourseError

    try:
        header = parse(handout.read_bytes(), handout.name).header
    except OSError as problem:
        raise CourseError(message("handout-not-read", path=handout, reason=problem.strerror)) from problem
    if header is None or not header.mark:
        raise CourseError(message("handout-no-header", path=handout))
    if not header.student:
        raise CourseError(message("handout-for-all", path=handout))
    claim = HistorySignature(header.assignment, header.student, header.name)
    return partial(write_signed, claim=claim, mark=header.mark)
