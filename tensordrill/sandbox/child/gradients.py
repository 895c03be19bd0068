"""Gradients between updates: which parameters get one, which optimizer has them, and whether they are cleared."""

from __future__ import annotations

import ast
import ctypes
import weakref
from collections.abc import Iterable
from typing import Any

import torch
from autograd_graph import nodes_of
from encode import is_readable, text
from events import Event
from models import Models, parameters
from wire import MAX_LISTED

MAX_CUTS = 60
MAX_LOOKS = 3
"""Looks at one expression for a cut: most that it does at first, it does always."""
MAX_PROBES = 4
MAX_LEAVES = 200
MAX_NODES = 5000
PROBED = 256
"""Bytes of a gradient that are looked at to see whether it was cleared."""

_Tensor, _Module, _Optimizer = torch.Tensor, torch.nn.Module, torch.optim.Optimizer
_CUTTING = (
    "item",
    "tensor",
    "Parameter",
    "tolist",
    "numpy",
    "data",
    "detach",
    "detach_",
    "as_tensor",
    "float",
)
"""Functions that cut a graph and nothing else, those first that are least often meant so."""


class GradientWatcher:
    """The backward calls and the updates of one run."""

    def __init__(self, models: Models) -> None:
        self.updates = 0
        self.backwards = 0
        self.optimized: set[int] = set()
        """The parameters that an optimizer has or had, by identity."""
        self._models = models
        self._optimizers: dict[int, _Updated] = {}
        self._leaves: dict[int, _Probe] = {}
        self._cuts: dict[Any, tuple[dict[str, Any], str, set[int]]] = {}
        self._looks: dict[Any, int] = {}
        self._left_out: list[tuple[int, str]] = []
        self._is_replaced = False
        self._optimizer_place: dict[str, Any] | None = None
        self._never: dict[int, str] = {}
        self._last_backward: dict[str, Any] | None = None

    def poll(self) -> None:
        """See whether gradients were cleared since the last event."""
        for optimizer in self._optimizers.values():
            optimizer.probe.poll()
        for probe in self._leaves.values():
            probe.poll()

    def evaluated(self, event: Event) -> None:
        """Look at optimizers, their steps, backward calls, and what cuts the graph."""
        value = event.value
        if isinstance(value, _Optimizer) and isinstance(event.node, ast.Call):
            self._made(value, event)
        elif value is None and event.function == "backward":
            self._backward(event)
        elif isinstance(event.node, ast.Attribute) and event.node.attr == "grad":
            self._read(event.value_of(event.node.value))
        optimizer = _stepped(event)
        if optimizer is not None:
            self._updated(optimizer, event)
        elif len(self._cuts) < MAX_CUTS and self._looks.get(event.key, 0) < MAX_LOOKS:
            self._looks[event.key] = self._looks.get(event.key, 0) + 1
            self._look_for_a_cut(event)

    def live_parameters(self) -> Iterable[torch.Tensor]:
        """Yield the parameters of all optimizers."""
        for updated in self._optimizers.values():
            optimizer = updated.optimizer()
            if optimizer is not None:
                yield from _parameters(optimizer)

    def named_parameters(self, event: Event) -> list[tuple[str, torch.Tensor]]:
        """Return the parameters of all optimizers, as the running function names them or by their number."""
        names = {id(parameter): name for name, parameter, _ in self._models.named_parameters(event)}
        return [
            (names.get(id(parameter)) or f"[{number}]", parameter)
            for number, parameter in enumerate(self.live_parameters())
        ]

    def updates_of(self, parameters: set[int]) -> int:
        """Return how many updates there were of optimizers that have one of some parameters, by identity."""
        return sum(updated.steps for updated in self._optimizers.values() if updated.has(parameters))

    @property
    def stepping(self) -> int:
        """The optimizers that stepped."""
        return sum(updated.steps > 0 for updated in self._optimizers.values())

    # ---- events ----

    def _made(self, optimizer: torch.optim.Optimizer, event: Event) -> None:
        known = self._optimizers.get(id(optimizer))
        if known is None or known.optimizer() is not optimizer:
            self._optimizers[id(optimizer)] = _Updated(optimizer, event.place())
            self._never.clear()
            self.optimized |= {id(parameter) for parameter in _parameters(optimizer)}

    def _backward(self, event: Event) -> None:
        self.backwards += 1
        for optimizer in self._optimizers.values():
            optimizer.backward(event.place())
        for probe in self._leaves.values():
            probe.backward(event.place())
        if self._optimizers:
            return
        self._last_backward = event.place()
        for name, value in list(event.frame.f_locals.items())[:MAX_LEAVES]:
            is_leaf = type(value) in (_Tensor, torch.nn.Parameter) and value.is_leaf and value.requires_grad
            tensors = [value] if is_leaf else []
            if isinstance(value, _Module):
                tensors = [parameter for _, parameter in parameters(value)]
            for tensor in tensors:
                if tensor.grad is None and tensor.requires_grad and self.backwards == 1:
                    self._never[id(tensor)] = name
                elif tensor.grad is not None:
                    self._never.pop(id(tensor), None)
                if len(self._leaves) < MAX_PROBES and tensor.grad is not None:
                    self._leaves.setdefault(id(tensor), _Probe()).watch_leaf(tensor)

    def _read(self, leaf: Any) -> None:
        for probe in self._leaves.values():
            if probe.is_of(leaf):
                probe.read()

    def _updated(self, optimizer: torch.optim.Optimizer, event: Event) -> None:
        self.updates += 1
        self._made(optimizer, event)
        self._leaves.clear()
        updated = self._optimizers[id(optimizer)]
        updated.step(optimizer, event, self._models)
        if self.updates & (self.updates - 1) == 0:  # 1, 2, 4, …: models hardly change, and may be large
            self._look_for_left_out(event)
            self._optimizer_place = updated.place

    def _look_for_left_out(self, event: Event) -> None:
        optimized = list(self.live_parameters())
        self.optimized |= set(map(id, optimized))
        named = list(self._models.named_parameters(event))
        self._left_out = [
            (id(parameter), name)
            for name, parameter, _ in named
            if parameter.requires_grad and parameter.grad is not None and id(parameter) not in self.optimized
        ]
        alive = {id(parameter) for _, parameter, _ in named}
        self._is_replaced = any(
            parameter.grad is None
            and id(parameter) not in alive
            and isinstance(parameter, torch.nn.Parameter)
            for parameter in optimized
        )

    def _look_for_a_cut(self, event: Event) -> None:
        value, function = event.value, event.function
        if isinstance(value, _Tensor) and value.requires_grad and not _is_new_leaf(value, event):
            return
        if not isinstance(value, _Tensor) and function not in _CUTTING:
            return
        roots = [tensor for tensor in event.tensors if tensor.requires_grad]
        leaves = reached(roots)
        if isinstance(event.called, _Module) and not event.is_grad_enabled:
            leaves |= {id(parameter) for _, parameter in parameters(event.called)}
            function = "no_grad"
        if leaves and event.key not in self._cuts:
            self._cuts[event.key] = event.place(), function, leaves

    # ---- what came of it ----

    def report(self) -> list[dict[str, Any]]:
        """Return the clues about gradients."""
        clues = []
        for updated in self._optimizers.values():
            if self.backwards:  # a schedule may be tried without
                clues += updated.report(self._cuts.values())
        for probe in self._leaves.values():
            clues += probe.report("")[:1]
        known = self.optimized | self._models.unregistered
        clues += self._cut_off()
        for updated in self._optimizers.values():
            if not self.updates and self.backwards > 1:
                clues.append({"clue": "no-step", "place": updated.place, "backwards": self.backwards})
        left_out = [name for identity, name in self._left_out if identity not in known]
        if left_out and self._optimizer_place is not None:
            clues.append(
                {
                    "clue": "not-optimized",
                    "place": self._optimizer_place,
                    "names": [text(name) for name in left_out[:MAX_LISTED]],
                    "count": len(left_out),
                    "relation": "replaced" if self._is_replaced else "left-out",
                }
            )
        return clues

    def _cut_off(self) -> list[dict[str, Any]]:
        """Return the clue about leaves that are in no optimizer, had no gradient, and were cut off from the loss."""
        cuts = (cut for cut in self._cuts.values() if cut[1] in _CUTTING and not cut[1].startswith("detach"))
        reaching = [cut for cut in cuts if cut[2] & self._never.keys()]
        if not reaching or self._optimizers or self._last_backward is None:
            return []
        place, function, reached = min(reaching, key=lambda cut: _rank(cut[1]))
        names = dict.fromkeys(name for leaf, name in self._never.items() if leaf in reached)
        return [
            {
                "clue": "no-gradient",
                "place": self._last_backward,
                "names": [text(name) for name in names][:MAX_LISTED],
                "count": len(names),
                "total": 0,
                "steps": 0,
                "cut": place,
                "function": text(function),
            }
        ]


