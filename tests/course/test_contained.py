"""One submission that the grader fails on: its student reads so everywhere, the class is graded, and a log is left."""

from __future__ import annotations

import csv
import json
import re
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bench.homework import Homework
from tensordrill.cli import grading
from tensordrill.cli.grading import GradeOptions, grade_class
from tensordrill.course.gradebook import QuestionResult, SubmissionResult
from tensordrill.course.gradescope.autograder import autograde
from tensordrill.course.grading.judge import Judge, PendingSubmission
from tensordrill.course.submission import identify
from tensordrill.course.submission.intake import SubmissionFile
from tensordrill.course.submission.submission import Submission, parse
from tests.needs import rarely

STUDENTS = ("s000000", "s000001", "s000002", "s000003")
BAD = STUDENTS[1]
FILE = f"homework-{BAD}.py"
BUG = (
    "the grader failed on it ({}), which is a bug; grade it by hand, or run the same command again with a newer version"
)  # fmt: skip


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A class that has handed in two questions."""
    folder = tmp_path_factory.mktemp("class")
    Homework(folder, len(STUDENTS), ["view/channels-to-the-end", "view/split-the-heads"]).hand_in()
    return folder


@pytest.fixture
def around(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copytree(made, tmp_path / "class")
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path / "class"


def grade(around: Path) -> int:
    return grade_class(
        GradeOptions(
            path=around / "homework", submissions=(around / "submissions",), out=around / "out", jobs=2,
            isolation="none", cluster=None, roster=None, snapshot=False, reveal=False, diff=None, language="en",
        )
    )  # fmt: skip


def students(around: Path) -> dict[str, dict[str, Any]]:
    page_text = json.loads((around / "out" / "grades.json").read_text(encoding="utf-8"))
    return {each["student"]["id"]: each for each in page_text["students"]}


def judging_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    attempts = Judge._attempts

    def failing(judge: Judge, pending: PendingSubmission) -> list[Any]:
        if pending.student.id == BAD:
            raise ZeroDivisionError("of this file")
        return attempts(judge, pending)

    monkeypatch.setattr(Judge, "_attempts", failing)


def identifying_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(raw: bytes, name: str) -> Submission:
        if name == FILE:
            raise ZeroDivisionError("of this file")
        return parse(raw, name)

    monkeypatch.setattr(identify, "parse", failing)


def reading_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    """The file can be read once, to see whose it is, in a class that is too large to keep."""
    monkeypatch.setattr(identify, "_KEPT_BYTES", 0)
    read, times = SubmissionFile.read, dict[str, int]()

    def failing(source: SubmissionFile) -> bytes:
        times[source.name] = times.get(source.name, 0) + 1
        if source.name == FILE and times[source.name] > 1:
            raise ZeroDivisionError("of this file")
        return read(source)

    monkeypatch.setattr(SubmissionFile, "read", failing)


WAYS = [
    pytest.param(judging_fails, id="judging"),
    pytest.param(identifying_fails, id="identifying"),
    pytest.param(reading_fails, id="reading"),
]


@pytest.mark.parametrize("fails", [*rarely(WAYS[:1]), WAYS[1], *rarely(WAYS[2:])])
def test_a_file_that_the_grader_fails_on_is_said_and_the_class_goes_on(
    fails: Callable[[pytest.MonkeyPatch], None],
    around: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    fails(monkeypatch)
    assert grade(around) == 0
    reason = BUG.format("ZeroDivisionError: of this file")
    lines = capsys.readouterr().out.splitlines()
    assert lines[1].startswith("3 graded, 0 of the class handed nothing in, 1 file not graded; ")
    assert lines[2] == f"  not graded: {FILE}: {reason}"
    assert lines[3] == f"report: {around / 'out' / 'report.html'}"
    log = re.fullmatch(r"1 of them failed by a bug; please report it with the log at (\S+)", lines[4])
    assert log
    text = Path(log[1]).read_text(encoding="utf-8")
    assert f"\n{FILE}\nTraceback (most recent call last):\n" in text
    assert "ZeroDivisionError: of this file" in text

    grades = students(around)
    assert list(grades) == list(STUDENTS)
    assert [name for name in STUDENTS if grades[name].get("refused")] == [BAD]
    assert [name for name in STUDENTS if grades[name]["points"] == 0] == [BAD]
    note = f"{FILE} was handed in but could not be graded; ask your teacher."
    assert grades[BAD]["notes"] == [note]
    page_text = json.loads((around / "out" / "grades.json").read_text(encoding="utf-8"))["listed"]
    assert page_text == [{"source": FILE, "reason": reason, "student": BAD}]
    with (around / "out" / "grades.csv").open(encoding="utf-8-sig", newline="") as stream:
        cells = {row["student"]: row["handed in"] for row in csv.DictReader(stream)}
    assert cells == {**dict.fromkeys(STUDENTS, "yes"), BAD: "not graded"}
    for name in (f"feedback/{BAD}.md", f"feedback/{BAD}.html", f"gradescope/{BAD}.json"):
        content = (around / "out" / name).read_text(encoding="utf-8").replace("\\", "")
        assert "Handed in, but not graded." in content
    report = (around / "out" / "report.html").read_text(encoding="utf-8")
    assert "the grader failed on it (ZeroDivisionError: of this file)" in report


@pytest.mark.parametrize("fails", [WAYS[0], *rarely(WAYS[1:])])
def test_the_next_run_tries_it_again_and_no_other(
    fails: Callable[[pytest.MonkeyPatch], None], around: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        fails(patch)
        assert grade(around) == 0
        before = students(around)
    judged = []
    attempts = Judge._attempts

    def noting(judge: Judge, pending: PendingSubmission) -> list[Any]:
        judged.append(pending.student.id)
        return attempts(judge, pending)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Judge, "_attempts", noting)
        assert grade(around) == 0
    assert judged == [BAD]
    after = students(around)
    assert "refused" not in after[BAD]
    assert {name: each for name, each in after.items() if name != BAD} == {
        name: each for name, each in before.items() if name != BAD
    }
    assert capsys.readouterr().out.count("failed by a bug") == 1


def test_what_was_graded_of_an_earlier_file_does_not_stand_for_it(
    around: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert grade(around) == 0
    assert students(around)[BAD]["source"] == FILE
    file = around / "submissions" / FILE
    file.write_bytes(file.read_bytes() + b"# another\n")
    judging_fails(monkeypatch)
    assert grade(around) == 0
    assert students(around)[BAD]["source"] == ""


def test_a_log_that_cannot_be_written_is_said(
    around: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    judging_fails(monkeypatch)
    monkeypatch.setattr(grading, "write_log", lambda _: None)
    assert grade(around) == 0
    reply = capsys.readouterr().out.splitlines()[-1]
    assert reply == "1 of them failed by a bug, whose log could not be written"


@pytest.mark.parametrize("fails", [*rarely(WAYS[:1]), WAYS[1]])
def test_on_gradescope_its_result_says_so(
    fails: Callable[[pytest.MonkeyPatch], None],
    around: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    root = tmp_path / "autograder"
    shutil.copytree(around / "homework", root / "source" / "assignment")
    (root / "submission").mkdir()
    shutil.copy(around / "submissions" / FILE, root / "submission" / FILE)
    fails(monkeypatch)
    autograde(root, "none")
    result = json.loads((root / "results" / "results.json").read_text(encoding="utf-8"))
    assert (result["score"], result["stdout_visibility"]) == (0, "hidden")
    assert result["output"] == f"{FILE}: {BUG.format('ZeroDivisionError: of this file')}"
    assert "ZeroDivisionError: of this file" in capsys.readouterr().err


def test_on_gradescope_a_late_submission_is_told_so(
    around: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def results(_: Judge, pending: list[PendingSubmission]) -> list[SubmissionResult]:
        right = [QuestionResult(item.question, "correct", item.seed) for item in pending[0].sheet]
        return [SubmissionResult(pending[0].student, pending[0].submission.name, results=tuple(right))]

    monkeypatch.setattr(Judge, "results", results)
    root = tmp_path / "autograder"
    shutil.copytree(around / "homework", root / "source" / "assignment")
    file = root / "source" / "assignment" / "assignment.yaml"
    file.write_text(f"{file.read_text()}due: 2027-03-19 23:59 +09:00\nlate:\n  percent_a_day: 25\n")
    (root / "submission").mkdir()
    shutil.copy(around / "submissions" / FILE, root / "submission" / FILE)
    metadata = {"created_at": "2027-03-19T09:59:00.5-07:00", "users": [{"sid": BAD}]}
    (root / "submission_metadata.json").write_text(json.dumps(metadata))
    autograde(root, "none")
    result = json.loads((root / "results" / "results.json").read_text(encoding="utf-8"))
    assert (result["score"], result["output"]) == (
        1.5,
        "Handed in at 2027-03-20 01:59 +09:00, 2 hours after the due date (2027-03-19 23:59 +09:00). "
        "25% of the points are taken off: 0.5.",
    )
