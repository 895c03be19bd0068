"""Writes in place that do not change what the program seems to change."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from tensordrill.explanation.explanation import Certainty
from tensordrill.explanation.suspicions.calls import CallGraph
from tensordrill.explanation.suspicions.suspicion import Suspicion
from tensordrill.messages import Name, message
from tensordrill.sandbox.clues import (
    DuplicateIndices,
    LostWrite,
    Overlap,
    Repeated,
    SameMemory,
    UnusedResult,
)

_RUNNING = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.For, ast.While)


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


def unused(graph: CallGraph) -> Iterator[Suspicion]:
    """Yield each statement that calls a method for its result and throws it away."""
    for clue in graph.clues_of(UnusedResult):
        around = list(graph.around(clue.place))
        if any(isinstance(each, ast.Try | ast.With) for each in around):
            continue  # it may be there to see whether it raises
        is_shown = not any(isinstance(each, _RUNNING) for each in around)  # at a prompt, or in a cell
        values = {"call": graph.text(clue.place), "tensor": graph.text(clue.tensor), "method": clue.method}
        name: Name = "suspicious-unused-twin" if clue.has_twin else "suspicious-unused"
        yield Suspicion(
            "unused-result", clue.place, "look" if is_shown else "likely", message(name, **values)
        )


def repeated(graph: CallGraph) -> Iterator[Suspicion]:
    """Yield each write to memory that stands for several tensors, or for several elements."""
    for clue in graph.clues_of(Repeated):
        name: Name = "suspicious-repeated" if clue.kind == "list" else "suspicious-expanded"
        values = {"times": clue.times, "line": clue.write.line, "tensor": graph.text(clue.place)}
        place = clue.place if clue.kind == "list" else clue.write
        yield Suspicion("same-memory", place, "likely", message(name, **values))


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
