"""Writes in place that do not change what the program seems to change."""

from __future__ import annotations

from collections.abc import Iterator

from tensordrill.explanation.explanation import Certainty
from tensordrill.explanation.suspicions.calls import CallGraph
from tensordrill.explanation.suspicions.suspicion import Suspicion
from tensordrill.messages import Name, message
from tensordrill.sandbox.clues import DuplicateIndices, LostWrite, Overlap, SameMemory


def lost(graph: CallGraph) -> Iterator[Suspicion]:
    """Yield each write to a copy that nothing refers to."""
    for clue in graph.clues_of(LostWrite):
        values = {"copy": graph.text(clue.copy), "source": graph.text(clue.source)}
        yield Suspicion("lost-write", clue.place, "certain", message("suspicious-lost-write", **values))


def duplicates(graph: CallGraph) -> Iterator[Suspicion]:
    """Yield each update in place through an index that names elements more than once."""
    for clue in graph.clues_of(DuplicateIndices):
        certainty: Certainty = "certain" if clue.is_sum else "look"
        texts = {"target": graph.text(clue.target), "index": graph.text(clue.index)}
        values = {"count": clue.count, "distinct": clue.distinct, "lost": clue.count - clue.distinct}
        has_tensors = not {":", ".", "["} & {*texts["index"]}
        name: Name = "suspicious-duplicates" if has_tensors else "suspicious-duplicates-of-slices"
        if not clue.is_sum:
            name = "suspicious-duplicates-once"
        yield Suspicion("duplicate-indices", clue.place, certainty, message(name, **texts, **values))


def overlapping(graph: CallGraph) -> Iterator[Suspicion]:
    """Yield each operation in place that reads what it writes through another operand."""
    for clue in graph.clues_of(Overlap):
        text = message("suspicious-overlap", operand=graph.text(clue.operand))
        yield Suspicion("overlap", clue.place, "likely", text)


def same_memory(graph: CallGraph) -> Iterator[Suspicion]:
    """Yield what keeps one memory under several names, as a history that only has its last values."""
    for clue in graph.clues_of(SameMemory):
        value = graph.text(clue.value)
        if clue.kind == "state":
            text = message("suspicious-own-state", value=value)
        else:
            copy = f"{value}.copy()" if clue.is_array else f"{value}.clone()"
            text = message("suspicious-same-memory", copy=copy)
        yield Suspicion("same-memory", clue.place, "certain", text)
