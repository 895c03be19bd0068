"""`tensordrill doctor`: what this machine has; changes nothing."""

from __future__ import annotations

import typer

from tensordrill.cli import options
from tensordrill.cli.commands import Command

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


@app.command("doctor", cls=Command, help="doctor-help", epilog="doctor-examples")
def doctor(*, bank: options.Banks = None, lang: options.Lang = "en", json: options.Json = False) -> int:
    """Print versions, torch, the sandbox's layers, and where banks and data are; 1 where something is wrong."""
    import msgspec

    from tensordrill.cli.checkup import checkup, checkup_table

    lines = checkup(bank, lang)
    if json:
        print(msgspec.json.encode({line.name: line.text for line in lines}).decode())
    else:
        options.console().print(checkup_table(lines, lang))
    return 0 if all(line.good or line.optional for line in lines) else 1
