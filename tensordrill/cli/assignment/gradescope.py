"""`tensordrill assignment pack gradescope`: a zip that Gradescope runs."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from tensordrill.cli import options
from tensordrill.cli.assignment import AssignmentFile, Roster, Snapshot
from tensordrill.cli.commands import Command

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


@app.command(
    "gradescope",
    cls=Command,
    help="assignment-gradescope-help",
    epilog="assignment-pack-examples",
)
def gradescope(
    path: AssignmentFile,
    *,
    out: Annotated[Path | None, typer.Option("--out", metavar="ZIP", help="assignment-zip")] = None,
    isolation: options.Isolated = "auto",
    roster: Roster = None,
    snapshot: Snapshot = False,
    lang: options.Lang = "en",
) -> None:
    """Write the zip that Gradescope runs: with everybody's seeds, without the secret."""
    from tensordrill.course.assignment.folder import open_folder, questions
    from tensordrill.course.gradescope.pack import gradescope_zip
    from tensordrill.render.grading import gradescope_lines

    folder = open_folder(path)
    target = out or Path(f"{folder.assignment.assignment}-gradescope.zip")
    students = folder.roster(roster)
    bundle = questions(folder, snapshot=snapshot)
    target.write_bytes(gradescope_zip(folder, bundle.bank, students, isolation))
    for line in gradescope_lines(target, len(students), isolation, lang):
        print(line)
