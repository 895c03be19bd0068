"""Programs that no question can be about: they fail, are refused by the sandbox, or have a slip."""

from __future__ import annotations

from tensordrill.messages import Message, Name, message
from tensordrill.sandbox.protocol import Observation, Raised, Refusal

_MOST_SHOWN = 80
_SLIPS = ("SyntaxError", "IndentationError", "NameError")
_REFUSALS: dict[Refusal, tuple[Name, Name]] = {
    "processes": ("refused-processes", "do-without-processes"),
    "network": ("refused-network", "do-write-data"),
    "files": ("refused-files", "do-write-data-bytes"),
    "input": ("refused-input", "do-write-data"),
    "module": ("refused-module", "do-without-module"),
    "device": ("refused-device", "do-without-device"),
    "memory": ("refused-memory", "do-smaller-tensors"),
    "system": ("refused-system", "do-without-it"),
}
"""The message about a refusal, and the remedy: a refusal is never a key."""


def broken(observation: Observation, is_order: bool = False) -> Message | None:
    """Return the problem of a program that no question can be about, else None.

    In a wrong order of lines, a name may well be undefined.
    """
    raised = observation.raised
    if observation.failure:
        return message("run-timeout" if observation.failure == "timeout" else "run-crashed")
    if raised and raised.refusal:
        return message(_REFUSALS[raised.refusal][0], raised=raised.summary[:_MOST_SHOWN])
    return raises(raised) if raised and raised.name in _SLIPS and not is_order else None


def remedy_of(observation: Observation) -> Message | None:
    """Return the remedy for a program that the sandbox refuses, else None."""
    raised = observation.raised
    return message(_REFUSALS[raised.refusal][1]) if raised and raised.refusal else None


def raises(raised: Raised) -> Message:
    """Return the problem of a program that raised."""
    return message("run-raises", error=raised.name, reason=raised.message)
