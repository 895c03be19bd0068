"""The warnings of torch, and of others, in their own words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tensordrill.explanation.suspicions.calls import CallGraph
from tensordrill.explanation.suspicions.suspicion import Suspicion
from tensordrill.messages import message
from tensordrill.sandbox.clues import ShownWarning

_TRIGGERED = re.compile(r" *\(Triggered internally at [^)]*\)")


def warned(graph: CallGraph) -> Iterator[Suspicion]:
    """Yield each warning at the line that was running."""
    for clue in graph.clues_of(ShownWarning):
        words = " ".join(_TRIGGERED.sub("", clue.message).split())
        text = message("suspicious-warned", category=clue.category, words=words)
        yield Suspicion("warning", clue.place, "warned", text)
