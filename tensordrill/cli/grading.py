"""`assignment grade`: the isolation is printed, progress is shown, results are written."""

from __future__ import annotations

import itertools
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path

from msgspec import Struct
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.text import Text

from tensordrill.cli.bug import write_log
from tensordrill.cli.options import console
from tensordrill.course.assignment.assignment import ASSIGNMENT_FILE, OVERRIDES_FILE
from tensordrill.course.assignment.folder import Folder, open_folder, questions
from tensordrill.course.assignment.roster import Student
from tensordrill.course.fault import Fault
from tensordrill.course.gradebook import Gradebook
from tensordrill.course.grading.cluster import cluster
from tensordrill.course.grading.grade import Grading, GradingProgress, Watch
from tensordrill.course.grading.stopping import terminable
from tensordrill.course.grading.workers import Workers, local
from tensordrill.course.output import Output
from tensordrill.course.results.comparison import changes, general_changes
from tensordrill.course.results.export import GRADES_JSON, write_all
from tensordrill.course.results.overrides import read_overrides
from tensordrill.course.results.read_grades_json import Grades, read_grades
from tensordrill.course.submission.intake import sources
from tensordrill.course.submission.times import TIMES_FILE, read_times
from tensordrill.errors import CourseError
from tensordrill.messages import Language, Message, message, say
from tensordrill.render.feedback import FOLDER, draw, write_feedback
from tensordrill.render.grading import REPORT_FILE, isolation_line, summary
from tensordrill.render.report_page import report
from tensordrill.sandbox.isolation import Isolation

_CHANGES_SHOWN = 50


class GradeOptions(Struct, frozen=True, kw_only=True):
    """The options of `assignment grade`."""

    path: Path
    submissions: tuple[Path, ...]
    out: Path
    jobs: int
    isolation: Isolation
    cluster: str | None
    roster: Path | None
    snapshot: bool
    times: Path | None = None
    archive_times: bool = False
    reveal: bool
    diff: Path | None
    language: Language


def grade_class(options: GradeOptions) -> int:
    """Grade a class; return the exit code. SIGTERM and SIGHUP stop it as ^C does, and leave nothing behind."""
    with terminable():
        return _grade_class(options)


def _grade_class(options: GradeOptions) -> int:
    before = read_grades(options.diff) if options.diff else None
    gradebook, faults = _graded(options)
    with _said_when_stopped(options.language, lambda: message("grading-stopped-writing")):
        analysis = write_all(gradebook, options.out, reveal=options.reveal, also={FOLDER: write_feedback})
        with Output(options.out).file(REPORT_FILE) as page:
            page.writelines(report(gradebook, analysis))
    for line in summary(gradebook, analysis, options.out, options.language):
        console().print(line, soft_wrap=True)
    if faults:
        console().print(Text(_with_log(faults, gradebook.assignment.language)), soft_wrap=True)
    if before is not None:
        _print_changes(before, read_grades(options.out / GRADES_JSON), options.language)
    return 0


def _with_log(faults: Mapping[str, Fault], language: Language) -> str:
    """Write what failed by a fault of ours to a log, and return a sentence that names it."""
    log = write_log("\n".join(f"{source}\n{fault.traceback}" for source, fault in faults.items()))
    if log is None:
        return say("not-graded-no-log", language, count=len(faults))
    return say("not-graded-log", language, count=len(faults), log=log)


def _graded(options: GradeOptions) -> tuple[Gradebook, Mapping[str, Fault]]:
    folder = open_folder(options.path)
    roster = folder.roster(options.roster)
    overrides = read_overrides(folder.path / OVERRIDES_FILE, folder.assignment, roster)
    listed = _listed_times(folder, roster, options.times)
    Output(options.out)
    bundle = questions(folder, snapshot=options.snapshot)
    with cluster(options.cluster) if options.cluster else local(options.jobs) as workers:
        handed_in = sources(options.submissions, options.out, folder.assignment.language)
        grading = Grading(
            folder,
            bundle,
            handed_in,
            roster,
            options.out,
            options.isolation,
            draw,
            listed=listed,
            by_archives=options.archive_times,
        )
        with closing(grading.journal):
            level = _level(grading, workers, options)
            stopped = _said_when_stopped(
                options.language,
                lambda: message("grading-stopped", done=grading.kept, total=len(grading.owned)),
            )
            with stopped, _progress() as watch:
                grading.run(workers, watch)
            return grading.gradebook(overrides, level), grading.faults


def _listed_times(folder: Folder, roster: Sequence[Student], given: Path | None) -> Mapping[str, datetime]:
    """Return the times in the table given, or in the one beside the assignment, where it has a due date."""
    due, kept = folder.assignment.due_date, folder.path / TIMES_FILE
    if due is None:
        if given is not None:
            raise CourseError(message("times-without-due", path=folder.path / ASSIGNMENT_FILE))
        return {}
    return read_times(given or kept, roster, due.due.tzinfo) if given or kept.exists() else {}


def _level(grading: Grading, workers: Workers, options: GradeOptions) -> str:
    """Print how submissions are isolated; refuse where nothing confines them and that was not asked for."""
    levels = {ready.level: ready for ready in grading.ready(workers)}
    if options.isolation != "none" and not all(ready.holds for ready in levels.values()):
        raise CourseError(message("grading-not-confined"))
    for level in sorted(levels):
        console().print(isolation_line(levels[level], options.language), soft_wrap=True)
    return ", ".join(sorted(levels))


@contextmanager
def _said_when_stopped(language: Language, left: Callable[[], Message]) -> Iterator[None]:
    """Print what ^C has left."""
    try:
        yield
    except KeyboardInterrupt:
        print(f"tensordrill: {left().text(language)}", file=sys.stderr)
        raise


@contextmanager
def _progress() -> Iterator[Watch]:
    """Show how far grading is, its rate and the time that remains; one line where there is no terminal."""
    columns = (
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(compact=True),
    )
    screen = console()
    with Progress(*columns, console=screen, disable=not screen.is_terminal) as bar:
        task = bar.add_task("", total=None, rate="")

        def watch(done: GradingProgress) -> None:
            speed = bar.tasks[0].speed
            rate = f"{speed:.0f}/s" if speed else ""
            bar.update(task, completed=done.done, total=done.total, rate=rate)

        yield watch


def _print_changes(before: Grades, after: Grades, language: Language) -> None:
    screen = console()
    for sentence in general_changes(before, after, language):
        screen.print(Text(sentence), soft_wrap=True)
    grade_changes = changes(before, after, language)
    for change in itertools.islice(grade_changes, _CHANGES_SHOWN):
        screen.print(Text(change.sentence), soft_wrap=True)
        for reason in change.reasons:
            screen.print(Text("    " + reason), soft_wrap=True)
    more = sum(1 for _ in grade_changes)
    if more:
        screen.print(Text(say("grading-more-changes", language, count=more)))
