"""The interface's own sentences: each has one name, both languages take the same values, and no part is read early."""

from __future__ import annotations

import string
import subprocess
import sys
from pathlib import Path

import pytest

from tensordrill import text
from tensordrill.text import LANGUAGES, Language, parts, say

PAIRS = [pair for words in parts() for pair in words.items()]


def blanks(sentence: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name}


def test_no_name_stands_for_two_sentences() -> None:
    names = [name for name, _ in PAIRS]
    assert sorted(set(names)) == sorted(names)


def test_every_module_is_one_of_the_parts() -> None:
    modules = [path for path in Path(text.__file__).parent.glob("*.py") if path.stem != "__init__"]
    assert len(modules) == len(list(parts()))


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_sentence_is_said(language: Language) -> None:
    for name, sentence in PAIRS:
        filled = sentence[LANGUAGES.index(language)].format(**dict.fromkeys(blanks(sentence[0]), "3"))
        assert say(name, language, **dict.fromkeys(blanks(sentence[0]), "3")) == filled


def test_both_languages_fill_the_same_blanks() -> None:
    assert [name for name, (english, korean) in PAIRS if blanks(english) != blanks(korean)] == []


def test_a_name_that_is_not_there_is_named() -> None:
    with pytest.raises(KeyError, match="no-such-sentence"):
        say("no-such-sentence", "en")


def test_what_a_first_question_says_is_read_alone() -> None:
    program = (
        "import sys; from tensordrill.text import say; say('question', 'ko', number=1); say('facet-memory', 'en'); "
        "print([name for name in sys.modules if name.startswith('tensordrill.text.')])"
    )
    said = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "['tensordrill.text.question']"
