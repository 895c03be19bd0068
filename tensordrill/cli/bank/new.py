"""`tensordrill bank new`: a topic file to begin with."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from tensordrill.cli import options
from tensordrill.cli.commands import Command

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


@app.command("new", cls=Command, help="bank-new-help", epilog="bank-new-examples")
def new(
    topic: Annotated[str, typer.Argument(metavar="TOPIC", help="bank-topic")],
    *,
    bank: Annotated[
        Path, typer.Option("--bank", metavar="DIR", show_default=False, help="bank-here")
    ] = Path(),
    lang: options.Lang = "en",
) -> None:
    """Write a commented topic file that passes the check."""
    from tensordrill.bank.starter import write_starter

    print(write_starter(bank, topic).text(lang))
