"""`tensordrill assignment pack`: an assignment in the form that another system grades."""

from __future__ import annotations

from typing import ClassVar

import typer

from tensordrill.cli import options
from tensordrill.cli.commands import Entry, Group


class PackCommands(Group):
    """The other systems."""

    table: ClassVar = {
        "gradescope": Entry("tensordrill.cli.assignment.gradescope", "assignment-gradescope-summary")
    }


app = typer.Typer(cls=PackCommands, add_completion=False, pretty_exceptions_enable=False)


@app.callback(no_args_is_help=True, help="assignment-pack-help", epilog="assignment-pack-examples")
def pack(*, lang: options.Lang = "en") -> None:
    """Run one of the commands in the table."""
