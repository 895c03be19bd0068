"""A warning that nothing confines programs, for banks from elsewhere, whose programs could be anybody's."""

from __future__ import annotations

from pathlib import Path

import pytest

from tensordrill.sandbox.client import Sandbox
from tensordrill.sandbox.protocol import Level, Ready

from .conftest import only, run

UNCONFINED = "Nothing on this machine confines the programs of this bank; use banks that you trust."


@pytest.fixture
def at_level(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> Level:
    level: Level = request.param
    monkeypatch.setattr(Sandbox, "wait_ready", lambda *_, **__: Ready(level=level))
    return level


def said(*arguments: str) -> int:
    ran = run("quiz", *arguments, stdin="3,2\n3,2\n")
    assert ran.code == 0
    return " ".join(ran.out.split()).count(UNCONFINED)


@pytest.mark.parametrize(("at_level", "times"), [("none", 1), ("bare", 0)], indirect=["at_level"])
@pytest.mark.usefixtures("at_level")
def test_of_a_bank_from_elsewhere_it_is_said_once(basics: Path, times: int) -> None:
    assert said(*only(basics, "swap", "dense")) == times


@pytest.mark.parametrize("at_level", ["none"], indirect=True)
@pytest.mark.parametrize("bank", [[], ["--bank", "questions"]], ids=["unnamed", "named"])
@pytest.mark.usefixtures("at_level")
def test_of_the_shipped_bank_it_is_not_said(bank: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(Path(__file__).parents[2])
    assert said("--topic", "view/flatten-a-transpose", *bank) == 0
