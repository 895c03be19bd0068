"""Programs are run in the lab and explained."""

from __future__ import annotations

from tensordrill.lab.client import Lab
from tensordrill.lab.protocol import Job, Limits, Program, Trust
from tensordrill.text import Language
from tensordrill.trace.explanation import Explanation, explanation

LIMITS = Limits(seconds=10.0, memory=1 << 30)


def explain(
    lab: Lab,
    source: str,
    language: Language,
    trust: Trust = "learner",
    limits: Limits = LIMITS,
    setup: str = "",
) -> Explanation:
    """Run a program and explain it; raises LabError where torch cannot be started.

    `setup` runs before it and is not explained.
    """
    (seen,) = lab.run(Job((_in_steps(source, setup),), trust, limits))
    return explanation(source, seen, language)


def source_of(program: Program) -> str:
    """Give a program as one text: its set-up, its code, and the expression whose value counts."""
    return "\n".join(part for part in (program.given, program.code, program.value) if part)


def in_steps(program: Program) -> Program:
    """Give the program that reports each step of another one."""
    return _in_steps(source_of(program), program.setup)


def _in_steps(source: str, setup: str) -> Program:
    return Program(code=source, trace=True, setup=setup)
