"""`tensordrill bank check`: every question of a bank over its draws."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from tensordrill.cli import options
from tensordrill.cli.commands import Command
from tensordrill.errors import TensordrillError
from tensordrill.messages import Language, say

if TYPE_CHECKING:
    from tensordrill.audit.findings import Report
    from tensordrill.audit.keys import BankKeys
    from tensordrill.bank.load import Bank
    from tensordrill.bank.variant import Selection
    from tensordrill.sandbox.client import Sandbox

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


@app.command("check", cls=Command, help="bank-check-help", epilog="bank-check-examples")
def check(
    banks: Annotated[list[str] | None, typer.Argument(metavar="BANK", help="option-bank")] = None,
    *,
    topics: options.Topics = None,
    seeds: Annotated[int, typer.Option("--seeds", min=1, metavar="N", help="bank-seeds")] = 50,
    strict: Annotated[bool, typer.Option("--strict", help="bank-strict")] = False,
    record: Annotated[Path | None, typer.Option("--record", metavar="FILE", help="bank-record")] = None,
    against: Annotated[Path | None, typer.Option("--against", metavar="FILE", help="bank-against")] = None,
    watch: Annotated[bool, typer.Option("--watch", help="bank-watch")] = False,
    lang: options.Lang = "en",
    json: options.Json = False,
) -> int:
    """Check a bank; return the exit code, which is 1 where there is a fault or a key has changed."""
    from tensordrill.audit.keys import read_keys
    from tensordrill.bank.variant import select
    from tensordrill.sandbox.client import Sandbox

    if watch and (record or against or json):
        raise typer.BadParameter(say("bank-watch-alone", lang))
    before = read_keys(against) if against else None
    opened = options.open_bank(banks)
    chosen = select(opened, topics or ())
    opened.topics(chosen)
    with Sandbox() as sandbox:
        sandbox.warm()
        if watch:
            _watch(banks, topics or (), seeds, sandbox, lang, strict=strict)
        report = _checked(opened, chosen, seeds, sandbox, lang, strict=strict, json=json)
        is_other = bool(record or before) and _compared(
            opened, chosen, sandbox, record, before, lang, json=json
        )
    return 1 if is_other or report.faults or (strict and report.findings) else 0


def _checked(
    bank: Bank,
    chosen: Selection,
    seeds: int,
    sandbox: Sandbox,
    language: Language,
    *,
    strict: bool,
    json: bool,
) -> Report:
    """Check the chosen questions and print what is found."""
    import time

    from tensordrill.audit.check import check as check_bank
    from tensordrill.render.report import print_report, progress_on

    started = time.monotonic()
    with progress_on(sys.stderr) as progress:
        report = check_bank(bank, chosen, seeds, sandbox, progress)
    print_report(report, time.monotonic() - started, language, strict=strict, json=json)
    return report


def _watch(
    banks: Sequence[str] | None,
    topics: Sequence[str],
    seeds: int,
    sandbox: Sandbox,
    language: Language,
    *,
    strict: bool,
) -> NoReturn:
    """Check again what was saved, until ^C: the topics of changed files, or all where something else changed."""
    import time

    from tensordrill.bank.variant import select
    from tensordrill.cli.watching import changes

    for changed in changes(lambda: options.open_bank(banks).files()):
        options.console().clear()
        try:
            bank = options.open_bank(banks)
            chosen = select(bank, topics)
            saved = {name: ids for name, ids in chosen.items() if bank.file(name) in changed}
            _checked(bank, saved or chosen, seeds, sandbox, language, strict=strict, json=False)
        except TensordrillError as error:
            print(error.text(language))
        print(say("bank-watching", language, time=time.strftime("%H:%M:%S")), flush=True)
    raise AssertionError("files are watched for ever")


def _compared(
    bank: Bank,
    chosen: Selection,
    sandbox: Sandbox,
    record: Path | None,
    before: BankKeys | None,
    language: Language,
    *,
    json: bool,
) -> bool:
    """Record the keys and print those that are others than `before`; return whether there are any."""
    from tensordrill.audit.keys import changes, keys_of, write_keys
    from tensordrill.render.report import print_changed_keys

    now = keys_of(bank, chosen, sandbox)
    changed = changes(before, now) if before else []
    if before:
        print_changed_keys(changed, before.torch, now.torch, language, json=json)
    if record:
        write_keys(record, now)
        if not json:
            print(say("keys-recorded", language, path=record, count=len(now.keys), torch=now.torch))
    return bool(changed)
