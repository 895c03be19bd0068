"""`tensordrill assignment`: class work, from choosing questions to a graded class."""

from __future__ import annotations

import math
import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tensordrill.cli import options

if TYPE_CHECKING:
    from tensordrill.lab.isolation import Isolation

_KINDS = ("write", "fill", "order", "which", "predict")
_COUNT = 8


@click.group()
def assignment() -> None:
    """Class work: make an assignment, hand it out, grade what comes back."""


def _kinds(context: click.Context, option: click.Parameter, value: str) -> tuple[str, ...]:  # noqa: ARG001 (click's)
    kinds = tuple(name.strip() for name in value.split(","))
    for name in kinds:
        if name not in _KINDS:
            raise click.BadParameter(f"`{name}` is no kind; choose from {', '.join(_KINDS)}")
    return kinds


@assignment.command()
@click.argument("folder", metavar="NAME", type=Path)
@options.topics
@click.option(
    "-n",
    "count",
    type=click.IntRange(min=1),
    help=f"How many questions.  [default: all where -t names ids only, else {_COUNT}]",
)
@click.option(
    "--points", type=click.FloatRange(0, 1_000_000), default=1, show_default=True, help="Points a question."
)
@click.option(
    "--kinds",
    default="write,fill",
    show_default=True,
    callback=_kinds,
    help="Kinds, of write, fill, which and predict (which running torch answers).",
)
@click.option("--shared", is_flag=True, help="The same numbers for everybody.")
@options.bank_folder
@options.lang
def new(
    folder: Path,
    topics: tuple[str, ...],
    count: int | None,
    points: float,
    kinds: tuple[str, ...],
    shared: bool,
    bank: Path | None,
    lang: str | None,
) -> None:
    """Choose questions and write NAME/assignment.yaml and NAME/secret."""
    from tensordrill.bank.variant import select
    from tensordrill.course.assignment.assignment import ASSIGNMENT_FILE, Item
    from tensordrill.course.assignment.choose import choose, named
    from tensordrill.course.assignment.folder import create

    if math.isnan(points):
        raise click.UsageError("`nan` is no number of points; write one from 0 to 1000000")
    opened = options.open_bank(bank)
    selection = select(opened, topics)
    entries = choose(opened, selection, kinds, count or named(selection) or _COUNT)
    items = [Item(id=entry.id, points=points) for entry in entries]
    create(folder, opened, items, shared=shared, language=options.language(lang))
    asked = "1 question" if len(items) == 1 else f"{len(items)} questions"
    print(f"{folder / ASSIGNMENT_FILE}: {asked}, {points * len(items):g} points")
    print(f"next: tensordrill assignment build {folder / ASSIGNMENT_FILE} --roster roster.csv --out handout/")


_assignment_file = click.argument("path", metavar="ASSIGNMENT", type=Path)
_roster = click.option("--roster", type=Path, help="The class: a CSV file with id,name,email.")
_recorded = click.option(
    "--recorded", is_flag=True, help="Take the questions as they were recorded, whatever the bank says now."
)


@assignment.command()
@_assignment_file
@_roster
@click.option("--out", type=Path, required=True, help="The folder to hand out.")
@click.option("--notebook", is_flag=True, help="Notebooks (.ipynb) instead of scripts (.py).")
@_recorded
@click.option("--current", is_flag=True, help="Take the questions as they are now, and record them.")
def build(path: Path, roster: Path | None, out: Path, notebook: bool, recorded: bool, current: bool) -> None:
    """Write a file for each student (one for all without a roster), and the bank for checking it."""
    from tensordrill.course.assignment.folder import open_folder, questions, record
    from tensordrill.course.handout.build import build as build_handouts
    from tensordrill.course.handout.build import strangers

    if recorded and current:
        raise click.UsageError("--recorded and --current are two ways to take the questions; choose one")
    folder = open_folder(path)
    students = folder.roster(roster)
    opened = questions(folder, recorded=recorded, current=current)
    with opened as bundle:
        *files, bank = build_handouts(folder, bundle, students, out, as_notebook=notebook)
        if not recorded and record(folder, opened):
            print(f"{folder.recorded}: the questions are recorded as they are now")
            if current:
                print(
                    "files that were handed out before may have other numbers; hand out these in their place"
                )
    print(
        f"{out}: {len(files)} {'hand-outs' if len(files) > 1 else 'hand-out'}, and {bank.name} to check with"
    )
    for line in strangers(out, [*files, bank]):
        print(line)


@assignment.command()
@_assignment_file
@click.argument("submissions", nargs=-1, required=True, type=Path)
@click.option("--out", type=Path, required=True, help="The folder for grades, feedback and the report.")
@click.option(
    "--jobs",
    type=click.IntRange(min=1),
    help="How many are graded at a time.  [default: one more than cores]",
)
@options.isolation
@click.option("--cluster", metavar="tcp://HOST:PORT", help="Hand the work to a Dask scheduler.")
@_roster
@_recorded
@click.option("--reveal", is_flag=True, help="Put the keys into the feedback.")
@click.option("--diff", type=Path, metavar="GRADES.JSON", help="Say whose grade changed since then, and why.")
def grade(
    path: Path,
    submissions: tuple[Path, ...],
    out: Path,
    jobs: int | None,
    isolation: Isolation,
    cluster: str | None,
    roster: Path | None,
    recorded: bool,
    reveal: bool,
    diff: Path | None,
) -> int:
    """Grade SUBMISSIONS (files, folders or zips); the same command goes on where it was stopped."""
    from tensordrill.cli.grading import GradeOptions, grade_class

    wanted = GradeOptions(
        path=path,
        submissions=submissions,
        out=out,
        jobs=jobs or (os.cpu_count() or 1) + 1,
        isolation=isolation,
        cluster=cluster,
        roster=roster,
        recorded=recorded,
        reveal=reveal,
        diff=diff,
    )
    return grade_class(wanted)


@assignment.group()
def pack() -> None:
    """Put an assignment into the form that another system grades."""


@pack.command()
@_assignment_file
@click.option("--out", type=Path, help="The zip.  [default: NAME-gradescope.zip]")
@options.isolation
@_roster
@_recorded
def gradescope(
    path: Path, out: Path | None, isolation: Isolation, roster: Path | None, recorded: bool
) -> None:
    """Write the zip that Gradescope runs: with everybody's seeds, without the secret."""
    from tensordrill.course.assignment.folder import open_folder, questions
    from tensordrill.course.gradescope.pack import gradescope_zip
    from tensordrill.show.grading import gradescope_lines

    folder = open_folder(path)
    target = out or Path(f"{folder.assignment.assignment}-gradescope.zip")
    students = folder.roster(roster)
    with questions(folder, recorded=recorded) as bundle:
        target.write_bytes(gradescope_zip(folder, bundle.bank, students, isolation))
    for line in gradescope_lines(target, len(students), isolation):
        print(line)
