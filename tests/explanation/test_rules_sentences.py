"""All sentences: both languages take the same values, and none is left that no rule says."""

from __future__ import annotations

import string
from pathlib import Path

import pytest

from tensordrill.explanation import rules
from tensordrill.explanation.inner_call import WEIGHTED
from tensordrill.explanation.rules import RULES, SENTENCES
from tensordrill.explanation.rules.signatures import SIGNATURES
from tensordrill.messages import LANGUAGES, fill


def fields(sentence: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name}


@pytest.mark.parametrize("name", sorted(SENTENCES))
def test_korean_takes_no_value_that_english_has_not(name: str) -> None:
    english, korean = SENTENCES[name]
    counted = {"n"}  # English writes `has 3 dims` or `is 0-d` itself
    assert fields(korean) - counted <= fields(english) | {"kind"}
    for language in LANGUAGES:
        fill(SENTENCES[name], language, **dict.fromkeys(fields(english) | fields(korean), "3"))


def test_every_sentence_is_said_by_a_rule() -> None:
    folder = Path(rules.__file__).parent
    text = "".join(path.read_text(encoding="utf-8") for path in folder.glob("*.py"))
    assert [name for name in SENTENCES if text.count(f'"{name}"') < 2] == []


def test_every_function_with_rules_of_arguments_has_a_signature() -> None:
    others = {"attribute", "item", "set item", "set attribute", "truth", "chain", "iteration", "unpacking"}
    others |= {"in", "not in", "python call", "other call", "Conv1d", "Conv2d", "Conv3d", "vdot"}
    assert set(RULES) - set(SIGNATURES) <= others | {"adjoint", "broadcast_tensors", *WEIGHTED}
