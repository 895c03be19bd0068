"""`tensordrill quiz`: a round of questions over topics."""

from __future__ import annotations

from pathlib import Path

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
def quiz(
    topics: tuple[str, ...],
    count: int,
    level: int | None,
    seed: int | None,
    choices: bool,
    exam: bool,
    bank: Path | None,
    lang: str | None,
    json: bool,
) -> int:
    """A round of questions, balanced over topics; each answer is judged by running torch."""
    from tensordrill.cli.rounds import Round, play_round

    wanted = Round(
        command="quiz",
        topics=topics,
        count=count,
        level=level,
        seed=seed,
        choices=choices,
        exam=exam,
        bank=bank,
        lang=lang,
        json=json,
    )
    return play_round(wanted)
