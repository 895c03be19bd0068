"""Usage errors: typer's English becomes a sentence of ours, in both languages.

typer's classes of these errors are private, so they are recognised by their messages.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from difflib import get_close_matches
from typing import TYPE_CHECKING

import typer

from tensordrill.cli.commands import CommandGroup
from tensordrill.cli.completion import topic_names
from tensordrill.cli.help import usage
from tensordrill.messages import Language, Name, say

if TYPE_CHECKING:
    from typer._click import Context

_WHERE = r"Invalid value for '(?P<where>.+?)'.*?: "
_VALUE = r"(['\"])(?P<value>.*)\2"
_MESSAGES: dict[str, Name] = {
    r"No such command '(?P<word>.*?)'\..*": "usage-no-command",
    r"No such option: (?P<word>\S+).*": "usage-no-option",
    r"Got unexpected extra argument\(s\) \((?P<word>.*)\)": "usage-too-many",
    r"Missing argument '(?P<name>.*?)'\..*": "usage-missing-argument",
    r"Missing option '(?P<name>.*?)'.*\..*": "usage-missing-option",
    r"Missing command\.": "usage-missing-command",
    r"Option '(?P<name>.*)' requires an argument\.": "usage-needs-value",
    r"Option '(?P<name>.*)' does not take a value\.": "usage-takes-no-value",
    _WHERE + _VALUE + r" is not a valid int(?: range)?\.": "usage-int",
    _WHERE + _VALUE + r" is not a valid float(?: range)?\.": "usage-float",
    _WHERE + r"(?P<value>.*) is not in the range x>=(?P<low>.*)\.": "usage-at-least",
    _WHERE + r"(?P<value>.*) is not in the range (?P<low>.*)<=x<=(?P<high>.*)\.": "usage-between",
    _WHERE + _VALUE + r" is not one of (?P<choices>.*)\.": "usage-one-of",
}
_OURS = re.compile(r"Invalid value: (.*)", re.DOTALL)
"""A sentence that a command raises itself."""


def usage_problem(error: typer.TyperException, language: Language) -> str:
    """Return what is wrong with a command line, how the command is used, and how to read more."""
    message = error.format_message()
    if type(error).__name__ == "NoArgsIsHelpError":  # its message is the help screen
        return message
    context: Context = vars(error)["ctx"]
    problem = f"tensordrill: {_sentence(message, context, language)}"
    call = f"{say('usage', language)} {usage(context)}"
    return f"{problem}\n\n{call}\n{say('usage-help', language, command=context.command_path)}"


def _sentence(message: str, context: Context, language: Language) -> str:
    for pattern, name in _MESSAGES.items():
        if match := re.fullmatch(pattern, message, re.DOTALL):
            values = {key: re.sub(r"'(.*?)'", r"`\1`", value) for key, value in match.groupdict().items()}
            near = _near(name, values.get("word", ""), context, language)
            return say(name, language, **values, near=near)
    ours = _OURS.fullmatch(message)
    return ours[1] if ours else message


def _near(name: Name, word: str, context: Context, language: Language) -> str:
    """Return a guess at what was meant, as the end of a sentence, or nothing."""
    guess = _GUESSES.get(name)
    guesses = guess(word, context) if guess else []
    return say("usage-near", language, words=f"`{guesses[0]}`") if guesses else ""


def _command(word: str, context: Context) -> list[str]:
    """Return a command of the group, or of a group in it; its help for `help`."""
    group = context.command
    assert isinstance(group, CommandGroup)
    paths = sorted(_paths(group, context), key=len, reverse=True)
    known = {"help": "--help", **{path[-1]: " ".join(path) for path in paths}}
    return [known[near] for near in get_close_matches(word, known, n=1)]


def _paths(group: CommandGroup, context: Context) -> Iterator[tuple[str, ...]]:
    """Yield what is typed for each command of a group, and of the groups in it."""
    for name in group.table:
        yield (name,)
        inner = group.get_command(context, name)
        if isinstance(inner, CommandGroup):
            yield from ((name, *path) for path in _paths(inner, context))


def _option(word: str, context: Context) -> list[str]:
    names = [name for option in context.command.get_params(context) for name in option.opts]
    return get_close_matches(word, [name for name in names if name.startswith("-")], n=1)


def _topic(word: str, context: Context) -> list[str]:
    """Return the option that a topic needs before it, where the command has that option."""
    if not any("--topic" in option.opts for option in context.command.params):
        return []
    name, slash, rest = word.partition("/")
    near = get_close_matches(name, topic_names(context), n=1)
    return [f"--topic {topic}{slash}{rest}" for topic in near]


_GUESSES: dict[str, Callable[[str, Context], list[str]]] = {
    "usage-no-command": _command,
    "usage-no-option": _option,
    "usage-too-many": _topic,
}
