"""`tensordrill assignment new`: questions are chosen."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Annotated

import typer

from tensordrill import command_line
from tensordrill.cli import completion, options
from tensordrill.cli.commands import Command
from tensordrill.errors import CourseError
from tensordrill.messages import Language, message, say

_COUNT = 8
_CHOICE = {"topics": "--topic", "count": "-n", "points": "--points", "kinds": "--kinds", "shared": "--shared"}
"""The options that say what is chosen, by their parameters."""

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


@app.command("new", cls=Command, help="assignment-new-help", epilog="assignment-new-examples")
def new(
    context: typer.Context,
    folder: Annotated[Path, typer.Argument(metavar="NAME", help="assignment-name")],
    *,
    topics: options.Topics = None,
    count: Annotated[int | None, typer.Option("-n", min=1, metavar="N", help="assignment-count")] = None,
    points: Annotated[
        float, typer.Option("--points", min=0, max=1_000_000, metavar="N", help="assignment-points")
    ] = 1,
    kinds: Annotated[
        str,
        typer.Option("--kinds", metavar="KINDS", help="assignment-kinds", autocompletion=completion.kinds),
    ] = "write,fill",
    shared: Annotated[bool, typer.Option("--shared", help="assignment-shared")] = False,
    opaque: Annotated[bool, typer.Option("--opaque", help="assignment-opaque")] = False,
    like: Annotated[Path | None, typer.Option("--like", metavar="ASSIGNMENT", help="assignment-like")] = None,
    same_questions: Annotated[
        bool, typer.Option("--same-questions", help="assignment-same-questions")
    ] = False,
    bank: options.Banks = None,
    lang: options.HandoutLang = "en",
) -> None:
    """Choose questions and write NAME/assignment.yaml and NAME/secret."""
    from tensordrill.bank.variant import select
    from tensordrill.course.assignment.assignment import ASSIGNMENT_FILE, Item
    from tensordrill.course.assignment.bundle import Bundle
    from tensordrill.course.assignment.choose import choose, named
    from tensordrill.course.assignment.folder import create
    from tensordrill.course.assignment.public import public_questions
    from tensordrill.course.assignment.reuse import reuse
    from tensordrill.render.grading import due_text, public_text, reuse_lines

    if folder.name != str(folder) or folder.name in ("", ".."):
        raise CourseError(message("assignment-name-is-path", name=folder))
    if math.isnan(points):
        raise typer.BadParameter(say("assignment-no-points", lang))
    if like is None:
        if same_questions:
            raise typer.BadParameter(say("assignment-same-as-what", lang))
        reused = None
        opened = options.open_bank(bank)
        selection = select(opened, topics or ())
        entries = choose(opened, selection, _kinds(kinds, lang), count or named(selection) or _COUNT)
        items = tuple(Item(id=entry.id, points=points) for entry in entries)
        assignment = create(folder, opened, items, shared=shared, opaque=opaque, language=lang)
    else:
        _refuse_choice(context, lang)
        reused = reuse(like, options.open_bank(bank) if bank else None, same_questions=same_questions)
        opened, items, model = reused.bank, reused.items, reused.model
        assignment = create(
            folder,
            opened,
            items,
            shared=model.variants == "shared",
            opaque=opaque or reused.opaque,
            language=model.language,
        )
    file = folder / ASSIGNMENT_FILE
    total = f"{sum(item.total for item in items):g}"
    print(say("assignment-made", lang, path=file, count=len(items), points=total))
    for line in reuse_lines(reused, lang) if reused else ():
        print(line)
    if public := public_questions(Bundle(assignment, opened)):
        print(public_text(public, assignment, lang))
    print(due_text(assignment, lang))
    words = ["tensordrill", "assignment", "build", str(file), "--roster", "roster.csv", "--out", "handout/"]
    print(say("assignment-next", lang, command=command_line.join(words)))


def _refuse_choice(context: typer.Context, language: Language) -> None:
    """Raise BadParameter where options say what to choose beside an assignment that says it."""
    for parameter, option in _CHOICE.items():
        source = context.get_parameter_source(parameter)
        if source is not None and source.name == "COMMANDLINE":
            raise typer.BadParameter(say("assignment-like-alone", language, option=option))


def _kinds(value: str, language: Language) -> tuple[str, ...]:
    """Return the kinds that `--kinds` lists; raises BadParameter for one that there is not."""
    kinds = tuple(name.strip() for name in value.split(","))
    for kind in kinds:
        if kind not in completion.KINDS:
            known = ", ".join(completion.KINDS)
            raise typer.BadParameter(say("assignment-no-kind", language, kind=kind, kinds=known))
    return kinds
