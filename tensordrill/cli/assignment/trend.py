"""`tensordrill assignment trend`: a class over several graded assignments."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from tensordrill.cli import options
from tensordrill.cli.commands import Command
from tensordrill.messages import say

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


@app.command("trend", cls=Command, help="assignment-trend-help", epilog="assignment-trend-examples")
def trend(
    paths: Annotated[list[Path], typer.Argument(metavar="GRADES...", help="assignment-trend-grades")],
    *,
    html: Annotated[Path | None, typer.Option("--html", metavar="FILE", help="assignment-trend-html")] = None,
    lang: options.Lang = "en",
    json: options.Json = False,
) -> None:
    """Show what became of the wrong ideas of a class."""
    from tensordrill.cli.json_lines import emit
    from tensordrill.cli.page_file import write_page
    from tensordrill.course.results.export import GRADES_JSON
    from tensordrill.course.results.read_grades_json import read_grades
    from tensordrill.course.results.trend import trend as trend_of
    from tensordrill.render.trend import trend_as_json, trend_page, trend_screen

    if len(paths) < 2:
        raise typer.BadParameter(say("trend-two", lang))
    trend = trend_of([read_grades(path / GRADES_JSON if path.is_dir() else path) for path in paths])
    if json:
        for event in trend_as_json(trend, lang):
            emit(event)
    elif html:
        write_page(html, trend_page(trend, lang))
    else:
        for part in trend_screen(trend, lang):
            options.console().print(part)
