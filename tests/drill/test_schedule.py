"""The schedule is the `fsrs` package's own, and ratings say how an answer went."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime, timedelta

import fsrs
import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tensordrill.drill.review import DAY
from tensordrill.drill.schedule import AGAIN, EASY, GOOD, HARD, Card, rating, reviewed
from tests.reviews import review_of

START = 1_700_000_000

RIGHT = review_of("view/a")


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        pytest.param({}, GOOD, id="right and sure"),
        pytest.param({"seconds": 8}, EASY, id="fast as well"),
        pytest.param({"seconds": 20, "kind": "write"}, EASY, id="fast for code"),
        pytest.param({"seconds": 0.1, "kind": ""}, GOOD, id="of a kind that was not kept"),
        pytest.param({"seconds": 2, "hints": 1}, HARD, id="with a hint"),
        pytest.param({"seconds": 2, "unsure": True}, HARD, id="unsure"),
        pytest.param({"outcome": "incorrect"}, AGAIN, id="wrong"),
        pytest.param(
            {"outcome": "incorrect", "hints": 1, "unsure": True}, AGAIN, id="wrong, unsure, with a hint"
        ),
        pytest.param({"outcome": "skipped"}, AGAIN, id="skipped"),
    ],
)
def test_rating(changes: dict[str, object], expected: int) -> None:
    assert rating(msgspec.structs.replace(RIGHT, **changes)) == expected


steps = st.lists(st.tuples(st.integers(1, 4), st.integers(0, 90 * DAY)), min_size=1, max_size=30)


@given(steps)
def test_a_replayed_log_gives_the_schedule_of_the_package(log: list[tuple[int, int]]) -> None:
    """Cards after any reviews equal those that the package gives with its own objects, without fuzz."""
    scheduler = fsrs.Scheduler(enable_fuzzing=False)
    theirs = fsrs.Card(card_id=1)
    ours: Card | None = None
    time = START
    for number, wait in log:
        time += wait
        at = datetime.fromtimestamp(time, UTC)
        theirs, _ = scheduler.review_card(theirs, fsrs.Rating(number), at)
        ours = reviewed(ours, number, time)
        assert (ours.state, ours.step) == (theirs.state.value, theirs.step)
        assert (ours.stability, ours.difficulty) == (theirs.stability, theirs.difficulty)
        assert ours.due == int(theirs.due.timestamp())
        later = time + 40 * DAY
        recall = scheduler.get_card_retrievability(theirs, datetime.fromtimestamp(later, UTC))
        assert ours.recall(later) == (0 if number == AGAIN else recall)


def test_a_clock_that_goes_backwards_stands_still() -> None:
    card = reviewed(reviewed(None, GOOD, START), GOOD, START + 10 * DAY)
    assert reviewed(card, GOOD, START) == reviewed(card, GOOD, START + 10 * DAY)
    assert card.recall(START) == card.recall(START + 10 * DAY) == 1
    assert card.forgetting(START) == 0


@given(st.integers(0, 400 * DAY), st.integers(0, 400 * DAY))
def test_more_forgotten_is_less_recalled(one: int, other: int) -> None:
    """Of a card that was right, what is the more forgotten is never the likelier recalled."""
    card = reviewed(reviewed(None, GOOD, START), GOOD, START + DAY)
    early, late = sorted((START + DAY + one, START + DAY + other))
    assert card.forgetting(early) <= card.forgetting(late)
    assert card.recall(early) >= card.recall(late)


def test_a_card_is_due_from_a_second_on() -> None:
    card = reviewed(None, GOOD, START)
    due = START + timedelta(minutes=10).seconds
    assert [card.is_due(time) for time in (due - 1, due)] == [False, True]


def test_only_scheduling_waits_for_the_package() -> None:
    code = "import sys, tensordrill.drill.session, tensordrill.drill.store; print('fsrs' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout == "False\n"
