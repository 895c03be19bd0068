"""`tensordrill topics`: what there is to learn."""

from __future__ import annotations

from typing import Annotated

import typer

from tensordrill.cli.options import BankFolder, Json, Lang


def topics(
    topic: Annotated[
        str | None, typer.Argument(metavar="[TOPIC]", help="List this topic's questions.")
    ] = None,
    bank: BankFolder = None,
    lang: Lang = None,
    json: Json = False,
) -> None:
    """The topics of the bank, or the questions of one."""
    from tensordrill.cli.options import console, language, open_bank
    from tensordrill.show.topics import as_json, questions_table, topics_table

    opened, spoken = open_bank(bank), language(lang)
    found = [opened.topic(topic)] if topic else opened.topics()
    if json:
        print(as_json(found, spoken))
    elif topic:
        console().print(questions_table(found[0], spoken))
    else:
        console().print(topics_table(found, spoken))
