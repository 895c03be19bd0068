"""`tensordrill doctor`: what this machine has; changes nothing."""

from __future__ import annotations

from pathlib import Path

import click

from tensordrill.cli import options


@click.command()
@options.bank_folder
@options.as_json
def doctor(bank: Path | None, json: bool) -> int:
    """Versions, torch, the lab's layers, and where banks and data are; read-only."""
    import msgspec

    from tensordrill.cli.checkup import checkup, checkup_table

    lines = checkup(bank)
    if json:
        print(msgspec.json.encode({line.name: line.said for line in lines}).decode())
    else:
        options.console().print(checkup_table(lines))
    return 0 if all(line.good or line.optional for line in lines) else 1
