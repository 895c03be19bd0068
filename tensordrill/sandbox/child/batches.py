"""Outputs of layers that expect time before batch, where an index takes one dim for the other."""

from __future__ import annotations

import ast
import weakref
from typing import Any

import torch
from encode import text
from events import Event
from models import descendants
from wire import MAX_DIMS

_Tensor = torch.Tensor
_RECURRENT = torch.nn.RNNBase
_ATTENTIVE = (torch.nn.TransformerEncoderLayer, torch.nn.TransformerEncoder)
_LAST, _ALL = -1, slice(None)


class BatchWatcher:
    """Looks at what recurrent and attentive layers gave, and at the indices that take the last of it."""

    def __init__(self) -> None:
        self._outputs: dict[int, tuple[weakref.ref[torch.Tensor], torch.nn.Module, dict[str, Any]]] = {}
        self._clues: dict[Any, dict[str, Any]] = {}

    def evaluated(self, event: Event) -> None:
        """Look at one call or index."""
        if isinstance(event.node, ast.Subscript):
            self._index(event, event.node)
            return
        layer = event.called
        output = event.value
        if isinstance(layer, _RECURRENT) and type(output) is tuple and output:
            output = output[0]
        elif not isinstance(layer, _ATTENTIVE):
            return
        if isinstance(output, _Tensor) and output.dim() == 3:
            self._outputs[id(output)] = weakref.ref(output), layer, event.place()

    def _index(self, event: Event, node: ast.Subscript) -> None:
        tensor = event.value_of(node.value)
        known = self._outputs.get(id(tensor))
        output = None if known is None else known[0]()
        if known is None or output is None or output is not tensor:
            return
        _, layer, place = known
        is_batch_first = _is_batch_first(layer)
        batch = 0 if is_batch_first else 1
        if _last_of(event.value_of(node.slice)) == batch and output.shape[batch] > 1:
            self._clues[event.key] = {
                "clue": "last-of-batch",
                "place": event.place(),
                "layer": text(type(layer).__name__),
                "shape": list(output.shape)[:MAX_DIMS],
                "source": place,
                "is_batch_first": is_batch_first,
            }

    def report(self) -> list[dict[str, Any]]:
        """Return each index that took the last of a batch."""
        return list(self._clues.values())


def _last_of(index: Any) -> int | None:
    """Return the dim of which an index takes the last, and of the dims before it all."""
    parts = index if isinstance(index, tuple) else (index,)
    for dim, part in enumerate(parts):
        if type(part) is int and part == _LAST:
            return dim
        if not isinstance(part, slice) or part != _ALL:
            break
    return None


def _is_batch_first(layer: Any) -> bool:
    if isinstance(layer, _ATTENTIVE):
        layer = next(part for _, part in descendants(layer) if isinstance(part, torch.nn.MultiheadAttention))
    return bool(vars(layer)["batch_first"])
