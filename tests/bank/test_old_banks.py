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
from tests.needs import rarely

_HERE = Path(__file__).parent
_SEEDS = 300
_RECORD: dict[str, tuple[str, str]] = json.loads((_HERE / "old_bank.json").read_text(encoding="utf-8"))
_FIRST, *_OTHERS = sorted({name.partition("/")[0] for name in _RECORD})
_TOPICS = [_FIRST, *rarely([pytest.param(name, id=name) for name in _OTHERS])]
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


@pytest.mark.parametrize("topic", _TOPICS)
def test_the_draws_of_an_old_bank_never_change(topic: str, old_bank: Bank) -> None:
    found = {entry.id: digest(map(drawn, variants(entry))) for entry in old_bank.topic(topic).entries}
    assert found == {name: draws for name, (draws, _) in _RECORD.items() if name.startswith(f"{topic}/")}


@pytest.mark.parametrize("topic", _TOPICS)
def test_the_keys_of_an_old_bank_never_change(topic: str, old_bank: Bank, sandbox: Sandbox) -> None:
    keys = Keys(sandbox)
    found = {}
    for entry in old_bank.topic(topic).entries:
        made = variants(entry)
        different = list({drawn(each).partition(",")[2]: each for each in made}.values())
        texts = {
            drawn(each).partition(",")[2]: answered(each, key)
            for each, key in zip(different, keys.complete(different), strict=True)
        }
        found[entry.id] = digest(texts[drawn(each).partition(",")[2]] for each in made)
    assert found == {name: keys for name, (_, keys) in _RECORD.items() if name.startswith(f"{topic}/")}
