"""`tensordrill practice`: questions until the learner stops; what went wrong comes back."""

from __future__ import annotations

from tensordrill.cli.options import BankFolder, Choices, Json, Lang, Level, Seed, Topics


def practice(
    topic: Topics = None,
    level: Level = None,
    seed: Seed = None,
    choices: Choices = False,
    bank: BankFolder = None,
    lang: Lang = None,
    json: Json = False,
) -> int:
    """Questions until you stop; what went wrong comes back with new numbers."""
    from tensordrill.cli.rounds import Round, play_round

    return play_round(
        Round(
            command="practice",
            topics=tuple(topic or ()),
            count=None,
            level=level,
            seed=seed,
            choices=choices,
            exam=False,
            bank=bank,
            lang=lang,
            json=json,
        )
    )
