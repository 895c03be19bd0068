"""`tensordrill topics`: what there is to learn."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from tensordrill.cli import completion, options
from tensordrill.cli.commands import Command
from tensordrill.errors import StoreError
from tensordrill.messages import Language

if TYPE_CHECKING:
    from tensordrill.bank.contents import Content
    from tensordrill.drill.standing import Standing

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


@app.command("topics", cls=Command, help="topics-help", epilog="topics-examples")
def topics(
    topic: Annotated[
        str | None, typer.Argument(metavar="TOPIC", help="topics-topic", autocompletion=completion.topic)
    ] = None,
    *,
    bank: options.Banks = None,
    lang: options.Lang = "en",
    json: options.Json = False,
) -> None:
    """Print the topics of the bank, or the questions of one."""
    from tensordrill.bank.contents import contents
    from tensordrill.bank.topic import in_order
    from tensordrill.render.topics import as_json, questions_table, topics_table

    opened = options.open_bank(bank)
    if json:
        print(as_json([opened.topic(topic)] if topic else in_order(opened.topics()), lang))
    elif topic:
        options.console().print(questions_table(opened.topic(topic), lang))
    else:
        ordered = in_order(contents(opened))
        options.console().print(topics_table(ordered, lang, _standings(ordered, lang)))


def _standings(topics: Sequence[Content], lang: Language) -> dict[str, Standing] | None:
    """Return where the learner stands in each topic; None for somebody who has answered nothing."""
    from tensordrill.drill.folder import has_database

    try:
        if not has_database(os.environ):
            return None
        from tensordrill.cli.store import open_existing  # which takes longer to import than the rest

        store = open_existing(lang, topics)
        if store is None:
            return None
        with store:
            progress = store.progress()
    except StoreError as error:
        print(f"tensordrill: {error.text(lang)}", file=sys.stderr)
        return None
    if not progress.cards:
        return None
    from tensordrill.cli import clock
    from tensordrill.drill.standing import standing

    return {topic.name: standing(topic, progress, clock.seconds()) for topic in topics}
