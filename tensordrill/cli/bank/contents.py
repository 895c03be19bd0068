"""`tensordrill bank contents`: a bank's topics in short, so that they are listed without being read."""

from __future__ import annotations

import sys

import typer

from tensordrill.cli import options
from tensordrill.cli.commands import Command

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


@app.command("contents", cls=Command, help="bank-contents-help", epilog="bank-contents-examples")
def contents(
    *,
    bank: options.Banks = None,
    lang: options.Lang = "en",  # noqa: ARG001 (of errors and help)
) -> None:
    """Print `contents.json`."""
    from tensordrill.bank.contents import contents_file

    sys.stdout.write(contents_file(options.open_bank(bank)).decode())
