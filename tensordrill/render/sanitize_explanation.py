"""An explanation whose texts steer neither a terminal nor a page nor a reader's eye."""

from __future__ import annotations

from typing import TypeVar

from msgspec import Struct, structs

from tensordrill.course.sanitize import STEERING, sanitize, sanitize_line
from tensordrill.explanation.alignment import Alignment
from tensordrill.explanation.call import Argument
from tensordrill.explanation.drawing import Drawing
from tensordrill.explanation.explanation import Caller, Error, Explanation, Suspicious
from tensordrill.explanation.provenance import Origin
from tensordrill.explanation.step import Step

_MESSAGE = 2_000
_PRINTED = 6_000


_LINES: dict[type[Struct], tuple[str, ...]] = {
    Step: ("expression", "file"),
    Argument: ("expression",),
    Error: ("expression", "file", "module", "module_type", "outermost_type"),
    Origin: ("expression", "file", "other", "keeping"),
    Caller: ("expression", "file"),
    Suspicious: ("expression", "file"),
}
"""The texts of each part that stand on a line."""

_Part = TypeVar("_Part", bound=Struct)


def sanitize_explanation(explanation: Explanation) -> Explanation:
    """Return an explanation with its control and direction characters written out, long texts cut."""
    return structs.replace(
        explanation,
        source=_written_out(explanation.source),
        modules={sanitize_line(name): _written_out(text) for name, text in explanation.modules.items()},
        steps=tuple(
            _sanitize_part(step, changed=tuple(map(sanitize_line, step.changed)))
            for step in explanation.steps
        ),
        error=None if explanation.error is None else _error(explanation.error),
        stdout=sanitize(explanation.stdout, _PRINTED),
        stderr=sanitize(explanation.stderr, _PRINTED),
        suspicious=tuple(
            _sanitize_part(place, text=sanitize(place.text, _MESSAGE), drawing=_drawing(place.drawing))
            for place in explanation.suspicious
        ),
    )


def _written_out(text: str) -> str:
    return STEERING.sub(lambda match: repr(match[0])[1:-1], text)


def _sanitize_part(part: _Part, **changes: object) -> _Part:
    lines = {name: sanitize_line(getattr(part, name)) for name in _LINES[type(part)]}
    return structs.replace(part, **lines, **changes)


def _error(error: Error) -> Error:
    return _sanitize_part(
        error,
        message=sanitize(error.message, _MESSAGE),
        reason=None if error.reason is None else sanitize(error.reason, _MESSAGE),
        operands=tuple(map(_sanitize_part, error.operands)),
        inner=tuple(map(_sanitize_part, error.inner)),
        drawing=_drawing(error.drawing),
        origins=tuple(map(_sanitize_part, error.origins)),
        mend=error.mend and error.mend._replace(code=sanitize_line(error.mend.code)),
        callers=tuple(map(_sanitize_part, error.callers)),
    )


def _drawing(drawing: Drawing | None) -> Drawing | None:
    return drawing.renamed(sanitize_line) if isinstance(drawing, Alignment) else drawing
