"""`tensordrill quiz`: a round of questions over topics."""

from __future__ import annotations

from typing import Annotated

import typer

from tensordrill.cli import options
from tensordrill.cli.commands import Command

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


@app.command("quiz", cls=Command, help="quiz-help", epilog="quiz-examples")
def quiz(
    *,
    topics: options.Topics = None,
    count: Annotated[int, typer.Option("-n", min=1, metavar="N", help="quiz-count")] = 10,
    level: options.Level = None,
    seed: options.Seed = None,
    choices: options.Choices = False,
    exam: Annotated[bool, typer.Option("--exam", help="quiz-exam")] = False,
    bank: options.Banks = None,
    lang: options.Lang = "en",
    json: options.Json = False,
    no_clear: options.NoClear = False,
) -> int:
    """Play a quiz; return the exit code."""
    from tensordrill.cli.rounds import Round, play_round

    return play_round(Round("quiz", topics, level, seed, choices, bank, lang, json, no_clear, count, exam))
