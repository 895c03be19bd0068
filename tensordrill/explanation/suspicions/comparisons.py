"""Numbers that are compared for equality and that only rounding keeps apart."""

from __future__ import annotations

from collections.abc import Iterator

from tensordrill.explanation.suspicions.calls import CallGraph
from tensordrill.explanation.suspicions.suspicion import Suspicion
from tensordrill.messages import message
from tensordrill.sandbox.clues import NearlyEqual


def nearly_equal(graph: CallGraph) -> Iterator[Suspicion]:
    """Yield each comparison that rounding decided."""
    for clue in graph.clues_of(NearlyEqual):
        text = message("suspicious-nearly-equal", count=clue.count, numel=clue.numel)
        yield Suspicion("float-equality", clue.place, "look", text)
