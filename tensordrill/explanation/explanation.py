"""A traced program as people read it: each step with its expression, and what failed and why.

>>> observation = sandbox.run(Job((Program(code="x.t().view(-1)", given=given, trace=True),), "learner"))[0]
>>> explained = explanation(given + "\\n" + "x.t().view(-1)", observation, "en")
>>> explained.steps[-1].expression, explained.error.expression
('x.t()', 'x.t().view(-1)')
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Literal, TypeAlias

from msgspec import Struct

from tensordrill.explanation.call import Argument, arguments, failed, meeting, quoted
from tensordrill.explanation.drawing import Drawing
from tensordrill.explanation.provenance import Origin, origins, where
from tensordrill.explanation.sources import Sources, column_at, line_at, text_at
from tensordrill.explanation.step import Step, with_expression
from tensordrill.messages import Language, fill, say
from tensordrill.messages.question import REFUSALS
from tensordrill.sandbox.client import Sandbox
from tensordrill.sandbox.protocol import Adjustment, Observation, Raised
from tensordrill.sandbox.trace import NestedFact, TensorFact, Trace

if TYPE_CHECKING:
    from tensordrill.explanation.mends import Mend

_FILE_AND_LINE = re.compile(r" \((?:[^()]|\([^()]*\))*, line \d+\)\Z")
"""The end of a SyntaxError's message, for a file's name with parentheses, too."""


class Caller(Struct, frozen=True):
    """A call of the program that led to the one that failed."""

    line: int
    file: str
    expression: str


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
    origins: tuple[Origin, ...] = ()
    """The steps that made the sizes that do not fit."""
    mend: Mend | None = None
    """The change that would make the call fit."""
    callers: tuple[Caller, ...] = ()
    """The calls that led here, the outermost first."""
    module: str = ""
    """The module that was running, as the outermost running one holds it: `layer2[0].conv1`."""
    module_type: str = ""
    """Its class."""
    outermost_type: str = ""
    """The class of that outermost one."""

    @property
    def _shown(self) -> tuple[Argument, ...]:
        """Return the operands, and those of a layer inside that the program has no words for."""
        return (*self.operands, *(each for each in self.inner if not each.expression))

    @property
    def tensors(self) -> tuple[tuple[str, TensorFact], ...]:
        """Return the operands that are tensors with a shape."""
        return tuple((each.name, each.tensor) for each in self._shown if each.tensor is not None)

    @property
    def nested(self) -> tuple[tuple[str, NestedFact], ...]:
        """Return the operands that are nested tensors."""
        return tuple((each.name, each.nested) for each in self._shown if each.nested is not None)

    def provenance(self, language: Language) -> tuple[str, ...]:
        """Return the origin of its sizes, and the change that would fit."""
        texts = [origin.text(language, self.file) for origin in self.origins]
        return (*texts, self.mend.text(language)) if self.mend else tuple(texts)

    def context(self, language: Language) -> tuple[str, ...]:
        """Return in which module it failed, and which calls led there."""
        words = []
        if self.module:
            types = {"type": self.module_type, "outermost": self.outermost_type}
            words.append(say("provenance-module", language, module=f"`{self.module}`", **types))
        calls = [
            say(
                "provenance-call", language, code=f"`{quoted(call.expression)}`", where=where(call, self.file)
            )
            for call in self.callers
        ]
        return (
            (*words, say("provenance-callers", language, calls=" → ".join(calls))) if calls else tuple(words)
        )


Certainty: TypeAlias = Literal["certain", "likely", "look", "warned"]
"""`certain` can't have been meant, `likely` hardly ever is, `look` may well be; `warned` are others' own words."""


class Suspicious(Struct, frozen=True):
    """A place where a run that ended well probably did not do what was meant, and why, in words."""

    line: int
    column: int
    expression: str
    kind: str
    certainty: Certainty
    text: str
    drawing: Drawing | None = None
    file: str = ""


Ending: TypeAlias = Literal["timeout", "crashed"]
"""The ending of a run that did not end by itself."""


class Explanation(Struct, frozen=True):
    """A program's steps; `more` were counted and not kept; `ended` is why it did not end by itself."""

    source: str
    steps: tuple[Step, ...]
    more: int
    error: Error | None
    stdout: str
    ended: Ending | None = None
    stderr: str = ""
    adjustments: tuple[Adjustment, ...] = ()
    """The deviations of a script's run from its text."""
    first_step: int = 0
    """The first step that is shown; those before are there because others refer to them."""
    modules: Mapping[str, str] = {}
    """The text of the user's modules that steps are in, by the names that steps have for them."""
    suspicious: tuple[Suspicious, ...] = ()
    """The surest first; of a program that failed, only what torch warned of."""

    def line(self, number: int, file: str = "") -> str:
        """Return a line of the program or of one of the modules; "" where there is none."""
        return line_at(number, self.modules.get(file, "") if file else self.source)


