"""Programs are run in the lab and explained."""

from __future__ import annotations

import ast
from collections.abc import Sequence

from tensordrill.kinds.code import parsed
from tensordrill.lab.client import Lab
from tensordrill.lab.protocol import Job, Limits, Program, Trust
from tensordrill.text import Language
from tensordrill.trace.explanation import Explanation, explanation

LIMITS = Limits(seconds=10.0, memory=1 << 30)
_OF_THE_RUN = frozenset({"raised", "warned", "changed"})
"""Names that mean something only where a question is asked."""


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


def explain_beside(
    lab: Lab, programs: Sequence[tuple[Program, Trust]], language: Language, limits: Limits = LIMITS
) -> tuple[Explanation, ...]:
    """Run programs, those of one trust in a row and those of another beside them, and explain each.

    Raises LabError where torch cannot be started.
    """
    by_trust: dict[Trust, list[int]] = {}
    for index, (_, trust) in enumerate(programs):
        by_trust.setdefault(trust, []).append(index)
    jobs = {
        trust: lab.start(Job(tuple(in_steps(programs[index][0]) for index in indices), trust, limits))
        for trust, indices in by_trust.items()
    }
    seen = {
        index: observation
        for trust, indices in by_trust.items()
        for index, observation in zip(indices, jobs[trust].result(), strict=True)
    }
    return tuple(
        explanation(source_of(program), seen[index], language) for index, (program, _) in enumerate(programs)
    )


def source_of(program: Program) -> str:
    """Give a program as one text: its given lines, its code, and the expression whose value counts."""
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
    """Give the program that reports each step of another one."""
    return _in_steps(source_of(program), program.setup)


def _in_steps(source: str, setup: str) -> Program:
    return Program(code=source, trace=True, setup=setup)
