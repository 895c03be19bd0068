"""`tensordrill bank`: tools for those who write banks."""

from __future__ import annotations

from typing import ClassVar

import typer

from tensordrill.cli import options
from tensordrill.cli.commands import Entry, Group


class BankCommands(Group):
    """Tools for those who write banks."""

    table: ClassVar = {
        "new": Entry("tensordrill.cli.bank.new", "bank-new-summary"),
        "check": Entry("tensordrill.cli.bank.check", "bank-check-summary"),
        "list": Entry("tensordrill.cli.bank.list", "bank-list-summary"),
        "pack": Entry("tensordrill.cli.bank.pack", "bank-pack-summary"),
        "contents": Entry("tensordrill.cli.bank.contents", "bank-contents-summary"),
        "index": Entry("tensordrill.cli.bank.index", "bank-index-summary"),
        "schema": Entry("tensordrill.cli.bank.schema", "bank-schema-summary"),
    }


app = typer.Typer(cls=BankCommands, add_completion=False, pretty_exceptions_enable=False)


@app.callback(no_args_is_help=True, help="bank-help", epilog="bank-examples")
def bank(*, lang: options.Lang = "en") -> None:
    """Run one of the commands in the table."""
