"""`tensordrill quiz`: a round of questions over topics."""

from __future__ import annotations

from typing import Annotated

import typer

from tensordrill.cli.options import BankFolder, Choices, Json, Lang, Level, Seed, Topics


def quiz(
    topic: Topics = None,
    count: Annotated[int, typer.Option("-n", min=1, help="How many questions.")] = 10,
    level: Level = None,
    seed: Seed = None,
    choices: Choices = False,
    exam: Annotated[bool, typer.Option("--exam", help="Keep the verdicts for the end.")] = False,
    bank: BankFolder = None,
    lang: Lang = None,
    json: Json = False,
) -> int:
    """A round of questions, balanced over the topics; each answer is judged by running torch."""
    from tensordrill.cli.rounds import Round, play_round

    return play_round(
        Round(
            command="quiz",
            topics=tuple(topic or ()),
            count=count,
            level=level,
            seed=seed,
            choices=choices,
            exam=exam,
            bank=bank,
            lang=lang,
            json=json,
        )
    )