def _stepped(event: Event) -> torch.optim.Optimizer | None:
    """Return the optimizer whose step an event is, by itself or by a scaler of gradients."""
    node = event.node
    if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute) or node.func.attr != "step":
        return None
    candidates = [event.receiver, *(value for _, _, value in event.arguments)]
    return next((value for value in candidates if isinstance(value, _Optimizer)), None)


def _parameters(optimizer: torch.optim.Optimizer) -> list[torch.Tensor]:
    return [parameter for group in optimizer.param_groups for parameter in group["params"]]


def reached(roots: list[torch.Tensor]) -> set[int]:
    """Return the leaves that tensors depend on."""
    leaves = {id(root) for root in roots if root.is_leaf}
    for node in nodes_of(roots, MAX_NODES):
        leaf = getattr(node, "variable", None)
        if leaf is not None:
            leaves.add(id(leaf))
    return leaves


class _Probe:
    """A gradient that is looked at: is it cleared between two updates?"""

    def __init__(self) -> None:
        self.times = self.updates = 0
        self.place: dict[str, Any] | None = None
        self._leaf: weakref.ref[torch.Tensor] | None = None
        self._before: bytes | None = None
        self._is_stale = False
        self._is_read = False
        self._pending: dict[str, Any] | None = None
        self._sum: dict[str, Any] | None = None

    def watch(self, tensor: torch.Tensor) -> None:
        """Look at the gradient of a parameter from now on."""
        self._leaf = weakref.ref(tensor)

    def watch_leaf(self, tensor: torch.Tensor) -> None:
        """Look at a leaf that the program updates by itself: its update shows in its elements."""
        if self._leaf is None:
            self.watch(tensor)
            self._before = _bytes(tensor)

    @property
    def is_set(self) -> bool:
        """Whether there is a parameter that it looks at."""
        return self._leaf is not None and self._leaf() is not None

    def poll(self) -> None:
        """Take notice of a gradient that was cleared, and of a leaf that was updated."""
        leaf = None if self._leaf is None else self._leaf()
        if leaf is None:
            return
        if (self._is_stale or self._is_read) and _is_clear(leaf.grad):
            self._is_stale = self._is_read = False
        if self._before is not None and (now := _bytes(leaf)) != self._before:
            self._before = now
            self.updated()

    def backward(self, place: dict[str, Any]) -> None:
        """Take notice of a backward call that ended."""
        if self._is_stale or self._is_read:
            self._pending = place

    def is_of(self, tensor: Any) -> bool:
        """Whether it looks at a tensor's gradient."""
        return self._leaf is not None and tensor is not None and self._leaf() is tensor

    def read(self) -> None:
        """Take notice of a program that reads the gradient: after a second backward, it reads a sum."""
        if self._is_read and not self.updates:
            self._sum = self._sum or self._pending
        self._is_read = True

    def updated(self) -> None:
        """Take notice of an update."""
        leaf = None if self._leaf is None else self._leaf()
        self.updates += 1
        if self._is_stale and self._pending is not None:
            self.times += 1
            self.place = self.place or self._pending
        self._pending = None
        self._is_stale = leaf is not None and not _is_clear(leaf.grad)

    def report(self, optimizer: str) -> list[dict[str, Any]]:
        """Return what was seen of gradients that were not cleared."""
        place = self.place if self.updates else self._sum
        if place is None:
            return []
        return [
            {
                "clue": "accumulated",
                "place": place,
                "times": self.times,
                "updates": self.updates,
                "optimizer": text(optimizer),
            }
        ]


