"""Programs are run in the sandbox and explained."""

from __future__ import annotations

import ast
from collections.abc import Mapping, Sequence

from tensordrill.explanation.explanation import Explanation, explanation
from tensordrill.kinds.code import parsed
from tensordrill.messages import Language
from tensordrill.sandbox.client import Sandbox
from tensordrill.sandbox.protocol import Job, Limits, Observation, Program, Trust

LIMITS = Limits(seconds=10.0, memory=1 << 30)
_OF_THE_RUN = frozenset({"raised", "warned", "changed"})
"""Names that mean something only where a question is asked."""


def explain(
    sandbox: Sandbox,
    source: str,
    language: Language,
    trust: Trust = "learner",
    limits: Limits = LIMITS,
    setup: str = "",
) -> Explanation:
    """Run a program and explain it; raises SandboxError where torch cannot be started.

    `setup` runs before it and is not explained.
    """
    (observation,) = sandbox.run(Job((_in_steps(source, setup),), trust, limits))
    return explanation(source, observation, language, sandbox=sandbox)


def explain_beside(
    sandbox: Sandbox,
    programs: Sequence[tuple[Program, Trust]],
    language: Language,
    known: Mapping[Program, Observation] | None = None,
) -> tuple[Explanation, ...]:
    """Run programs, those of one trust in a row and those of another beside them, and explain each.

    `known` are traces of the bank's programs that are there already. Raises SandboxError where torch cannot be started.
    """
    observations: dict[tuple[Program, Trust], Observation] = {
        (program, "bank"): observation for program, observation in (known or {}).items()
    }
    by_trust: dict[Trust, list[Program]] = {}
    for program, trust in programs:
        if (program, trust) not in observations:
            by_trust.setdefault(trust, []).append(program)
    jobs = [(trust, group, sandbox.start(tracing_job(group, trust))) for trust, group in by_trust.items()]
    for trust, group, pending in jobs:
        for program, observation in zip(group, pending.result(), strict=True):
            observations[program, trust] = observation
    return tuple(
        explanation(source_of(pair[0]), observations[pair], language, sandbox=sandbox) for pair in programs
    )


def tracing_job(programs: Sequence[Program], trust: Trust, limits: Limits = LIMITS) -> Job:
    """Return the job that traces programs, none of which costs another one its trace."""
    return Job(tuple(map(in_steps, programs)), trust, limits, (1,) * len(programs))


def source_of(program: Program) -> str:
    """Return a program as one text: its given lines, its code, and the expression whose value counts."""
    value = program.value or _asked_of_definitions(program)
    return "\n".join(part for part in (program.given, program.code, value) if part)


def _asked_of_definitions(program: Program) -> str:
    """Return what is asked of code that ends with a definition: nothing of it runs before that."""
    code, ask = parsed(program.code), parsed(program.ask or "")
    if not (code and ask and code.body and isinstance(code.body[-1], ast.FunctionDef | ast.ClassDef)):
        return ""
    names = {node.id for node in ast.walk(ask) if isinstance(node, ast.Name)}
    return "" if names & _OF_THE_RUN else program.ask or ""


def in_steps(program: Program) -> Program:
    """Return the program that reports each step of another one."""
    return _in_steps(source_of(program), program.setup)


def _in_steps(source: str, setup: str) -> Program:
    return Program(code=source, trace=True, setup=setup)
