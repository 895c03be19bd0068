"""`tensordrill bank index`: the wrong ideas of a bank as a page."""

from __future__ import annotations

import typer

from tensordrill.cli import options
from tensordrill.cli.commands import Command

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


@app.command("index", cls=Command, help="bank-index-help", epilog="bank-index-examples")
def index(*, bank: options.Banks = None, lang: options.Lang = "en") -> None:
    """Print the page of a bank's ideas."""
    from tensordrill.bank.index import index as page

    print(page(options.open_bank(bank), lang), end="")
