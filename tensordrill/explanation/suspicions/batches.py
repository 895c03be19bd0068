"""Outputs of layers of sequences whose last time step was meant, and the last of the batch was taken."""

from __future__ import annotations

from collections.abc import Iterator

from tensordrill.explanation.grid import tuple_text
from tensordrill.explanation.suspicions.calls import CallGraph
from tensordrill.explanation.suspicions.suspicion import Suspicion
from tensordrill.messages import Name, message
from tensordrill.sandbox.clues import LastOfBatch


def last(graph: CallGraph) -> Iterator[Suspicion]:
    """Yield each index that takes the last of a batch from the output of a recurrent or attentive layer."""
    for clue in graph.clues_of(LastOfBatch):
        name: Name = "suspicious-last-of-batch-first" if clue.is_batch_first else "suspicious-last-of-batch"
        values = {"layer": clue.layer, "shape": tuple_text(clue.shape), "line": clue.source.line}
        count = clue.shape[0 if clue.is_batch_first else 1]
        text = message(name, index=graph.text(clue.place), count=count, **values)
        yield Suspicion("last-of-batch", clue.place, "likely", text)
