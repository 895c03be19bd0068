"""`tensordrill practice`: questions until the learner stops; what went wrong comes back."""

from __future__ import annotations

from pathlib import Path

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
def practice(
    topics: tuple[str, ...],
    level: int | None,
    seed: int | None,
    choices: bool,
    bank: Path | None,
    lang: str | None,
    json: bool,
) -> int:
    """Questions until you stop; what went wrong comes back with new numbers."""
    from tensordrill.cli.rounds import Round, play_round

    wanted = Round(
        command="practice",
        topics=topics,
        count=None,
        level=level,
        seed=seed,
        choices=choices,
        exam=False,
        bank=bank,
        lang=lang,
        json=json,
    )
    return play_round(wanted)
