"""A program of the user's own, with what is suspicious about it in words.

Programs of questions are wrong on purpose, so that they are explained without.
"""

from __future__ import annotations

from msgspec import structs

from tensordrill.explanation.explanation import Explanation, Suspicious
from tensordrill.explanation.explanation import explanation as steps_and_error
from tensordrill.explanation.sources import Sources, column_at, text_at
from tensordrill.explanation.suspicions import suspicions
from tensordrill.explanation.suspicions.suspicion import Suspicion
from tensordrill.explanation.tracing import LIMITS, in_steps
from tensordrill.messages import Language
from tensordrill.sandbox.client import Sandbox
from tensordrill.sandbox.protocol import Job, Limits, Observation, Program


def explanation(
    source: str,
    observation: Observation,
    language: Language,
    modules: Sources | None = None,
    *,
    sandbox: Sandbox | None = None,
) -> Explanation:
    """Explain what a traced run reported, and what is suspicious in it; `modules` are those that it imported.

    Fixes are proposed only with a sandbox, in which they are tried.
    """
    result = steps_and_error(source, observation, language, modules, sandbox=sandbox)
    sources = {"": source, **result.modules}
    places = tuple(_in_words(each, sources, language) for each in suspicions(observation, sources))
    return structs.replace(result, suspicious=places)


def explain(
    sandbox: Sandbox, source: str, language: Language, limits: Limits = LIMITS, setup: str = ""
) -> Explanation:
    """Run a program of the user's own and explain it; raises SandboxError where torch cannot be started."""
    program = in_steps(Program(code=source, setup=setup))
    (observation,) = sandbox.run(Job((program,), "learner", limits))
    return explanation(source, observation, language, sandbox=sandbox)


def _in_words(suspicion: Suspicion, sources: Sources, language: Language) -> Suspicious:
    place = suspicion.place
    return Suspicious(
        place.line,
        column_at(place, sources),
        text_at(place, sources),
        suspicion.kind,
        suspicion.certainty,
        suspicion.message.text(language),
        suspicion.drawing,
        place.file,
    )
