"""Bare `tensordrill`: what there is to do for somebody who comes back, and the first run of somebody who is new."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import msgspec
import pytest

from tensordrill.cli import clock
from tensordrill.drill.review import DAY, iso
from tensordrill.drill.store import Store
from tests.reviews import review_of

from .conftest import Terminal, reviews, run

pytestmark = pytest.mark.filterwarnings("ignore:.*forkpty.*:DeprecationWarning")

REVIEW = review_of("basics/swap", outcome="incorrect", idea="nothing-moves", ideas=("nothing-moves",))


@pytest.fixture
def bank(basics: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The small bank, as the learner's own."""
    monkeypatch.setenv("TENSORDRILL_BANK", str(basics))
    return basics


@pytest.fixture
def returning(home: Path) -> None:
    """A learner who went wrong in two questions yesterday and in one of them the day before."""
    now = clock.seconds()
    with Store.open(home / "data", clock.utc_offset()) as store:
        for days, question in ((2, "basics/swap"), (1, "basics/swap"), (1, "basics/blank")):
            at = iso(now - days * DAY)
            store.append(msgspec.structs.replace(REVIEW, question=question, at=at))


def settings(home: Path) -> dict[str, str]:
    with closing(sqlite3.connect(home / "data" / "reviews.db")) as db:
        return dict(db.execute("select name, value from settings"))


def _lines(text: str) -> list[str]:
    return [line.rstrip() for line in text.splitlines() if line.strip()]


# --- somebody who comes back ---


@pytest.mark.usefixtures("bank", "returning")
def test_a_pipe_is_told_what_there_is_to_do() -> None:
    assert _lines(run().out) == [
        " tensordrill                                                    2 days in a row",
        " 3 due · about 2 minutes",
        " 2 questions · 1 wrong idea that you still hold",
        " basics 2",
        " tensordrill review    what is due, the most forgotten first",
        " tensordrill practice  new questions among known ones, until you stop",
        " tensordrill quiz      ten questions over all topics",
        " tensordrill topics    what there is to learn, and what you know of it",
        " tensordrill stats     days, topics, ideas, and the week ahead",
    ]
    assert _lines(run("--lang", "ko").out)[1:3] == [
        " 복습할 것 3개 · 약 2분",
        " 2문제 · 아직 남아 있는 오해 1개",
    ]


@pytest.mark.usefixtures("bank", "returning")
def test_enter_starts_today_s_round(home: Path) -> None:
    with Terminal() as terminal:
        terminal.until("3 due", " ⏎  tensordrill review", " 1  tensordrill practice", " q  leave")
        terminal.press("x\x1b[A")  # keys that mean nothing here
        terminal.type("")
        terminal.until("question 1 of 2")
        terminal.answer(":q")
        assert terminal.end() == 0
    assert len(reviews(home)) == 3


@pytest.mark.usefixtures("bank", "returning")
@pytest.mark.parametrize(
    ("key", "code"),
    [("q", 0), ("ㅂ", 0), ("\x1b", 0), ("\x04", 0), ("\x03", 130)],
    ids=["q", "q-in-Korean", "escape", "ctrl-d", "ctrl-c"],
)
def test_home_is_left(key: str, code: int) -> None:
    with Terminal() as terminal:
        terminal.until(" q  leave")
        terminal.press(key)
        assert terminal.end() == code
        assert "question 1" not in terminal.text


@pytest.mark.usefixtures("bank", "returning")
def test_another_key_starts_another_command() -> None:
    with Terminal("--lang", "ko") as terminal:
        terminal.until(" 3  tensordrill topics")
        terminal.press("3")
        terminal.until("basics  첫걸음", "●○○", "복습 2")
        assert terminal.end() == 0


@pytest.mark.usefixtures("bank")
def test_a_damaged_file_is_said_and_home_is_the_welcome(home: Path) -> None:
    (home / "data").mkdir()
    (home / "data" / "reviews.db").write_bytes(b"no database" * 100)
    ran = run()
    assert (ran.code, _lines(ran.out)[0]) == (0, " tensordrill — train your tensor handling")
    assert "is not tensordrill's" in ran.err
    assert len(_lines(run("topics").out)) == 3


