"""`tensordrill bank`: tools for those who write banks."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from tensordrill.cli.options import BankFolder, Json, Topics, open_bank

app = typer.Typer(
    help="Tools for those who write banks: check, new, schema.", no_args_is_help=True, rich_markup_mode=None
)


@app.command("check")
def check(
    directory: Annotated[
        Path | None, typer.Argument(metavar="[DIR]", help="The bank's folder.  [default: the shipped bank]")
    ] = None,
    topic: Topics = None,
    seeds: Annotated[
        int, typer.Option("--seeds", min=1, help="How many seeds, where the draws are too many to enumerate.")
    ] = 50,
    strict: Annotated[bool, typer.Option("--strict", help="Advice counts as a fault.")] = False,
    json: Json = False,
) -> int:
    """Run every question over its draws: keys are well defined, misconceptions wrong and told apart."""
    import time

    from tensordrill.audit.check import check as check_bank
    from tensordrill.bank.variant import select
    from tensordrill.lab.client import Lab
    from tensordrill.show.report import print_report, progress_on

    bank = open_bank(directory)
    chosen = select(bank, tuple(topic or ()))
    bank.topics(chosen)
    started = time.monotonic()
    with Lab() as lab:
        lab.warm()
        with progress_on(sys.stderr) as progress:
            report = check_bank(bank, chosen, seeds, lab, progress)
    print_report(report, time.monotonic() - started, strict=strict, json=json)
    return 1 if report.faults or (strict and report.findings) else 0


@app.command("schema")
def schema(
    ideas: Annotated[bool, typer.Option("--ideas", help="The schema of ideas.yaml instead.")] = False,
) -> None:
    """Print the JSON Schema of a topic file, for editors."""
    from tensordrill.bank.json_schema import ideas_schema, topic_schema

    print(ideas_schema() if ideas else topic_schema())


@app.command("new")
def new(
    topic: Annotated[str, typer.Argument(metavar="TOPIC", help="The new topic's name, in kebab-case.")],
    bank: BankFolder = Path(),
) -> None:
    """Write a commented topic file that passes the check, into --bank (here, if it is not given)."""
    from tensordrill.bank.starter import write_starter

    print(write_starter(bank or Path(), topic))
