"""`tensordrill practice`: questions until the learner stops; what went wrong comes back."""

from __future__ import annotations

from typing import Any

import click

from tensordrill.cli import options


@click.command()
@options.topics
@options.level
@options.seed
@options.choices
@options.bank_folder
@options.lang
@options.as_json
def practice(**wanted: Any) -> int:
    """Questions until you stop; what went wrong comes back with new numbers."""
    from tensordrill.cli.rounds import Round, play_round

    return play_round(Round(command="practice", **wanted))
