"""`tensordrill review`: what is due, over all topics, with new numbers."""

from __future__ import annotations

from typing import Annotated

import typer

from tensordrill.cli import options
from tensordrill.cli.commands import Command

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


@app.command("review", cls=Command, help="review-help", epilog="review-examples")
def review(
    *,
    topics: options.Topics = None,
    count: Annotated[int | None, typer.Option("-n", min=1, metavar="N", help="review-count")] = None,
    level: options.Level = None,
    seed: options.Seed = None,
    choices: options.Choices = False,
    bank: options.Banks = None,
    lang: options.Lang = "en",
    json: options.Json = False,
    no_clear: options.NoClear = False,
) -> int:
    """Play a review; return the exit code."""
    from tensordrill.cli.rounds import Round, play_round

    return play_round(Round("review", topics, level, seed, choices, bank, lang, json, no_clear, count))
