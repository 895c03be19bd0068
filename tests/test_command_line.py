"""Commands that can be pasted into the shell of the system that prints them."""

from __future__ import annotations

import sys

import pytest

from tensordrill import command_line


@pytest.mark.parametrize(
    ("system", "words", "line"),
    [
        pytest.param("linux", ["show", "view/a"], "show view/a", id="plain"),
        pytest.param("darwin", ["--bank", "my bank"], "--bank 'my bank'", id="a-blank"),
        pytest.param("win32", ["--bank", r"C:\my bank"], r'--bank "C:\my bank"', id="a-blank-on-windows"),
        pytest.param("win32", ["--bank", r"C:\bank"], r"--bank C:\bank", id="a-backslash-on-windows"),
    ],
)
def test_words_are_quoted_for_the_shell(
    system: str, words: list[str], line: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", system)
    assert command_line.join(words) == line
