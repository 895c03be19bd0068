"""Layers that are one, layers that `parameters()` does not see, and models in the wrong mode."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from tensordrill.explanation.explanation import Certainty
from tensordrill.explanation.suspicions.calls import CallGraph
from tensordrill.explanation.suspicions.suspicion import Suspicion
from tensordrill.kinds.code import parsed
from tensordrill.messages import Name, message
from tensordrill.sandbox.clues import RemadeLayer, SharedLayer, TrainingMode, Unregistered
from tensordrill.sandbox.trace import Place

_UNREGISTERED: dict[str, Name] = {
    "layers": "suspicious-unregistered-layers",
    "tensors": "suspicious-unregistered-tensors",
    "tensor": "suspicious-unregistered-tensor",
}


def shared(graph: CallGraph) -> Iterator[Suspicion]:
    """Yield each list that holds one layer several times."""
    for clue in graph.clues_of(SharedLayer):
        certainty: Certainty = "likely" if clue.kind == "product" else "look"
        if clue.kind == "names":
            text = message("suspicious-two-names", name=clue.name)
        else:
            text = message("suspicious-shared", name=clue.name, times=clue.times)
        yield Suspicion("shared-layer", clue.place, certainty, text)


def remade(graph: CallGraph) -> Iterator[Suspicion]:
    """Yield each layer that is made anew by each call of its model."""
    for clue in graph.clues_of(RemadeLayer):
        name: Name = "suspicious-remade-parameter" if clue.name == "Parameter" else "suspicious-remade"
        text = message(name, name=clue.name, times=clue.times)
        yield Suspicion("unregistered", clue.place, "likely", text)


def unregistered(graph: CallGraph) -> Iterator[Suspicion]:
    """Yield each attribute whose layers or tensors are no parameters of their module."""
    for clue in graph.clues_of(Unregistered):
        place = _assignment(graph, clue.owner, clue.attribute) or clue.place
        certainty: Certainty = "certain" if clue.is_trained else "likely"
        values = {"owner": clue.owner, "attribute": clue.attribute, "count": clue.count}
        text = message(_UNREGISTERED[clue.kind], **values)
        yield Suspicion("unregistered", place, certainty, text)


def _assignment(graph: CallGraph, owner: str, attribute: str) -> Place | None:
    """Return where a class first sets an attribute of its instances."""
    for file, source in graph.sources.items():
        tree = parsed(source)
        for node in ast.walk(tree) if tree else ():
            if isinstance(node, ast.ClassDef) and node.name == owner:
                for part in ast.walk(node):
                    match part:
                        case ast.Assign(targets=[ast.Attribute(value=ast.Name(id="self"), attr=name)]):
                            if name == attribute and part.end_lineno and part.end_col_offset:
                                end = part.end_lineno, part.end_col_offset
                                return Place(part.lineno, part.col_offset, *end, file)
    return None


def mode(graph: CallGraph) -> Iterator[Suspicion]:
    """Yield each model that was evaluated in training mode, or trained in evaluation mode."""
    for clue in graph.clues_of(TrainingMode):
        values = {"model": clue.model, "dropouts": clue.dropouts, "norms": clue.norms, "steps": clue.steps}
        certainty: Certainty = "look" if clue.evidence in ("no-grad", "last") else "likely"
        name: Name
        if clue.evidence == "function":
            certainty, name = "certain", "suspicious-dropout-function"
        elif clue.evidence == "switched":
            name = "suspicious-eval-mode"
        elif clue.dropouts and clue.norms:
            name = "suspicious-train-mode"
        else:
            name = "suspicious-train-mode-dropout" if clue.dropouts else "suspicious-train-mode-norm"
        yield Suspicion("mode", clue.place, certainty, message(name, **values))