def explanation(
    source: str,
    observation: Observation,
    language: Language,
    modules: Sources | None = None,
    *,
    sandbox: Sandbox | None = None,
    with_origins: bool = True,
) -> Explanation:
    """Explain what a traced run of `source` reported; `modules` are the user's own that it imported.

    Fixes are proposed only with a sandbox, in which they are tried. Without origins no mend is sought either.
    """
    modules = modules or {}
    sources = {"": source, **modules}
    trace = observation.trace or Trace()
    steps = _steps(trace, sources)
    error = _error(observation, steps, sources, language, sandbox, with_origins=with_origins)
    return Explanation(
        source,
        steps,
        trace.more,
        error,
        observation.stdout,
        observation.failure,
        observation.stderr,
        observation.adjustments,
        modules=modules,
    )


def fixes(
    source: str,
    observation: Observation,
    language: Language,
    modules: Sources,
    sandbox: Sandbox,
) -> str:
    """Return the sentences about fixes that pass a trial, of what `explanation` explained without them; "" for none."""
    raised, trace = observation.raised, observation.trace
    if raised is None or trace is None or trace.failure is None:
        return ""
    from tensordrill.explanation import rules

    sources = {"": source, **modules}
    messages = rules.fixes(failed(trace.failure, raised, sources, _steps(trace, sources)), sandbox)
    return " ".join(each.text(language) for each in messages)


def _steps(trace: Trace, sources: Sources) -> tuple[Step, ...]:
    return tuple(with_expression(step, sources) for step in trace.steps)


def _error(
    observation: Observation,
    steps: Sequence[Step],
    sources: Sources,
    language: Language,
    sandbox: Sandbox | None,
    *,
    with_origins: bool,
) -> Error | None:
    raised, trace = observation.raised, observation.trace
    if raised is None or _is_an_end(raised):
        return None
    failure = trace.failure if trace else None
    refused = fill(REFUSALS[raised.refusal], language) if raised.refusal else None
    if failure is None:
        return Error(raised.line or 0, 1, "", raised.name, raised.message, refused, ())
    place = failure.place
    where = (place.line, column_at(place, sources), text_at(place, sources))
    if failure.call.node == "syntax":
        message = _FILE_AND_LINE.sub("", raised.message)
        return Error(*where, raised.name, message, None, (), file=place.file, is_syntax=True)
    # these import all rules, for which only a program that raised has to wait
    from tensordrill.explanation.mends import mend
    from tensordrill.explanation.rules import finding

    calls = failed(failure, raised, sources, steps)
    reason = finding(calls, sandbox)
    came = origins(calls) if with_origins else ()
    callers = (Caller(call.line, call.file, text_at(call, sources)) for call in failure.callers)
    return Error(
        *where,
        raised.name,
        raised.message,
        refused or reason.text(language),
        arguments(failure.call, sources, steps),
        meeting(failure, sources, steps),
        place.file,
        drawing=reason.drawing,
        origins=came,
        mend=mend(calls, came, sandbox) if with_origins else None,
        callers=tuple(callers),
        module=failure.module,
        module_type=failure.module_type,
        outermost_type=failure.outermost_type,
    )


def _is_an_end(raised: Raised) -> bool:
    """Whether a program ended itself as one that succeeded."""
    return raised.name == "SystemExit" and raised.message in ("", "0", "None")
