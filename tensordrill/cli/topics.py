"""`tensordrill topics`: what there is to learn."""

from __future__ import annotations

from typing import Annotated

import typer

from tensordrill.cli import completion, options
from tensordrill.cli.commands import Command

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
    from tensordrill.bank.load import in_order
    from tensordrill.show.topics import as_json, questions_table, topics_table

    opened = options.open_bank(bank)
    if json:
        print(as_json([opened.topic(topic)] if topic else in_order(opened.topics()), lang))
    elif topic:
        options.console().print(questions_table(opened.topic(topic), lang))
    else:
        options.console().print(topics_table(in_order(contents(opened)), lang))
