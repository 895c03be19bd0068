"""Gradients that no parameter gets, that no optimizer uses, or that were never cleared."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from tensordrill.explanation.explanation import Certainty
from tensordrill.explanation.suspicions.calls import CallGraph
from tensordrill.explanation.suspicions.suspicion import Suspicion
from tensordrill.messages import Name, message
from tensordrill.sandbox.clues import Accumulated, Idle, NoGradient, NonLeafGrad, NoStep, NotOptimized


def accumulated(graph: CallGraph) -> Iterator[Suspicion]:
    """Yield each optimizer whose steps used the gradients of the step before as well."""
    for clue in graph.clues_of(Accumulated):
        if not clue.updates:
            text = message("suspicious-accumulated-read")
            yield Suspicion("gradients-add-up", clue.place, "look", text)
            continue
        is_always = clue.times >= clue.updates - 1
        certainty: Certainty = "certain" if is_always else "likely" if clue.times > 1 else "look"
        values = {"times": clue.times, "updates": clue.updates, "optimizer": clue.optimizer or "optimizer"}
        name: Name = "suspicious-accumulated" if clue.optimizer else "suspicious-accumulated-leaf"
        yield Suspicion("gradients-add-up", clue.place, certainty, message(name, **values))


def none(graph: CallGraph) -> Iterator[Suspicion]:
    """Yield each optimizer with parameters that never had a gradient, at the place that cut them off."""
    for clue in graph.clues_of(NoGradient):
        is_all = clue.count == clue.total
        if clue.is_cleared:
            text = message("suspicious-cleared", steps=clue.steps)
            yield Suspicion("no-gradient", clue.place, "certain", text)
            continue
        if clue.is_zero:
            text = message("suspicious-zero-gradients", total=clue.total, steps=clue.steps)
            yield Suspicion("no-gradient", clue.place, "certain", text)
            continue
        values = {"names": _names(clue.names, clue.count), "count": clue.count, "total": clue.total}
        if clue.cut is not None and not clue.total:
            cut = {"cut": graph.text(clue.cut), "line": clue.place.line, "names": values["names"]}
            yield Suspicion("no-gradient", clue.cut, "likely", message("suspicious-cut-leaf", **cut))
        elif clue.cut is None and _has_replaced(graph):
            continue  # these are the parameters that were replaced
        elif clue.cut is not None:
            certainty: Certainty = "certain" if is_all else "likely" if clue.function != "no_grad" else "look"
            cut = {"cut": graph.text(clue.cut), "line": clue.cut.line}
            name: Name = "suspicious-no-grad" if clue.function == "no_grad" else "suspicious-cut"
            yield Suspicion("no-gradient", clue.cut, certainty, message(name, **values, **cut))
        else:
            certainty = "certain" if is_all else "look"
            yield Suspicion("no-gradient", clue.place, certainty, message("suspicious-no-gradient", **values))


def idle(graph: CallGraph) -> Iterator[Suspicion]:
    """Yield each optimizer whose last steps had no gradients, unlike those before."""
    for clue in graph.clues_of(Idle):
        name: Name = "suspicious-frozen" if clue.is_frozen else "suspicious-idle"
        text = message(name, idle=clue.idle, steps=clue.steps)
        yield Suspicion("no-gradient", clue.place, "likely", text)


def no_step(graph: CallGraph) -> Iterator[Suspicion]:
    """Yield each optimizer that never stepped though backward was called again and again."""
    for clue in graph.clues_of(NoStep):
        text = message("suspicious-no-step", backwards=clue.backwards)
        yield Suspicion("no-step", clue.place, "likely", text)


def not_optimized(graph: CallGraph) -> Iterator[Suspicion]:
    """Yield parameters with gradients that no optimizer has."""
    for clue in graph.clues_of(NotOptimized):
        values = {"names": _names(clue.names, clue.count), "count": clue.count}
        is_replaced = clue.relation == "replaced"
        name: Name = "suspicious-replaced" if is_replaced else "suspicious-left-out"
        certainty: Certainty = "likely" if is_replaced else "look"
        yield Suspicion("not-optimized", clue.place, certainty, message(name, **values))


def non_leaf(graph: CallGraph) -> Iterator[Suspicion]:
    """Yield the first `.grad` of a tensor that is no leaf."""
    for clue in islice(graph.clues_of(NonLeafGrad), 1):
        source = None if clue.source is None else graph.text(clue.source)
        values = {} if clue.source is None else {"source": source, "line": clue.source.line}
        name: Name = "suspicious-non-leaf" if values else "suspicious-non-leaf-anywhere"
        expression = graph.text(clue.place)
        text = message(name, expression=expression, tensor=expression.removesuffix(".grad"), **values)
        yield Suspicion("non-leaf-grad", clue.place, "certain", text)


def _has_replaced(graph: CallGraph) -> bool:
    return any(clue.relation == "replaced" for clue in graph.clues_of(NotOptimized))


def _names(names: tuple[str, ...], count: int) -> str:
    listed = ", ".join(f"`{name}`" for name in names)
    return f"{listed}, …" if count > len(names) else listed
