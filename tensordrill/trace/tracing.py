"""Programs are run in the lab and explained."""

from __future__ import annotations

from functools import cached_property

from tensordrill.lab.client import Lab, Pending
from tensordrill.lab.protocol import Job, Limits, Observation, Program, Trust
from tensordrill.text import Language
from tensordrill.trace.explanation import Explanation, explanation

LIMITS = Limits(seconds=10.0, memory=1 << 30)


class Tracing:
    """One traced run under way."""

    def __init__(self, lab: Lab, source: str, trust: Trust, limits: Limits = LIMITS) -> None:
        self._source = source
        self._pending: Pending = lab.start(Job((Program(code=source, trace=True),), trust, limits))

    @cached_property
    def _seen(self) -> Observation:
        (seen,) = self._pending.result()
        return seen

    def result(self, language: Language) -> Explanation:
        """Wait for it; raises LabError where torch cannot be started."""
        return explanation(self._source, self._seen, language)

    def close(self) -> None:
        """End it."""
        self._pending.close()


def explain(lab: Lab, source: str, language: Language, limits: Limits = LIMITS) -> Explanation:
    """Run a program and explain it."""
    return Tracing(lab, source, "learner", limits).result(language)


def source_of(program: Program) -> str:
    """Give a program as one text: its set-up, its code, and the expression whose value counts."""
    return "\n".join(part for part in (program.given, program.code, program.value) if part)
