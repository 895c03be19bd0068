"""Comparisons of numbers that are equal but for rounding."""

from __future__ import annotations

from typing import Any

import torch
from encode import has_values
from events import Event

MAX_COMPARED = 1 << 16
ROUNDINGS = 8
"""How many times the distance of neighbouring numbers of a dtype is taken for rounding."""

_Tensor = torch.Tensor
_EQUALITIES = frozenset("== != eq ne equal".split())


class ComparisonWatcher:
    """Looks at `==` of computed numbers."""

    def __init__(self) -> None:
        self._clues: dict[Any, dict[str, Any]] = {}

    def evaluated(self, event: Event) -> None:
        """Look at one comparison."""
        if event.function not in _EQUALITIES:
            return
        pair = list(event.tensors)
        if (
            len(pair) != 2
            or not all(_is_compared(tensor) for tensor in pair)
            or pair[0].dtype != pair[1].dtype
        ):
            return
        first, second = torch.broadcast_tensors(*pair)
        rounding = ROUNDINGS * torch.finfo(first.dtype).eps
        near = torch.isclose(first, second, rounding, 0.0) & (first != second)
        if near.any():
            self._clues[event.key] = {
                "clue": "nearly-equal",
                "place": event.place(),
                "count": int(near.sum()),
                "numel": near.numel(),
            }

    def report(self) -> list[dict[str, Any]]:
        """Return each comparison of numbers that only rounding keeps apart."""
        return list(self._clues.values())


def _is_compared(tensor: torch.Tensor) -> bool:
    return tensor.is_floating_point() and tensor.numel() <= MAX_COMPARED and has_values(tensor)
