"""Suspicions about a run that ended well: each detector reads its calls and its clues.

A detector yields a suspicion only where the operands of this run prove what it says, and says how sure it is
that something else was meant.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeAlias

from tensordrill.explanation.sources import Sources
from tensordrill.explanation.suspicions import (
    batches,
    broadcasts,
    comparisons,
    gradients,
    layers,
    nonfinite,
    rebindings,
    softmaxes,
    views,
    warnings,
    writes,
)
from tensordrill.explanation.suspicions.calls import CallGraph
from tensordrill.explanation.suspicions.suspicion import Suspicion
from tensordrill.sandbox.protocol import Observation

MAX_SUSPICIONS = 20

Detector: TypeAlias = Callable[[CallGraph], Iterator[Suspicion]]
DETECTORS: tuple[Detector, ...] = (
    broadcasts.losses,
    broadcasts.differences,
    broadcasts.misaligned,
    softmaxes.one_element,
    softmaxes.batch,
    softmaxes.twice,
    softmaxes.missing,
    batches.last,
    comparisons.nearly_equal,
    nonfinite.nonfinite,
    gradients.accumulated,
    gradients.none,
    gradients.idle,
    gradients.no_step,
    gradients.not_optimized,
    gradients.non_leaf,
    layers.shared,
    layers.remade,
    layers.unregistered,
    layers.mode,
    views.mixed,
    writes.lost,
    writes.unused,
    rebindings.unread,
    writes.duplicates,
    writes.overlapping,
    writes.same_memory,
    writes.repeated,
)
_ORDER = ("certain", "likely", "look", "warned")


def suspicions(observation: Observation, sources: Sources) -> tuple[Suspicion, ...]:
    """Return what is suspicious, the surest first; of a run that failed, only what torch itself warned of."""
    steps = observation.trace.steps if observation.trace else ()
    graph = CallGraph(steps, observation.clues, sources)
    has_ended = observation.raised is None and observation.failure is None
    detectors = (*(DETECTORS if has_ended else ()), warnings.warned)
    unique: dict[tuple[str, object], Suspicion] = {}
    for detector in detectors:
        for suspicion in detector(graph):
            unique.setdefault((suspicion.message.name, suspicion.place), suspicion)
    order = sorted(
        unique.values(), key=lambda each: (_ORDER.index(each.certainty), each.place.file, each.place.line)
    )
    return tuple(order[:MAX_SUSPICIONS])
