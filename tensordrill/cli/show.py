"""`tensordrill show`: one question, as a learner or a program sees it."""

from __future__ import annotations

import os
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tensordrill.cli import completion, options
from tensordrill.cli.commands import Command
from tensordrill.errors import TensordrillError
from tensordrill.messages import Language, say

if TYPE_CHECKING:
    from tensordrill.bank.load import Bank
    from tensordrill.bank.variant import Variant
    from tensordrill.sandbox.client import Sandbox

_SEED = 1
_CHECKED_SEEDS = 50
"""Seeds over which a watched question is checked."""


app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


@app.command("show", cls=Command, help="show-help", epilog="show-examples")
def show(
    address: Annotated[
        str, typer.Argument(metavar="ID[@SEED]", help="show-address", autocompletion=completion.addresses)
    ],
    *,
    answer: Annotated[bool, typer.Option("--answer", help="show-answer")] = False,
    python: Annotated[bool, typer.Option("--python", help="show-python")] = False,
    watch: Annotated[bool, typer.Option("--watch", help="show-watch")] = False,
    bank: options.Banks = None,
    lang: options.Lang = "en",
    json: options.Json = False,
) -> None:
    """Print one question with its numbers."""
    from tensordrill.bank.variant import from_address

    if watch + python + json > 1:
        raise typer.BadParameter(say("show-one-way", lang))
    if watch:
        _watch(address, answer, bank, lang)
        return
    opened = options.open_bank(bank)
    variant = from_address(opened, address, _SEED)
    if python:
        from tensordrill.render.script import script

        print(script(variant))
    elif json:
        _print_json(variant, lang, answer)
    elif answer:
        from tensordrill.sandbox.client import Sandbox

        with Sandbox() as sandbox:
            _print(opened, variant, lang, sandbox)
    else:
        _print(opened, variant, lang)


def _print(bank: Bank, variant: Variant, language: Language, sandbox: Sandbox | None = None) -> None:
    """Print a question, with its key and what misconceptions give where there is a sandbox to run them."""
    from rich.text import Text

    from tensordrill.drill.addresses import answered_otherwise
    from tensordrill.render.layout import indented
    from tensordrill.render.question import question

    screen = options.console()
    screen.print(question(variant, None, None, language))
    if at := answered_otherwise(variant, os.environ):
        changed = say("question-changed", language, address=variant.address, date=at[:10])
        screen.print(indented(Text(changed, "yellow"), (1, 1)))
    if sandbox is not None:
        from tensordrill.judging import QuestionSession
        from tensordrill.render.answer import answer_sheet

        screen.print(answer_sheet(QuestionSession(sandbox, variant), bank.ideas, language))
    screen.print()


def _print_json(variant: Variant, language: Language, answer: bool) -> None:
    from tensordrill.cli.json_lines import emit, question_event
    from tensordrill.drill.addresses import answered_otherwise

    event = question_event(variant, None, None, language, None)
    event["answered_otherwise"] = answered_otherwise(variant, os.environ)
    if answer:
        from tensordrill.judging import QuestionSession
        from tensordrill.sandbox.client import Sandbox

        with Sandbox() as sandbox:
            question_session = QuestionSession(sandbox, variant)
            event["expected"] = question_session.expected
            event["misconceptions"] = [
                {"idea": name, "answer": typed} for name, typed in question_session.misconceptions()
            ]
    emit(event)


def _watch(address: str, answer: bool, banks: Sequence[str] | None, language: Language) -> None:
    """Print the question and the findings of its check, again each time its topic's file is saved."""
    from tensordrill.bank.variant import from_address, split_address
    from tensordrill.cli.watching import changes
    from tensordrill.sandbox.client import Sandbox

    full_id, _ = split_address(address)
    topic = full_id.partition("/")[0]
    opened = options.open_bank(banks)
    file = opened.file(topic)
    path = file if isinstance(file, Path) else Path(opened.source(topic).where)
    with Sandbox() as sandbox:
        sandbox.warm()
        for _ in changes(lambda: [path]):
            screen = options.console()
            screen.clear()
            try:
                bank = options.open_bank(banks)
                _print(bank, from_address(bank, address, _SEED), language, sandbox if answer else None)
                _print_findings(bank, full_id, sandbox, language)
            except TensordrillError as error:
                print(error.text(language))
            shown = say("show-watching", language, path=path, time=time.strftime("%H:%M:%S"))
            print(shown, flush=True)


def _print_findings(bank: Bank, full_id: str, sandbox: Sandbox, language: Language) -> None:
    from tensordrill.audit.check import check

    report = check(bank, {full_id.partition("/")[0]: {full_id: None}}, _CHECKED_SEEDS, sandbox)
    own = [finding for finding in report.findings if finding.address.partition("@")[0] == full_id]
    for finding in own:
        print(finding.line(language))
    if own:
        print()
