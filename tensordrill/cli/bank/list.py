"""`tensordrill bank list`: the banks that there are, and where they lie."""

from __future__ import annotations

import os

import typer

from tensordrill.cli import options
from tensordrill.cli.commands import Command

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


@app.command("list", cls=Command, help="bank-list-help", epilog="bank-list-examples")
def list_banks(
    *,
    bank: options.Banks = None,
    lang: options.Lang = "en",
    json: options.Json = False,
) -> None:
    """Print the open banks, the shipped one and those of installed packages."""
    from tensordrill.bank.load import Bank
    from tensordrill.bank.sources import SHIPPED, find, installed, named
    from tensordrill.render.banks import as_json, banks_table

    opened = [find(name) for name in bank or named(os.environ)]
    rest = [source for source in (find(SHIPPED), *installed()) if source not in opened]
    banks = [(Bank(source), source in opened) for source in (*opened, *rest)]
    if json:
        print(as_json(banks))
    else:
        options.console().print(banks_table(banks, lang))
