"""The lines that the commands for class work print: of an assignment like another one, and around grading."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from rich.text import Text

from tensordrill.course.assignment.assignment import Assignment
from tensordrill.course.assignment.moment import moment_text
from tensordrill.course.assignment.reuse import Reuse
from tensordrill.course.gradebook import Gradebook, Rejected, shown_points
from tensordrill.course.results.analysis import Analysis
from tensordrill.course.sanitize import sanitize_line
from tensordrill.messages import Language, Name, say
from tensordrill.sandbox.isolation import Isolation
from tensordrill.sandbox.protocol import Level, Ready

REPORT_FILE = "report.html"
_LISTED = 20


def isolation_line(ready: Ready, language: Language) -> Text:
    """Return how submissions are isolated."""
    how = say(_LEVELS[ready.level], language)
    return Text(say("grading-isolation", language, level=ready.level, how=how))


_LEVELS: dict[Level, Name] = {
    "bwrap-user": "grading-bwrap-user",
    "bwrap-root": "grading-bwrap-root",
    "bare": "grading-bare",
    "none": "grading-none",
}


def summary(gradebook: Gradebook, analysis: Analysis, out: Path, language: Language) -> Iterator[Text]:
    """Yield what was graded, what was not and why, and where the results are."""
    graded, absent = analysis.graded, analysis.absent - analysis.refused
    counts = say("grading-counts", language, graded=graded, absent=absent, refused=analysis.rejected)
    mean = shown_points(round(analysis.points / graded, 2)) if graded else ""
    yield Text(
        counts
        + (say("grading-mean", language, mean=mean, of=shown_points(gradebook.max_points)) if graded else "")
    )
    for rejection in gradebook.rejected[:_LISTED]:
        source, reason = sanitize_line(rejection.source), sanitize_line(rejection.reason)
        yield Text(say("grading-refused", language, source=source, reason=reason))
    if len(gradebook.rejected) > _LISTED:
        more = len(gradebook.rejected) - _LISTED
        yield Text(say("grading-more-refused", language, count=more, report=REPORT_FILE))
    if due := gradebook.assignment.due_date:
        late, untimed = analysis.late, analysis.untimed
        yield Text(say("grading-late", language, count=late, due=moment_text(due.due), untimed=untimed))
    yield Text(say("grading-report", language, path=out / REPORT_FILE))


def public_text(public: Sequence[str], assignment: Assignment, language: Language) -> str:
    """Return how many questions of an assignment students have in a bank of theirs."""
    is_opaque = all(item.alias for item in assignment.questions)
    return say("assignment-public-opaque" if is_opaque else "assignment-public", language, count=len(public))


def due_text(assignment: Assignment, language: Language) -> str:
    """Return what a teacher reads of the due date before handing out: what hand-outs say, or how one is set."""
    if (due := assignment.due_date) is None:
        return say("assignment-no-due", language)
    sentences = due.sentences(language)
    return " ".join(sentences if len(sentences) > 1 else [*sentences, say("assignment-late-free", language)])


def overdue_line(assignment: Assignment, now: int, language: Language) -> str | None:
    """Return that the due date is over at a time in seconds since 1970, as it is where its year was not changed."""
    due = assignment.due_date
    return say("assignment-overdue", language) if due and due.due.timestamp() < now else None


def gradescope_lines(path: Path, students: int, isolation: Isolation, language: Language) -> Iterator[str]:
    """Yield what a Gradescope pack holds, and what it does where nothing confines a submission there."""
    if students:
        yield say("gradescope-holds-own", language, path=path, count=students)
    else:
        yield say("gradescope-holds-shared", language, path=path)
    name: Name = "gradescope-unconfined" if isolation == "none" else "gradescope-confined"
    yield say(name, language, isolation=isolation)


def reuse_lines(reuse: Reuse, language: Language) -> Iterator[str]:
    """Yield how an assignment's questions differ from those that it was made like, and that its numbers do."""
    name, same = reuse.model.assignment, reuse.same
    if same < len(reuse.items):
        yield say("assignment-like-others", language, name=name, count=len(reuse.items) - same)
    if same:
        yield say("assignment-like-same", language, name=name, count=same)
    yield say("assignment-like-secret", language, name=name)


def participation_lines(
    path: Path, handed_in: int, students: int, rejected: Sequence[Rejected], language: Language
) -> Iterator[str]:
    """Yield how many handed in their practice, and which files count for nobody."""
    yield say(
        "participation-written",
        language,
        path=path,
        count=handed_in,
        total=students,
        rejected=len(rejected),
    )
    for each in rejected:
        source, reason = sanitize_line(each.source), sanitize_line(each.reason)
        yield say("participation-rejected", language, source=source, reason=reason)
