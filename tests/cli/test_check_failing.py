"""`tensordrill check` of a file that it fails on: that is said of the file, with a log, and `--watch` goes on."""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from bench.homework import Homework
from tensordrill.bank.load import Bank
from tensordrill.cli import check, watching
from tensordrill.course.assignment.bundle import pack
from tensordrill.course.assignment.folder import open_folder
from tensordrill.course.grading.selfcheck import CheckResult, SelfCheck
from tensordrill.course.submission.submission import Submission
from tensordrill.sandbox.client import Sandbox

_SAID = (
    r"homework-s000000\.py: not graded: this is a bug \(RecursionError: in this file\); "
    r"please report it with the log at (\S+)"
)


@pytest.fixture
def handout(tmp_path: Path, shipped_bank: Bank, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A hand-out with its bank, and a check that fails the first time."""
    homework = Homework(tmp_path, 1, ["view/channels-to-the-end"])
    homework.hand_in()
    bundle = pack(open_folder(homework.assignment).assignment, shipped_bank, handed_out=True)
    (homework.handed_in / "homework.bank").write_bytes(bundle)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    checked, times = SelfCheck.check, []

    def failing(checking: SelfCheck, submission: Submission) -> CheckResult:
        times.append(submission.name)
        if len(times) == 1:
            raise RecursionError("in this file")
        return checked(checking, submission)

    monkeypatch.setattr(SelfCheck, "check", failing)
    return homework.handed_in / "homework-s000000.py"


def test_the_file_is_not_graded_and_a_log_is_left(
    handout: Path, sandbox: Sandbox, capsys: pytest.CaptureFixture[str]
) -> None:
    assert check.check_file(sandbox, handout, None, "en", json=False) == 3
    out, err = capsys.readouterr()
    match = re.fullmatch(f"{_SAID}\n", err)
    assert out == ""
    assert match
    assert "RecursionError: in this file" in Path(match[1]).read_text(encoding="utf-8")


def test_json_says_it_as_a_problem(
    handout: Path, sandbox: Sandbox, capsys: pytest.CaptureFixture[str]
) -> None:
    assert check.check_file(sandbox, handout, None, "en", json=True) == 3
    event = json.loads(capsys.readouterr().out)
    assert event["event"] == "problem"
    assert re.fullmatch(_SAID, event["text"])


def test_watching_goes_on(
    handout: Path, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def twice(_: object) -> Iterator[None]:
        yield from (None, None)

    monkeypatch.setattr(watching, "changes", twice)
    assert check._watch(sandbox, handout, None, "en", json=True) == 0
    first, *events = map(json.loads, capsys.readouterr().out.splitlines())
    assert re.fullmatch(_SAID, first["text"])
    assert events[-1]["event"] == "total"
