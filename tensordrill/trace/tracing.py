"""Programs are run in the lab and explained."""

from __future__ import annotations

import ast

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
