"""`tensordrill practice`: questions until the learner stops; what went wrong comes back."""

from __future__ import annotations

import typer

from tensordrill.cli import options
from tensordrill.cli.commands import Command

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


@app.command("practice", cls=Command, help="practice-help", epilog="practice-examples")
def practice(
    *,
    topics: options.Topics = None,
    level: options.Level = None,
    seed: options.Seed = None,
    choices: options.Choices = False,
    bank: options.Banks = None,
    lang: options.Lang = "en",
    json: options.Json = False,
    no_clear: options.NoClear = False,
) -> int:
    """Play a practice; return the exit code."""
    from tensordrill.cli.rounds import Round, play_round

    return play_round(Round("practice", topics, level, seed, choices, bank, lang, json, no_clear))
