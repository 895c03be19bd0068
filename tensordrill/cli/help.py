"""A command's help, from what typer knows of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from typer.core import TyperArgument, TyperOption

from tensordrill.cli.commands import CommandGroup
from tensordrill.messages import Language, Name, say

if TYPE_CHECKING:
    from typer._click import Context

    from tensordrill.render.help import HelpPage


def usage(context: Context) -> str:
    """Return how a command is called, in one line."""
    command = context.command
    words = [context.command_path, command.options_metavar or ""]
    words += [_placeholder(argument) for argument in command.params if isinstance(argument, TyperArgument)]
    if isinstance(command, CommandGroup):
        words.append(command.subcommand_metavar)
    return " ".join(words)


def _placeholder(argument: TyperArgument) -> str:
    name = argument.metavar or ""
    return name if argument.required or name.startswith("[") else f"[{name}]"


def help_page(context: Context) -> HelpPage:
    """Return the help of a command, in the context's language."""
    from tensordrill.render.help import HelpPage, HelpRow, Section

    command, language = context.command, context.obj
    sections: dict[Name, list[HelpRow]] = {}
    for panel, name, text in [*_commands(command, language), *_parameters(context, language)]:
        sections.setdefault(panel, []).append(HelpRow(name, text))
    examples = [HelpRow(*line.split("  # ")) for line in (command.epilog or "").splitlines()]
    group = isinstance(command, CommandGroup)
    return HelpPage(
        usage=HelpRow(say("usage", language), usage(context)),
        text=command.help or "",
        sections=[Section(say(panel, language), rows) for panel, rows in sections.items()],
        examples=Section(say("panel-examples", language), examples),
        more=say("help-more", language, command=context.command_path) if group else "",
    )


def _commands(command: object, language: Language) -> Iterator[tuple[Name, str, str]]:
    """Yield the panel, the name and the summary of each command in a group's table; none is imported."""
    table = command.table if isinstance(command, CommandGroup) else {}
    for name, entry in table.items():
        yield entry.panel, name.ljust(max(map(len, table))), say(entry.summary, language)


def _parameters(context: Context, language: Language) -> Iterator[tuple[Name, str, str]]:
    """Yield the panel, the name and the help of each argument, then of each option."""
    parameters = context.command.get_params(context)
    for argument in parameters:
        if isinstance(argument, TyperArgument):
            yield "panel-arguments", argument.metavar or "", argument.help or ""
    for option in parameters:
        if isinstance(option, TyperOption):
            yield "panel-options", _option(option, context), _explained(option, language)


def _option(option: TyperOption, context: Context) -> str:
    """Return an option's names, with room for a short one, and what stands for its value."""
    names = ", ".join(sorted(option.opts, key=len))
    names = names if not names.startswith("--") else f"    {names}"
    return names if option.is_flag else f"{names} {option.make_metavar(context)}"


def _explained(option: TyperOption, language: Language) -> str:
    text = option.help or ""
    if option.required:
        return f"{text}  {say('help-required', language)}"
    if option.show_default and option.default not in (None, False):
        return f"{text}  {say('help-default', language, value=option.default)}"
    return text
