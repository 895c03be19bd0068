"""The common part of write, fill and order: code runs beside the solution and is compared on `must`."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from tensordrill.bank.schema import Compared, Fill, Write
from tensordrill.bank.variant import Operand, Variant, Wrong
from tensordrill.kinds.acts import acts
from tensordrill.kinds.answer_key import Key
from tensordrill.kinds.answers import Answer, Difference
from tensordrill.kinds.calls import Violation, violation
from tensordrill.kinds.compare import differences
from tensordrill.sandbox.protocol import Observation, Program

_REPORTED = ("stride", "contiguous", "memory", "grad", "changed")
_FIRST = {"shape": (), "values": ("shape",), "dtype": ("shape",)}
"""The facets that have to agree before another one counts for anything; before the rest, both shape and values."""


def program(
    question: Compared, operand: Operand, code: str, value: str | None, ask: str | None, *, watch: bool = True
) -> Program:
    """Return one program with the facets that `must` names; `watch` has its calls reported."""
    return Program(
        setup=operand.setup,
        given=operand.given,
        code=code,
        value=value,
        ask=ask,
        facets=tuple(facet for facet in _REPORTED if facet in question.must),
        watch=watch,
    )


def is_watched(variant: Variant, question: Compared) -> bool:
    """Whether the calls of a program of the bank are looked at: those of a solution only where some are ruled out."""
    return question is not variant.question or bool(question.forbid or question.only)


def operands(variant: Variant, question: Compared) -> tuple[Operand, ...]:
    """Return the operands that an answer runs on: the shown one first."""
    shown = (question.given, *question.also_on)
    return (*(Operand(given, question.setup) for given in shown), *variant.hidden)


def differing(variant: Variant, key: Key, seen: Sequence[Observation]) -> list[Difference]:
    """Return what differs from the solution on the first operand where anything does."""
    question = _question(variant)
    for index, (one, other) in enumerate(zip(key.reference, seen, strict=True)):
        found = differences(one, other, question.must)
        if found:
            return [_on(difference, variant, index) for difference in found]
    for index, other in enumerate(seen):
        broken = _violation(other, question)
        if broken:
            hidden = index >= shown_operands(question)
            return [Difference("calls", broken.rule, broken.called, hidden=hidden, operand=index)]
    return []


def is_wrong_at_first(variant: Variant, key: Key, seen: Sequence[Observation]) -> bool:
    """Whether an answer is wrong on the first operand, or calls anywhere what it must not."""
    question = _question(variant)
    return bool(differences(key.reference[0], seen[0], question.must)) or (
        any(_calls(other, question) for other in seen[: len(key.reference)])
    )


def _on(difference: Difference, variant: Variant, index: int) -> Difference:
    if index == 0:
        return difference
    question = _question(variant)
    on = operands(variant, question)[index].given
    return replace(difference, on=on, hidden=index >= shown_operands(question), operand=index)


def shown_operands(question: Compared) -> int:
    """Return how many of the operands, the first ones, a learner may see."""
    return 1 + len(question.also_on)


def shown_programs(question: Compared) -> int:
    """Return how many of an answer's programs, the first ones, run on operands that a learner may see.

    Of several blanks, the whole answer runs on all of them, and then each filling alone.
    """
    blanks = len(question.fillings) if isinstance(question, Fill) else 1
    return shown_operands(question) * (1 if blanks == 1 else 1 + blanks)


def earned(variant: Variant, key: Key, seen: Sequence[Observation]) -> tuple[str, ...]:
    """Return the facets of `must` on which an answer agrees with the solution on every operand.

    One that any value may have by chance counts only for a value that is right otherwise: what returns its
    input shares memory with it, and solved nothing.
    """
    question, seen = _question(variant), seen[: len(key.reference)]
    if any(_calls(other, question) for other in seen):
        return ()
    pairs = list(zip(key.reference, seen, strict=True))
    return tuple(
        facet
        for facet in question.must
        if not any(differences(one, other, _with_first(facet, question)) for one, other in pairs)
    )


def _with_first(facet: str, question: Compared) -> tuple[str, ...]:
    first = _FIRST.get(facet, ("shape", "values"))
    return (*(each for each in first if each in question.must), facet)


def behaving_like(variant: Variant, key: Key, seen: Sequence[Observation]) -> Wrong | None:
    """Return the misconception whose program did what these runs did: on every operand, else on the shown one."""
    question = _question(variant)
    for count in (len(seen), 1):
        for wrong, observations in key.wrong:
            pairs = zip(observations[:count], seen[:count], strict=True)
            if not _is_wrong(question, key.reference[:count], observations[:count]):
                continue
            if all(_did_the_same(question, one, other) for one, other in pairs):
                return wrong
    return None


def _did_the_same(question: Compared, one: Observation, other: Observation) -> bool:
    """Whether two runs came to the same by the same acts; a run that did not end tells nothing."""
    if one is other:
        return True
    if one.calls is None or other.calls is None or differences(one, other, question.must):
        return False
    layout = not {"stride", "contiguous"}.isdisjoint(question.must)
    return _calls(one, question) == _calls(other, question) and (
        acts(one.calls, compares_layout=layout) == acts(other.calls, compares_layout=layout)
    )


def _is_wrong(
    question: Compared, reference: Sequence[Observation], observations: Sequence[Observation]
) -> bool:
    return any(
        differences(one, other, question.must) or _calls(other, question)
        for one, other in zip(reference, observations, strict=True)
    )


def _calls(seen: Observation, question: Compared) -> str:
    broken = _violation(seen, question)
    return broken.called if broken else ""


def _violation(seen: Observation, question: Compared) -> Violation | None:
    called = seen.calls.names if seen.calls else ()
    return violation(called, question.forbid, question.only)


def judge(variant: Variant, key: Key, answer: Answer, seen: tuple[Observation, ...]) -> list[Difference]:
    """Return what differs between the learner's runs and the solution's."""
    return differing(variant, key, seen)


def diagnose(variant: Variant, key: Key, answer: Answer, seen: tuple[Observation, ...]) -> Wrong | None:
    """Return the misconception whose program behaves like the answer."""
    return behaving_like(variant, key, seen)


def expected(variant: Variant, key: Key) -> str:
    """Return the solution."""
    assert isinstance(variant.question, Write)
    return variant.question.solution


def typed_by(variant: Variant, key: Key, index: int) -> str:
    """Return the code that a learner who holds this misconception writes."""
    wrong = key.wrong[index][0].question
    assert isinstance(wrong, Write)
    return wrong.solution


def facts(variant: Variant, key: Key) -> dict[str, object]:
    """Return what a `because` may speak of: the solution."""
    return {"key": expected(variant, key), "raised": None}


def _question(variant: Variant) -> Compared:
    assert isinstance(variant.question, Compared)
    return variant.question
