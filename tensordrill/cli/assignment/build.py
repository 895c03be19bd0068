"""`tensordrill assignment build`: the files that are handed out."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from tensordrill.cli import options
from tensordrill.cli.assignment import AssignmentFile, Roster, Snapshot
from tensordrill.cli.commands import Command
from tensordrill.messages import say

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


@app.command("build", cls=Command, help="assignment-build-help", epilog="assignment-build-examples")
def build(
    path: AssignmentFile,
    *,
    roster: Roster = None,
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="assignment-handout")],
    notebook: Annotated[bool, typer.Option("--notebook", help="assignment-notebook")] = False,
    snapshot: Snapshot = False,
    current: Annotated[bool, typer.Option("--current", help="assignment-current")] = False,
    hidden_anyway: Annotated[bool, typer.Option("--hidden-anyway", help="assignment-hidden-anyway")] = False,
    lang: options.Lang = "en",
) -> None:
    """Write a file for each student (one for all without a roster), and the bank for checking it."""
    from tensordrill.cli import clock
    from tensordrill.course.assignment.folder import open_folder, questions, update_snapshot
    from tensordrill.course.assignment.public import public_questions, refuse_public_hidden
    from tensordrill.course.handout.build import build as build_handouts
    from tensordrill.course.handout.build import strangers
    from tensordrill.render.grading import overdue_line, public_text

    if snapshot and current:
        raise typer.BadParameter(say("assignment-recorded-or-current", lang))
    folder = open_folder(path)
    students = folder.roster(roster)
    bundle = questions(folder, snapshot=snapshot, current=current)
    if not hidden_anyway:
        refuse_public_hidden(folder.assignment, bundle)
    *files, bank = build_handouts(folder, bundle, students, out, as_notebook=notebook)
    if not snapshot and update_snapshot(folder, bundle):
        print(say("assignment-record", lang, path=folder.snapshot))
        if current:
            print(say("assignment-rebuild", lang))
    print(say("assignment-built", lang, out=out, count=len(files), bank=bank.name))
    if public := public_questions(bundle):
        print(public_text(public, folder.assignment, lang))
    if (overdue := overdue_line(folder.assignment, clock.seconds(), lang)) is not None:
        print(overdue)
    if (left := strangers(out, [*files, bank])) is not None:
        print(left.text(lang))
