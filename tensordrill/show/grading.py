"""What grading says at its start and at its end."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from rich.text import Text

from tensordrill.course.gradebook import Gradebook, shown_points
from tensordrill.course.plain import line
from tensordrill.lab.isolation import Isolation
from tensordrill.lab.protocol import Ready

REPORT_FILE = "report.html"
_LISTED = 20

_LEVELS = {
    "bwrap-user": "bubblewrap in a user namespace, and each submission confines itself",
    "bwrap-root": "bubblewrap with a user of its own, and each submission confines itself",
    "bare": "no bubblewrap; each submission confines itself (Landlock, seccomp, limits)",
    "none": "none; submissions run with your rights",
}


def isolation_line(ready: Ready) -> Text:
    """Say how submissions are isolated."""
    return Text(f"isolation: {ready.level} ({_LEVELS[ready.level]})")


def summary(gradebook: Gradebook, out: Path) -> Iterator[Text]:
    """Say what was graded, what was not and why, and where the results are."""
    graded, absent, points = 0, 0, 0.0
    for grade in gradebook.grades():
        graded += not grade.is_absent
        absent += grade.is_absent and not grade.refused
        points += 0.0 if grade.is_absent else grade.points
    said = (
        f"{graded} graded, {absent} of the class handed nothing in, {len(gradebook.listed)} files not graded"
    )
    mean = (
        f"; {shown_points(round(points / graded, 2))} of {shown_points(gradebook.of)} points on average"
        if graded
        else ""
    )
    yield Text(said + mean)
    for listed in gradebook.listed[:_LISTED]:
        yield Text(f"  not graded: {line(listed.source)}: {line(listed.reason)}")
    if len(gradebook.listed) > _LISTED:
        yield Text(f"  … and {len(gradebook.listed) - _LISTED} more, all in {REPORT_FILE}")
    yield Text(f"report: {out / REPORT_FILE}")


def gradescope_lines(path: Path, students: int, isolation: Isolation) -> Iterator[str]:
    """Say what a Gradescope pack holds, and what it does where nothing confines a submission there."""
    whose = f"the seeds of {students} students" if students else "the seeds of the shared hand-out"
    yield f"{path}: the questions with their solutions and {whose}, not the secret"
    if isolation == "none":
        yield "isolation none: a submission may read all that, and write its own result"
    else:
        yield f"isolation {isolation}: where nothing holds, a submission is not run and its result says so"
