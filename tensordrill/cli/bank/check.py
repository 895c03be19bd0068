"""`tensordrill bank check`: every question of a bank over its draws."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tensordrill.cli import options
from tensordrill.cli.commands import Command
from tensordrill.text import Language, say

if TYPE_CHECKING:
    from tensordrill.audit.keys import Keys
    from tensordrill.bank.load import Bank
    from tensordrill.bank.variant import Selection
    from tensordrill.lab.client import Lab

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


@app.command("check", cls=Command, help="bank-check-help", epilog="bank-check-examples")
def check(
    directory: Annotated[Path | None, typer.Argument(metavar="DIR", help="option-bank")] = None,
    *,
    topics: options.Topics = None,
    seeds: Annotated[int, typer.Option("--seeds", min=1, metavar="N", help="bank-seeds")] = 50,
    strict: Annotated[bool, typer.Option("--strict", help="bank-strict")] = False,
    record: Annotated[Path | None, typer.Option("--record", metavar="FILE", help="bank-record")] = None,
    against: Annotated[Path | None, typer.Option("--against", metavar="FILE", help="bank-against")] = None,
    lang: options.Lang = "en",
    json: options.Json = False,
) -> int:
    """Check a bank; return the exit code, which is 1 where there is a fault or a key has changed."""
    import time

    from tensordrill.audit.check import check as check_bank
    from tensordrill.audit.keys import read_keys
    from tensordrill.bank.variant import select
    from tensordrill.lab.client import Lab
    from tensordrill.show.report import print_report, progress_on

    before = read_keys(against) if against else None
    opened = options.open_bank(directory)
    chosen = select(opened, topics or ())
    opened.topics(chosen)
    started = time.monotonic()
    with Lab() as lab:
        lab.warm()
        with progress_on(sys.stderr) as progress:
            report = check_bank(opened, chosen, seeds, lab, progress)
        print_report(report, time.monotonic() - started, strict=strict, json=json)
        is_other = bool(record or before) and _compared(opened, chosen, lab, record, before, lang, json=json)
    return 1 if is_other or report.faults or (strict and report.findings) else 0


def _compared(
    bank: Bank,
    chosen: Selection,
    lab: Lab,
    record: Path | None,
    before: Keys | None,
    language: Language,
    *,
    json: bool,
) -> bool:
    """Record the keys and print those that are others than `before`; return whether there are any."""
    from tensordrill.audit.keys import changes, keys_of, write_keys
    from tensordrill.show.report import print_changed_keys

    now = keys_of(bank, chosen, lab)
    changed = changes(before, now) if before else []
    if before:
        print_changed_keys(changed, before.torch, now.torch, language, json=json)
    if record:
        write_keys(record, now)
        if not json:
            print(say("keys-recorded", language, path=record, count=len(now.keys), torch=now.torch))
    return bool(changed)
