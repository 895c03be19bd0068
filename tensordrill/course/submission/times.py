"""Times of submissions: by a table, by Gradescope's record in an export, by an archive; that Canvas calls one late.

https://community.canvaslms.com/t5/Instructor-Guide/How-do-I-download-all-student-submissions-for-an-assignment/ta-p/723
https://docs.moodle.org/en/Assignment_settings#Feedback_types (the grading worksheet)
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime, tzinfo
from pathlib import Path, PurePosixPath

from tensordrill.course.assignment.late import SubmissionTimes
from tensordrill.course.assignment.moment import read_moment
from tensordrill.course.assignment.roster import HEADINGS, Student
from tensordrill.course.assignment.rows import read_rows
from tensordrill.course.submission.identify import OwnedSource
from tensordrill.course.submission.intake import RECORD, SubmissionFile
from tensordrill.errors import CourseError
from tensordrill.messages import Messages, message

TIMES_FILE = "times.csv"
_COLUMNS = ("id", "submitted")
_SUBMITTED = (
    "submitted", "submitted at", "submission time", "last modified (submission)", "제출 시각", "제출 시간", "제출 일시",
    "최종 수정 (제출물)",
)  # fmt: skip
"""Headings of a time: our own, Gradescope's of its grades, Moodle's of the grading worksheet, Korean ones."""
_WHO = ("student", *HEADINGS["id"], *HEADINGS["email"], *HEADINGS["name"])
_FOLDER = re.compile(r"submission_\d+")
_CREATED = re.compile(r"  :created_at: *[\"']?(.*?)[\"']? *")
_LATE_MARK = re.compile(r"[^/_]+_LATE_\d+_\d+_[^/]*")
"""Canvas' name of a late file: `clarkeemma_LATE_84213_1120934_hw1.py`."""


def read_times(path: Path, students: Sequence[Student], zone: tzinfo | None) -> Mapping[str, datetime]:
    """Read a table with a student and a time in each row; `zone` is that of times without one.

    Students are found by id, e-mail address or name; rows of others, and those without a time, are passed over.
    Raises CourseError with every time that cannot be read, each with its line.
    """
    known = _names(students)
    rows = read_rows(
        path,
        message("rows-times"),
        _COLUMNS,
        lambda header: not _is_disjoint(header, _SUBMITTED) and not _is_disjoint(header, _WHO),
    )
    moments: dict[str, datetime] = {}
    problems = []
    for line, row in rows:
        text = next((row[heading] for heading in _SUBMITTED if row.get(heading, "-") not in ("", "-")), "")
        cells = [row[heading] for heading in _WHO if row.get(heading)]
        student = next((known[cell.casefold()] for cell in cells if cell.casefold() in known), None)
        if student is None and not students and cells:
            student = cells[0]
        moment = read_moment(text, zone)
        if text and moment is None:
            problems.append(message("in-file", file=f"{path}:{line}", problem=message("no-time", time=text)))
        elif moment is not None and student is not None:
            moments[student] = max(moment, moments.get(student, moment))
    if problems:
        raise CourseError(Messages(tuple(problems)))
    return moments


def _is_disjoint(header: Collection[str], headings: Iterable[str]) -> bool:
    return set(header).isdisjoint(headings)


def _names(students: Iterable[Student]) -> Mapping[str, str]:
    """Return the ids of students by what may stand for them in a table; what stands for two stands for nobody."""
    ids: dict[str, set[str]] = {}
    for student in students:
        for name in (student.id, student.email, student.name):
            ids.setdefault(name.casefold(), set()).add(student.id)
    return {name: next(iter(owners)) for name, owners in ids.items() if name and len(owners) == 1}


def submission_times(
    owned: Iterable[OwnedSource],
    records: Mapping[str, bytes],
    listed: Mapping[str, datetime],
    zone: tzinfo | None,
    *,
    by_archives: bool,
) -> SubmissionTimes:
    """Return when each submission came: as `listed`, else as a Gradescope export records it, else by its archive.

    `records` are such records' bytes by the names of their files. Archives are asked with `by_archives` alone: many
    platforms write the time of the download there.
    """
    recorded = {
        PurePosixPath(name).parent / folder: moment
        for name, raw in records.items()
        for folder, moment in _recorded(raw, zone).items()
    }
    moments, marked = {}, set()
    for each in owned:
        student, path = each.student.id, PurePosixPath(each.source.name)
        moment = listed.get(student) or next(
            (recorded[folder] for folder in reversed(path.parents) if folder in recorded), None
        )
        if moment is None and by_archives:
            moment = _modified(each.source, zone)
        if moment is not None:
            moments[student] = moment
        elif any(map(_LATE_MARK.fullmatch, path.parts)):
            marked.add(student)
    return SubmissionTimes(moments, frozenset(marked))


def is_record(source: SubmissionFile) -> bool:
    """Whether a file is Gradescope's own record of an export, and not one that a student has handed in."""
    *folders, name = PurePosixPath(source.name).parts
    return name == RECORD and len(source.members) < 2 and not any(map(_FOLDER.fullmatch, folders))


def _modified(source: SubmissionFile, zone: tzinfo | None) -> datetime | None:
    """Return the time that an archive says, where it is one: its bits may name the month 15."""
    try:
        return datetime(*source.modified, tzinfo=zone) if source.modified else None
    except ValueError:
        return None


def _recorded(raw: bytes, zone: tzinfo | None) -> Mapping[str, datetime]:
    """Return when what lies in each folder of a Gradescope export came: its `:created_at:`, of the last attempt."""
    moments: dict[str, datetime] = {}
    folder = ""
    for line in raw.decode("utf-8", "replace").splitlines():
        if not line.startswith((" ", "-")):
            folder = line.rstrip(": ")
        elif (created := _CREATED.fullmatch(line)) and _FOLDER.fullmatch(folder):
            moment = read_moment(created[1], zone)
            if moment is not None:
                moments[folder] = moment
    return moments
