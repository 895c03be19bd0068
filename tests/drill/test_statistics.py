"""Statistics of a learner's reviews."""

from __future__ import annotations

import pytest

from tensordrill.drill.progress import NO_TOTALS, DayTally, Progress
from tensordrill.drill.review import DAY, Review
from tensordrill.drill.statistics import IdeaSpan, Statistics, statistics
from tests.drill.stored import totals

from .test_standing import DTYPE, START, VIEW, after, folded, right, wrong

TODAY = START // DAY


def seen(*reviews: Review, days: float = 0.5, utc_offset: int = 0, **of: object) -> Statistics:
    progress = folded(*reviews, utc_offset=utc_offset)
    topics = [VIEW, DTYPE]
    return statistics(topics, progress, totals(progress.tallies, "view", "dtype"), after(days), **of)  # type: ignore[arg-type]


def test_nothing_was_answered() -> None:
    empty = statistics([VIEW], Progress(), NO_TOTALS, after(0))
    assert (empty.days, empty.total, empty.run, empty.week) == ({}, DayTally(), 0, (0,) * 7)
    assert (empty.held, empty.overcome) == ([], [])


def test_days_add_up_over_topics() -> None:
    of_days = seen(right("view/a", -1), right("dtype/a", -1), wrong("view/b"))
    assert of_days.days == {
        TODAY - 1: DayTally(asked=2, correct=2, seconds=40),
        TODAY: DayTally(asked=1, seconds=20),
    }
    assert of_days.total == DayTally(asked=3, correct=2, seconds=60)
    assert [topic.tally.asked for topic in of_days.topics] == [2, 1]
    assert of_days.run == 2


def test_a_day_is_the_learner_s() -> None:
    assert list(seen(right("view/a", 0.9)).days) == [TODAY]
    assert list(seen(right("view/a", 0.9), utc_offset=9 * 3600).days) == [TODAY + 1]
    assert seen(utc_offset=9 * 3600).day(after(0.9)) == TODAY + 1


SHOWN = [wrong(f"view/{id}", idea="copies", ideas=("copies",)) for id in "ab"]
AVOIDED = [right("view/c", day, ideas=("copies",)) for day in (1, 2)]


@pytest.mark.parametrize(
    ("reviews", "held", "overcome"),
    [
        pytest.param(SHOWN[:1], [], [], id="met-once"),
        pytest.param(SHOWN, [("copies", 2, after(0), None)], [], id="held"),
        pytest.param([*SHOWN, *AVOIDED], [], [("copies", 2, after(0), after(2))], id="overcome"),
    ],
)
def test_ideas(reviews: list[Review], held: list[object], overcome: list[object]) -> None:
    def told(ideas: object) -> list[object]:
        assert isinstance(ideas, list)
        return [(idea.name, idea.met, idea.held_at, idea.overcome_at) for idea in ideas]

    of_all = seen(*reviews, days=2.5)
    assert (told(of_all.held), told(of_all.overcome)) == (held, overcome)
    none = seen(*reviews, days=2.5, ideas={"other"})
    assert (none.held, none.overcome) == ([], [])


def test_what_was_overcome_last_comes_first_and_what_is_held_longest() -> None:
    def of(name: str, day: float) -> list[Review]:
        changes = {"idea": name, "ideas": (name,)}
        return [wrong(f"view/{id}", day, **changes) for id in "ab"]

    def avoided(name: str, days: tuple[float, ...]) -> list[Review]:
        return [right("view/c", day, ideas=(name,)) for day in days]

    reviews = [*of("one", 0), *of("two", 0.1), *of("late", 0.2), *of("early", -1)]
    reviews += [*avoided("one", (1, 2)), *avoided("two", (3, 4))]
    of_all = seen(*sorted(reviews, key=lambda review: review.at), days=5)
    assert [idea.name for idea in of_all.overcome] == ["two", "one"]
    assert [idea.name for idea in of_all.held] == ["early", "late"]
    assert isinstance(of_all.held[0], IdeaSpan)
    assert of_all.held[0].questions == ("view/a", "view/b")


def test_the_week_ahead() -> None:
    progress = folded(
        wrong("view/a"),  # due in a minute
        right("view/b"),  # in ten, but right today
        right("view/c", -20),  # overdue
        right("view/d", seconds=2),  # easy: in some days
    )
    easy = progress.cards["question", "view/d"]
    ahead = progress.day(easy.due) - TODAY
    assert ahead > 1
    expected = [2, 1, *[0] * 5]
    if ahead < 7:
        expected[ahead] += 1
    assert statistics([VIEW], progress, NO_TOTALS, after(0.1)).week == tuple(expected)


def test_held_ideas_are_due_in_the_week() -> None:
    assert sum(seen(*SHOWN).week) == 3
    assert sum(seen(*SHOWN, ideas={"other"}).week) == 2
