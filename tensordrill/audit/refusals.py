"""Messages to an author whose program the sandbox refuses: a refusal is never a key."""

from __future__ import annotations

from tensordrill.messages import Message, Name, message
from tensordrill.sandbox.protocol import Raised, Refusal

_MOST_SHOWN = 80
_REFUSED: dict[Refusal, Name] = {
    "processes": "refused-processes",
    "network": "refused-network",
    "files": "refused-files",
    "module": "refused-module",
    "system": "refused-system",
}
_REMEDIES: dict[Refusal, Message] = {
    "processes": message("do-without-processes"),
    "network": message("do-write-data"),
    "files": message("do-write-data-bytes"),
    "module": message("do-without-module"),
    "memory": message("do-smaller-tensors"),
    "system": message("do-without-it"),
}


def what_happened(raised: Raised, refusal: Refusal) -> Message:
    """Return, as what became of a program, that the sandbox stopped it."""
    if refusal == "memory":
        return message("refused-memory")
    return message(_REFUSED[refusal], raised=raised.summary[:_MOST_SHOWN])


def what_to_do(refusal: Refusal) -> Message:
    """Return the way out."""
    return _REMEDIES[refusal]
