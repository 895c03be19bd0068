"""The known and due part of a topic, and the tasks of today."""

from __future__ import annotations

import pytest

from tensordrill.bank.contents import Content
from tensordrill.drill.progress import NO_TOTALS, Progress
from tensordrill.drill.review import DAY, Review, iso
from tensordrill.drill.standing import Due, due, standing
from tensordrill.drill.today import READING_SECONDS, USUAL_SECONDS, today
from tests.drill.stored import totals
from tests.reviews import review_of

START = 1_700_000_000 // DAY * DAY
VIEW = Content(name="view", title="view", hash="", ideas=(), ids=("a", "b", "c", "d"), was={})
DTYPE = Content(name="dtype", title="dtype", hash="", ideas=(), ids=("a",), was={})


def right(question: str, day: float = 0, **changes: object) -> Review:
    return review_of(question, at=iso(int(START + day * DAY)), **changes)


def wrong(question: str, day: float = 0, **changes: object) -> Review:
    return right(question, day, outcome="incorrect", **changes)


def folded(*reviews: Review, utc_offset: int = 0) -> Progress:
    progress = Progress(utc_offset)
    for review in reviews:
        progress.add(review)
    return progress


def after(days: float) -> int:
    return int(START + days * DAY)


def test_mastery_is_what_would_be_right_now_of_all_questions() -> None:
    progress = folded(right("view/a"), right("view/b"), wrong("view/c"), right("dtype/a"))
    cards = [progress.cards["question", f"view/{id}"] for id in "ab"]
    now, later = (standing(VIEW, progress, after(days)) for days in (0.01, 30))
    assert now.mastery == sum(card.recall(after(0.01)) for card in cards) / 4
    assert 0.3 < later.mastery < now.mastery <= 0.5


def test_a_topic_of_which_nothing_was_asked() -> None:
    topic_standing = standing(VIEW, folded(right("dtype/a")), after(1))
    assert (topic_standing.mastery, topic_standing.level, topic_standing.new, topic_standing.due) == (
        0,
        1,
        4,
        0,
    )


def test_the_level_is_that_of_new_questions() -> None:
    rights = [right(f"view/{id}") for id in "abc"]
    assert [standing(VIEW, folded(*rights[:count]), after(0)).level for count in (2, 3)] == [1, 2]


@pytest.mark.parametrize(
    ("reviews", "days", "questions"),
    [
        pytest.param([right("view/a")], 0.1, [], id="right-today"),
        pytest.param([right("view/a")], 1, ["view/a"], id="right-yesterday-for-the-first-time"),
        pytest.param([right("view/a", seconds=2)], 1, [], id="easy-yesterday"),
        pytest.param([wrong("view/a")], 0.1, ["view/a"], id="wrong-today"),
        pytest.param([wrong("view/a")], 0, [], id="wrong-this-minute"),
        pytest.param([right("gone/a")], 1, [], id="not-in-the-bank"),
        pytest.param([right("view/a", 1), right("dtype/a")], 2, ["dtype/a", "view/a"], id="forgotten-first"),
    ],
)
def test_questions_are_due(reviews: list[Review], days: float, questions: list[str]) -> None:
    assert due([VIEW, DTYPE], folded(*reviews), after(days)) == Due(tuple(questions), ())


def test_a_day_ends_where_the_learner_is() -> None:
    reviews = [right("view/a", 0.9)]
    assert due([VIEW], folded(*reviews), after(0.95)).count == 0
    assert due([VIEW], folded(*reviews, utc_offset=2 * 3600), after(0.95)).count == 1


SHOWN = [wrong(f"view/{id}", idea="copies", ideas=("copies",)) for id in "ab"]


@pytest.mark.parametrize(
    ("reviews", "ideas"),
    [
        pytest.param(SHOWN[:1], [], id="met-once"),
        pytest.param(SHOWN, ["copies"], id="held"),
        pytest.param([*SHOWN, right("view/c", 0.05, ideas=("copies",))], [], id="avoided-today"),
        pytest.param(
            [*SHOWN, right("view/c", -2, ideas=("copies",)), right("view/d", -1, ideas=("copies",))],
            [],
            id="overcome",
        ),
    ],
)
def test_held_ideas_are_due(reviews: list[Review], ideas: list[str]) -> None:
    assert due([DTYPE], folded(*reviews), after(0.1)) == Due((), tuple(ideas))


def test_today() -> None:
    progress = folded(right("view/a", -1), wrong("view/b"), *SHOWN)
    start = today([VIEW, DTYPE], progress, totals(progress.tallies), after(0.5))
    assert start.due.ideas == ("copies",)
    assert (start.by_topic, start.new, start.answers, start.run) == ([("view", 2)], 3, 4, 2)
    assert start.seconds == 3 * (20 + READING_SECONDS)
    assert today([VIEW], Progress(), NO_TOTALS, after(0)).seconds_an_answer == USUAL_SECONDS


@pytest.mark.parametrize(
    ("days", "run"),
    [
        pytest.param([], 0, id="never"),
        pytest.param([0], 1, id="today"),
        pytest.param([-1], 1, id="yesterday-and-not-yet-today"),
        pytest.param([-2], 0, id="before-yesterday"),
        pytest.param([-5, -3, -2, -1, 0], 4, id="a-gap-before"),
    ],
)
def test_days_in_a_row(days: list[int], run: int) -> None:
    progress = folded(*(right("view/a", day) for day in days))
    assert today([VIEW], progress, totals(progress.tallies), after(0.5)).run == run
