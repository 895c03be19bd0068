"""Softmax and sigmoid as a run applies them: along which dim, and before a loss that applies them itself."""

from __future__ import annotations

import weakref
from typing import Any

import torch
from autograd_graph import nodes_of
from encode import has_values, text
from events import Event
from wire import MAX_DIMS

MAX_KNOWN = 400
MAX_NODES = 12
MAX_ELEMENTS = 1 << 20
ROUNDING = 1e-3
"""What the log of a probability may be above 0, as computed in half precision."""

_Tensor, _Module = torch.Tensor, torch.nn.Module
_SQUASHES = {
    "softmax": "softmax",
    "Softmax": "softmax",
    "log_softmax": "log_softmax",
    "LogSoftmax": "log_softmax",
    "sigmoid": "sigmoid",
    "Sigmoid": "sigmoid",
}
_GRAPH_NAMES = {
    "SoftmaxBackward0": "softmax",
    "LogSoftmaxBackward0": "log_softmax",
    "SigmoidBackward0": "sigmoid",
}
_MOVING = frozenset(
    "view reshape squeeze unsqueeze flatten permute transpose t T mT contiguous clone float to [] view_as "
    "reshape_as double half unflatten movedim".split()
)
"""Functions after which elements are what they were."""
_MOVING_NODES = (
    "View UnsafeView ReshapeAlias Squeeze Unsqueeze Transpose T Permute Slice Select Index IndexSelect Clone "
    "ToCopy Alias Expand".split()
)
_APPLIED = {
    "cross_entropy": ("softmax", "log_softmax"),
    "CrossEntropyLoss": ("softmax", "log_softmax"),
    "binary_cross_entropy_with_logits": ("sigmoid", "softmax"),
    "BCEWithLogitsLoss": ("sigmoid", "softmax"),
    "nll_loss": ("softmax",),
    "NLLLoss": ("softmax",),
    "kl_div": ("softmax",),
    "KLDivLoss": ("softmax",),
}
"""Losses, with what should not have been applied to their input."""
_OF_LOGS = ("nll_loss", "NLLLoss", "kl_div", "KLDivLoss")
"""Losses whose input is log-probabilities."""


class SquashWatcher:
    """Looks at softmax, sigmoid and the losses that follow them."""

    def __init__(self) -> None:
        self._results: dict[int, tuple[weakref.ref[torch.Tensor], str, dict[str, Any]]] = {}
        self._squashed: dict[Any, dict[str, Any]] = {}
        self._twice: dict[Any, dict[str, Any]] = {}
        self._positive: dict[Any, dict[str, Any]] = {}

    def evaluated(self, event: Event) -> None:
        """Look at one call."""
        value, function = event.value, event.function
        if not isinstance(value, _Tensor):
            return
        if function in _SQUASHES:
            self._squash(event, value, _SQUASHES[function])
        elif function in _MOVING:
            known = self._known(next(iter(event.tensors), None))
            if known is not None:
                self._keep(value, *known)
        elif function in _APPLIED and event.key not in self._twice:
            self._loss(event, function)

    def _squash(self, event: Event, value: torch.Tensor, function: str) -> None:
        dim = None if function == "sigmoid" else _dim(event, value)
        is_one = dim is not None and value.numel() > 0 and value.shape[dim] == 1
        known = self._squashed.get(event.key)
        self._squashed[event.key] = {
            "clue": "squashed",
            "place": event.place(),
            "function": function,
            "shape": list(value.shape)[:MAX_DIMS],
            "dim": dim,
            "is_always_one": is_one and (known is None or known["is_always_one"]),
        }
        self._keep(value, function, event.place())

    def _keep(self, value: torch.Tensor, function: str, place: dict[str, Any]) -> None:
        if len(self._results) >= MAX_KNOWN:
            self._results.clear()
        self._results[id(value)] = weakref.ref(value), function, place

    def _known(self, tensor: torch.Tensor | None) -> tuple[str, dict[str, Any]] | None:
        reference, *known = self._results.get(id(tensor), (None, "", {}))
        if tensor is None or reference is None or reference() is not tensor:
            return None
        return known[0], known[1]  # type: ignore[return-value]

    def _loss(self, event: Event, loss: str) -> None:
        logits = event.argument(0, "input")
        if not isinstance(logits, _Tensor):
            return
        known = self._known(logits) or _from_graph(event, logits)
        if known is None and loss in _OF_LOGS:
            self._look_for_positive(event, logits, loss)
        if known is None or known[0] not in _APPLIED[loss]:
            return
        function, place = known
        self._twice[event.key] = {
            "clue": "squashed-twice",
            "place": event.place(),
            "loss": text(loss),
            "function": function,
            "source": place,
        }

    def _look_for_positive(self, event: Event, logs: torch.Tensor, loss: str) -> None:
        if not has_values(logs) or logs.numel() > MAX_ELEMENTS:
            return
        count = int((logs > ROUNDING).sum())
        if count:
            clue = {"clue": "positive-logs", "place": event.place(), "loss": text(loss)}
            self._positive.setdefault(event.key, clue | {"count": count, "numel": logs.numel()})

    def report(self) -> list[dict[str, Any]]:
        """Return each softmax, and each that came before a loss of its kind."""
        return [*self._twice.values(), *self._positive.values(), *self._squashed.values()]


def _dim(event: Event, value: torch.Tensor) -> int | None:
    layer = event.called
    dim = vars(layer).get("dim") if isinstance(layer, _Module) else event.argument(1, "dim")
    if (
        dim is None
    ):  # https://pytorch.org/docs/stable/generated/torch.nn.Softmax.html, before dim was asked for
        dim = 0 if value.dim() in (0, 1, 3) else 1
    return dim % value.dim() if type(dim) is int and -value.dim() <= dim < value.dim() else None


def _from_graph(event: Event, tensor: torch.Tensor) -> tuple[str, dict[str, Any] | None] | None:
    """Return what gave a tensor's elements, and where, as the graph knows it, also inside of a layer."""
    for node in nodes_of([tensor], MAX_NODES):
        name = type(node).__name__
        if name in _GRAPH_NAMES:
            index, _ = event.run.origin(node)
            return _GRAPH_NAMES[name], None if index is None else event.run.steps[index]["place"]
        if name.rstrip("0123456789").removesuffix("Backward") not in _MOVING_NODES:
            return None
    return None
