"""`tensordrill history reset`: the learner's answers deleted, after a backup."""

from __future__ import annotations

import sys
import time
from itertools import count
from pathlib import Path
from typing import Annotated

import typer

from tensordrill import command_line
from tensordrill.cli import completion, options
from tensordrill.cli.commands import Command
from tensordrill.messages import Language, say

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


@app.command("reset", cls=Command, help="history-reset-help", epilog="history-reset-examples")
def reset(
    *,
    topic: Annotated[
        str | None,
        typer.Option(
            "--topic", "-t", metavar="T", help="history-reset-topic", autocompletion=completion.topic
        ),
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="history-yes")] = False,
    lang: options.Lang = "en",
    json: options.Json = False,
) -> int:
    """Delete the answers, or those of a topic; return the exit code, which is 1 where that was not done."""
    import msgspec

    from tensordrill.cli.store import open_store

    with open_store(lang) as store:
        answers = store.count(topic)
        if not answers:
            nothing = say("history-none-of-topic", lang, topic=topic) if topic else say("history-none", lang)
            print(nothing, file=sys.stderr)
            return 1
        if not yes and not _agreed(answers, lang):
            print(say("history-kept", lang), file=sys.stderr)
            return 1
        backup = _free(store.path.parent, time.strftime("%Y-%m-%d"))
        answers = store.remove(topic, backup)
    if json:
        print(msgspec.json.encode({"deleted": answers, "backup": str(backup)}).decode())
    else:
        command = command_line.join(["tensordrill", "history", "import", str(backup)])
        print(say("history-deleted", lang, count=answers, path=backup, command=command))
    return 0


def _agreed(answers: int, language: Language) -> bool:
    """Ask whether answers may be deleted."""
    from tensordrill.kinds.words import YES, normalized, plain

    print(say("history-ask", language, count=answers), end="", file=sys.stderr, flush=True)
    return plain(normalized(sys.stdin.readline())) in YES


def _free(folder: Path, date: str) -> Path:
    """Return a file for a backup that does not exist yet."""
    names = (f"reviews.backup-{date}{'' if number == 1 else f'-{number}'}.jsonl" for number in count(1))
    return next(path for path in map(folder.joinpath, names) if not path.exists())
