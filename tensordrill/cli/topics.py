"""`tensordrill topics`: what there is to learn."""

from __future__ import annotations

from pathlib import Path

import click

from tensordrill.cli import options


@click.command()
@click.argument("topic", required=False)
@options.bank_folder
@options.lang
@options.as_json
def topics(topic: str | None, bank: Path | None, lang: str | None, json: bool) -> None:
    """The topics of the bank, or the questions of one."""
    from tensordrill.show.topics import as_json, questions_table, topics_table

    opened, spoken = options.open_bank(bank), options.language(lang)
    found = [opened.topic(topic)] if topic else opened.topics()
    if json:
        print(as_json(found, spoken))
    elif topic:
        options.console().print(questions_table(found[0], spoken))
    else:
        options.console().print(topics_table(found, spoken))
