"""Answers to the shipped questions: what an idea gives names it, and a key is right however it is written."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import pytest

from tensordrill.bank.load import Bank
from tensordrill.bank.schema import Predict
from tensordrill.bank.variant import Variant
from tensordrill.course.grading.keys import Keys
from tensordrill.judging import LEARNER, REFERENCE, verdict
from tensordrill.kinds import KINDS
from tensordrill.kinds.answer_key import Key
from tensordrill.kinds.answers import Answer, Unreadable, Verdict
from tensordrill.sandbox.client import Sandbox
from tensordrill.sandbox.protocol import Job, Observation, Program, Text
from tests.questions import TOPICS, entries, variants


@pytest.fixture
def seeds(thorough: bool) -> int:
    """The number of draws of a question that are tried."""
    return 20 if thorough else 1


@pytest.fixture
def step(thorough: bool) -> int:
    """One in how many of a topic's questions is tried."""
    return 1 if thorough else 2


@pytest.mark.parametrize("topic", TOPICS)
def test_typing_what_an_idea_gives_returns_that_idea(
    topic: str, seeds: int, step: int, shipped_bank: Bank, sandbox: Sandbox
) -> None:
    keys = Keys(sandbox)
    for entry in entries(shipped_bank, topic)[::step]:
        drawn = list(variants(entry, seeds))
        held = [
            _Typed(variant, key, wrong.name, KINDS[variant.kind].typed_by(variant, key, index))
            for variant, key in zip(drawn, keys.complete(drawn), strict=True)
            for index, (wrong, _) in enumerate(key.wrong)
        ]
        assert {each.variant.address for each in held} == {variant.address for variant in drawn}
        expected = [(each.variant.address, each.typed, "incorrect", each.name) for each in held]
        results = [
            (each.variant.address, each.typed, verdict.outcome, verdict.misconception)
            for each, verdict in zip(held, _verdicts(sandbox, held), strict=True)
        ]
        assert results == expected


class _Typed(NamedTuple):
    """A typed answer to a variant, and the name of the misconception behind it, if any."""

    variant: Variant
    key: Key
    name: str
    typed: str


def _read(held: _Typed) -> Answer:
    answer = KINDS[held.variant.kind].read(held.variant, held.typed)
    assert not isinstance(answer, Unreadable), (held.variant.address, held.typed)
    return answer


def _verdicts(sandbox: Sandbox, held: list[_Typed]) -> Iterator[Verdict]:
    """Judge what is typed, all in one job."""
    answers = [_read(each) for each in held]
    groups = [
        KINDS[each.variant.kind].learner_programs(each.variant, answer)
        for each, answer in zip(held, answers, strict=True)
    ]
    programs = tuple(program for group in groups for program in group)
    observations = iter(
        sandbox.run(Job(programs, "bank", LEARNER, tuple(map(len, groups)))) if programs else ()
    )
    for each, answer, group in zip(held, answers, groups, strict=True):
        did = tuple(next(observations) for _ in group)
        yield verdict(each.variant, each.key, each.typed, answer, did, "en")


@pytest.mark.parametrize("topic", TOPICS)
def test_typing_the_expected_answer_is_right(
    topic: str, seeds: int, step: int, shipped_bank: Bank, sandbox: Sandbox
) -> None:
    questions = entries(shipped_bank, topic)[::step]
    drawn = [variant for entry in questions for variant in variants(entry, seeds)]
    right = [
        _Typed(variant, key, "", KINDS[variant.kind].expected(variant, key))
        for variant, key in zip(drawn, Keys(sandbox).complete(drawn), strict=True)
    ]
    results = [
        (each.variant.address, verdict.outcome, verdict.differences, verdict.misconception)
        for each, verdict in zip(right, _verdicts(sandbox, right), strict=True)
    ]
    assert results == [(variant.address, "correct", (), None) for variant in drawn]


@pytest.mark.parametrize("topic", TOPICS)
def test_what_python_prints_of_a_key_is_right_when_it_is_typed(
    topic: str, seeds: int, shipped_bank: Bank, sandbox: Sandbox
) -> None:
    asked = [
        v for entry in entries(shipped_bank, topic) if entry.kind == "predict" for v in variants(entry, seeds)
    ]
    keys = Keys(sandbox).references(asked)
    printed = iter(
        sandbox.run(Job(tuple(program for v in asked for program in _printing(v)), "bank", REFERENCE))
    )
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
    return [observation.value.v for observation in printed if isinstance(observation.value, Text)]


def _outcome_of(text: str, variant: Variant, key: Key) -> str:
    answer = KINDS["predict"].read(variant, text)
    return (
        "unreadable"
        if isinstance(answer, Unreadable)
        else verdict(variant, key, text, answer, (), "en").outcome
    )
