"""A path that the system refuses is a sentence, whatever command it was given to."""

from __future__ import annotations

import sys
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


def _ends_with(words: list[str], monkeypatch: pytest.MonkeyPatch) -> int:
    monkeypatch.setattr(sys, "argv", ["tensordrill", *words])
    return app._exit_code()


@pytest.mark.parametrize("command", COMMANDS)
def test_a_name_that_is_too_long(
    command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    words, said = COMMANDS[command]
    monkeypatch.chdir(tmp_path)
    assert _ends_with(words, monkeypatch) == 1
    assert capsys.readouterr().err.replace(f"{tmp_path}/", "") == f"tensordrill: {said}\n"


@pytest.mark.usefixtures("no_override")
def test_a_folder_that_cannot_be_entered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    closed = tmp_path / "hw1"
    closed.mkdir(mode=0o000)
    assert _ends_with(["check", str(closed / "hw1.py")], monkeypatch) == 1
    assert capsys.readouterr().err == f"tensordrill: {closed / 'hw1.py'}: Permission denied\n"
