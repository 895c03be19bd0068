"""`tensordrill assignment`: class work, from choosing questions to a graded class."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from tensordrill.cli.commands import CommandEntry, group

AssignmentFile = Annotated[Path, typer.Argument(metavar="ASSIGNMENT", help="assignment-file")]
Roster = Annotated[Path | None, typer.Option("--roster", metavar="CSV", help="assignment-roster")]
Snapshot = Annotated[bool, typer.Option("--recorded", help="assignment-recorded")]

app = group(
    "assignment-help",
    "assignment-examples",
    {
        "new": CommandEntry("tensordrill.cli.assignment.new", "assignment-new-summary"),
        "check": CommandEntry("tensordrill.cli.assignment.check", "assignment-check-summary"),
        "build": CommandEntry("tensordrill.cli.assignment.build", "assignment-build-summary"),
        "grade": CommandEntry("tensordrill.cli.assignment.grade", "assignment-grade-summary"),
        "trend": CommandEntry("tensordrill.cli.assignment.trend", "assignment-trend-summary"),
        "participation": CommandEntry(
            "tensordrill.cli.assignment.participation", "assignment-participation-summary"
        ),
        "pack": CommandEntry("tensordrill.cli.assignment.pack", "assignment-pack-summary"),
    },
)
