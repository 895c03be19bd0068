"""`tensordrill assignment participation`: practice that students hand in."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from tensordrill.cli import options
from tensordrill.cli.assignment import AssignmentFile, Roster
from tensordrill.cli.commands import Command
from tensordrill.messages import Language, say

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


@app.command(
    "participation",
    cls=Command,
    help="assignment-participation-help",
    epilog="assignment-participation-examples",
)
def participation(
    path: AssignmentFile,
    exports: Annotated[
        list[Path], typer.Argument(metavar="EXPORTS...", help="assignment-participation-exports")
    ],
    *,
    out: Annotated[Path, typer.Option("--out", metavar="CSV", help="assignment-participation-out")] = Path(
        "participation.csv"
    ),
    since: Annotated[
        str | None, typer.Option("--since", metavar="DATE", help="assignment-participation-since")
    ] = None,
    until: Annotated[
        str | None, typer.Option("--until", metavar="DATE", help="assignment-participation-until")
    ] = None,
    roster: Roster = None,
    lang: options.Lang = "en",
    json: options.Json = False,
) -> None:
    """Count the days, questions and overcome ideas of signed exports."""
    from tensordrill.cli import clock
    from tensordrill.cli.json_lines import emit
    from tensordrill.cli.participation import as_json, rows, write_csv
    from tensordrill.course.assignment.folder import open_folder
    from tensordrill.course.output import Output
    from tensordrill.course.submission.intake import sources
    from tensordrill.drill.participation import Period
    from tensordrill.render.grading import participation_lines

    period = Period(_day(since, lang), _day(until, lang))
    if period.first is not None and period.last is not None and period.first > period.last:
        raise typer.BadParameter(say("participation-days-turned", lang))
    folder = open_folder(path)
    files, refused = sources(exports, language=lang)
    table, rejected = rows(files, folder, folder.roster(roster), period, clock.utc_offset(), lang)
    rejected = [*refused, *rejected]
    if json:
        for event in as_json(table, rejected):
            emit(event)
        return
    write_csv(table, Output(out.parent), out.name)
    handed_in = sum(row.participation is not None for row in table)
    for line in participation_lines(out, handed_in, len(table), rejected, lang):
        print(line)


def _day(text: str | None, language: Language) -> int | None:
    """Return the number of a day, as `--since` and `--until` take it."""
    from datetime import date

    from tensordrill.cli.participation import day_number

    if text is None:
        return None
    try:
        return day_number(date.fromisoformat(text))
    except ValueError as error:
        raise typer.BadParameter(say("participation-no-date", language, date=text)) from error