def _bytes(tensor: torch.Tensor) -> bytes:
    """Return the first bytes of a tensor's elements; b"" where they can't be read."""
    if not is_readable(tensor) or not tensor.is_contiguous() or not tensor.numel():
        return b""
    size = min(tensor.numel() * tensor.element_size(), PROBED)
    return bytes(ctypes.string_at(tensor.data_ptr(), size))


def _is_clear(grad: torch.Tensor | None) -> bool:
    return grad is None or not any(_bytes(grad))


class _Updated:
    """One optimizer, and the parameters that never had a gradient when it stepped."""

    def __init__(self, optimizer: torch.optim.Optimizer, place: dict[str, Any]) -> None:
        self.optimizer = weakref.ref(optimizer)
        self.place = place
        self.probe = _Probe()
        self.name = ""
        self.steps = 0
        self._own = {id(parameter) for parameter in _parameters(optimizer)}
        self._total = 0
        self._without: dict[int, str] = {}
        self._is_zero = True
        self._idle = 0
        """How many of its last steps had no gradient at all."""
        self._is_frozen = False
        self._had: set[int] = set()
        """The parameters that had a gradient after a backward call, as long as no step used one."""

    def has(self, parameters: set[int]) -> bool:
        """Whether one of some parameters, by identity, is its own."""
        return not self._own.isdisjoint(parameters)

    def backward(self, place: dict[str, Any]) -> None:
        """Take notice of a backward call that ended."""
        self.probe.backward(place)
        optimizer = self.optimizer()
        if optimizer is not None and (self._is_zero or self._without):
            self._had |= {id(parameter) for parameter in _parameters(optimizer) if _is_moving(parameter)}

    def step(self, optimizer: torch.optim.Optimizer, event: Event, models: Models) -> None:
        """Look at its parameters after a step."""
        tensors = [parameter for parameter in _parameters(optimizer) if parameter.requires_grad]
        self.steps += 1
        if self.steps == 1:
            self.name = event.name_of(optimizer)
            self._total = len(tensors)
            without = {id(parameter) for parameter in tensors if parameter.grad is None}
            named = models.named_parameters(event) if without else ()
            names = {id(tensor): name for name, tensor, _ in named}
            self._without = {
                id(parameter): names.get(id(parameter)) or event.name_of(parameter) or f"[{number}]"
                for number, parameter in enumerate(tensors)
                if id(parameter) in without
            }
        elif self._without:
            for parameter in tensors:
                if parameter.grad is not None:
                    self._without.pop(id(parameter), None)
        self._is_zero = self._is_zero and not any(map(_is_moving, tensors))
        self._is_frozen = not tensors
        has_gradients = any(parameter.grad is not None for parameter in _parameters(optimizer))
        self._idle = 0 if has_gradients else self._idle + 1
        if not self.probe.is_set:
            for parameter in tensors:
                if not _is_clear(parameter.grad):
                    self.probe.watch(parameter)
                    break
        self.probe.updated()

    def report(self, cuts: Iterable[tuple[dict[str, Any], str, set[int]]]) -> list[dict[str, Any]]:
        """Return the clues about this optimizer."""
        clues = self.probe.report(self.name)
        if 1 < self._idle < self.steps:
            clue = {"clue": "idle", "place": self.place, "idle": self._idle, "steps": self.steps}
            clues.append(clue | {"is_frozen": self._is_frozen})
        is_zero = self._is_zero and self.steps > 1 and len(self._without) < self._total
        is_cleared = self._is_zero and self.steps > 1 and bool(self._had)
        without = {parameter: name for parameter, name in self._without.items() if parameter not in self._had}
        if is_zero or without or is_cleared:
            names = list(without.values())
            clue = {
                "clue": "no-gradient",
                "place": self.place,
                "names": [text(name) for name in names[:MAX_LISTED]],
                "count": self._total if is_zero or is_cleared else len(names),
                "total": self._total,
                "steps": self.steps,
                "is_zero": is_zero,
                "is_cleared": is_cleared,
            }
            reaching = [cut for cut in cuts if cut[2] & without.keys()]
            if reaching:
                place, function, _ = min(reaching, key=lambda cut: _rank(cut[1]))
                clue |= {"cut": place, "function": text(function)}
            clues.append(clue)
        return clues


def _is_new_leaf(value: torch.Tensor, event: Event) -> bool:
    """Whether a leaf was made of another tensor: it has the elements, and not the graph."""
    is_made = isinstance(event.node, ast.Call) and value.is_leaf
    return is_made and all(value is not each for each in event.tensors)


def _is_moving(parameter: torch.Tensor) -> bool:
    """Whether a parameter has a gradient that is not 0 everywhere."""
    grad = parameter.grad
    return grad is not None and (not is_readable(grad) or bool(grad.any()))


def _rank(function: str) -> int:
    return _CUTTING.index(function) if function in _CUTTING else len(_CUTTING)
