"""typer's commands, imported one by one, with their help in both languages.

Where typer takes a help text, the modules of commands name a sentence of `tensordrill.messages`: a command's `help`,
its `epilog` (examples, one a line: `command  # what it does`), and the help of its options and arguments. `build`
says them all in one language. That language is the `obj` of every context.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import TYPE_CHECKING, ClassVar, NamedTuple, cast

import typer
from typer.core import TyperArgument, TyperCommand, TyperGroup, TyperOption
from typer.main import get_command

from tensordrill.cli import options
from tensordrill.messages import Language, Name, say

if TYPE_CHECKING:
    from typer._click import Command as AnyCommand
    from typer._click import Context, HelpFormatter

    _Base = AnyCommand
else:
    _Base = object


class CommandEntry(NamedTuple):
    """A row in a group's table: a command that is imported when it is asked for."""

    module: str
    """The module that holds its `app`."""
    summary: Name
    """The sentence that lists of commands show."""
    panel: Name = "panel-commands"
    """The heading that it stands below."""


class _Ours(_Base):
    """Behaviour of commands and groups that differs from typer's."""

    def parse_args(self, ctx: Context, args: list[str]) -> list[str]:
        """Read the words of a command line; every error knows its command, also those of typer that do not."""
        try:
            return super().parse_args(ctx, args)
        except typer.TyperException as error:
            vars(error)["ctx"] = getattr(error, "ctx", None) or ctx
            raise

    def format_help(self, ctx: Context, formatter: HelpFormatter) -> None:
        """Write the help screen."""
        from tensordrill.cli.help import help_page
        from tensordrill.cli.options import console
        from tensordrill.render.help import help_text

        formatter.write(help_text(help_page(ctx), console()))


class Command(_Ours, TyperCommand):
    """A command with our help screen."""


class CommandGroup(_Ours, TyperGroup):
    """A group whose commands stand in a table."""

    table: ClassVar[Mapping[str, CommandEntry]]

    def list_commands(self, ctx: Context) -> list[str]:  # noqa: ARG002 (typer's)
        """Return the names in the table, in its order."""
        return list(self.table)

    def get_command(self, ctx: Context, cmd_name: str) -> AnyCommand | None:
        """Import a command; None where the table has none of that name."""
        entry = self.table.get(cmd_name)
        if entry is None:
            return None
        command = build(import_module(entry.module).app, ctx.obj)
        command.short_help = say(entry.summary, ctx.obj)
        return command


def group(text: Name, examples: Name, table: Mapping[str, CommandEntry]) -> typer.Typer:
    """Return a group of the commands in a table, with the sentences of its help screen."""
    commands = type("Commands", (CommandGroup,), {"table": table})
    app = typer.Typer(cls=commands, add_completion=False, pretty_exceptions_enable=False)

    @app.callback(no_args_is_help=True, help=text, epilog=examples)
    def callback(*, lang: options.Lang = "en") -> None:
        """Run one of the commands in the table."""

    return app


HELP = ("-h", "--help")
_OF_TYPER: dict[str, Name] = {
    "help": "option-help",
    "install_completion": "option-install-completion",
    "show_completion": "option-show-completion",
}
"""The sentences for options that typer adds."""


def build(app: typer.Typer, language: Language) -> AnyCommand:
    """Return an app's command, made anew, with all its help in one language."""

    def text(name: str | None) -> str | None:
        return say(cast(Name, name), language) if name else None

    command = get_command(app)
    command.help = text(command.help)
    command.epilog = text(command.epilog)
    for parameter in command.get_params(typer.Context(command, help_option_names=list(HELP))):
        assert isinstance(parameter, TyperOption | TyperArgument)
        parameter.help = text(_OF_TYPER.get(parameter.name or "", parameter.help))
    return command
