"""`tensordrill assignment grade`: what was handed in."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from tensordrill.cli import options
from tensordrill.cli.assignment import AssignmentFile, Roster, Snapshot
from tensordrill.cli.commands import Command

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


@app.command("grade", cls=Command, help="assignment-grade-help", epilog="assignment-grade-examples")
def grade(
    path: AssignmentFile,
    submissions: Annotated[
        list[Path], typer.Argument(metavar="SUBMISSIONS...", help="assignment-submissions")
    ],
    *,
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="assignment-grades")],
    jobs: Annotated[int | None, typer.Option("--jobs", min=1, metavar="N", help="assignment-jobs")] = None,
    isolation: options.Isolated = "auto",
    cluster: Annotated[
        str | None, typer.Option("--cluster", metavar="tcp://HOST:PORT", help="assignment-cluster")
    ] = None,
    roster: Roster = None,
    snapshot: Snapshot = False,
    times: Annotated[Path | None, typer.Option("--times", metavar="CSV", help="assignment-times")] = None,
    archive_times: Annotated[bool, typer.Option("--archive-times", help="assignment-archive-times")] = False,
    reveal: Annotated[bool, typer.Option("--reveal", help="assignment-reveal")] = False,
    diff: Annotated[
        Path | None, typer.Option("--diff", metavar="GRADES.JSON", help="assignment-diff")
    ] = None,
    lang: options.Lang = "en",
) -> int:
    """Grade a class; return the exit code."""
    from tensordrill.cli.grading import GradeOptions, grade_class

    return grade_class(
        GradeOptions(
            path=path,
            submissions=tuple(submissions),
            out=out,
            jobs=jobs or (os.cpu_count() or 1) + 1,
            isolation=isolation,
            cluster=cluster,
            roster=roster,
            snapshot=snapshot,
            times=times,
            archive_times=archive_times,
            reveal=reveal,
            diff=diff,
            language=lang,
        )
    )
