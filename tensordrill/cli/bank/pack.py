"""`tensordrill bank pack`: a bank in one file, to hand on."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from tensordrill.cli import options
from tensordrill.cli.commands import Command
from tensordrill.messages import say

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


@app.command("pack", cls=Command, help="bank-pack-help", epilog="bank-pack-examples")
def pack(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="bank-pack-folder")],
    *,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="FILE", show_default=False, help="bank-pack-out")
    ] = None,
    lang: options.Lang = "en",
) -> None:
    """Write a bank's topics and ideas to a zip archive."""
    from tensordrill.bank.archive import pack as pack_bank

    file = out or Path(f"{folder.resolve().name}.zip")
    bank = pack_bank(folder, file)
    print(say("bank-packed", lang, path=file, topics=len(bank.names)))
