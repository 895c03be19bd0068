"""The questions that come with tensordrill: sound on every draw, complete, and true to their ideas."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import msgspec
import pytest

from tensordrill.audit import draws
from tensordrill.audit.check import check
from tensordrill.audit.keys import changes, keys_of, read_keys
from tensordrill.bank.load import Bank, Entry
from tensordrill.bank.schema import Localized, Predict, Write
from tensordrill.bank.sources import shipped
from tensordrill.bank.variant import Variant, make, select
from tensordrill.course.grading.keys import Keys
from tensordrill.kinds import KINDS
from tensordrill.kinds.answers import Answer, Unreadable, Verdict
from tensordrill.kinds.code import parsed
from tensordrill.kinds.key import Key
from tensordrill.lab.client import Lab
from tensordrill.lab.protocol import Job, Observation, Program, Text
from tensordrill.mark import LEARNER, REFERENCE, Sitting, verdict
from tensordrill.show.question import shown_program

SEEDS = 20
WIDEST = 74  # a line of code stands beside its number in 80 columns

_KEYS = Path(__file__).with_name("keys.json")
_TOPICS = Bank(shipped()).names


def _entries(bank: Bank, topic: str) -> tuple[Entry, ...]:
    return bank.topic(topic).entries


def _variants(entry: Entry) -> Iterator[Variant]:
    """Give the variants of the first seeds; two seeds that draw the same are one variant."""
    seen = []
    for seed in range(SEEDS):
        variant = make(entry, seed)
        drawn = (variant.parameters, variant.order, variant.hidden)
        if drawn not in seen:
            seen.append(drawn)
            yield variant


def test_the_check_finds_nothing(
    shipped_bank: Bank, lab: Lab, thorough: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not thorough:
        monkeypatch.setattr(draws, "MOST_ENUMERATED", SEEDS)
    report = check(shipped_bank, dict.fromkeys(shipped_bank.names), 200 if thorough else SEEDS, lab)
    assert [str(finding) for finding in report.findings] == []
    assert report.counts.questions == sum(len(topic.entries) for topic in shipped_bank.topics())


@pytest.mark.parametrize("topic", _TOPICS)
def test_typing_what_an_idea_gives_returns_that_idea(topic: str, shipped_bank: Bank, lab: Lab) -> None:
    keys = Keys(lab)
    for entry in _entries(shipped_bank, topic):
        variants = list(_variants(entry))
        held = [
            _Held(variant, key, wrong.name, KINDS[variant.kind].typed_by(variant, key, index))
            for variant, key in zip(variants, keys.complete(variants), strict=True)
            for index, (wrong, _) in enumerate(key.wrong)
        ]
        assert {each.variant.address for each in held} == {variant.address for variant in variants}
        expected = [(each.variant.address, each.typed, "incorrect", each.name) for each in held]
        found = [
            (each.variant.address, each.typed, verdict.outcome, verdict.misconception)
            for each, verdict in zip(held, _verdicts(lab, held), strict=True)
        ]
        assert found == expected


class _Held(NamedTuple):
    """A misconception of a variant, and what a learner who holds it types."""

    variant: Variant
    key: Key
    name: str
    typed: str


def _read(held: _Held) -> Answer:
    answer = KINDS[held.variant.kind].read(held.variant, held.typed)
    assert not isinstance(answer, Unreadable), (held.variant.address, held.typed)
    return answer


def _verdicts(lab: Lab, held: list[_Held]) -> Iterator[Verdict]:
    """Judge what is typed, all in one job."""
    answers = [_read(each) for each in held]
    groups = [
        KINDS[each.variant.kind].learner_programs(each.variant, answer)
        for each, answer in zip(held, answers, strict=True)
    ]
    programs = tuple(program for group in groups for program in group)
    seen = iter(lab.run(Job(programs, "learner", LEARNER, tuple(map(len, groups)))) if programs else ())
    for each, answer, group in zip(held, answers, groups, strict=True):
        did = tuple(next(seen) for _ in group)
        yield verdict(each.variant, each.key, each.typed, answer, did, "en")


@pytest.mark.parametrize("topic", _TOPICS)
def test_typing_the_expected_answer_is_right(topic: str, shipped_bank: Bank, lab: Lab) -> None:
    for entry in _entries(shipped_bank, topic):
        for seed in range(2):
            sitting = Sitting(lab, make(entry, seed))
            verdict = sitting.judge(sitting.expected, "ko")
            found = (verdict.outcome, verdict.differences, verdict.misconception)
            assert (sitting.variant.address, *found) == (sitting.variant.address, "correct", (), None)


@pytest.mark.parametrize("topic", _TOPICS)
def test_what_python_prints_of_a_key_is_right_when_it_is_typed(
    topic: str, shipped_bank: Bank, lab: Lab
) -> None:
    asked = [
        v for entry in _entries(shipped_bank, topic) if entry.kind == "predict" for v in _variants(entry)
    ]
    keys = Keys(lab).references(asked)
    printed = iter(lab.run(Job(tuple(program for v in asked for program in _printing(v)), "bank", REFERENCE)))
    judged = [
        (variant.address, text, _outcome_of(text, variant, key))
        for variant, key in zip(asked, keys, strict=True)
        for text in _printed(variant, key, [next(printed) for _ in _printing(variant)])
    ]
    assert [each for each in judged if each[2] != "correct"] == []
    assert {address for address, _, _ in judged} == {variant.address for variant in asked}


def _printing(variant: Variant) -> list[Program]:
    """Return the programs that print the key, as `repr`, `str` and a format do it."""
    question = variant.question
    assert isinstance(question, Predict)
    if question.ask in ("line", "warns", "output"):
        return []
    texts = ("repr({0})", "str({0})", "f'{{({0})!s}}'")
    return [
        Program(setup=question.setup, given=question.given, code=question.code, ask=text.format(question.ask))
        for text in texts
    ]


def _printed(variant: Variant, key: Key, printed: list[Observation]) -> list[str]:
    """Return what Python may have printed of a key: its texts, the last line of a traceback, or its line."""
    raised = key.reference[0].raised
    if isinstance(variant.question, Predict) and variant.question.ask == "line":
        line = raised and raised.line
        return [str(line), f"line {line}", f"{line}번째 줄"] if line else ["None", "no error", "없음"]
    if isinstance(variant.question, Predict) and variant.question.ask in ("warns", "output") and not raised:
        return [KINDS["predict"].expected(variant, key)]
    if raised:
        return [f"{raised.name}: {raised.message}", f"{raised.name}({raised.message!r})", raised.name]
    return [seen.value.v for seen in printed if isinstance(seen.value, Text)]


def _outcome_of(text: str, variant: Variant, key: Key) -> str:
    answer = KINDS["predict"].read(variant, text)
    return (
        "unreadable"
        if isinstance(answer, Unreadable)
        else verdict(variant, key, text, answer, (), "en").outcome
    )


# --- what each topic must have ---


def test_the_topics_are_these(shipped_bank: Bank) -> None:
    assert shipped_bank.names == _TOPICS


@pytest.mark.parametrize("topic", _TOPICS)
def test_a_topic_has_enough_of_everything(topic: str, shipped_bank: Bank) -> None:
    entries = _entries(shipped_bank, topic)
    kinds = Counter(entry.kind for entry in entries)
    levels = Counter(entry.question.level for entry in entries)
    short = {
        "questions": len(entries) < 15,
        "write": kinds["write"] < 3,
        "fill": kinds["fill"] < 2,
        "which": kinds["which"] < 2,
        "level 1": levels[1] < 1,
        "level 3": levels[3] < 3,
        "intro": shipped_bank.topic(topic).intro is None,
    }
    assert [what for what, is_short in short.items() if is_short] == []


def test_every_way_to_write_is_asked_somewhere(shipped_bank: Bank) -> None:
    entries = [entry for topic in _TOPICS for entry in _entries(shipped_bank, topic)]
    forms = {entry.question.write for entry in entries if isinstance(entry.question, Write)}
    assert forms == {"expression", "statements", "function"}


# --- texts ---


def _texts(value: object, path: str) -> Iterator[tuple[str, object]]:
    """Give every text for people below a struct, with its path."""
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


@pytest.mark.parametrize("topic", _TOPICS)
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
@pytest.mark.parametrize("topic", _TOPICS)
def test_backticks_in_texts_come_in_pairs(topic: str, language: str, shipped_bank: Bank) -> None:
    read = shipped_bank.topic(topic)
    texts = [found for entry in read.entries for found in _texts(entry.question, entry.id)]
    odd = [path for path, text in texts if str(getattr(text, language)).count("`") % 2]
    assert odd == []


def test_every_idea_is_met_in_some_question_and_every_idea_of_a_question_is_named(shipped_bank: Bank) -> None:
    entries = [entry for topic in _TOPICS for entry in _entries(shipped_bank, topic)]
    met = {wrong.idea for entry in entries for wrong in entry.question.misconceptions if wrong.idea}
    assert met == set(shipped_bank.named_ideas)


# --- programs ---


@pytest.mark.parametrize("topic", _TOPICS)
def test_no_line_of_a_program_is_folded_on_a_screen_of_80_columns(topic: str, shipped_bank: Bank) -> None:
    variants = [make(entry, seed) for entry in _entries(shipped_bank, topic) for seed in range(SEEDS)]
    lines = [(v.address, line) for v in variants for line in shown_program(v).splitlines()]
    assert [(address, line) for address, line in lines if len(line) > WIDEST] == []


@pytest.mark.parametrize("topic", _TOPICS)
def test_every_program_is_python(topic: str, shipped_bank: Bank) -> None:
    variants = [make(entry, seed) for entry in _entries(shipped_bank, topic) for seed in range(2)]
    broken = [v.address for v in variants if parsed(shown_program(v)) is None]
    assert broken == []


# --- keys ---


def test_the_keys_are_those_that_were_recorded(shipped_bank: Bank, lab: Lab) -> None:
    before, now = read_keys(_KEYS), keys_of(shipped_bank, select(shipped_bank, ()), lab)
    assert changes(before, now) == [], f"not as under torch {before.torch}"
    assert before.keys.keys() == now.keys.keys(), (
        "record them anew: tensordrill bank check --record tests/keys.json"
    )
