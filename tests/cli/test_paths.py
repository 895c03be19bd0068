"""A path that the system refuses is a sentence, whatever command it was given to."""

from __future__ import annotations

from pathlib import Path

import pytest

from tensordrill.cli import app

LONG = "a" * 300
COMMANDS = {
    "check": (["check", f"{LONG}.py"], f"{LONG}.py: File name too long"),
    "explain": (["explain", f"{LONG}.py"], f"{LONG}.py: the script cannot be read: File name too long"),
    "build": (["assignment", "build", LONG, "--out", "o"], f"{LONG}: File name too long"),
    "grade": (["assignment", "grade", LONG, "s", "--out", "o"], f"{LONG}: File name too long"),
    "quiz": (["quiz", "--bank", LONG], f"{LONG}: the bank cannot be read: File name too long"),
}


@pytest.mark.parametrize("command", COMMANDS)
def test_a_name_that_is_too_long(
    command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    words, reply = COMMANDS[command]
    monkeypatch.chdir(tmp_path)
    assert app.run(words) == 1
    assert capsys.readouterr().err.replace(f"{tmp_path}/", "") == f"tensordrill: {reply}\n"


@pytest.mark.usefixtures("no_override")
def test_a_folder_that_cannot_be_entered(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    closed = tmp_path / "hw1"
    closed.mkdir(mode=0o000)
    assert app.run(["check", str(closed / "hw1.py")]) == 1
    assert capsys.readouterr().err == f"tensordrill: {closed / 'hw1.py'}: Permission denied\n"
