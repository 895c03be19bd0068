"""The elements that an index takes: what is marked is what the result holds, and what it does not is not drawn."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from tensordrill.explanation.cells import cells
from tensordrill.explanation.marks import MAX_ELEMENTS
from tensordrill.sandbox.trace import TensorFact
from tests.explanation.facts import counted, holding

_TENS = holding((2, 3), [10, 11, 12, 13, 14, 15])


def test_the_elements_that_are_taken_are_marked() -> None:
    drawn = cells(_TENS, holding((2,), [15, 11]), (5, 1))
    assert drawn is not None
    assert drawn.given.texts == ("11", "15")
    assert drawn.result.grid.slices[0].rows == (("15", "11"),)
    assert (drawn.index, drawn.notes) == (None, ())


def test_an_index_is_drawn_as_well() -> None:
    drawn = cells(_TENS, holding((2,), [15, 11]), (5, 1), holding((2,), [5, 1]))
    assert drawn is not None
    assert drawn.index is not None
    assert drawn.index.grid.slices[0].rows == (("5", "1"),)


@pytest.mark.parametrize(
    ("given", "result"),
    [
        pytest.param(holding((2, 3), [7] * 6), holding((2,), [7, 7]), id="all alike"),
        pytest.param(
            TensorFact((2, 3), "float32", "meta"), TensorFact((2,), "float32", "meta"), id="of no known value"
        ),
    ],
)
def test_elements_that_do_not_tell_themselves_apart_are_numbered(
    given: TensorFact, result: TensorFact
) -> None:
    drawn = cells(given, result, (5, 1))
    assert drawn is not None
    assert drawn.given.texts == ("1", "5")
    assert drawn.result.grid.slices[0].rows == (("5", "1"),)
    assert [note.name for note in drawn.notes] == ["numbered"]


@pytest.mark.parametrize(
    ("given", "result", "taken"),
    [
        pytest.param(_TENS, holding((0,), []), (), id="nothing is taken"),
        pytest.param(_TENS, holding((2,), [11, 15]), (5, 1), id="in another order"),
        pytest.param(_TENS, holding((1,), [15]), (5, 1), id="not so many"),
        pytest.param(_TENS, holding((1,), [16]), (6,), id="beyond the last"),
        pytest.param(_TENS, TensorFact((1,), "int64", "meta"), (5,), id="of an unknown result"),
        pytest.param(
            TensorFact((2, 3), "int64", "meta"), holding((1,), [15]), (5,), id="of unknown elements"
        ),
        pytest.param(counted((MAX_ELEMENTS + 1,)), holding((1,), [5]), (5,), id="of too many"),
    ],
)
def test_what_the_result_does_not_hold_is_not_drawn(
    given: TensorFact, result: TensorFact, taken: Sequence[int]
) -> None:
    assert cells(given, result, tuple(taken)) is None


def test_as_many_elements_as_there_may_be_are_drawn() -> None:
    assert cells(counted((8, MAX_ELEMENTS // 8)), holding((1,), [5]), (5,)) is not None
