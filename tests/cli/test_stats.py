"""`tensordrill stats` on a screen, as a page and as JSON; and `topics` for somebody who has answered."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from tensordrill.cli import clock
from tensordrill.drill.review import DAY, iso
from tensordrill.drill.store import Store

from .conftest import run
from .test_home import REVIEW


@pytest.fixture(autouse=True)
def bank(basics: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The small bank, as the learner's own."""
    monkeypatch.setenv("TENSORDRILL_BANK", str(basics))


@pytest.fixture
def answered(home: Path) -> None:
    """A learner who holds an idea since yesterday, and was right today in a question of another bank."""
    now = clock.seconds()
    with Store.open(home / "data", clock.utc_offset()) as store:
        for days, question, topic in ((2, "swap", "basics"), (1, "blank", "basics"), (0, "far", "away")):
            outcome = "correct" if topic == "away" else "incorrect"
            changes = {"question": f"{topic}/{question}", "topic": topic, "at": iso(now - days * DAY)}
            idea = None if topic == "away" else "nothing-moves"
            store.append(msgspec.structs.replace(REVIEW, outcome=outcome, idea=idea, **changes))


def _lines(text: str) -> list[str]:
    return [line.rstrip() for line in text.splitlines() if line.strip()]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        pytest.param([], "Nothing is recorded yet; `tensordrill` begins with five questions.", id="english"),
        pytest.param(
            ["--lang", "ko"],
            "아직 푼 문제가 없습니다. `tensordrill`을 실행하면 다섯 문제로 시작합니다.",
            id="korean",
        ),
        pytest.param(
            ["-t", "basics"],
            "No question on this topic was answered yet; `tensordrill practice --topic basics` begins.",
            id="of-a-topic",
        ),
    ],
)
def test_nothing_recorded_is_a_sentence_and_no_file(words: list[str], sentence: str, home: Path) -> None:
    ran = run("stats", *words)
    assert (ran.code, ran.out, ran.err) == (0, f"{sentence}\n", "")
    assert not (home / "data").exists()


def test_nothing_recorded_is_an_object_of_nothing() -> None:
    [event] = run("stats", "--json").events
    assert event["total"] == {
        "asked": 0, "correct": 0, "seconds": 0, "recalls": 0, "retention": None, "days": 0, "run": 0,
    }  # fmt: skip
    assert (event["days"], event["ideas"], [day["count"] for day in event["due"]]) == ([], [], [0] * 7)


@pytest.mark.usefixtures("answered")
@pytest.mark.parametrize("words", [[], ["-t", "basics"]], ids=["all", "one-topic"])
def test_the_screen(words: list[str]) -> None:
    lines = _lines(run("stats", *words).out)
    assert lines[0].startswith(" 2 answers on 2 days · 0% right · 1 min")
    assert " basics  First steps  ░░░░░░░░░░   0%    –         ●○○    2 due" in lines
    assert any(line.startswith(" ✗ t() changes nothing") and "held since " in line for line in lines)
    assert lines[-1].startswith(" today")


@pytest.mark.usefixtures("answered")
def test_a_topic_that_is_none() -> None:
    ran = run("stats", "--topic", "basic")
    assert (ran.code, ran.out) == (1, "")
    assert "there is no topic `basic`" in ran.err
    assert "did you mean `basics`?" in ran.err


@pytest.mark.usefixtures("answered")
def test_json_is_one_object() -> None:
    [event] = run("stats", "--json", "--lang", "ko").events
    [topic] = event["topics"]
    assert topic == {
        "topic": "basics", "title": "첫걸음", "questions": 6, "new": 4, "due": 2, "mastery": 0.0, "level": 1,
        "asked": 2, "correct": 0, "seconds": 40, "recalls": 0, "retention": None,
    }  # fmt: skip
    [idea] = event["ideas"]
    assert {**idea, "held_at": ""} == {
        "idea": "nothing-moves", "title": "`t()`는 아무것도 바꾸지 않습니다", "met": 2, "held_at": "",
        "overcome_at": None,
    }  # fmt: skip
    assert idea["held_at"].endswith("+00:00")
    assert (len(event["days"]), event["total"]["run"], event["due"][0]["count"]) == (2, 2, 2)


@pytest.mark.usefixtures("answered")
def test_the_page(tmp_path: Path) -> None:
    file = tmp_path / "stats.html"
    ran = run("stats", "--html", str(file))
    assert (ran.code, ran.out) == (0, f"{file}\n")
    assert "<code>t()</code> changes nothing" in file.read_text(encoding="utf-8")


@pytest.mark.usefixtures("answered")
def test_a_page_that_cannot_be_written(tmp_path: Path) -> None:
    ran = run("stats", "--html", str(tmp_path / "no" / "stats.html"))
    assert (ran.code, ran.out, ran.err) == (
        1,
        "",
        f"tensordrill: {tmp_path / 'no' / 'stats.html'}: No such file or directory\n",
    )


def test_a_file_of_another_program_is_said(home: Path) -> None:
    (home / "data").mkdir()
    (home / "data" / "reviews.db").write_bytes(b"no database" * 100)
    assert "is not tensordrill's and was left as it is" in run("stats").err


@pytest.mark.usefixtures("answered")
def test_topics_show_what_is_known() -> None:
    assert _lines(run("topics").out)[:2] == [
        "                      mastery          level",
        " basics  First steps  ░░░░░░░░░░   0%  ●○○    2 due",
    ]
