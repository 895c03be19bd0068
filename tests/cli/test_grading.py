"""`assignment grade` when it is stopped: what is kept is said."""

from __future__ import annotations

from pathlib import Path
from typing import NoReturn

import pytest

from tensordrill.cli import grading
from tests.course.gradebooks import gradebook


def _stopped(*_: object, **__: object) -> NoReturn:
    raise KeyboardInterrupt


@pytest.mark.parametrize("where", ["write_all", "report"])
def test_stopping_while_results_are_written_says_what_is_kept(
    where: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(grading, "_graded", lambda _: (gradebook(3, hostile=False), {}))
    monkeypatch.setattr(grading, where, _stopped)
    wanted = grading.GradeOptions(
        path=tmp_path,
        submissions=(),
        out=tmp_path / "out",
        jobs=1,
        isolation="auto",
        cluster=None,
        roster=None,
        snapshot=False,
        reveal=False,
        diff=None,
        language="en",
    )
    with pytest.raises(KeyboardInterrupt):
        grading.grade_class(wanted)
    assert capsys.readouterr().err == (
        "tensordrill: stopped while results were written; all grades are kept, and the same command writes them\n"
    )
