"""`tensordrill quiz`: a round of questions over topics."""

from __future__ import annotations

from typing import Any

import click

from tensordrill.cli import options


@click.command()
@options.topics
@click.option(
    "-n", "count", type=click.IntRange(min=1), default=10, show_default=True, help="How many questions."
)
@options.level
@options.seed
@options.choices
@click.option("--exam", is_flag=True, help="Keep the verdicts for the end.")
@options.bank_folder
@options.lang
@options.as_json
def quiz(**wanted: Any) -> int:
    """A round of questions, balanced over topics; each answer is judged by running torch."""
    from tensordrill.cli.rounds import Round, play_round

    return play_round(Round(command="quiz", **wanted))
