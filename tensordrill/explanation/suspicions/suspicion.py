"""Something in a run that ended well which is probably not what its author meant."""

from __future__ import annotations

from msgspec import Struct

from tensordrill.explanation.drawing import Drawing
from tensordrill.explanation.explanation import Certainty
from tensordrill.messages import Message
from tensordrill.sandbox.trace import Place


class Suspicion(Struct, frozen=True):
    """A place in a program, how sure it is that something is wrong there, and what."""

    kind: str
    place: Place
    certainty: Certainty
    message: Message
    drawing: Drawing | None = None
