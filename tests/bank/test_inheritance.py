"""Fields that a question takes over from its topic, and those that it replaces."""

from __future__ import annotations

from typing import Any

import pytest

from tensordrill.bank.inheritance import defaults, inherit
from tensordrill.bank.schema import KINDS

TOPIC: dict[str, Any] = {
    "setup": "import os",
    "given": "x = 1",
    "draw": {"n": {"int": [1, 2]}, "m": "n + 1"},
    "only": ["add"],
}


@pytest.mark.parametrize(
    ("kind", "question", "inherited"),
    [
        pytest.param("write", {"id": "a"}, {"id": "a", **TOPIC}, id="everything"),
        pytest.param(
            "predict",
            {"id": "a"},
            {"id": "a", **{name: TOPIC[name] for name in ("setup", "given", "draw")}},
            id="what the kind knows",
        ),
        pytest.param(
            "write",
            {"setup": "", "given": "y = 2"},
            {**TOPIC, "setup": "", "given": "y = 2"},
            id="its own stands in place",
        ),
        pytest.param(
            "write",
            {"forbid": ["view"]},
            {**{name: TOPIC[name] for name in ("setup", "given", "draw")}, "forbid": ["view"]},
            id="another rule",
        ),
        pytest.param(
            "fill",
            {"forbid": []},
            {**{name: TOPIC[name] for name in ("setup", "given", "draw")}, "forbid": []},
            id="no rule",
        ),
        pytest.param("write", {"draw": 5}, {**TOPIC, "draw": 5}, id="what is no draw is left to the loader"),
    ],
)
def test_a_question_inherits(kind: str, question: dict[str, Any], inherited: dict[str, Any]) -> None:
    assert inherit(TOPIC, question, KINDS[kind]) == inherited


def test_the_topics_parameters_are_drawn_first() -> None:
    question = {"draw": {"k": 3, "n": {"int": [7, 9]}}}
    draws = inherit(TOPIC, question, KINDS["predict"])["draw"]
    assert list(draws.items()) == [("n", {"int": [7, 9]}), ("m", "n + 1"), ("k", 3)]


@pytest.mark.parametrize(
    ("topic", "sound"),
    [
        pytest.param({"title": "T", **TOPIC}, TOPIC, id="all"),
        pytest.param({"given": 5, "setup": "import os"}, {"setup": "import os"}, id="one is broken"),
        pytest.param({"draw": {"key": 1}}, {}, id="a name that none may have"),
        pytest.param(["given"], {}, id="no mapping"),
    ],
)
def test_only_what_is_sound_is_inherited(topic: Any, sound: dict[str, Any]) -> None:
    assert defaults(topic) == sound
