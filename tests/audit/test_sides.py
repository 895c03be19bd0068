"""Whether a selection of options can lack a side, for whatever selection is drawn."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tensordrill.audit.sides import _can_be_missing
from tensordrill.bank.schema import Which
from tests.audit.conftest import Lines
from tests.audit.topics import changed


@st.composite
def questions(draw: st.DrawFn) -> tuple[Which, set[int]]:
    count = draw(st.integers(2, 7))
    show = draw(st.integers(2, count))
    numbers = st.integers(1, count)
    always = draw(st.lists(numbers, unique=True, max_size=show - 1))
    side = draw(st.sets(st.integers(0, count - 1)))
    options = tuple(f"x + {number}" for number in range(count))
    return Which(id="q", which="it", options=options, show=show, always=tuple(always)), side


@given(questions())
def test_a_side_can_be_missing_where_some_selection_lacks_it(drawn: tuple[Which, set[int]]) -> None:
    """A side can be missing if and only if one of all selections has none of it."""
    question, side = drawn
    always = {number - 1 for number in question.always}
    others = set(range(len(question.options))) - always
    room = (question.show or 0) - len(always)
    selections = (always | set(more) for more in combinations(others, room))
    assert _can_be_missing(question, side) == any(not selection & side for selection in selections)


@pytest.mark.parametrize(
    ("pieces", "sentences"),
    [
        pytest.param(("    show: 3\n    always: [1, 3]\n",), [], id="one of each side is named"),
        pytest.param(("    show: 3\n",), [], id="more than one side has"),
        pytest.param(("    show: 2\n    always: [1]\n",), ["only options that hold"], id="one side is named"),
        pytest.param(
            ("    show: 2\n",), ["no option that holds", "only options that hold"], id="none is named"
        ),
    ],
)
def test_the_check_says_which_side_a_selection_may_lack(
    lines: Lines, pieces: tuple[str], sentences: list[str]
) -> None:
    text = changed("which", '"x[[0]]"]\n', f'"x[[0]]"]\n{pieces[0]}')
    report_lines = [line for line in lines(text) if "may leave" in line]
    assert [line.partition("may leave ")[2].partition(" (")[0] for line in report_lines] == sentences
