"""The sentence about an answer that could not be read."""

from __future__ import annotations

import pytest

from tensordrill.kinds.answers import Unreadable
from tensordrill.kinds.asking import unreadable_sentence


@pytest.mark.parametrize(
    ("detail", "said"),
    [
        pytest.param("invalid syntax", "Python says: invalid syntax. ", id="no-end-of-its-own"),
        pytest.param("invalid syntax.", "Python says: invalid syntax. ", id="a-full-stop"),
        pytest.param(
            "invalid syntax. Maybe you meant '==' or ':=' instead of '='?",
            "Python says: invalid syntax. Maybe you meant '==' or ':=' instead of '='? ",
            id="a-question",
        ),
        pytest.param("", "", id="nothing"),
    ],
)
def test_what_python_says_ends_once(detail: str, said: str) -> None:
    assert unreadable_sentence(Unreadable("expression", detail), "en") == (
        f"I could not read that as an expression. {said}An expression looks like x.t() or x[0] + 1"
    )
