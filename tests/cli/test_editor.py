"""The learner's editor: what it is given, what it saved, and what goes wrong."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tensordrill.cli.editor import _command, edit
from tensordrill.errors import TensordrillError
from tests.needs import only_where

posix = only_where(sys.platform != "win32", "one with a shell, for the editors here are scripts")


def _editor(folder: Path, script: str) -> str:
    file = folder / "editor"
    file.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    file.chmod(0o755)
    return str(file)


@posix
@pytest.mark.parametrize(
    ("script", "saved"),
    [
        pytest.param('printf "x.t()\\n" > "$1"', "x.t()\n", id="written-anew"),
        pytest.param('printf "more\\n" >> "$1"', "#| task\nmore\n", id="added"),
        pytest.param('printf "값\\r\\n" > "$1"', "값\n", id="korean-and-dos-line-ends"),
        pytest.param('printf "\\377" > "$1"', "�", id="not-utf-8"),
        pytest.param("true", None, id="nothing-saved"),
        pytest.param('touch "$1"', None, id="saved-as-it-was"),
    ],
)
def test_what_was_saved_is_returned(script: str, saved: str | None, tmp_path: Path) -> None:
    assert edit("#| task\n", {"EDITOR": _editor(tmp_path, script)}) == saved


@posix
def test_the_editor_gets_a_python_file_that_ends_with_a_line(tmp_path: Path) -> None:
    editor = _editor(tmp_path, 'printf "%s %s:" "$1" "$(basename "$2" .py)" > "$0.log"; cat "$2" >> "$0.log"')
    edit("def f():\n    ", {"EDITOR": "false", "VISUAL": f"'{editor}' --wait"})
    assert (tmp_path / "editor.log").read_text(encoding="utf-8") == "--wait answer:def f():\n    \n"


@posix
@pytest.mark.parametrize(
    ("editor", "english", "korean"),
    [
        pytest.param("/no/such", "No such file or directory", "No such file or directory", id="not-there"),
        pytest.param("vim '", "No closing quotation", "No closing quotation", id="a-quote-too-few"),
        pytest.param("false", "it ended with exit code 1", "종료 코드 1로 끝났습니다", id="failed"),
        pytest.param("rm", "No such file or directory", "No such file or directory", id="file-removed"),
    ],
)
def test_an_editor_that_cannot_be_used_is_named(editor: str, english: str, korean: str) -> None:
    with pytest.raises(TensordrillError) as caught:
        edit("", {"EDITOR": editor})
    assert (caught.value.text("en"), caught.value.text("ko")) == (
        f"{editor}: {english}",
        f"{editor}: {korean}",
    )


@posix
def test_without_a_name_one_that_is_there_is_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    nano = tmp_path / "nano"
    nano.write_text(f'#!{sys.executable}\nimport sys; open(sys.argv[1], "w").write("nano")\n')
    nano.chmod(0o755)
    assert edit("", {}) == "nano"


@pytest.mark.parametrize(
    ("system", "editor", "command"),
    [
        pytest.param("linux", "code --wait", ["code", "--wait", "my answer.py"], id="words"),
        pytest.param("linux", "'my editor' -w", ["my editor", "-w", "my answer.py"], id="quotes"),
        pytest.param("win32", "notepad", 'notepad "my answer.py"', id="windows"),
        pytest.param(
            "win32",
            r'"C:\Program Files\e.exe" -w',
            r'"C:\Program Files\e.exe" -w "my answer.py"',
            id="backslashes",
        ),
    ],
)
def test_a_line_that_names_an_editor_is_taken_apart_as_the_system_does(
    system: str, editor: str, command: str | list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", system)
    assert _command(editor, Path("my answer.py")) == command
