"""order: lines to be put in order, some of which may belong nowhere; they run as a program beside the right one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import zip_longest

from tensordrill.bank.schema import Order, as_kind
from tensordrill.bank.variant import Variant, Wrong
from tensordrill.kinds import code_kinds
from tensordrill.kinds.answer_key import Key, Runs
from tensordrill.kinds.answers import Answer, Arrangement, Unreadable
from tensordrill.kinds.words import MAX_LENGTH, normalized
from tensordrill.sandbox.protocol import Observation, Program

_BETWEEN = re.compile(r"(?:[\s,;.·>→번]|->|=>)+")
_PLACE = re.compile(r" \(<program>, line \d+\)")
"""A suffix of Python's messages about code that it cannot read, in numbers that nobody sees."""


def type_of(question: Order) -> str:
    """Return the name of the form that an answer has."""
    return "order"


def shown_lines(variant: Variant) -> tuple[str, ...]:
    """Return the lines as they are shown, those that belong nowhere among them; their numbers count from 1."""
    question = as_kind(variant.question, Order)
    lines = (*question.order, *question.distractors)
    return tuple(lines[index] for index in variant.order)


def programs(variant: Variant, question: Order) -> tuple[Program, ...]:
    """Return one program an operand, with the lines in the question's order."""
    return programs_of(variant, question.order, watch=code_kinds.is_watched(variant, question))


def learner_programs(variant: Variant, answer: Answer) -> tuple[Program, ...]:
    """Return one program an operand, with the lines in the answer's order."""
    return programs_of(variant, _lines(variant, answer))


def programs_of(variant: Variant, lines: Sequence[str], *, watch: bool = True) -> tuple[Program, ...]:
    """Return one program an operand, of some lines."""
    question = as_kind(variant.question, Order)
    return code_kinds.programs(variant, question, "\n".join(lines), None, question.ask or "None", watch=watch)


def read(variant: Variant, text: str) -> Answer | Unreadable:
    """Read the shown numbers in the order that they were put in, as `3 1 2`; none stands there twice.

    Where all lines belong into the program, a number that is missing was forgotten.
    """
    if len(text) > MAX_LENGTH:
        return Unreadable("too-long")
    words = _BETWEEN.sub(" ", normalized(text).strip("[](){}")).split()
    if not words or not all(re.fullmatch(r"\d{1,3}", word) for word in words):
        return Unreadable("order")
    numbers, count = tuple(map(int, words)), len(variant.order)
    if not all(1 <= number <= count for number in numbers):
        return Unreadable("order-range", str(count))
    if len(set(numbers)) < len(numbers):
        return Unreadable("order-once")
    if len(numbers) < count and not as_kind(variant.question, Order).distractors:
        return Unreadable("order-all", str(count))
    return Arrangement(numbers)


judge = code_kinds.judge


def diagnose(variant: Variant, key: Key, answer: Answer, runs: Runs) -> Wrong | None:
    """Return the misconception that puts the lines in this very order, else one whose program does the same.

    Programs that raise do the same only where the same line raises: many wrong orders raise alike.
    """
    for wrong, _ in key.wrong:
        if _numbers_of(wrong) == _numbers(answer):
            return wrong
    raising = _raising(variant, _lines(variant, answer), runs)
    alike = tuple(
        (wrong, wrong_runs)
        for wrong, wrong_runs in key.wrong
        if _text(_raising(variant, as_kind(wrong.question, Order).order, wrong_runs)) == _text(raising)
    )
    return code_kinds.behaving_like(variant, Key(key.reference, alike), runs)


def expected(variant: Variant, key: Key) -> str:
    """Return a right order as a learner could have typed it."""
    return _typed(
        variant.order.index(index) + 1 for index in range(len(as_kind(variant.question, Order).order))
    )


def typed_by(variant: Variant, key: Key, index: int) -> str:
    """Return what a learner who holds this misconception types."""
    return _typed(_numbers_of(key.wrong[index][0]))


def located(variant: Variant, answer: Answer, observations: Sequence[Observation], message: str) -> str:
    """Return an error's message with the line that raised: `name 'loss' is not defined (3: loss.backward())`."""
    raising = _raising(variant, _lines(variant, answer), observations)
    first = _PLACE.sub("", message.partition("\n")[0])
    return message if raising is None else f"{first} ({_numbers(answer)[raising[0]]}: {raising[1]})"


def parts_at(variant: Variant, answer: Answer) -> tuple[int, str] | None:
    """Return the first place where an answer and the right order as written differ, and the answer's line there.

    The line is empty where the answer ends before; None where they are the same.
    """
    pairs = zip_longest(_lines(variant, answer), as_kind(variant.question, Order).order)
    differing = ((place, line or "") for place, (line, right) in enumerate(pairs, 1) if line != right)
    return next(differing, None)


def _raising(
    variant: Variant, lines: Sequence[str], observations: Sequence[Observation]
) -> tuple[int, str] | None:
    """Return the place and the text of the line, of a line that may be a block, that raised first."""
    operands = code_kinds.operands(variant, as_kind(variant.question, Order))
    for operand, observation in zip(operands, observations, strict=True):
        if observation.raised is None or observation.value is not None:
            continue
        at = (observation.raised.line or 0) - (operand.given.count("\n") + 1 if operand.given else 0)
        for place, line in enumerate(lines if at > 0 else ()):
            inner = line.split("\n")
            if at <= len(inner):
                return place, inner[at - 1].strip()
            at -= len(inner)
        return None
    return None


def _text(raising: tuple[int, str] | None) -> str:
    return raising[1] if raising else ""


def _typed(numbers: Iterable[int]) -> str:
    return " ".join(map(str, numbers))


def _lines(variant: Variant, answer: Answer) -> tuple[str, ...]:
    """Return the lines in the answer's order."""
    lines = shown_lines(variant)
    return tuple(lines[number - 1] for number in _numbers(answer))


def _numbers(answer: Answer) -> tuple[int, ...]:
    assert isinstance(answer, Arrangement)
    return answer.numbers


def _numbers_of(wrong: Wrong) -> tuple[int, ...]:
    return tuple(pick + 1 for pick in wrong.picks or ())
