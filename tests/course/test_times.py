"""Times of submissions: from tables of several platforms, a Gradescope export, Canvas' names, and archives."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tensordrill.course.assignment.late import SubmissionTimes
from tensordrill.course.assignment.moment import moment_text
from tensordrill.course.assignment.roster import Student
from tensordrill.course.submission.identify import OwnedSource
from tensordrill.course.submission.intake import RECORD, SubmissionFile, sources
from tensordrill.course.submission.times import is_record, read_times, submission_times
from tensordrill.errors import CourseError

ROSTER = (
    Student("20260101", "김민준", "minjun@example.com"),
    Student("20260102", "이서연", "seoyeon@example.com"),
    Student("20260103", "이서연", "other@example.com"),
)
TABLES = {
    "own": "student,submitted\n20260101,2027-03-20 01:02\nnobody,2027-03-20 01:02\n20260102,\n",
    "with a zone": "id,submitted\n20260101,2027-03-20 10:02 +09:00\n",
    "Gradescope": (
        "First Name,Last Name,SID,Email,Total Score,Submission Time\n"
        "민준,김,20260101,minjun@example.com,10,2027-03-19 18:02:11 -0700\n"
    ),
    "Moodle": (
        "Identifier,Full name,Email address,Status,Last modified (submission)\n"
        'Participant 1,김민준,MINJUN@example.com,Submitted,"Saturday, 20 March 2027, 1:02 AM"\n'
        "Participant 2,이서연,seoyeon@example.com,No submission,-\n"
    ),
    "by name": "이름,제출 시각\n김민준,2027년 3월 20일 오전 1:02\n이서연,2027년 3월 20일 오전 1:02\n",
    "the last attempt": "id,submitted\n20260101,2027-03-20 01:02\n20260101,2027-03-19 01:02\n",
}


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
def test_a_table_has_times(table: str, tmp_path: Path) -> None:
    (tmp_path / "times.csv").write_text(table, encoding="utf-8")
    assert _shown(read_times(tmp_path / "times.csv", ROSTER, UTC)) == {"20260101": "2027-03-20 01:02 +00:00"}


def test_without_a_roster_a_table_has_ids(tmp_path: Path) -> None:
    (tmp_path / "times.csv").write_text("student,submitted\nanna,2027-03-20 01:02\n")
    assert _shown(read_times(tmp_path / "times.csv", (), UTC)) == {"anna": "2027-03-20 01:02 +00:00"}


def test_every_time_that_is_none_is_named(tmp_path: Path) -> None:
    (tmp_path / "times.csv").write_text(
        "id,submitted\n20260101,late\n20260102,2027-03-20 01:02\n20260103,?\n"
    )
    with pytest.raises(CourseError, match=re.escape("times.csv:2: `late` is no time")) as raised:
        read_times(tmp_path / "times.csv", ROSTER, UTC)
    assert "times.csv:4: `?` is no time" in str(raised.value)


def test_a_table_without_times_is_none(tmp_path: Path) -> None:
    (tmp_path / "times.csv").write_text("id,when\n1,2\n")
    with pytest.raises(CourseError, match="id,submitted"):
        read_times(tmp_path / "times.csv", ROSTER, UTC)


GRADESCOPE = """\
submission_9001:
  :submitters:
  - :name: Minjun Kim
    :sid: '20260101'
    :email: minjun@example.com
  :created_at: 2027-03-20 01:02:33.123456000 Z
  :score: 0.0
  :history:
  - :created_at: 2027-03-18 01:02:33.123456000 Z
    :score: 0.0
submission_9002:
  :created_at: never
evil: &a [*a]
  :created_at: 2027-03-20 01:02:33 Z
"""


def test_a_gradescope_export_says_when() -> None:
    owned = [_owned("1", "export/submission_9001/hw1.py"), _owned("2", "export/submission_9002/hw1.py")]
    times = submission_times(owned, {f"export/{RECORD}": GRADESCOPE.encode()}, {}, UTC, by_archives=True)
    assert _shown(times.moments) == {"1": "2027-03-20 01:02 +00:00"}


def test_a_table_goes_before_an_export_and_that_before_an_archive() -> None:
    table = {"1": datetime(2027, 3, 1, tzinfo=UTC)}
    owned = [_owned(name, "submission_9001/a.py", (2027, 3, 2, 0, 0, 0)) for name in "12"]
    owned.append(_owned("3", "a.py", (2027, 3, 2, 0, 0, 0)))
    times = submission_times(owned, {RECORD: GRADESCOPE.encode()}, table, UTC, by_archives=True)
    assert [text[:10] for text in _shown(times.moments).values()] == [
        "2027-03-01",
        "2027-03-20",
        "2027-03-02",
    ]


@pytest.mark.parametrize(
    "name",
    ["export/submission_9002/submission_metadata.yml", "export/submission_9002/a/submission_metadata.yml"],
)
def test_a_record_that_a_student_hands_in_is_none(name: str) -> None:
    assert is_record(SubmissionFile(f"export/{RECORD}", Path(RECORD)))
    assert not is_record(SubmissionFile(name, Path(RECORD)))
    assert not is_record(SubmissionFile(f"in.zip/export.zip/{RECORD}", Path("in.zip"), (1, 2)))


def test_a_record_is_about_what_lies_beside_it() -> None:
    owned = [_owned("1", "late/submission_9001/hw1.py"), _owned("2", "export/x/submission_9001/hw1.py")]
    times = submission_times(owned, {f"export/{RECORD}": GRADESCOPE.encode()}, {}, UTC, by_archives=False)
    assert times == SubmissionTimes()


def test_an_archive_may_say_a_time_that_is_none() -> None:
    owned = [_owned("1", "a.py", (1980, 0, 0, 31, 63, 62))]
    assert submission_times(owned, {}, {}, UTC, by_archives=True) == SubmissionTimes()


def test_archives_are_asked_only_if_told(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "in.zip", "w") as archive:
        archive.writestr(zipfile.ZipInfo("a.py", (2027, 3, 20, 1, 2, 4)), "1")
    ((source,), _) = sources([tmp_path / "in.zip"])
    owned = [OwnedSource(Student("1"), source, "")]
    asked = [submission_times(owned, {}, {}, UTC, by_archives=asked).moments for asked in (True, False)]
    assert [_shown(moments) for moments in asked] == [{"1": "2027-03-20 01:02 +00:00"}, {}]


def test_canvas_marks_what_is_late() -> None:
    names = (
        "clarkeemma_LATE_84213_1120934_hw1-1.py",
        "clarkeemma_84213_1120934_LATE_1.py",
        "in/x_LATE_1_2_a.py",
    )
    owned = [_owned(str(number), name) for number, name in enumerate(names)]
    times = submission_times(owned, {}, {}, UTC, by_archives=False)
    assert times == SubmissionTimes({}, frozenset({"0", "2"}))


def _owned(
    student: str, name: str, modified: tuple[int, int, int, int, int, int] | None = None
) -> OwnedSource:
    return OwnedSource(Student(student), SubmissionFile(name, Path(name), modified=modified), "")


def _shown(moments: Mapping[str, datetime]) -> dict[str, str]:
    return {student: moment_text(moment.astimezone(UTC)) for student, moment in moments.items()}
