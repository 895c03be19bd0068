"""`tensordrill assignment`: class work, from choosing questions to a graded class."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, ClassVar

import typer

from tensordrill.cli import options
from tensordrill.cli.commands import Entry, Group

AssignmentFile = Annotated[Path, typer.Argument(metavar="ASSIGNMENT", help="assignment-file")]
Roster = Annotated[Path | None, typer.Option("--roster", metavar="CSV", help="assignment-roster")]
Snapshot = Annotated[bool, typer.Option("--recorded", help="assignment-recorded")]


class AssignmentCommands(Group):
    """Class work."""

    table: ClassVar = {
        "new": Entry("tensordrill.cli.assignment.new", "assignment-new-summary"),
        "build": Entry("tensordrill.cli.assignment.build", "assignment-build-summary"),
        "grade": Entry("tensordrill.cli.assignment.grade", "assignment-grade-summary"),
        "pack": Entry("tensordrill.cli.assignment.pack", "assignment-pack-summary"),
    }


app = typer.Typer(cls=AssignmentCommands, add_completion=False, pretty_exceptions_enable=False)


@app.callback(no_args_is_help=True, help="assignment-help", epilog="assignment-examples")
def assignment(*, lang: options.Lang = "en") -> None:
    """Run one of the commands in the table."""
