"""Changes for the better after a round."""

from __future__ import annotations

import pytest

from tensordrill.drill.changes import Changes, changes
from tensordrill.drill.progress import Progress
from tensordrill.drill.review import Review
from tensordrill.drill.session import Summary

from .test_standing import folded, right, wrong

TOPICS = {"view": ("view/a", "view/b")}
SHOWN = [wrong(f"view/{id}", -3, idea="copies", ideas=("copies",)) for id in "ab"]
AVOIDED = [right("view/c", day, ideas=("copies",)) for day in (-1, 0)]


def of(before: list[Review], round_: list[Review]) -> Changes:
    tally = Summary(len(round_), sum(review.outcome == "correct" for review in round_), 0, {}, (), 0)
    return changes(folded(*before), folded(*before, *round_), TOPICS, tally)


@pytest.mark.parametrize(
    ("before", "answers", "overcome"),
    [
        pytest.param([*SHOWN, AVOIDED[0]], AVOIDED[1:], ("copies",), id="in-this-round"),
        pytest.param([*SHOWN, *AVOIDED], [right("view/a")], (), id="before-it"),
        pytest.param(SHOWN, AVOIDED[1:], (), id="not-yet"),
        pytest.param([], SHOWN, (), id="held-only-now"),
    ],
)
def test_an_idea_is_overcome(before: list[Review], answers: list[Review], overcome: tuple[str, ...]) -> None:
    assert of(before, answers).overcome == overcome


@pytest.mark.parametrize(
    ("before", "answers", "done"),
    [
        pytest.param([right("view/a")], [right("view/b")], ("view",), id="the-last-one"),
        pytest.param([right("view/a")], [right("view/a")], (), id="one-is-left"),
        pytest.param([right("view/a"), wrong("view/b")], [right("view/b")], ("view",), id="what-went-wrong"),
        pytest.param([right("view/a")], [wrong("view/b")], (), id="wrong"),
        pytest.param([right("view/a"), right("view/b")], [right("view/b")], (), id="done-before"),
    ],
)
def test_a_topic_is_done(before: list[Review], answers: list[Review], done: tuple[str, ...]) -> None:
    assert of(before, answers).done == done


@pytest.mark.parametrize(
    ("answers", "is_perfect"),
    [
        pytest.param([right("view/a")] * 5, True, id="all-of-five"),
        pytest.param([right("view/a")] * 4, False, id="too-few"),
        pytest.param([*[right("view/a")] * 5, wrong("view/b")], False, id="all-but-one"),
        pytest.param([], False, id="none"),
    ],
)
def test_a_round_is_perfect(answers: list[Review], is_perfect: bool) -> None:
    assert of([], answers).is_perfect == is_perfect


def test_nothing_changed() -> None:
    nothing = changes(Progress(), Progress(), {}, Summary(0, 0, 0, {}, (), 0))
    assert nothing == Changes((), (), is_perfect=False)
