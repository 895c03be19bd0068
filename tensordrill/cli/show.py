"""`tensordrill show`: one question, as a learner or a program sees it."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tensordrill.cli import options
from tensordrill.errors import TensordrillError
from tensordrill.text import Language

if TYPE_CHECKING:
    from tensordrill.bank.variant import Variant

_SEED = 1


@click.command()
@click.argument("address", metavar="ID[@SEED]")
@click.option("--answer", is_flag=True, help="Show the key and what misconceptions give.")
@click.option("--python", is_flag=True, help="Print a file that settles it with plain Python and torch.")
@click.option("--watch", is_flag=True, help="Show it again each time its file is saved.")
@options.bank_folder
@options.lang
@options.as_json
def show(
    address: str, answer: bool, python: bool, watch: bool, bank: Path | None, lang: str | None, json: bool
) -> None:
    """One question with its numbers; --answer adds the key, --python settles a dispute."""
    from tensordrill.bank.variant import from_address

    if watch + python + json > 1:
        raise click.UsageError("--watch, --python and --json are three ways to show; choose one")
    spoken = options.language(lang)
    if watch:
        _watch(address, answer, bank, spoken)
        return
    variant = from_address(options.open_bank(bank), address, _SEED)
    if python:
        from tensordrill.show.script import script

        print(script(variant))
    elif json:
        _print_json(variant, spoken, answer)
    else:
        _print(variant, spoken, answer)


def _print(variant: Variant, language: Language, answer: bool) -> None:
    from tensordrill.show.answer import answer_sheet
    from tensordrill.show.question import question

    screen = options.console()
    screen.print(question(variant, None, None, language))
    if answer:
        from tensordrill.lab.client import Lab
        from tensordrill.mark import Sitting

        with Lab() as lab:
            screen.print(answer_sheet(Sitting(lab, variant), language))
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
            _print(from_address(options.open_bank(folder), address, _SEED), language, answer)
        except TensordrillError as error:
            print(error)
        print(f"{path}: shown {time.strftime('%H:%M:%S')}, waiting for the next save (^C ends)")
