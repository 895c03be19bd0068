"""`tensordrill explain`: see what torch did, step by step, and why."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tensordrill.cli import completion, options
from tensordrill.cli.commands import Command
from tensordrill.cli.kernel import is_below_a_cell
from tensordrill.errors import TensordrillError
from tensordrill.messages import Language, message, say

if TYPE_CHECKING:
    from tensordrill.explanation.explanation import Explanation
    from tensordrill.sandbox.client import Sandbox

_SEED = 1


app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


@app.command(
    "explain",
    cls=Command,
    help="explain-help",
    epilog="explain-examples",
    context_settings={"ignore_unknown_options": True},
)
def explain(
    code: Annotated[
        str | None,
        typer.Argument(
            metavar="[CODE|FILE|ADDRESS|-]", help="explain-code", autocompletion=completion.sources
        ),
    ] = None,
    arguments: Annotated[
        list[str] | None, typer.Argument(metavar="[ARGUMENTS]...", help="explain-arguments")
    ] = None,
    *,
    steps: Annotated[bool, typer.Option("--steps", help="explain-steps")] = False,
    seconds: Annotated[
        float | None,
        typer.Option("--seconds", min=0.1, max=86_400, metavar="SECONDS", help="explain-seconds"),
    ] = None,
    html: Annotated[Path | None, typer.Option("--html", metavar="FILE", help="explain-html")] = None,
    bank: options.Banks = None,
    lang: options.Lang = "en",
    json: options.Json = False,
) -> int:
    """Explain a program; return the exit code, which is 1 where it failed."""
    if code is not None and code.endswith(".py") and "\n" not in code:
        return _script(
            Path(code), tuple(arguments or ()), seconds or 600.0, html, lang, steps=steps, json=json
        )
    if arguments:
        raise typer.BadParameter(say("explain-no-arguments", lang))
    if code is None and sys.stdin.isatty():
        return _lines(lang)
    from tensordrill.sandbox.client import Sandbox

    with Sandbox() as sandbox:
        sandbox.warm()
        is_own = code is None or not _is_address(code)
        explanation = _explained(sandbox, *_source(code or "-", bank), seconds or 10.0, lang, is_own=is_own)
    return put_out(explanation, html, lang, json=json)


def _lines(language: Language) -> int:
    if is_below_a_cell(os.environ):
        call = 'import tensordrill; tensordrill.explain("x = torch.ones(2, 3)")'
        raise TensordrillError(message("in-a-notebook", call=call))
    from tensordrill.cli.explain_lines import ExplainLines
    from tensordrill.sandbox.client import Sandbox

    with Sandbox() as sandbox:
        sandbox.warm()
        return ExplainLines(sandbox, language).run()


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
    from tensordrill.cli.explain_script import UserScript, print_no_error, print_way_out, without_early_steps

    script = UserScript(path, arguments, seconds)
    explanation = script.explanation(language)
    is_on_screen = html is None and not json
    if is_on_screen and not steps and explanation.error is None and explanation.ended is None:
        print_no_error(explanation, path, language)
        code = 0
    else:
        shown = without_early_steps(explanation) if is_on_screen and not steps else explanation
        code = put_out(shown, html, language, json=json)
    if is_on_screen:
        print_way_out(script, explanation, language)
    return code


def _source(code: str, banks: Sequence[str] | None) -> tuple[str, str]:
    """Return the program's text, and the set-up that runs before it."""
    if code == "-":
        return sys.stdin.read(), ""
    if _is_address(code):
        return _variant_source(code, banks)
    return code, ""


def _is_address(code: str) -> bool:
    import re

    return re.fullmatch(r"[a-z0-9-]+/[a-z0-9-]+(@-?[0-9]+)?", code) is not None


def _variant_source(address: str, banks: Sequence[str] | None) -> tuple[str, str]:
    from tensordrill.bank.variant import from_address
    from tensordrill.explanation.tracing import source_of
    from tensordrill.kinds import KINDS

    variant = from_address(options.open_bank(banks), address, _SEED)
    programs = KINDS[variant.kind].programs(variant, variant.question)
    return source_of(programs[0]), programs[0].setup


def _explained(
    sandbox: Sandbox, source: str, setup: str, seconds: float, language: Language, *, is_own: bool
) -> Explanation:
    import textwrap

    from msgspec.structs import replace

    from tensordrill.explanation import suspicious, tracing

    explain_program = suspicious.explain if is_own else tracing.explain
    limits = replace(tracing.LIMITS, seconds=seconds)
    program = textwrap.dedent(source).strip("\n")
    return explain_program(sandbox, program, language, limits=limits, setup=setup)


def put_out(explanation: Explanation, html: Path | None, language: Language, *, json: bool) -> int:
    """Show an explanation as it was asked for; exit code 0, or 1 where the program failed."""
    if html is not None:
        from tensordrill.cli.page_file import write_page
        from tensordrill.render.explanation_page import page

        write_page(html, page(explanation, language))
    if json:
        from tensordrill.cli.json_lines import emit
        from tensordrill.explanation.as_json import as_json

        emit(as_json(explanation))
    elif html is None:
        from tensordrill.render.explanation import ExplanationScreen

        options.console().print(ExplanationScreen(explanation, language))
    return int(explanation.error is not None or explanation.ended is not None)