# --- somebody who is new ---


@pytest.mark.usefixtures("bank")
def test_a_first_run_in_english(home: Path) -> None:
    with Terminal() as terminal:
        terminal.until("Which language? · 어떤 언어로 할까요?", "1  English  ⏎", "2  한국어")
        terminal.type("")
        terminal.until(
            "Where do you stand?", "1  new to PyTorch", "2  I know the basics", "3  I know it well"
        )
        terminal.press("x")
        terminal.press("1")
        terminal.until("question 1 of 2")
        terminal.answer("3, 2" if "swap" in terminal.text else "no")
        terminal.until("✓")
        terminal.type("")
        terminal.until("question 2 of 2")
        terminal.answer(":q")
        assert terminal.end() == 0
    assert settings(home) == {"language": "en", "level": "1"}
    assert [review["outcome"] for review in reviews(home)] == ["correct"]
    assert _lines(run().out)[0] == " tensordrill"


@pytest.mark.usefixtures("bank")
def test_a_first_run_in_korean_and_what_is_spoken_from_then_on(home: Path) -> None:
    with Terminal() as terminal:
        terminal.until("2  한국어")
        terminal.press("2")
        terminal.until("PyTorch를 얼마나 아세요?", "3  잘 압니다")
        terminal.press("3")
        terminal.until("문제 1 / 5")
        terminal.answer(":q")
        assert terminal.end() == 0
    assert settings(home) == {"language": "ko", "level": "3"}
    with Terminal() as terminal:
        terminal.until("매번 새로운 숫자로", " ⏎  tensordrill quiz -n 5  처음 다섯 문제", " q  나가기")
        terminal.press("q")
        assert terminal.end() == 0
    assert _lines(run().out)[0] == " tensordrill — 텐서 다루기 연습"
    assert _lines(run("--lang", "en").out)[0] == " tensordrill — train your tensor handling"


@pytest.mark.usefixtures("bank")
@pytest.mark.parametrize(
    "words", [pytest.param(["--lang", "ko"], id="option"), pytest.param([], id="variable")]
)
def test_a_language_that_was_said_is_not_asked_for(words: list[str], home: Path) -> None:
    variables = {} if words else {"TENSORDRILL_LANG": "ko"}
    with Terminal(*words, **variables) as terminal:
        terminal.until("PyTorch를 얼마나 아세요?")
        terminal.press("2")
        terminal.until("문제 1 / 5")
        terminal.answer(":q")
        assert terminal.end() == 0
        assert "Which language?" not in terminal.text
    assert settings(home) == {"level": "2"}


@pytest.mark.usefixtures("bank")
@pytest.mark.parametrize(
    ("keys", "code"),
    [("\x03", 130), ("q", 0), ("2\x03", 130), ("2q", 0)],
    ids=["ctrl-c", "q", "ctrl-c-after-the-language", "q-after-the-language"],
)
def test_leaving_a_first_run_sets_nothing(keys: str, code: int, home: Path) -> None:
    with Terminal() as terminal:
        terminal.until("2  한국어")
        terminal.press(keys[0])
        if keys[1:]:
            terminal.until("3  잘 압니다", "나갑니다.")
            terminal.press(keys[1:])
        assert terminal.end() == code
    assert not (home / "data").exists()


@pytest.mark.usefixtures("bank", "no_override")
def test_a_home_that_cannot_be_written_is_said_by_the_round(home: Path) -> None:
    (home / "data").mkdir()
    (home / "data").chmod(0o500)
    with Terminal("--lang", "en") as terminal:
        terminal.until("Where do you stand?")
        terminal.press("2")
        terminal.until("question 1 of 5")
        terminal.answer(":s")
        terminal.until_match(r"cannot\s+be\s+written")  # behind a path that is as long as it is
        terminal.until("next ›")
        terminal.type(":q")
        terminal.end()
