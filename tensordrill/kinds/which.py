"""which: several options, each one run; pick those for which the test holds."""

from __future__ import annotations

import re

from msgspec import Struct
from msgspec.structs import replace

from tensordrill.bank.schema import Which, as_kind
from tensordrill.bank.variant import Variant, Wrong
from tensordrill.kinds.answer_key import Key, Runs
from tensordrill.kinds.answers import Answer, Difference, Picks, Unreadable
from tensordrill.kinds.code import is_expression
from tensordrill.kinds.words import MAX_LENGTH, NONE, normalized, plain
from tensordrill.sandbox.protocol import Bool, Program, Raised, Value


class Option(Struct, frozen=True):
    """A shown option beside the answer: whether the test holds for it, and what it gave by itself."""

    number: int
    code: str
    holds: bool
    is_picked: bool
    value: Value | None
    """The value of an expression; None for a statement, and where it raised."""
    raised: Raised | None


_NONE = NONE | {"0", "()", "[]", "none of them", "해당 없음"}


def type_of(question: Which) -> str:
    """Return the name of the form that an answer has."""
    return "picks"


def programs(variant: Variant, question: Which) -> tuple[Program, ...]:
    """Return one program an option: the option, then the test."""
    return tuple(_program(question, option) for option in question.options)


def _program(question: Which, option: str) -> Program:
    value = option if is_expression(option) else None
    code = "\n".join(part for part in (question.code, option if value is None else "") if part)
    return Program(setup=question.setup, given=question.given, code=code, value=value, ask=question.which)


def option_programs(question: Which) -> tuple[Program, ...]:
    """Return one program an option, which gives the option's own value in place of the test's."""
    return tuple(replace(_program(question, option), ask=None) for option in question.options)


def options(
    variant: Variant, key: Key, answer: Answer | Unreadable, observations: Runs
) -> tuple[Option, ...]:
    """Return the options as they are shown; `observations` are those of `option_programs`."""
    question = as_kind(variant.question, Which)
    right = holding(key.reference).numbers
    picked = answer.numbers if isinstance(answer, Picks) else ()
    return tuple(
        Option(n, code, n in right, n in picked, ran.value if is_expression(code) else None, ran.raised)
        for n, (code, ran) in enumerate(zip(question.options, observations, strict=True), 1)
    )


def learner_programs(variant: Variant, answer: Answer) -> tuple[Program, ...]:
    """Return nothing: picks are judged without running anything."""
    return ()


def read(variant: Variant, text: str) -> Answer | Unreadable:
    """Read the shown numbers, as `1 3`, or `none`."""
    if len(text) > MAX_LENGTH:
        return Unreadable("too-long")
    clean = " ".join(normalized(text).lower().split())
    if plain(clean) in _NONE:
        return Picks(())
    numbers = [int(digits) for digits in re.findall(r"\d{1,3}", clean)]
    if not re.fullmatch(r"[\[({]?\s*\d{1,3}(?:[\s,.·번와과]+\d{1,3})*\s*[\])}번]?\s*", clean):
        return Unreadable("picks")
    if not all(1 <= number <= len(variant.order) for number in numbers):
        return Unreadable("picks-range", str(len(variant.order)))
    return Picks(tuple(sorted(set(numbers))))


def judge(variant: Variant, key: Key, answer: Answer, _: Runs) -> list[Difference]:
    """Return what differs between the picks and those for which the test holds."""
    right = holding(key.reference)
    return [] if answer == right else [Difference("picks", typed(right), typed(answer))]


def diagnose(variant: Variant, key: Key, answer: Answer, _: Runs) -> Wrong | None:
    """Return the misconception that makes exactly these picks."""
    return next((wrong for wrong, runs in key.wrong if _picks(wrong, runs) == answer), None)


def expected(variant: Variant, key: Key) -> str:
    """Return the key as a learner could have typed it."""
    return typed(holding(key.reference))


def typed_by(variant: Variant, key: Key, index: int) -> str:
    """Return what a learner who holds this misconception types."""
    wrong, runs = key.wrong[index]
    return wrong.answer if wrong.answer is not None else typed(_picks(wrong, runs))


def holding(observations: Runs) -> Picks:
    """Return the options whose test was true; one that raised holds only if the test asked for that."""
    return Picks(tuple(n for n, ran in enumerate(observations, 1) if ran.value == Bool(True)))


def typed(answer: Answer) -> str:
    """Return picks as they are typed."""
    assert isinstance(answer, Picks)
    return " ".join(map(str, answer.numbers)) or "none"


def _picks(wrong: Wrong, observations: Runs) -> Picks:
    if wrong.picks is not None:
        return Picks(tuple(pick + 1 for pick in wrong.picks))
    return holding(observations)
