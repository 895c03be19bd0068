"""A torch without bytecode: why it takes long is said where somebody waits, and once."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tensordrill.cli.slow_start import slow_start
from tensordrill.sandbox import bytecode, packages
from tensordrill.sandbox.client import Sandbox

from .conftest import only, run

COMPILES = (
    "This torch has no bytecode, so each start compiles it again and takes twice as long. It is compiled in the "
    "background after your answer; later starts are quicker."
)


@pytest.fixture
def _slow(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bytecode, "starts_slowly", lambda: True)
    monkeypatch.setattr(bytecode, "can_be_made", lambda: True)


@pytest.mark.usefixtures("_slow")
def test_it_is_said_once_of_an_installation(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    environ = {"TENSORDRILL_HOME": str(home / "data")}
    assert slow_start(environ, "en") == COMPILES
    assert slow_start(environ, "en") is None
    monkeypatch.setattr(packages, "packages", lambda: {"torch": home / "another" / "torch"})
    assert slow_start(environ, "en") == COMPILES


@pytest.mark.usefixtures("_slow")
def test_what_to_do_is_said_where_it_cannot_be_done(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bytecode, "can_be_made", lambda: False)
    assert slow_start({"TENSORDRILL_HOME": str(home)}, "en") == (
        "This torch has no bytecode, so each start compiles it again and takes twice as long; "
        f"`{sys.executable} -m compileall -q {packages.packages()['torch']}`, run by whoever may write there, "
        "compiles it once."
    )


@pytest.mark.usefixtures("_slow")
def test_a_data_folder_that_cannot_be_written_keeps_nobody_from_knowing(home: Path) -> None:
    (home / "data").write_text("a file")
    assert slow_start({"TENSORDRILL_HOME": str(home / "data")}, "en") == COMPILES


def test_nothing_is_said_of_a_torch_that_is_compiled(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bytecode, "starts_slowly", lambda: False)
    assert slow_start({"TENSORDRILL_HOME": str(home)}, "en") is None
    assert list(home.iterdir()) == []


@pytest.mark.usefixtures("_slow")
def test_a_round_says_it_where_it_waits(basics: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Sandbox, "is_ready", False)
    first, second = (
        " ".join(run("quiz", *only(basics, "swap"), stdin="3,2\n").out.split()) for _ in range(2)
    )
    assert f"torch is still starting; your answer is kept … {COMPILES}" in first
    assert "torch is still starting; your answer is kept … ✓" in second
