"""Progress from reviews: when an idea is held and overcome, which level comes next, what is counted."""

from __future__ import annotations

import msgspec
import pytest

from tensordrill.drill.progress import DayTally, Progress, Ramp
from tensordrill.drill.review import DAY, Review, iso
from tests.reviews import review_of

START = 1_700_000_000 // DAY * DAY

REVIEW = review_of("view/a", ideas=("copies",))


def wrong(question: str, **changes: object) -> Review:
    return msgspec.structs.replace(REVIEW, question=question, outcome="incorrect", idea="copies", **changes)


def right(day: float, **changes: object) -> Review:
    return msgspec.structs.replace(REVIEW, question="view/z", at=iso(int(START + day * DAY)), **changes)


def folded(*reviews: Review, utc_offset: int = 0) -> Progress:
    progress = Progress(utc_offset)
    for review in reviews:
        progress.add(review)
    return progress


HELD = (wrong("view/a"), wrong("view/b"))
YES_OR_NO = wrong("view/a", answer_type="bool")


@pytest.mark.parametrize(
    ("reviews", "is_held"),
    [
        pytest.param((wrong("view/a"),), False, id="one match is evidence"),
        pytest.param((wrong("view/a"), wrong("view/a")), False, id="twice in one question"),
        pytest.param(HELD, True, id="in two questions"),
        pytest.param(
            (wrong("view/a", answer_type="bool"), wrong("view/b", answer_type="bool")), False, id="yes or no"
        ),
        pytest.param(
            (wrong("view/a", answer_type="bool"), wrong("view/b")), True, id="one of them more than yes or no"
        ),
        pytest.param((wrong("view/a"), right(0), wrong("view/b")), True, id="a right answer between"),
        pytest.param((*HELD, right(1)), True, id="right on one day"),
        pytest.param((*HELD, right(1), right(1.4)), True, id="right twice on one day"),
        pytest.param((*HELD, right(1), right(2)), False, id="right on two days"),
        pytest.param((*HELD, right(1, unsure=True), right(2)), True, id="a guess is no proof"),
        pytest.param((*HELD, right(1, hints=1), right(2)), True, id="nor is what took a hint"),
        pytest.param((*HELD, right(1, ideas=()), right(2)), True, id="nor a draw that cannot show it"),
        pytest.param((*HELD, right(1), wrong("view/a"), right(2)), True, id="met again between"),
        pytest.param(
            (*HELD, right(1), right(2), wrong("view/a")), False, id="once more after it was overcome"
        ),
        pytest.param((*HELD, right(1), right(2), *HELD), True, id="held again"),
    ],
)
def test_an_idea_is_held(reviews: tuple[Review, ...], is_held: bool) -> None:
    progress = folded(*reviews)
    assert progress.ideas["copies"].is_held is is_held


@pytest.mark.parametrize(
    ("reviews", "is_suspected"),
    [
        pytest.param((wrong("view/a"),), True, id="shown"),
        pytest.param((wrong("view/a"), right(0)), True, id="avoided once, which may be luck"),
        pytest.param((wrong("view/a"), right(0), right(0)), False, id="avoided twice"),
        pytest.param((wrong("view/a"), right(0), wrong("view/a"), right(0)), True, id="shown again"),
        pytest.param(HELD, False, id="held already"),
    ],
)
def test_an_idea_is_looked_for(reviews: tuple[Review, ...], is_suspected: bool) -> None:
    assert folded(*reviews).ideas["copies"].is_suspected is is_suspected


def test_an_idea_has_its_dates_and_counts() -> None:
    idea = folded(*HELD, right(1), right(2)).ideas["copies"]
    assert (idea.held_at, idea.overcome_at) == (START, START + 2 * DAY)
    assert (idea.met, idea.right_since) == (2, 2)


def test_only_held_ideas_have_cards() -> None:
    assert list(folded(wrong("view/a"), right(0)).cards) == [("question", "view/a"), ("question", "view/z")]
    assert ("idea", "copies") in folded(*HELD).cards


@pytest.mark.parametrize(
    ("utc_offset", "is_held"),
    [pytest.param(0, True, id="one day in UTC"), pytest.param(9 * 3600, False, id="two days in Seoul")],
)
def test_a_day_ends_where_the_learner_is(utc_offset: int, is_held: bool) -> None:
    before, after = right(1 + 14 / 24), right(1 + 16 / 24)
    assert folded(*HELD, before, after, utc_offset=utc_offset).ideas["copies"].is_held is is_held


@pytest.mark.parametrize(
    ("outcomes", "expected"),
    [
        pytest.param("cc", Ramp(1, rights=2), id="two right"),
        pytest.param("ccc", Ramp(2), id="three right"),
        pytest.param("ccxc", Ramp(1, rights=1), id="a wrong one between"),
        pytest.param("cccccccccccc", Ramp(3), id="no higher than three"),
        pytest.param("ccccccx", Ramp(3, wrongs=1), id="one wrong"),
        pytest.param("ccccccxx", Ramp(2), id="two wrong"),
        pytest.param("ccccccxsxs", Ramp(1), id="skipped is wrong"),
        pytest.param("xxxx", Ramp(1), id="no lower than one"),
    ],
)
def test_the_ramp(outcomes: str, expected: Ramp) -> None:
    names = {"c": "correct", "x": "incorrect", "s": "skipped"}
    reviews = [msgspec.structs.replace(REVIEW, outcome=names[letter]) for letter in outcomes]
    assert folded(*reviews).ramps["view"] == expected


def test_a_tally_counts_recalls_of_cards_that_are_in_review() -> None:
    easy = msgspec.structs.replace(REVIEW, seconds=2)
    later = msgspec.structs.replace(wrong("view/a"), at=iso(START + 9 * DAY))
    tallies = folded(easy, easy, later).tallies
    assert tallies == {
        (START // DAY, "view"): DayTally(2, 2, 0, 0, 4),
        (START // DAY + 9, "view"): DayTally(1, 0, 1, 0, 20),
    }
