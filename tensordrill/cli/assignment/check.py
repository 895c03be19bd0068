"""`tensordrill assignment check`: an assignment is looked at before it is handed out."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from tensordrill.cli import options
from tensordrill.cli.assignment import AssignmentFile, Roster, Snapshot
from tensordrill.cli.commands import Command

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


@app.command("check", cls=Command, help="assignment-check-help", epilog="assignment-check-examples")
def check(
    path: AssignmentFile,
    *,
    roster: Roster = None,
    html: Annotated[Path | None, typer.Option("--html", metavar="FILE", help="assignment-check-html")] = None,
    snapshot: Snapshot = False,
    lang: options.Lang = "en",
    json: options.Json = False,
) -> int:
    """Show an assignment as its students get it; return the exit code, 1 where a question cannot be graded."""
    from tensordrill.cli import clock
    from tensordrill.cli.json_lines import emit
    from tensordrill.cli.page_file import write_page
    from tensordrill.course.assignment.folder import open_folder, questions
    from tensordrill.course.handout.preview import preview as preview_of
    from tensordrill.render.grading import overdue_line
    from tensordrill.render.preview import preview_as_json, preview_page, preview_screen
    from tensordrill.sandbox.client import Sandbox

    folder = open_folder(path)
    bundle = questions(folder, snapshot=snapshot)
    with Sandbox() as sandbox:
        preview = preview_of(folder, bundle, folder.roster(roster), sandbox)
    if json:
        for event in preview_as_json(preview, lang):
            emit(event)
    elif html:
        write_page(html, preview_page(preview))
    else:
        for part in preview_screen(preview, lang):
            options.console().print(part)
    overdue = None if json else overdue_line(folder.assignment, clock.seconds(), lang)
    if overdue is not None:
        print(overdue)
    return 1 if preview.problems else 0
