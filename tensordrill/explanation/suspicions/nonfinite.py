"""The first nan or inf of a graph."""

from __future__ import annotations

from collections.abc import Iterator

from tensordrill.explanation.suspicions.calls import CallGraph
from tensordrill.explanation.suspicions.suspicion import Suspicion
from tensordrill.messages import Message, Name, message
from tensordrill.sandbox.clues import Cause, NonFinite

_CAUSES: dict[Cause, Name] = {
    "": "why-unknown",
    "data": "suspicious-data",
    "zero-by-zero": "why-zero-by-zero",
    "negative-log": "why-negative-log",
    "negative-root": "why-negative-root",
    "masked-row": "why-masked-row",
    "one-element": "why-one-element",
    "no-element": "why-no-element",
    "infinities": "why-infinities",
    "all-ignored": "why-all-ignored",
    "overflow": "why-overflow",
    "zero-division": "why-zero-division",
    "log-of-zero": "why-log-of-zero",
}


def nonfinite(graph: CallGraph) -> Iterator[Suspicion]:
    """Yield the first operation that gave nan, or an infinity that a loss was computed from."""
    for clue in graph.clues_of(NonFinite):
        yield Suspicion("non-finite", clue.place, "certain", _message(clue))


def _message(clue: NonFinite) -> Message:
    values = {"what": clue.what, "count": clue.count, "numel": clue.numel}
    if clue.gradient:
        return message("suspicious-gradient", name=clue.gradient, **values)
    if clue.cause == "data":
        return message("suspicious-data", **values)
    return message("suspicious-value", cause=message(_CAUSES[clue.cause]), **values)
