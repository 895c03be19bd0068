"""Programs that fail, run in the sandbox, and why they say they do."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from tensordrill.explanation.call import failed
from tensordrill.explanation.explanation import explanation
from tensordrill.explanation.rules import finding
from tensordrill.messages import Language, Message
from tensordrill.sandbox.client import Sandbox
from tensordrill.sandbox.protocol import Job, Limits, Observation, Program

LIMITS = Limits(seconds=30.0)


class Failing(NamedTuple):
    """A program, what it did, and the sentences that say why."""

    source: str
    seen: Observation
    messages: tuple[Message, ...]


def run(sandbox: Sandbox, sources: Sequence[str]) -> tuple[Observation, ...]:
    """Run programs with their steps, each on its own if others end badly."""
    programs = tuple(Program(code=source, trace=True) for source in sources)
    return sandbox.run(Job(programs, "learner", LIMITS, (1,) * len(programs)))


def why(sandbox: Sandbox, source: str, language: Language = "en") -> str | None:
    """Run a program that raises, and give the reason."""
    (observation,) = run(sandbox, [source])
    assert observation.raised is not None, source
    assert observation.trace is not None
    assert observation.trace.failure is not None
    error = explanation(source, observation, language, sandbox=sandbox).error
    return error.reason if error else None


def failing(sandbox: Sandbox, sources: Sequence[str]) -> list[Failing]:
    """Run programs; give those that raised with why."""
    results = []
    for source, observation in zip(sources, run(sandbox, sources), strict=True):
        failure = observation.trace.failure if observation.trace else None
        if observation.raised is None or failure is None or observation.trace is None:
            continue
        steps = explanation(source, observation, "en").steps
        messages = finding(failed(failure, observation.raised, {"": source}, steps), sandbox).messages
        results.append(Failing(source, observation, messages))
    return results


def raises(sandbox: Sandbox, sources: Sequence[str]) -> list[bool]:
    """Return which programs raise."""
    programs = tuple(Program(code=source) for source in sources)
    observations = sandbox.run(Job(programs, "learner", LIMITS, (1,) * len(programs)))
    assert all(each.failure is None for each in observations)
    return [each.raised is not None for each in observations]
