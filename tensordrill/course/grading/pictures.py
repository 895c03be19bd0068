"""Pictures of what wrong code did on the operand that its student saw, and why it raised."""

from __future__ import annotations

from collections.abc import Collection

from msgspec.structs import replace

from tensordrill.bank.schema import Compared
from tensordrill.bank.variant import Variant
from tensordrill.course.sanitize import sanitize, sanitize_line
from tensordrill.explanation.alignment import Alignment
from tensordrill.explanation.explanation import explanation as explanation_of
from tensordrill.explanation.mistake import compared_about, of_code
from tensordrill.explanation.pictures import Picture
from tensordrill.explanation.tracing import source_of
from tensordrill.kinds.answers import Difference
from tensordrill.messages import Language
from tensordrill.sandbox.protocol import Observation, Program

_MOST_NAME = 60
_MOST_REASON = 600


def picture_and_reason(
    steps: Observation,
    program: Program,
    variant: Variant,
    differences: Collection[Difference],
    language: Language,
) -> tuple[Picture | None, str | None]:
    """Return the picture of a program's steps, if there is anything to see, and why an operation raised.

    A reason has no fixes, which would often be the solution.
    """
    must = variant.question.must if isinstance(variant.question, Compared) else ()
    explanation = explanation_of(source_of(program), steps, language, with_origins=False)
    picture = of_code(explanation, compared_about(differences, must))
    reason = explanation.error.reason if explanation.error else None
    return picture and _plain(picture), reason and sanitize(reason, _MOST_REASON)


def _plain(picture: Picture) -> Picture:
    """Return a picture whose names, which a student wrote, steer nothing."""
    drawing = picture.drawing
    if isinstance(drawing, Alignment):
        drawing = replace(drawing, names=tuple(sanitize_line(name, _MOST_NAME) for name in drawing.names))
    return replace(picture, expression=sanitize_line(picture.expression, _MOST_NAME), drawing=drawing)
