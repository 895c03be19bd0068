"""An explanation whose texts steer neither a terminal nor a page nor a reader's eye."""

from __future__ import annotations

from msgspec import structs

from tensordrill.course.sanitize import STEERING, sanitize, sanitize_line
from tensordrill.explanation.alignment import Alignment
from tensordrill.explanation.call import Argument
from tensordrill.explanation.explanation import Error, Explanation, Suspicious
from tensordrill.explanation.provenance import Origin
from tensordrill.explanation.step import Step

_MESSAGE = 2_000
_PRINTED = 6_000


def inert(explanation: Explanation) -> Explanation:
    """Return an explanation with its control and direction characters written out, long texts cut."""
    return structs.replace(
        explanation,
        source=_written_out(explanation.source),
        modules={sanitize_line(name): _written_out(text) for name, text in explanation.modules.items()},
        steps=tuple(map(_step, explanation.steps)),
        error=None if explanation.error is None else _error(explanation.error),
        stdout=sanitize(explanation.stdout, _PRINTED),
        suspicious=tuple(map(_suspicious, explanation.suspicious)),
    )


def _written_out(text: str) -> str:
    return STEERING.sub(lambda match: repr(match[0])[1:-1], text)


def _step(step: Step) -> Step:
    return structs.replace(
        step,
        expression=sanitize_line(step.expression),
        changed=tuple(map(sanitize_line, step.changed)),
        file=sanitize_line(step.file),
    )


def _error(error: Error) -> Error:
    drawing = error.drawing
    return structs.replace(
        error,
        expression=sanitize_line(error.expression),
        message=sanitize(error.message, _MESSAGE),
        reason=None if error.reason is None else sanitize(error.reason, _MESSAGE),
        operands=tuple(map(_operand, error.operands)),
        file=sanitize_line(error.file),
        inner=tuple(map(_operand, error.inner)),
        drawing=drawing.renamed(sanitize_line) if isinstance(drawing, Alignment) else drawing,
        origins=tuple(map(_origin, error.origins)),
        mend=error.mend and error.mend._replace(code=sanitize_line(error.mend.code)),
        callers=tuple(
            structs.replace(call, expression=sanitize_line(call.expression), file=sanitize_line(call.file))
            for call in error.callers
        ),
        module=sanitize_line(error.module),
        module_type=sanitize_line(error.module_type),
        outermost_type=sanitize_line(error.outermost_type),
    )


def _origin(origin: Origin) -> Origin:
    return structs.replace(
        origin,
        expression=sanitize_line(origin.expression),
        file=sanitize_line(origin.file),
        other=sanitize_line(origin.other),
        keeping=sanitize_line(origin.keeping),
    )


def _suspicious(place: Suspicious) -> Suspicious:
    drawing = place.drawing
    return structs.replace(
        place,
        expression=sanitize_line(place.expression),
        text=sanitize(place.text, _MESSAGE),
        drawing=drawing.renamed(sanitize_line) if isinstance(drawing, Alignment) else drawing,
        file=sanitize_line(place.file),
    )


def _operand(operand: Argument) -> Argument:
    return structs.replace(operand, expression=sanitize_line(operand.expression))
