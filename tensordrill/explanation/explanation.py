"""A traced program as people read it: each step with its expression, and what failed and why.

>>> seen = sandbox.run(Job((Program(code="x.t().view(-1)", given=given, trace=True),), "learner"))[0]
>>> found = explanation(given + "\\n" + "x.t().view(-1)", seen, "en")
>>> found.steps[-1].expression, found.error.expression
('x.t()', 'x.t().view(-1)')
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Literal, TypeAlias

from msgspec import Struct

from tensordrill.explanation.call import Argument, arguments, meeting
from tensordrill.explanation.drawing import Drawing
from tensordrill.explanation.rules import finding
from tensordrill.explanation.sources import Sources, column_at, line_at, text_at
from tensordrill.messages import Language, fill
from tensordrill.messages.question import REFUSALS
from tensordrill.sandbox.protocol import Observation, Raised
from tensordrill.sandbox.traced import Memory, Operand, Owner, TensorFact, Trace
from tensordrill.sandbox.traced import Step as TracedStep

_FILE_AND_LINE = re.compile(r" \((?:[^()]|\([^()]*\))*, line \d+\)\Z")
"""What a SyntaxError's message ends with, for a file's name with parentheses, too."""


class Step(Struct, frozen=True):
    """One tensor that came to be, or one statement that changed some."""

    line: int
    column: int
    """Both count from 1, columns in letters."""
    expression: str
    tensor: TensorFact
    memory: Memory
    of: int | None
    """The index of the step whose tensor it is, or whose memory it views or copies."""
    changed: tuple[str, ...]
    depth: int
    kind: str
    file: str = ""
    function: str = ""
    """The own name of what it calls or applies; "" for a name."""
    owner: Owner = ""
    operands: tuple[Operand, ...] = ()


class Error(Struct, frozen=True):
    """A failure: the sub-expression, torch's message, the operands, and a reason in plain words."""

    line: int
    column: int
    expression: str
    type: str
    message: str
    reason: str | None
    operands: tuple[Argument, ...]
    inner: tuple[Argument, ...] = ()
    """The tensors that meet in the layer inside the call, or in what a loss calls, that raised."""
    file: str = ""
    is_syntax: bool = False
    """Python could not read the program: the expression is what it stopped at."""
    drawing: Drawing | None = None
    """The shapes or strides that do not go together."""

    @property
    def tensors(self) -> tuple[tuple[str, TensorFact], ...]:
        """Return the operands that are tensors, and those of a layer inside that the program has no words for."""
        shown = (*self.operands, *(each for each in self.inner if not each.expression))
        return tuple((each.name, each.tensor) for each in shown if each.tensor is not None)


Ending: TypeAlias = Literal["timeout", "crashed"]
"""How a run ended that did not end by itself."""


class Explanation(Struct, frozen=True):
    """A program's steps; `more` were counted and not kept; `ended` is why it did not end by itself."""

    source: str
    steps: tuple[Step, ...]
    more: int
    error: Error | None
    stdout: str
    ended: Ending | None = None
    first_step: int = 0
    """The first step that is shown; those before are there because others refer to them."""
    modules: Mapping[str, str] = {}
    """The text of the user's modules that steps are in, by the names that steps have for them."""

    def line(self, number: int, file: str = "") -> str:
        """Return a line of the program or of one of the modules; "" where there is none."""
        return line_at(number, self.modules.get(file, "") if file else self.source)


def explanation(
    source: str, seen: Observation, language: Language, modules: Sources | None = None
) -> Explanation:
    """Explain what a traced run of `source` reported; `modules` are the user's own that it imported."""
    modules = modules or {}
    sources = {"": source, **modules}
    trace = seen.trace or Trace()
    steps = tuple(_step(step, sources) for step in trace.steps)
    error = _error(seen, sources, language)
    return Explanation(source, steps, trace.more, error, seen.stdout, seen.failure, modules=modules)


def _step(step: TracedStep, sources: Sources) -> Step:
    place = step.place
    return Step(
        place.line,
        column_at(place, sources),
        step.expression or text_at(place, sources),
        step.tensor,
        step.memory,
        step.of,
        step.changed,
        step.depth,
        step.kind,
        place.file,
        step.function,
        step.owner,
        step.operands,
    )


def _error(observation: Observation, sources: Sources, language: Language) -> Error | None:
    raised, trace = observation.raised, observation.trace
    if raised is None or _is_an_end(raised):
        return None
    failure = trace.failure if trace else None
    refused = fill(REFUSALS[raised.refusal], language) if raised.refusal else None
    if failure is None or trace is None:
        return Error(raised.line or 0, 1, "", raised.name, raised.message, refused, ())
    place = failure.place
    where = (place.line, column_at(place, sources), text_at(place, sources))
    if failure.node == "syntax":
        message = _FILE_AND_LINE.sub("", raised.message)
        return Error(*where, raised.name, message, None, (), file=place.file, is_syntax=True)
    found = finding(failure, raised, sources, trace.steps)
    return Error(
        *where,
        raised.name,
        raised.message,
        refused or found.text(language),
        arguments(failure.operands, sources),
        meeting(failure, sources),
        place.file,
        drawing=found.drawing,
    )


def _is_an_end(raised: Raised) -> bool:
    """Whether a program ended itself as one that succeeded."""
    return raised.name == "SystemExit" and raised.message in ("", "0", "None")
