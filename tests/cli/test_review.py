"""`tensordrill review`: what is due by the schedule, and nothing else."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tensordrill.drill.review import DAY, iso
from tensordrill.drill.store import Store
from tests.reviews import review_of

from .conftest import reviews, run


def answered(home: Path, *answers: tuple[str, str, float]) -> None:
    """Keep answers to questions of the bank: the name, the outcome and how many days ago."""
    with Store.open(home / "data") as store:
        for name, outcome, days in answers:
            store.append(
                review_of(
                    f"basics/{name}",
                    at=iso(int(datetime.now(UTC).timestamp() - days * DAY)),
                    outcome="correct" if outcome == "right" else "incorrect",
                )
            )


def asked(basics: Path, *arguments: str) -> list[str]:
    """Return the ids of the questions that a review asks, each of which is skipped."""
    command = json.dumps({"command": "skip"}) + "\n"
    ran = run("review", "--bank", str(basics), "--json", *arguments, stdin=command * 9)
    assert ran.code == 0
    events = [json.loads(line) for line in ran.out.splitlines()]
    assert events[-1]["event"] == "summary"
    return [event["id"].removeprefix("basics/") for event in events if event["event"] == "question"]


@pytest.mark.parametrize(
    ("answers", "ids"),
    [
        pytest.param([], [], id="nothing yet"),
        pytest.param([("swap", "right", 0)], [], id="right a moment ago"),
        pytest.param([("swap", "wrong", 0.01)], ["swap"], id="wrong a quarter of an hour ago"),
        pytest.param(
            [("swap", "right", 1), ("dense", "right", 9)], ["dense", "swap"], id="the longest ago first"
        ),
        pytest.param([("swap", "right", 2), ("swap", "right", 1)], [], id="right again yesterday"),
        pytest.param([("gone", "right", 9), ("blank", "right", 9)], ["blank"], id="one is no longer there"),
    ],
)
def test_what_is_due(answers: list[tuple[str, str, float]], ids: list[str], basics: Path, home: Path) -> None:
    answered(home, *answers)
    assert asked(basics) == ids


def test_at_most_so_many(basics: Path, home: Path) -> None:
    answered(home, ("swap", "right", 1), ("dense", "right", 9))
    assert asked(basics, "-n", "1") == ["dense"]


def test_what_was_asked_is_not_due_any_more(basics: Path, home: Path) -> None:
    answered(home, ("swap", "right", 9))
    assert asked(basics) == ["swap"]
    assert asked(basics) == []
    assert [review["outcome"] for review in reviews(home)] == ["correct", "skipped"]


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "Nothing is due: you have answered nothing of this yet. `tensordrill practice`\n begins."),
        ("ko", "아직 푼 문제가 없어서 복습할 것도 없습니다. `tensordrill practice`로\n 시작하세요."),
    ],
)
def test_nothing_due_is_said(language: str, sentence: str, basics: Path) -> None:
    ran = run("review", "--bank", str(basics), "--lang", language)
    assert (ran.code, ran.out, ran.err) == (0, f"\n {sentence}\n\n", "")


def test_the_next_time_is_said(basics: Path, home: Path) -> None:
    """A question that was right today is due tomorrow at the earliest, whatever its card says; near midnight, later."""
    answered(home, ("swap", "right", 0))
    now = datetime.now().astimezone()
    tomorrow = (now + timedelta(days=1)).replace(hour=0, minute=0)
    due = max(tomorrow, now + timedelta(minutes=10))
    ran = run("review", "--bank", str(basics))
    assert f"the next question is due on {due:%Y-%m-%d %H:%M}" in " ".join(ran.out.split())
