"""`tensordrill bank`: tools for those who write banks."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from tensordrill.cli import options


@click.group()
def bank() -> None:
    """Tools for those who write banks."""


@bank.command()
@click.argument("directory", metavar="[DIR]", required=False, type=Path)
@options.topics
@click.option(
    "--seeds",
    type=click.IntRange(min=1),
    default=50,
    show_default=True,
    help="How many seeds, where the draws are too many to enumerate.",
)
@click.option("--strict", is_flag=True, help="Advice counts as a fault.")
@options.as_json
def check(directory: Path | None, topics: tuple[str, ...], seeds: int, strict: bool, json: bool) -> int:
    """Run every question over its draws: keys are well defined, misconceptions wrong and told apart."""
    import time

    from tensordrill.audit.check import check as check_bank
    from tensordrill.bank.variant import select
    from tensordrill.lab.client import Lab
    from tensordrill.show.report import print_report, progress_on

    opened = options.open_bank(directory)
    chosen = select(opened, topics)
    opened.topics(chosen)
    started = time.monotonic()
    with Lab() as lab:
        lab.warm()
        with progress_on(sys.stderr) as progress:
            report = check_bank(opened, chosen, seeds, lab, progress)
    print_report(report, time.monotonic() - started, strict=strict, json=json)
    return 1 if report.faults or (strict and report.findings) else 0


@bank.command()
@click.option("--ideas", is_flag=True, help="The schema of ideas.yaml instead.")
def schema(ideas: bool) -> None:
    """Print the JSON Schema of a topic file, for editors."""
    from tensordrill.bank.json_schema import ideas_schema, topic_schema

    print(ideas_schema() if ideas else topic_schema())


@bank.command()
@click.argument("topic")
@click.option("--bank", metavar="DIR", type=Path, default=Path(), help="The bank's folder.  [default: here]")
def new(topic: str, bank: Path) -> None:
    """Write a commented topic file that passes the check."""
    from tensordrill.bank.starter import write_starter

    print(write_starter(bank, topic))
