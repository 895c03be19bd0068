"""`tensordrill history`: the learner's answers, moved to another machine or deleted."""

from __future__ import annotations

from typing import ClassVar

import typer

from tensordrill.cli import options
from tensordrill.cli.commands import Entry, Group


class HistoryCommands(Group):
    """Commands for the learner's answers as a whole."""

    table: ClassVar = {
        "export": Entry("tensordrill.cli.history.exporting", "history-export-summary"),
        "import": Entry("tensordrill.cli.history.importing", "history-import-summary"),
        "reset": Entry("tensordrill.cli.history.reset", "history-reset-summary"),
    }


app = typer.Typer(cls=HistoryCommands, add_completion=False, pretty_exceptions_enable=False)


@app.callback(no_args_is_help=True, help="history-help", epilog="history-examples")
def history(*, lang: options.Lang = "en") -> None:
    """Run one of the commands in the table."""
