"""One submission on Gradescope becomes its `results.json`, whatever was handed in."""

from __future__ import annotations

import json
import sys
import tempfile
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from tensordrill.course.assignment.bundle import Bundle, open_bundle
from tensordrill.course.assignment.folder import Folder, open_folder
from tensordrill.course.assignment.late import SubmissionTimes
from tensordrill.course.assignment.moment import read_moment
from tensordrill.course.fault import fault
from tensordrill.course.grading.grade import Grading
from tensordrill.course.grading.workers import local
from tensordrill.course.results.export.gradescope import results
from tensordrill.course.results.export.json_text import json_text
from tensordrill.course.results.feedback import feedback_on
from tensordrill.course.submission.intake import HandedIn, sources
from tensordrill.errors import CourseError
from tensordrill.messages import message
from tensordrill.sandbox.isolation import Isolation


def autograde(root: Path, isolation: Isolation) -> None:
    """Grade `root/submission` and write `root/results/results.json`; a problem is told there too, and a bug.

    `root` is `/autograder` where Gradescope runs this.
    """
    try:
        content = _results(root, isolation)
    except Exception as error:
        failed = fault(error, "en")
        content = _not_graded(failed.reason)
        print(failed.traceback, end="", file=sys.stderr)  # instructors alone see what the autograder prints
    target = root / "results"
    target.mkdir(parents=True, exist_ok=True)
    (target / "results.json").write_text(content, encoding="utf-8")


def _results(root: Path, isolation: Isolation) -> str:
    folder = open_folder(root / "source" / "assignment")
    submitter, created = _metadata(root / "submission_metadata.json")
    handed_in = _named(sources([root / "submission"], language=folder.assignment.language), submitter)
    bundle = open_bundle(folder.snapshot)
    with tempfile.TemporaryDirectory() as out:
        return _graded(folder, bundle, handed_in, created, Path(out), isolation)


def _graded(
    folder: Folder,
    bundle: Bundle,
    handed_in: HandedIn,
    created: datetime | None,
    out: Path,
    isolation: Isolation,
) -> str:
    grading = Grading(folder, bundle, handed_in, folder.roster(), out, isolation)
    with closing(grading.journal):
        if len(grading.owned) == 1:
            _run(grading, isolation)
        for source, failed in grading.faults.items():
            print(f"{source}\n{failed.traceback}", end="", file=sys.stderr)
        if len(grading.journal) != 1:
            reasons = "\n".join(f"{rejection.source}: {rejection.reason}" for rejection in grading.rejected)
            raise CourseError(reasons or "there is no `.py` or `.ipynb` file in this submission")
        gradebook = grading.gradebook({}, "")
        if created is not None:
            moments = {owned.student.id: created for owned in grading.owned}
            gradebook = replace(gradebook, times=SubmissionTimes(moments))
        (grade,) = (grade for grade in gradebook.grades() if not grade.is_absent)
        feedback = feedback_on(grade, gradebook.assignment, gradebook.ideas, reveal=False)
        return results(grade, feedback)


def _run(grading: Grading, isolation: Isolation) -> None:
    with local(1) as workers:
        if isolation != "none" and not all(ready.holds for ready in grading.ready(workers)):
            raise CourseError(message("autograder-unconfined"))
        grading.run(workers, lambda _: None)


def _named(handed_in: HandedIn, submitter: str) -> HandedIn:
    """Put who handed it in before each name, as other systems do with folders."""
    files, rejected = handed_in
    prefix = f"{submitter}/" if submitter else ""
    return [replace(source, name=prefix + source.name) for source in files], rejected


def _metadata(file: Path) -> tuple[str, datetime | None]:
    """Return the id and e-mail of the submission's only user, and when it came; nothing where that is not told.

    https://gradescope-autograders.readthedocs.io/en/latest/submission_metadata/
    """
    try:
        metadata: Any = json.loads(file.read_bytes())
        created = read_moment(metadata.get("created_at") or "")
        users = metadata.get("users") or []
        user = users[0] if len(users) == 1 else {}
        submitter = f"{user.get('sid') or ''} {user.get('email') or ''}".strip()
        return submitter, created if created and created.tzinfo else None
    except (OSError, ValueError, TypeError, AttributeError, RecursionError):
        return "", None


def _not_graded(reason: str) -> str:
    content = {
        "score": 0,
        "output": reason,
        "output_format": "text",
        "visibility": "visible",
        "stdout_visibility": "hidden",
    }
    return json_text(content, indent=1) + "\n"
