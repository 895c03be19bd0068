"""`tensordrill stats`: what a learner's reviews come to, on a screen, as a page or as JSON."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tensordrill.cli import completion, options
from tensordrill.cli.commands import Command

if TYPE_CHECKING:
    from tensordrill.bank.contents import Content
    from tensordrill.bank.ideas import Ideas
    from tensordrill.bank.load import Bank
    from tensordrill.drill.statistics import Statistics
    from tensordrill.messages import Language

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


@app.command("stats", cls=Command, help="stats-help", epilog="stats-examples")
def stats(
    *,
    topic: Annotated[
        str | None,
        typer.Option("--topic", "-t", metavar="T", help="stats-topic", autocompletion=completion.topic),
    ] = None,
    html: Annotated[Path | None, typer.Option("--html", metavar="FILE", help="stats-html")] = None,
    bank: options.Banks = None,
    lang: options.Lang = "en",
    json: options.Json = False,
) -> None:
    """Show what the learner's reviews come to."""
    from tensordrill import command_line
    from tensordrill.bank.contents import contents
    from tensordrill.bank.topic import in_order
    from tensordrill.messages import say
    from tensordrill.render.statistics import statistics_screen
    from tensordrill.render.statistics_json import as_json

    opened = options.open_bank(bank)
    topics = in_order(contents(opened, None if topic is None else [topic]))
    statistics = _statistics(topics, topic, lang)
    if json:
        print(as_json(statistics, _ideas(opened, statistics), lang))
    elif not statistics.days:
        words = ["tensordrill", "practice", *(["--topic", topic] if topic else [])]
        nothing = (
            say("stats-nothing-of", lang, command=command_line.join(words))
            if topic
            else say("stats-nothing", lang)
        )
        print(nothing)
    elif html is None:
        options.console().print(statistics_screen(statistics, _ideas(opened, statistics), lang))
    else:
        from tensordrill.cli.page_file import write_page
        from tensordrill.render.statistics_page import page

        write_page(html, page(statistics, _ideas(opened, statistics), lang))


def _statistics(topics: list[Content], topic: str | None, language: Language) -> Statistics:
    """Return the statistics of these topics; of one alone with the ideas that can show in it alone."""
    from tensordrill.cli import clock
    from tensordrill.cli.store import open_existing
    from tensordrill.drill.progress import NO_TOTALS, Progress
    from tensordrill.drill.statistics import statistics

    ideas = None if topic is None else {name for content in topics for name in content.ideas}
    store = open_existing(language, topics)
    if store is None:
        return statistics(topics, Progress(clock.utc_offset()), NO_TOTALS, clock.seconds())
    with store:
        totals = store.totals([content.name for content in topics])
        return statistics(topics, store.progress(), totals, clock.seconds(), ideas)


def _ideas(bank: Bank, statistics: Statistics) -> Ideas:
    """Return the ideas that have a title, which single questions may give: then their topics are read."""
    records = [*statistics.held, *statistics.overcome]
    if not records:
        return {}
    ideas = bank.ideas
    unnamed = {record.name for record in records} - ideas.keys()
    where = [content.topic.name for content in statistics.topics if unnamed & {*content.topic.ideas}]
    for name in where:
        bank.topic(name)
    return bank.ideas if where else ideas
