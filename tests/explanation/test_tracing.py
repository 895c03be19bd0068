"""Programs are only observed, and what their steps say of memory is what element addresses say."""

from __future__ import annotations

import os
from collections.abc import Iterator
from random import Random

import pytest

from tensordrill.sandbox.client import Sandbox
from tensordrill.sandbox.protocol import Bool, Int, Job, Limits, List, Observation, Program, Tuple, Value
from tensordrill.sandbox.trace import TracedStep
from tests.explanation.chains import Chain, chain

CHAINS = int(os.environ.get("CHAINS", "1000"))
"""`make laws` tries 20,000."""
IN_A_JOB = 500
LIMITS = Limits(seconds=60.0)


def observed(sandbox: Sandbox, chains: list[Chain], *, trace: bool) -> list[Observation]:
    programs = tuple(Program(code=each.code, ask=each.ask, trace=trace) for each in chains)
    return list(sandbox.run(Job(programs, "learner", LIMITS)))


def drawn(seed: int) -> list[Chain]:
    random = Random(seed)  # noqa: S311 (programs, not secrets)
    return [chain(random) for _ in range(IN_A_JOB)]


@pytest.mark.parametrize("seed", range(CHAINS // IN_A_JOB))
def test_a_traced_program_does_what_it_does_untraced(sandbox: Sandbox, seed: int) -> None:
    """Values, strides, aliasing, grads and errors are the same; relations agree with addresses."""
    chains = drawn(seed)
    plain, traced = observed(sandbox, chains, trace=False), observed(sandbox, chains, trace=True)
    for each, one, other in zip(chains, plain, traced, strict=True):
        assert (one.value, one.raised, one.warned, one.failure) == (
            other.value,
            other.raised,
            other.warned,
            other.failure,
        ), each.code
        if other.value is not None:
            assert list(wrong_relations(each, other)) == [], each.code


def wrong_relations(each: Chain, observation: Observation) -> Iterator[str]:
    """Yield each step whose relation contradicts what was asked after the program."""
    assert isinstance(observation.value, List)
    assert observation.trace is not None
    steps = observation.trace.steps
    for index, facts in enumerate(observation.value.v):
        step = made(steps, index + 1, len(each.lines[index]))
        same, shares, empty = relations(facts)
        if step is None:
            yield f"x{index} has no step"
        elif any(same) and step.memory != "same":
            yield f"x{index} is {step.memory}, but it is one of {same}"
        elif any(shares) and step.memory in ("new", "copy"):
            yield f"x{index} is {step.memory}, but it shares with {shares}"
        elif step.memory in ("same", "view") and not empty and not shares_with_source(steps, step):
            yield f"x{index} is a view of something else"


def made(steps: tuple[TracedStep, ...], line: int, end: int) -> TracedStep | None:
    """Find the step of the whole expression that ends a line."""
    matches = [step for step in steps if step.place.line == line and step.place.end_column == end]
    return matches[-1] if matches else None


def relations(facts: Value) -> tuple[list[bool], list[bool], bool]:
    assert isinstance(facts, Tuple)
    *_, same, shares, numel = facts.v
    assert isinstance(same, List)
    assert isinstance(shares, List)
    assert isinstance(numel, Int)
    return [each == Bool(True) for each in same.v], [each == Bool(True) for each in shares.v], numel.v == "0"


def shares_with_source(steps: tuple[TracedStep, ...], step: TracedStep) -> bool:
    """Whether a view and the tensor that it views have the same storage."""
    assert step.of is not None
    source = steps[step.of].tensor.storage
    return step.tensor.storage is not None and source is not None and step.tensor.storage.id == source.id
