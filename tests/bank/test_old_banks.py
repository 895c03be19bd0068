"""A bank of format 1 keeps its draws and its keys: an address that somebody noted names the same question for ever.

`old_bank.zip` holds the 118 questions that the program came with when this was recorded, without their prose;
`old_bank.json` a hash of each question's draws and one of its keys, over 300 seeds. They are never recorded anew.
"""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Iterable
from pathlib import Path

import msgspec
import pytest

from tensordrill.bank.load import Bank
from tensordrill.bank.topic import Entry
from tensordrill.bank.variant import Rendered, Variant, make
from tensordrill.course.grading.keys import Keys
from tensordrill.kinds import KINDS
from tensordrill.kinds.answer_key import Key
from tensordrill.kinds.format_value import format_value
from tensordrill.sandbox.client import Sandbox

_HERE = Path(__file__).parent
_SEEDS = 300
_RECORD: dict[str, tuple[str, str]] = json.loads((_HERE / "old_bank.json").read_text(encoding="utf-8"))
_ONE_IN = 10
"""Of so many questions the gate tries one, which is of each topic some."""
_PROGRAM = (
    "given",
    "code",
    "ask",
    "solution",
    "fill",
    "which",
    "def",
    "also_on",
    "options",
    "must",
    "forbid",
)


@pytest.fixture(scope="module")
def old_bank(tmp_path_factory: pytest.TempPathFactory) -> Bank:
    folder = tmp_path_factory.mktemp("old")
    with zipfile.ZipFile(_HERE / "old_bank.zip") as archive:
        archive.extractall(folder)
    return Bank(folder)


def variants(entry: Entry) -> list[Variant]:
    known: Rendered = {}
    return [make(entry, seed, known=known) for seed in range(_SEEDS)]


def digest(lines: Iterable[object]) -> str:
    return hashlib.sha256("\n".join(map(str, lines)).encode()).hexdigest()[:16]


def drawn(variant: Variant) -> str:
    """Return what a draw makes of a question, as text."""
    question = msgspec.to_builtins(variant.question)
    program = [(name, question[name]) for name in _PROGRAM if name in question]
    hidden = [text for operand in variant.hidden for text in operand if text]
    wrong = [(each.name, each.picks, each.answer) for each in variant.wrong]
    return repr((variant.address, variant.parameters, variant.order, hidden, program, wrong))


def answered(variant: Variant, key: Key) -> str:
    """Return the key and what each misconception types, as text."""
    kind = KINDS[variant.kind]
    typed = [(wrong.name, kind.typed_by(variant, key, at)) for at, (wrong, _) in enumerate(key.wrong)]
    results = [
        format_value(each.value) if each.value else each.raised and each.raised.name for each in key.reference
    ]
    return repr((kind.expected(variant, key), typed, results))


@pytest.fixture
def entries(old_bank: Bank, thorough: bool) -> list[Entry]:
    questions = [entry for topic in old_bank.topics() for entry in topic.entries]
    return questions if thorough else questions[::_ONE_IN]


def test_the_draws_of_an_old_bank_never_change(entries: list[Entry]) -> None:
    draws = {entry.id: digest(map(drawn, variants(entry))) for entry in entries}
    assert draws == {name: _RECORD[name][0] for name in draws}


def test_the_keys_of_an_old_bank_never_change(entries: list[Entry], sandbox: Sandbox) -> None:
    keys = Keys(sandbox)
    answers = {}
    for entry in entries:
        made = variants(entry)
        different = list({drawn(each).partition(",")[2]: each for each in made}.values())
        texts = {
            drawn(each).partition(",")[2]: answered(each, key)
            for each, key in zip(different, keys.complete(different), strict=True)
        }
        answers[entry.id] = digest(texts[drawn(each).partition(",")[2]] for each in made)
    assert answers == {name: _RECORD[name][1] for name in answers}


def test_every_question_that_was_recorded_is_there(old_bank: Bank) -> None:
    assert {entry.id for topic in old_bank.topics() for entry in topic.entries} == _RECORD.keys()
