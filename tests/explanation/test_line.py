"""The line of elements: its cuts are where torch's rows begin, before and after."""

from __future__ import annotations

import math
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tensordrill.explanation.line import MAX_ELEMENTS, ends, line
from tests.explanation.facts import counted, holding

Shape = tuple[int, ...]
_SHAPES = st.lists(st.integers(1, 4), max_size=4).map(tuple)


def _begin_anew(shape: Shape) -> list[int]:
    """Return for each element how many of its indices, of dims longer than 1, are 0, counted from the last one."""
    results = []
    for index in product(*(range(size) for size in shape)):
        long = [at for at, size in zip(index, shape, strict=True) if size > 1]
        count = 0
        while long and long.pop() == 0:
            count += 1
        results.append(count)
    return [0, *results[1:]]


@given(_SHAPES)
def test_a_row_ends_where_an_index_begins_anew(shape: Shape) -> None:
    assert [ends(shape, number) for number in range(math.prod(shape))] == _begin_anew(shape)


@pytest.mark.parametrize(
    ("before", "after", "cuts"),
    [
        ((2, 3), (3, 2), ((0, 0, 0, 1, 0, 0), (0, 0, 1, 0, 1, 0))),
        ((2, 3), (6,), ((0, 0, 0, 1, 0, 0), (0,) * 6)),
        ((2, 1, 2, 2), (4, 2), ((0, 0, 1, 0, 2, 0, 1, 0), (0, 0, 1, 0, 1, 0, 1, 0))),
    ],
)
def test_where_the_line_is_cut(before: Shape, after: Shape, cuts: tuple[Shape, Shape]) -> None:
    drawn = line(counted(before), after)
    assert drawn is not None
    assert (drawn.ends(0), drawn.ends(1)) == cuts
    assert drawn.texts == tuple(map(str, range(math.prod(before))))
    assert drawn.notes == ()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ((2, 3), (2, 1, 3)),
        ((1,), ()),
        ((2, 3), (5,)),
        ((0, 3), (3, 0)),
        ((40, 3), (120,)),
        ((3, MAX_ELEMENTS // 2 + 1), (MAX_ELEMENTS // 2 + 1, 3)),
    ],
)
def test_what_cuts_nothing_anew_has_none(before: Shape, after: Shape) -> None:
    assert line(counted(before), after) is None


def test_values_that_are_alike_are_numbered() -> None:
    drawn = line(holding((2, 2), [7, 7, 7, 7]), (4,))
    assert drawn is not None
    assert drawn.texts == ("0", "1", "2", "3")
    assert [note.name for note in drawn.notes] == ["numbered"]


@pytest.mark.parametrize(
    ("before", "after"), [((20, 4), (10, 8)), ((3, MAX_ELEMENTS // 2), (MAX_ELEMENTS // 2, 3))]
)
def test_a_long_line_has_its_first_elements(before: Shape, after: Shape) -> None:
    drawn = line(counted(before), after)
    assert drawn is not None
    assert (len(drawn.texts), drawn.more) == (MAX_ELEMENTS, math.prod(before) - MAX_ELEMENTS)
