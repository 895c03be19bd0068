"""`tensordrill explain`: see what torch did, step by step, and why."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tensordrill.cli import options
from tensordrill.text import Language

if TYPE_CHECKING:
    from tensordrill.lab.client import Lab
    from tensordrill.trace.explanation import Explanation

_SEED = 1


@click.command(context_settings={"ignore_unknown_options": True})
@click.argument("code", metavar="[CODE|FILE|ADDRESS|-]", required=False)
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
@click.option("--steps", is_flag=True, help="Of a FILE, show every step, not only what failed.")
@click.option(
    "--seconds",
    type=click.FloatRange(min=0.1, max=86_400),
    help="How long the program may run.  [default: 10, a FILE 600]",
)
@click.option("--html", type=Path, metavar="FILE", help="Write a page instead.")
@options.bank_folder
@options.lang
@options.as_json
def explain(
    code: str | None,
    arguments: tuple[str, ...],
    steps: bool,
    seconds: float | None,
    html: Path | None,
    bank: Path | None,
    lang: str | None,
    json: bool,
) -> int:
    """Every tensor of a program: its shape, its strides, where its memory is, and why a line fails.

    CODE is Python text (torch, nn, F, np and math are there), FILE your own script with its arguments
    (after `--` those that have names of options below), ADDRESS a question's numbers as
    `view/flatten-a-transpose@7`, and `-` reads standard input. With none of them, lines are read at a prompt,
    and what they made is kept.
    """
    spoken = options.language(lang)
    if code is not None and _is_script(code):
        return _script(Path(code), arguments, seconds or 600.0, html, spoken, steps=steps, json=json)
    if arguments:
        raise click.UsageError("only a FILE takes arguments; put CODE in quotes")
    if code is None and sys.stdin.isatty():
        return _lines(spoken)
    from tensordrill.lab.client import Lab

    with Lab() as lab:
        lab.warm()
        found = _explained(lab, *_source(code or "-", bank), seconds or 10.0, spoken)
    return put_out(found, html, spoken, json=json)


def _lines(language: Language) -> int:
    from tensordrill.cli.explain_lines import ExplainLines
    from tensordrill.lab.client import Lab

    with Lab() as lab:
        lab.warm()
        return ExplainLines(lab, language).run()


def _script(
    path: Path,
    arguments: tuple[str, ...],
    seconds: float,
    html: Path | None,
    language: Language,
    *,
    steps: bool,
    json: bool,
) -> int:
    from tensordrill.cli.explain_script import Script, print_no_error, without_early_steps

    found = Script(path, arguments, seconds).explanation(language)
    if html is None and not json and not steps:
        if found.error is None and found.ended is None:
            print_no_error(found, path, language)
            return 0
        found = without_early_steps(found)
    return put_out(found, html, language, json=json)


def _is_script(code: str) -> bool:
    return code.endswith(".py") and "\n" not in code


def _source(code: str, bank: Path | None) -> tuple[str, str]:
    """Return the program's text, and the set-up that runs before it."""
    if code == "-":
        return sys.stdin.read(), ""
    if _is_address(code):
        return _variant_source(code, bank)
    return code, ""


def _is_address(code: str) -> bool:
    import re

    return re.fullmatch(r"[a-z0-9-]+/[a-z0-9-]+(@-?[0-9]+)?", code) is not None


def _variant_source(address: str, bank: Path | None) -> tuple[str, str]:
    from tensordrill.bank.variant import from_address
    from tensordrill.kinds import KINDS
    from tensordrill.trace.tracing import source_of

    variant = from_address(options.open_bank(bank), address, _SEED)
    programs = KINDS[variant.kind].programs(variant, variant.question)
    return source_of(programs[0]), programs[0].setup


def _explained(lab: Lab, source: str, setup: str, seconds: float, language: Language) -> Explanation:
    import textwrap

    from msgspec.structs import replace

    from tensordrill.trace.tracing import LIMITS
    from tensordrill.trace.tracing import explain as explain_program

    limits = replace(LIMITS, seconds=seconds)
    return explain_program(lab, textwrap.dedent(source).strip("\n"), language, limits=limits, setup=setup)


def put_out(found: Explanation, html: Path | None, language: Language, *, json: bool) -> int:
    """Show an explanation as it was asked for; exit code 0, or 1 where the program failed."""
    if html is not None:
        from tensordrill.show.explanation_page import page

        html.write_text(page(found, language), encoding="utf-8")
        print(html)
    if json:
        from tensordrill.cli.json_lines import emit
        from tensordrill.trace.as_json import as_json

        emit(as_json(found))
    elif html is None:
        from tensordrill.show.explanation import explained

        options.console().print(explained(found, language))
    return int(found.error is not None or found.ended is not None)
