"""`tensordrill bank check`: every question of a bank over its draws."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from tensordrill.cli import options
from tensordrill.cli.commands import Command

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


@app.command("check", cls=Command, help="bank-check-help", epilog="bank-check-examples")
def check(
    directory: Annotated[Path | None, typer.Argument(metavar="DIR", help="option-bank")] = None,
    *,
    topics: options.Topics = None,
    seeds: Annotated[int, typer.Option("--seeds", min=1, metavar="N", help="bank-seeds")] = 50,
    strict: Annotated[bool, typer.Option("--strict", help="bank-strict")] = False,
    lang: options.Lang = "en",  # noqa: ARG001 (of errors and help)
    json: options.Json = False,
) -> int:
    """Check a bank; return the exit code, which is 1 where there is a fault."""
    import time

    from tensordrill.audit.check import check as check_bank
    from tensordrill.bank.variant import select
    from tensordrill.lab.client import Lab
    from tensordrill.show.report import print_report, progress_on

    opened = options.open_bank(directory)
    chosen = select(opened, topics or ())
    opened.topics(chosen)
    started = time.monotonic()
    with Lab() as lab:
        lab.warm()
        with progress_on(sys.stderr) as progress:
            report = check_bank(opened, chosen, seeds, lab, progress)
    print_report(report, time.monotonic() - started, strict=strict, json=json)
    return 1 if report.faults or (strict and report.findings) else 0
