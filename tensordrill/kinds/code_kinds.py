"""The common part of write, fill and order: code runs beside the solution and is compared on `must`."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from tensordrill.bank.schema import Compared, Fill, as_kind
from tensordrill.bank.variant import Operand, Variant, Wrong
from tensordrill.kinds.acts import acts
from tensordrill.kinds.answer_key import Key, Runs
from tensordrill.kinds.answers import Answer, Difference
from tensordrill.kinds.calls import Violation, violation
from tensordrill.kinds.compare import differences
from tensordrill.sandbox.protocol import Observation, Program

_REPORTED = ("stride", "contiguous", "memory", "grad", "changed")
_FIRST = {"shape": (), "values": ("shape",), "dtype": ("shape",)}
"""The facets that have to agree before another one counts for anything; before the rest, both shape and values."""


def is_watched(variant: Variant, question: Compared) -> bool:
    """Whether the calls of a program of the bank are looked at: those of a solution only where some are ruled out."""
    return question is not variant.question or bool(question.forbid or question.only)


def operands(variant: Variant, question: Compared) -> tuple[Operand, ...]:
    """Return the operands that an answer runs on: the shown one first."""
    shown = (question.given, *question.also_on)
    return (*(Operand(given, question.setup) for given in shown), *variant.hidden)


def programs(
    variant: Variant, question: Compared, code: str, value: str | None, ask: str | None, *, watch: bool
) -> tuple[Program, ...]:
    """Return one program an operand, with the facets that `must` names; `watch` has its calls reported."""
    facets = tuple(facet for facet in _REPORTED if facet in question.must)
    return tuple(
        Program(operand.given, code, value, ask, facets, watch, setup=operand.setup)
        for operand in operands(variant, question)
    )


def shown_operands(question: Compared) -> int:
    """Return how many of the operands, the first ones, a learner may see."""
    return 1 + len(question.also_on)


def shown_programs(question: Compared) -> int:
    """Return how many of an answer's programs, the first ones, run on operands that a learner may see.

    Of several blanks, the whole answer runs on all of them, and then each filling alone.
    """
    blanks = len(question.fillings) if isinstance(question, Fill) else 1
    return shown_operands(question) * (1 if blanks == 1 else 1 + blanks)


def differing(variant: Variant, key: Key, observations: Sequence[Observation]) -> list[Difference]:
    """Return what differs from the solution on the first operand where anything does."""
    question = as_kind(variant.question, Compared)
    shown = shown_operands(question)

    def on_operand(index: int, parts: Sequence[Difference]) -> list[Difference]:
        on = operands(variant, question)[index].given if index else ""
        return [replace(difference, on=on, hidden=index >= shown, operand=index) for difference in parts]

    for index, (expected, got) in enumerate(zip(key.reference, observations, strict=True)):
        if parts := differences(expected, got, question.must):
            return on_operand(index, parts)
    for index, observation in enumerate(observations):
        if broken := _violation(observation, question):
            return on_operand(index, [Difference("calls", broken.rule, broken.called)])
    return []


def is_wrong_at_first(variant: Variant, key: Key, observations: Sequence[Observation]) -> bool:
    """Whether an answer is wrong on the first operand, or calls anywhere what it must not."""
    question = as_kind(variant.question, Compared)
    return bool(differences(key.reference[0], observations[0], question.must)) or any(
        _violation(observation, question) for observation in observations[: len(key.reference)]
    )


def earned(variant: Variant, key: Key, observations: Sequence[Observation]) -> tuple[str, ...]:
    """Return the facets of `must` on which an answer agrees with the solution on every operand.

    One that any value may have by chance counts only for a value that is right otherwise: what returns its
    input shares memory with it, and solved nothing.
    """
    question, observations = as_kind(variant.question, Compared), observations[: len(key.reference)]
    if any(_violation(observation, question) for observation in observations):
        return ()
    pairs = list(zip(key.reference, observations, strict=True))

    def agrees(facet: str) -> bool:
        first = [name for name in _FIRST.get(facet, ("shape", "values")) if name in question.must]
        return not any(differences(expected, got, [*first, facet]) for expected, got in pairs)

    return tuple(filter(agrees, question.must))


def behaving_like(variant: Variant, key: Key, observations: Sequence[Observation]) -> Wrong | None:
    """Return the misconception whose program did what these runs did: on every operand, else on the shown one."""
    question = as_kind(variant.question, Compared)
    for count in (len(observations), 1):
        for wrong, runs in key.wrong:
            references = zip(key.reference[:count], runs[:count], strict=True)
            is_wrong = any(
                differences(reference, run, question.must) or _violation(run, question)
                for reference, run in references
            )
            pairs = zip(runs[:count], observations[:count], strict=True)
            if is_wrong and all(_did_the_same(question, run, observation) for run, observation in pairs):
                return wrong
    return None


def _did_the_same(question: Compared, run: Observation, observation: Observation) -> bool:
    """Whether two runs gave the same by the same acts; a run that did not end proves nothing."""
    if run is observation:
        return True
    if run.calls is None or observation.calls is None or differences(run, observation, question.must):
        return False
    layout = not {"stride", "contiguous"}.isdisjoint(question.must)
    return _violation(run, question) == _violation(observation, question) and (
        acts(run.calls, compares_layout=layout) == acts(observation.calls, compares_layout=layout)
    )


def _violation(observation: Observation, question: Compared) -> Violation | None:
    called = observation.calls.names if observation.calls else ()
    return violation(called, question.forbid, question.only)


def judge(variant: Variant, key: Key, answer: Answer, runs: Runs) -> list[Difference]:
    """Return what differs between the learner's runs and the solution's."""
    return differing(variant, key, runs)


def diagnose(variant: Variant, key: Key, answer: Answer, runs: Runs) -> Wrong | None:
    """Return the misconception whose program behaves like the answer."""
    return behaving_like(variant, key, runs)
