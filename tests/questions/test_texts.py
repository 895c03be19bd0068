"""The texts and programs of the shipped questions: both languages, whole, and within 80 columns."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec
import pytest

from tensordrill.bank.load import Bank
from tensordrill.bank.schema import Localized
from tensordrill.bank.variant import make
from tensordrill.kinds.code import parsed
from tensordrill.render.question import shown_program
from tests.questions import TOPICS, WIDEST, entries

_SEEDS = 20


def _texts(value: object, path: str) -> Iterator[tuple[str, object]]:
    """Yield every text for people below a struct, with its path."""
    if isinstance(value, Localized):
        yield path, value
    elif isinstance(value, msgspec.Struct):
        for name in value.__struct_fields__:
            child = getattr(value, name)
            may_be_absent = name in ("task", "title") and child is None
            is_text = name in ("because", "title", "task", "rule", "text") and not may_be_absent
            if is_text and not isinstance(child, Localized):
                yield f"{path}.{name}", child
            elif name != "place":
                yield from _texts(child, f"{path}.{name}")
    elif isinstance(value, tuple | list):
        for index, item in enumerate(value):
            if path.endswith(".hints") and not isinstance(item, Localized):
                yield f"{path}[{index}]", item
            else:
                yield from _texts(item, f"{path}[{index}]")


def _untranslated(value: object, path: str) -> list[str]:
    return [
        where
        for where, text in _texts(value, path)
        if not (isinstance(text, Localized) and text.en and text.ko and _is_korean(text.ko))
    ]


def _is_korean(text: str) -> bool:
    return any("가" <= letter <= "힣" for letter in text)


@pytest.mark.parametrize("topic", TOPICS)
def test_every_text_is_there_in_both_languages(topic: str, shipped_bank: Bank) -> None:
    read = shipped_bank.topic(topic)
    missing = _untranslated(read.title, "title") + _untranslated(read.intro, "intro")
    for entry in read.entries:
        missing += _untranslated(entry.question, entry.id)
    assert missing == []


def test_every_idea_is_there_in_both_languages(shipped_bank: Bank) -> None:
    missing = [path for name, idea in shipped_bank.named_ideas.items() for path in _untranslated(idea, name)]
    assert missing == []


@pytest.mark.parametrize("language", ["en", "ko"])
@pytest.mark.parametrize("topic", TOPICS)
def test_backticks_in_texts_come_in_pairs(topic: str, language: str, shipped_bank: Bank) -> None:
    read = shipped_bank.topic(topic)
    texts = [found for entry in read.entries for found in _texts(entry.question, entry.id)]
    odd = [path for path, text in texts if str(getattr(text, language)).count("`") % 2]
    assert odd == []


# --- programs ---


@pytest.mark.parametrize("topic", TOPICS)
def test_no_line_of_a_program_is_folded_on_a_screen_of_80_columns(topic: str, shipped_bank: Bank) -> None:
    variants = [make(entry, seed) for entry in entries(shipped_bank, topic) for seed in range(_SEEDS)]
    lines = [(v.address, line) for v in variants for line in shown_program(v).splitlines()]
    assert [(address, line) for address, line in lines if len(line) > WIDEST] == []


@pytest.mark.parametrize("topic", TOPICS)
def test_every_program_is_python(topic: str, shipped_bank: Bank) -> None:
    variants = [make(entry, seed) for entry in entries(shipped_bank, topic) for seed in range(2)]
    broken = [v.address for v in variants if parsed(shown_program(v)) is None]
    assert broken == []
