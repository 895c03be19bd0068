"""`tensordrill show`: one question, as a learner or a program sees it."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tensordrill.cli import completion, options
from tensordrill.cli.commands import Command
from tensordrill.errors import TensordrillError
from tensordrill.text import Language, say

if TYPE_CHECKING:
    from tensordrill.bank.load import Bank
    from tensordrill.bank.variant import Variant

_SEED = 1


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
    bank: options.BankFolder = None,
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
        from tensordrill.show.script import script

        print(script(variant))
    elif json:
        _print_json(variant, lang, answer)
    else:
        _print(opened, variant, lang, answer)


def _print(bank: Bank, variant: Variant, language: Language, answer: bool) -> None:
    from tensordrill.show.answer import answer_sheet
    from tensordrill.show.question import question

    screen = options.console()
    screen.print(question(variant, None, None, language))
    if answer:
        from tensordrill.lab.client import Lab
        from tensordrill.mark import Sitting

        with Lab() as lab:
            screen.print(answer_sheet(Sitting(lab, variant), bank.ideas, language))
    screen.print()


def _print_json(variant: Variant, language: Language, answer: bool) -> None:
    from tensordrill.cli.json_lines import emit, question_event

    event = question_event(variant, None, None, language, None)
    if answer:
        from tensordrill.lab.client import Lab
        from tensordrill.mark import Sitting

        with Lab() as lab:
            sitting = Sitting(lab, variant)
            event["expected"] = sitting.expected
            event["misconceptions"] = [
                {"idea": name, "answer": typed} for name, typed in sitting.misconceptions()
            ]
    emit(event)


def _watch(address: str, answer: bool, folder: Path | None, language: Language) -> None:
    from tensordrill.bank.variant import from_address
    from tensordrill.cli.watching import changes

    topic = address.partition("/")[0]
    path = options.open_bank(folder).folder / f"{topic}.yaml"
    for _ in changes(path):
        screen = options.console()
        screen.clear()
        try:
            bank = options.open_bank(folder)
            _print(bank, from_address(bank, address, _SEED), language, answer)
        except TensordrillError as error:
            print(error.text(language))
        print(say("show-watching", language, path=path, time=time.strftime("%H:%M:%S")))
