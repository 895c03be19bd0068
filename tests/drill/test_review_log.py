"""Reviews are on disk as answers are given; where they cannot be, that is said once and the round goes on."""

from __future__ import annotations

import os
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, Literal

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tensordrill.drill import database
from tensordrill.drill.review import Review
from tensordrill.drill.review_log import ReviewLog
from tensordrill.drill.store import Store
from tensordrill.errors import Problem
from tests.reviews import review_of

NOW = "2026-03-01T09:30:00+00:00"
REVIEW = review_of("view/flatten-a-transpose", 7, at=NOW, answer="", seconds=1.5)


class WarningList(list[tuple[str, str]]):
    """The warnings, by name and problem."""

    def __call__(self, name: str, problem: Problem) -> None:
        self.append((name, problem if isinstance(problem, str) else problem.text("en")))


@pytest.fixture(autouse=True)
def _no_store_stays_open(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Close what a test has left open, as the end of the program does; from Python 3.13 on its loss is warned of."""
    stores, open_store = [], Store.open

    def opened(*arguments: Any) -> Store:
        stores.append(open_store(*arguments))
        return stores[-1]

    monkeypatch.setattr(Store, "open", opened)
    yield
    for store in stores:
        store.close()


@pytest.fixture
def warned() -> WarningList:
    return WarningList()


@pytest.fixture
def data(home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The data folder; who finds it locked gives up soon."""
    monkeypatch.setattr(database, "PATIENCE", 0.02)
    return home / "data"


def answered(answer: str) -> Review:
    return msgspec.structs.replace(REVIEW, answer=answer)


def answers(folder: Path) -> list[str]:
    with Store.open(folder) as store:
        return [review.answer for review in store.reviews()]


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold the file, as another program that writes does."""
    with closing(sqlite3.connect(folder / "reviews.db", isolation_level=None)) as db:
        db.execute("begin exclusive")
        yield
        db.execute("rollback")


def in_use(folder: Path) -> str:
    return f"`{folder / 'reviews.db'}` is in use by another program; close that program, then try again."


def in_the_way(folder: Path) -> str:
    return (
        f"The data folder `{folder}` cannot be made: a file is in the way; "
        "set `TENSORDRILL_HOME` to a folder that you can write to."
    )


def test_nothing_is_made_before_the_first_review(data: Path, warned: WarningList) -> None:
    ReviewLog(os.environ, warned).close()
    assert not data.exists()


def test_a_review_is_on_disk_at_once(data: Path, warned: WarningList) -> None:
    log = ReviewLog(os.environ, warned)
    for number, answer in enumerate("abc", 1):
        log.append(answered(answer))
        assert answers(data) == list("abc"[:number])
    assert warned == []


def test_undo_takes_the_last_ones_back(data: Path, warned: WarningList) -> None:
    log = ReviewLog(os.environ, warned)
    for answer in "abc":
        log.append(answered(answer))
    log.undo_last()
    log.undo_last()
    assert answers(data) == ["a"]
    log.append(answered("d"))
    log.undo_last()
    log.undo_last()
    log.undo_last()
    assert (answers(data), warned) == ([], [])


def test_undo_leaves_earlier_rounds_alone(data: Path, warned: WarningList) -> None:
    earlier = ReviewLog(os.environ, warned)
    earlier.append(answered("a"))
    earlier.close()
    log = ReviewLog(os.environ, warned)
    log.undo_last()
    log.append(answered("b"))
    log.undo_last()
    log.undo_last()
    assert answers(data) == ["a"]


def test_a_home_that_cannot_be_written_is_said_once(data: Path, warned: WarningList) -> None:
    data.write_text("in the way")
    log = ReviewLog(os.environ, warned)
    log.append(answered("a"))
    log.append(answered("b"))
    log.undo_last()
    assert not log.topic_is_new("view", NOW)
    log.append(answered("c"))
    log.close()
    assert warned == [("not-recorded", in_the_way(data))]


def test_what_another_program_holds_up_is_kept_and_written_with_the_next(
    data: Path, warned: WarningList
) -> None:
    log = ReviewLog(os.environ, warned)
    log.append(answered("a"))
    with locked(data):
        log.append(answered("b"))
        log.append(answered("c"))
    log.append(answered("d"))
    assert answers(data) == ["a", "b", "c", "d"]
    log.undo_last()
    log.undo_last()
    assert answers(data) == ["a", "b"]
    assert warned == [("kept-for-later", in_use(data))]


def test_it_is_said_again_when_it_happens_again(data: Path, warned: WarningList) -> None:
    log = ReviewLog(os.environ, warned)
    log.append(answered("a"))
    for answer in "bc":
        with locked(data):
            log.append(answered(answer))
        log.append(answered(answer.upper()))
    assert answers(data) == ["a", "b", "B", "c", "C"]
    assert warned == [("kept-for-later", in_use(data))] * 2


def test_what_was_kept_is_written_at_the_end(data: Path, warned: WarningList) -> None:
    log = ReviewLog(os.environ, warned)
    log.append(answered("a"))
    with locked(data):
        log.append(answered("b"))
    log.close()
    assert answers(data) == ["a", "b"]
    assert warned == [("kept-for-later", in_use(data))]


def test_what_is_lost_in_the_end_is_said(data: Path, warned: WarningList) -> None:
    log = ReviewLog(os.environ, warned)
    log.append(answered("a"))
    with locked(data):
        log.append(answered("b"))
        log.close()
    assert answers(data) == ["a"]
    assert warned == [("kept-for-later", in_use(data)), ("answers-lost", in_use(data))]


def test_an_answer_that_was_kept_can_be_undone(data: Path, warned: WarningList) -> None:
    log = ReviewLog(os.environ, warned)
    log.append(answered("a"))
    with locked(data):
        log.append(answered("b"))
        log.append(answered("c"))
        log.undo_last()
    log.append(answered("d"))
    log.close()
    assert answers(data) == ["a", "b", "d"]


def test_an_undo_that_fails_is_said(data: Path, warned: WarningList) -> None:
    log = ReviewLog(os.environ, warned)
    log.append(answered("a"))
    with locked(data):
        log.undo_last()
    log.close()
    assert warned == [("not-undone", in_use(data))]
    assert answers(data) == ["a"]


def test_a_topic_is_new_once(data: Path, warned: WarningList) -> None:
    log = ReviewLog(os.environ, warned)
    assert [log.topic_is_new(name, NOW) for name in ("view", "view", "matmul")] == [True, False, True]
    log.close()
    assert not ReviewLog(os.environ, warned).topic_is_new("view", NOW)
    assert answers(data) == []


def test_no_topic_is_new_while_that_cannot_be_remembered(data: Path, warned: WarningList) -> None:
    log = ReviewLog(os.environ, warned)
    log.append(answered("a"))
    with locked(data):
        assert not log.topic_is_new("view", NOW)
    assert log.topic_is_new("view", NOW)


def test_a_damaged_file_is_told_of_and_answers_go_on(data: Path, warned: WarningList) -> None:
    log = ReviewLog(os.environ, warned)
    log.append(answered("a"))
    with (data / "reviews.db").open("rb+") as file:
        file.write(bytes(100))
    again = ReviewLog(os.environ, warned)
    again.append(answered("b"))
    log.append(answered("c"))
    [(name, problem)] = warned.copy()
    assert name == "about-answers"
    assert "1 answer could be read and is kept" in problem
    assert answers(data) == ["a", "b", "c"]
    log.undo_last()
    log.undo_last()
    assert answers(data) == ["b"]


Step = Literal["append", "undo", "lock", "unlock"]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(st.sampled_from(("append", "append", "undo", "lock", "unlock")), max_size=12))
def test_what_is_answered_and_not_taken_back_is_kept(
    monkeypatch: pytest.MonkeyPatch, steps: list[Step]
) -> None:
    """However answers, undos and another program's locks follow, the file has what was not undone, in order.

    An undo of what is on disk already fails while the file is locked.
    """
    monkeypatch.setattr(database, "PATIENCE", 0.01)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "data"
        monkeypatch.setenv("TENSORDRILL_HOME", str(folder))
        log, lock = ReviewLog(os.environ, WarningList()), None
        assert log.topic_is_new("view", NOW)
        expected: list[tuple[str, bool]] = []  # an answer, and whether it is on disk
        undoable: list[str] = []
        for number, step in enumerate(steps):
            if step == "append":
                log.append(answered(str(number)))
                expected.append((str(number), lock is None))
                undoable.append(str(number))
                if lock is None:
                    expected = [(answer, True) for answer, _ in expected]
            elif step == "undo" and undoable:
                last = undoable.pop()
                log.undo_last()
                expected = [one for one in expected if one[0] != last or (one[1] and lock)]
            elif step == "lock" and lock is None:
                lock = locked(folder)
                lock.__enter__()
            elif step == "unlock" and lock:
                lock.__exit__(None, None, None)
                lock = None
        if lock:
            lock.__exit__(None, None, None)
        log.close()
        assert answers(folder) == [answer for answer, _ in expected]
