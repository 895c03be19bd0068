"""`history export`, `import` and `reset`: answers are moved and deleted, and nothing else is."""

from __future__ import annotations

import json
import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tensordrill.drill.review import Review, iso
from tensordrill.drill.store import Store
from tests.reviews import review_of

from .conftest import Terminal, run

START = 1_700_000_000


def answers(data: Path, *topics: str) -> list[Review]:
    """Fill a store with an answer to each of these topics, a minute apart; return them."""
    reviews = [
        review_of(f"{topic}/a", 7, at=iso(START + 60 * number), seconds=4.25)
        for number, topic in enumerate(topics)
    ]
    with Store.open(data) as store:
        for review in reviews:
            store.append(review)
    return reviews


def kept(data: Path) -> list[Review]:
    with Store.open(data) as store:
        return store.reviews()


@pytest.fixture
def data(home: Path) -> Path:
    return home / "data"


def test_answers_move_to_another_machine(data: Path, tmp_path: Path) -> None:
    reviews = answers(data, "view", "expand")
    file = tmp_path / "answers.jsonl"
    assert run("history", "export", str(file)).out == f"{file}: 2 answers\n"
    elsewhere = str(tmp_path / "elsewhere")
    ran = run("history", "import", str(file), TENSORDRILL_HOME=elsewhere)
    assert (ran.code, ran.out) == (0, "Added 2 answers; 0 answers were here already.\n")
    assert kept(tmp_path / "elsewhere") == reviews
    assert run("history", "export", TENSORDRILL_HOME=elsewhere).out == file.read_text(encoding="utf-8")
    answers(data, "view", "expand", "matmul")  # the first two once more, and one that is new there
    assert (
        run("history", "import", "-", stdin=run("history", "export").out, TENSORDRILL_HOME=elsewhere).code
        == 0
    )
    ran = run("history", "import", str(file), str(file), "--json", TENSORDRILL_HOME=elsewhere)
    assert ran.events == [{"added": 0, "known": 2}]
    assert len(kept(tmp_path / "elsewhere")) == 5


def test_a_file_is_overwritten_only_when_that_is_said(data: Path, tmp_path: Path) -> None:
    answers(data, "view")
    file = tmp_path / "notes.txt"
    file.write_text("my notes")
    ran = run("history", "export", str(file))
    assert (ran.code, ran.err) == (1, f"tensordrill: `{file}` exists; `--overwrite` replaces it.\n")
    assert file.read_text() == "my notes"
    assert run("history", "export", str(file), "--overwrite").code == 0
    assert json.loads(file.read_text())["topic"] == "view"


@pytest.mark.parametrize(
    ("language", "problems"),
    [
        ("en", "{0}:2: `hints` cannot be -1.\nNothing was imported.\n"),
        ("ko", "{0}:2: `hints`의 값이 올바르지 않습니다: -1\n아무것도 가져오지 않았습니다.\n"),
    ],
)
def test_nothing_is_imported_where_a_line_is_wrong(
    data: Path, tmp_path: Path, language: str, problems: str
) -> None:
    [review] = answers(data, "view")
    good, bad = tmp_path / "good.jsonl", tmp_path / "bad.jsonl"
    line = run("history", "export").out
    good.write_text(line.replace("(2, 3)", "6"))
    bad.write_text(good.read_text() + line.replace('"hints":0', '"hints":-1'))
    ran = run("history", "import", str(good), str(bad), "--lang", language)
    assert (ran.code, ran.err) == (1, problems.format(bad))
    assert kept(data) == [review]


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    ran = run("history", "import", str(tmp_path / "nowhere"))
    problem = f"`{tmp_path}/nowhere` cannot be read: No such file or directory."
    assert (ran.code, ran.err) == (1, f"tensordrill: {problem}\n")


def test_a_topic_is_deleted_and_comes_back(data: Path) -> None:
    reviews = answers(data, "view", "expand", "view")
    ran = run("history", "reset", "--topic", "view", "--yes", "--json")
    [event] = ran.events
    assert event["deleted"] == 2
    assert kept(data) == reviews[1:2]
    backup = Path(event["backup"])
    assert backup.parent == data
    assert re.fullmatch(r"reviews\.backup-\d{4}-\d\d-\d\d\.jsonl", backup.name)
    ran = run("history", "reset", "--yes")
    again = backup.with_name(f"{backup.stem}-2.jsonl")
    command = f"tensordrill history import {again}"
    assert ran.out == f"Deleted 1 answer. The backup is {again}; this adds it again:\n{command}\n"
    assert kept(data) == []
    assert run(*command.split()[1:]).code == 0
    assert run("history", "import", str(backup)).code == 0
    assert kept(data) == reviews


@pytest.mark.parametrize(
    ("typed", "left"), [("y", 0), ("YES", 0), ("네", 0), ("n", 1), ("", 1), ("yea h", 1)]
)
def test_a_reset_is_asked_about(data: Path, typed: str, left: int) -> None:
    answers(data, "view")
    ran = run("history", "reset", stdin=f"{typed}\n")
    assert ran.err.startswith("Delete 1 answer? A backup is written first. [y/N] ")
    assert len(kept(data)) == left
    assert (ran.code, "Nothing was deleted.\n" in ran.err) == (left, bool(left))
    assert len(list(data.iterdir())) == 2 - left


def test_a_reset_is_asked_about_in_a_terminal(data: Path) -> None:
    answers(data, "view")
    with Terminal("history", "reset", "--lang", "ko") as terminal:
        terminal.until("답 1개를 지울까요? 먼저 백업을 만듭니다. [y/N] ")
        terminal.type("y")
        terminal.until("답 1개를 지웠습니다.")
        assert terminal.end() == 0
    assert kept(data) == []


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        ([], "There are no answers to delete.\n"),
        (["--topic", "matmul"], "There are no answers on `matmul` to delete.\n"),
    ],
)
def test_there_is_nothing_to_delete(words: list[str], problem: str) -> None:
    ran = run("history", "reset", "--yes", *words)
    assert (ran.code, ran.err) == (1, problem)


def test_a_newer_history_is_not_touched(data: Path) -> None:
    answers(data, "view")
    file = data / "reviews.db"
    with closing(sqlite3.connect(file, isolation_level=None)) as db:
        db.execute("pragma user_version = 99")
    before = file.read_bytes()
    for words in (["export"], ["reset", "--yes"], ["import", "-"]):
        ran = run("history", *words)
        newer = f"`{file}` was written by a newer tensordrill; upgrade tensordrill."
        assert (ran.code, ran.err) == (1, f"tensordrill: {newer}\n")
    assert file.read_bytes() == before
    assert list(data.iterdir()) == [file]


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "was damaged. 3 answers could be read and are kept; the damaged file is now `{}`, beside it."),
        (
            "ko",
            "손상되어, 읽을 수 있는 답 3개로 새로 만들었습니다. 손상된 파일은 같은 폴더의 `{}`에 남겨 두었습니다.",
        ),
    ],
)
def test_a_damaged_file_is_told_of_once(data: Path, language: str, sentence: str) -> None:
    reviews = answers(data, "view", "expand", "matmul")
    with (data / "reviews.db").open("rb+") as file:
        file.write(b"x" * 16)
    ran = run("history", "export", "--lang", language)
    [aside] = data.glob("reviews.damaged-*.db")
    assert ran.code == 0
    assert ran.err.startswith(f"tensordrill: `{data}/reviews.db`")
    assert ran.err.endswith(sentence.format(aside.name) + "\n")
    assert len(ran.out.splitlines()) == 3
    assert run("history", "export").err == ""
    assert kept(data) == reviews
