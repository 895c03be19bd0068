"""Shell completion of topics, ids, addresses and kinds.

At most one topic file is read, and torch never. Where nothing fits, the shell completes the names of files.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, MutableMapping, Sequence
from contextlib import redirect_stdout, suppress
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from tensordrill.errors import TensordrillError

if TYPE_CHECKING:
    from typer._click import Context

    from tensordrill.bank.load import Bank

KINDS = ("write", "fill", "order", "which", "predict")
_ADDRESSES = 20
_BREAKS = ("=", "@")


def topic_names(context: Context) -> tuple[str, ...]:
    """Return the topics of the bank that other words of a command line name; none where it cannot be read."""
    try:
        return _bank(context).names
    except TensordrillError:
        return ()


def topic(context: typer.Context, incomplete: str) -> list[str]:
    """Return the topics that begin so."""
    return _beginning(incomplete, topic_names(context))


def topics(context: typer.Context, incomplete: str) -> list[str]:
    """Return the topics that begin so; behind a topic's whole name, its questions."""
    return [*topic(context, incomplete), *_questions(context, incomplete)]


def addresses(context: typer.Context, incomplete: str) -> list[str]:
    """Return the questions that begin so, or their topics where these are several; behind `@`, seeds."""
    names = topic(context, incomplete)
    if len(names) > 1:
        return [f"{name}/" for name in names]
    return _questions(context, f"{names[0]}/" if names else incomplete)


def sources(context: typer.Context, incomplete: str) -> list[str]:
    """Return questions and scripts that begin so; nothing yet typed, the shell lists files."""
    questions = addresses(context, incomplete) if incomplete else []
    scripts = sorted(path.name for path in Path().glob("*.py")) if questions else []
    return [*questions, *_beginning(incomplete, scripts)]


def kinds(incomplete: str) -> list[str]:
    """Return the ways in which a list of kinds, set apart by commas, may go on."""
    before, comma, last = incomplete.rpartition(",")
    return [f"{before}{comma}{kind}" for kind in _beginning(last, KINDS) if kind not in before.split(",")]


def _questions(context: typer.Context, incomplete: str) -> list[str]:
    name = incomplete.partition("/")[0]
    full_id, at, _ = incomplete.partition("@")
    try:
        bank = _bank(context)
        if name not in bank.names:
            return []
        if at:
            return _seeds(bank.entry(full_id).ids)
        return _beginning(incomplete, (entry.id for entry in bank.topic(name).entries))
    except TensordrillError:
        return []


def _seeds(ids: Sequence[str]) -> list[str]:
    """Return the addresses of a question that the learner answered, the newest first, under its present id."""
    import os

    from tensordrill.drill.addresses import answered
    from tensordrill.drill.folder import data_folder

    seeds = (review.address.rpartition("@")[2] for review in answered(data_folder(os.environ), ids))
    return [f"{ids[0]}@{seed}" for seed in dict.fromkeys(seeds)][:_ADDRESSES]


def _beginning(incomplete: str, words: Iterable[str]) -> list[str]:
    return [word for word in words if word.startswith(incomplete)]


def _bank(context: Context) -> Bank:
    from tensordrill.cli.options import open_bank

    names = context.params.get("bank")
    if "banks" in context.params:  # arguments are left over where the last option has no value yet
        names = context.args or context.params["banks"]
    return open_bank(names)


def complete_in_bash(environ: MutableMapping[str, str], complete: Callable[[], int]) -> int:
    """Run typer's completion for bash, which splits words at `=` and `@` before it asks; return the exit code.

    Of a word with `@` bash replaces what begins there, so only this is printed.
    """
    words, at = environ["COMP_WORDS"].split("\n"), int(environ["COMP_CWORD"])
    joined, kept = joined_words(words[: at + 1])
    environ.update(COMP_WORDS="\n".join(joined), COMP_CWORD=str(len(joined) - 1))
    code = 0
    with redirect_stdout(io.StringIO()) as printed, suppress(SystemExit):  # with which typer ends
        code = complete()
    for line in printed.getvalue().splitlines():
        print(line.removeprefix(kept))
    return code


def joined_words(words: Sequence[str]) -> tuple[list[str], str]:
    """Return words without the splits, and what of the last one's value stands before its `@`."""
    joined: list[str] = []
    kept = ""
    for before, word in zip(["", *words], words, strict=False):
        if before in _BREAKS or word in _BREAKS:
            kept = joined[-1].rpartition("=")[2] if word == "@" else kept
            joined[-1] += word
        else:
            joined.append(word)
            kept = ""
    return joined, kept
