"""A clash is told for what it is: a size that may not stretch is not said to be neither 1 nor equal."""

from __future__ import annotations

import pytest

from tensordrill.explanation.alignment import Alignment, broadcast, in_place
from tensordrill.explanation.products import matmul, product
from tensordrill.render.alignment_words import spoken


@pytest.mark.parametrize(
    ("alignment", "words"),
    [
        pytest.param(
            broadcast(("a", (5, 2)), ("b", (3, 2))),
            "a (5, 2), b (3, 2). 5 against 3: dims align from the right, and neither is 1",
            id="broadcast",
        ),
        pytest.param(
            in_place(("a", (5, 1)), ("b", (5, 3))),
            "a (5, 1), b (5, 3). a would have to grow here. "
            "a is written in place, so it keeps its shape and can't stretch",
            id="in place",
        ),
        pytest.param(
            in_place(("a", (3,)), ("b", (2, 3))),
            "a (3), b (2, 3). a would have to grow here. "
            "a is written in place, so it keeps its shape and can't stretch",
            id="in place, by a dim",
        ),
        pytest.param(
            in_place(("a", (5, 2)), ("b", (3, 2))),
            "a (5, 2), b (3, 2). 5 against 3: dims align from the right, and neither is 1",
            id="in place, where nothing would fit",
        ),
        pytest.param(
            product("bmm", ("a", (5, 2, 3)), ("b", (1, 3, 4)), "bmm"),
            "a (5, 2, 3), b (1, 3, 4). 5 ≠ 1. 3 = 3, contracted. "
            "bmm does not broadcast: both batches need one size",
            id="bmm",
        ),
        pytest.param(
            matmul(("a", (5, 2, 3)), ("b", (4, 3, 4))),
            "a (5, 2, 3), b (4, 3, 4). 5 against 4: dims align from the right, and neither is 1. 3 = 3, contracted",
            id="matmul",
        ),
    ],
)
def test_a_clash(alignment: Alignment, words: str) -> None:
    assert spoken(alignment, "en") == words
