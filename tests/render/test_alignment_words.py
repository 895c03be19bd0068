"""A clash is told for what it is: a size that may not stretch is not said to be neither 1 nor equal."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest

from tensordrill.explanation import shapes
from tensordrill.explanation.alignment import Alignment, Kind, alignment
from tensordrill.render.alignment_words import alt_text

_ALIGN: dict[str, Callable[[shapes.Shape, shapes.Shape], shapes.Aligned]] = {
    "broadcast": shapes.broadcast,
    "in_place": shapes.in_place,
    "matmul": shapes.matmul,
    "bmm": partial(shapes.product, "bmm"),
}


def _drawn(kind: Kind, function: str, a: shapes.Shape, b: shapes.Shape) -> Alignment:
    return alignment(kind, (("a", a), ("b", b)), _ALIGN[function](a, b), function)


@pytest.mark.parametrize(
    ("drawn", "words"),
    [
        pytest.param(
            _drawn("broadcast", "broadcast", (5, 2), (3, 2)),
            "a (5, 2), b (3, 2). 5 against 3: dims align from the right, and neither is 1",
            id="broadcast",
        ),
        pytest.param(
            _drawn("broadcast", "in_place", (5, 1), (5, 3)),
            "a (5, 1), b (5, 3). a would have to grow here. "
            "a is written in place, so it keeps its shape and can't stretch",
            id="in place",
        ),
        pytest.param(
            _drawn("broadcast", "in_place", (3,), (2, 3)),
            "a (3), b (2, 3). a would have to grow here. "
            "a is written in place, so it keeps its shape and can't stretch",
            id="in place, by a dim",
        ),
        pytest.param(
            _drawn("broadcast", "in_place", (5, 2), (3, 2)),
            "a (5, 2), b (3, 2). 5 against 3: dims align from the right, and neither is 1",
            id="in place, where nothing would fit",
        ),
        pytest.param(
            _drawn("matmul", "bmm", (5, 2, 3), (1, 3, 4)),
            "a (5, 2, 3), b (1, 3, 4). 5 ≠ 1. 3 = 3, contracted. "
            "bmm does not broadcast: both batches need one size",
            id="bmm",
        ),
        pytest.param(
            _drawn("matmul", "matmul", (5, 2, 3), (4, 3, 4)),
            "a (5, 2, 3), b (4, 3, 4). 5 against 4: dims align from the right, and neither is 1. 3 = 3, contracted",
            id="matmul",
        ),
        pytest.param(
            _drawn("matmul", "matmul", (), (3,)),
            "a (), b (3, 1). None against 3: these two have to be equal. b: 1-D, so a 1 is added and removed again. "
            "a has no dims; a product needs at least one",
            id="a scalar",
        ),
        pytest.param(
            _drawn("matmul", "matmul", (3,), ()),
            "a (1, 3), b (). a: 1-D, so a 1 is added and removed again. 3 against None: these two have to be equal. "
            "b has no dims; a product needs at least one",
            id="a scalar at the right",
        ),
    ],
)
def test_a_clash(drawn: Alignment, words: str) -> None:
    assert alt_text(drawn, "en") == words
