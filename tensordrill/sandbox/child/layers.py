"""Layers as a program puts them together and calls them: shared ones, unregistered ones, and their mode."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from typing import Any

import callee
import torch
from encode import text
from events import Event
from gradients import GradientWatcher, reached
from models import Models, descendants, parameters
from torch.nn.modules.batchnorm import _BatchNorm
from torch.nn.modules.dropout import _DropoutNd

MAX_ROOTS = 100
MAX_NESTED = 3
MAX_ITEMS = 200
_Tensor, _Module = torch.Tensor, torch.nn.Module
_CONTAINERS = (torch.nn.ModuleList, torch.nn.Sequential)
_OWN = frozenset(vars(_Module()))
"""The attributes that every module has."""
_EVALUATING = frozenset(
    "eval evaluate evaluation val valid validate validation test testing predict predictions prediction "
    "infer inference acc accuracy".split()
)
_PART_OF_NAME = re.compile(r"[A-Z]?[a-z]+|[A-Z]+")


class LayerWatcher:
    """The layers of one run."""

    def __init__(self, models: Models, gradients: GradientWatcher) -> None:
        self._models, self._gradients = models, gradients
        self._shared: dict[int, dict[str, Any]] = {}
        self._remade: dict[Any, dict[str, Any]] = {}
        self._unregistered: dict[tuple[str, str], _Unregistered] = {}
        self._called: set[int] = set()
        self._calls: list[_EvaluationCall] = []
        self._last: dict[Any, _EvaluationCall] = {}
        self._modes: dict[int, _Modes] = {}
        self._train_call = -1
        self._eval_places: dict[int, dict[str, Any]] = {}
        self._is_loaded = False
        self._dropped: dict[Any, dict[str, Any]] = {}

    def evaluated(self, event: Event) -> None:
        """Look at new layers, at lists of layers, and at calls of models."""
        value = event.value
        if type(value) is list or type(value) in _CONTAINERS:
            self._look_for_shared(event)
        if not isinstance(event.node, ast.Call):
            return
        if isinstance(value, _Module):
            self._models.add(value)
            if not event.is_in_a_layer:
                self._look_for_unregistered(value, event, is_new=True)
                self._look_for_aliases(value, event)
            elif callee.called(event.called).owner == "class" and any(parameters(value)):
                self._remake(event, value)
        elif event.called is torch.nn.Parameter and not any(each.requires_grad for each in event.tensors):
            self._remake(event, value)
        self._look_at_methods(event)
        if isinstance(event.called, _Module) and not event.is_in_a_layer:
            self._call(event, event.called)
        if isinstance(value, _Tensor) and event.function.endswith("dropout"):
            self._dropout(event)

    # ---- shared ----

    def _look_for_shared(self, event: Event) -> None:
        items = event.value if type(event.value) is list else [*vars(event.value)["_modules"].values()]
        modules = [item for item in items[:1000] if isinstance(item, _Module | torch.nn.Parameter)]
        times: dict[int, int] = {}
        for module in modules:
            times[id(module)] = times.get(id(module), 0) + 1
        for module in modules:
            has_weights = isinstance(module, torch.nn.Parameter) or any(parameters(module))
            if times[id(module)] > 1 and id(module) not in self._shared and has_weights:
                self._shared[id(module)] = {
                    "clue": "shared-layer",
                    "place": event.place(),
                    "name": text(type(module).__name__),
                    "times": times[id(module)],
                    "kind": "product" if _is_product(event.node) else "list",
                }

    def _look_for_aliases(self, root: torch.nn.Module, event: Event) -> None:
        """Look for a layer with two names in one model, apart from lists of layers, which are looked at as such."""
        for _, layer in descendants(root):
            named = (
                [] if isinstance(layer, _CONTAINERS) else list((vars(layer).get("_modules") or {}).values())
            )
            for part in named:
                times = sum(part is other for other in named)
                if isinstance(part, _Module) and times > 1 and any(parameters(part)):
                    clue = {"clue": "shared-layer", "place": event.place(), "name": text(type(part).__name__)}
                    self._shared.setdefault(id(part), clue | {"times": times, "kind": "names"})

    # ---- unregistered ----

    def _look_for_unregistered(self, root: torch.nn.Module, event: Event, *, is_new: bool = False) -> None:
        registered = {id(parameter) for _, parameter in parameters(root)}
        for _, layer in descendants(root):
            for attribute, value in list(vars(layer).items()):
                key = type(layer).__name__, attribute
                if attribute in _OWN or key in self._unregistered:
                    continue
                kind, tensors = _hidden(value, registered, is_new=is_new)
                if tensors:
                    self._models.unregistered |= set(map(id, tensors))
                    place = event.place()
                    self._unregistered[key] = _Unregistered(kind, tensors, registered, place)

    def _remake(self, event: Event, made: torch.nn.Module | torch.nn.Parameter) -> None:
        if not event.is_in_a_layer or event.frame.f_code.co_name != "forward":
            return
        clue = {"clue": "remade-layer", "place": event.place(), "name": text(type(made).__name__), "times": 0}
        self._remade.setdefault(event.key, clue)["times"] += 1

    # ---- modes ----

    def _look_at_methods(self, event: Event) -> None:
        node, receiver = event.node, event.receiver
        if not isinstance(receiver, _Module) or not isinstance(node, ast.Call):
            return
        match getattr(node.func, "attr", ""):
            case "train":
                self._train_call = self._gradients.updates
            case "eval":
                for _, layer in descendants(receiver):
                    self._eval_places[id(layer)] = event.place()
            case "load_state_dict":
                self._is_loaded = True

    def _call(self, event: Event, model: torch.nn.Module) -> None:
        if id(model) not in self._called and len(self._called) < MAX_ROOTS:
            self._look_for_unregistered(model, event)
        self._called.add(id(model))
        if self._calls and self._calls[-1].model == id(model):
            self._calls[-1].end(self._gradients.backwards)
        dropouts, norms = _stochastic(model)
        if not dropouts and not norms:
            return
        self._switch(event, model, dropouts, norms)
        is_explicit = self._train_call == self._gradients.updates > 0
        if not model.training or is_explicit or len(self._calls) > 2000:
            return
        call = _EvaluationCall(event, model, dropouts, norms, self._gradients, is_loaded=self._is_loaded)
        if call.is_eval:
            self._calls.append(call)
        else:
            self._last[call.key] = call

    def _switch(self, event: Event, model: torch.nn.Module, dropouts: int, norms: int) -> None:
        if not event.is_grad_enabled:
            return
        modes = self._modes.get(id(model))
        if modes is None:
            name = text(event.name_of(model))
            modes = self._modes[id(model)] = _Modes(name, dropouts, norms, model, self._gradients)
        modes.called(is_training=model.training, place=self._eval_places.get(id(model)))

    def _dropout(self, event: Event) -> None:
        """Look at `F.dropout`, which does not know the mode of the layer that calls it."""
        if isinstance(event.called, _Module):
            return
        layer = event.frame.f_locals.get("self")
        rate = event.argument(1, "p")
        is_active = event.argument(2, "training") is None and rate != 0
        if isinstance(layer, _Module) and not layer.training and is_active:
            self._dropped[event.key] = {
                "clue": "training-mode",
                "place": event.place(),
                "model": text(type(layer).__name__),
                "dropouts": 1,
                "norms": 0,
                "is_training": False,
                "evidence": "function",
            }

    def report(self) -> list[dict[str, Any]]:
        """Return the clues about layers."""
        clues = [*self._shared.values(), *self._dropped.values()]
        clues += [clue for clue in self._remade.values() if clue["times"] > 1]
        for (owner, attribute), hidden in self._unregistered.items():
            clues += hidden.report(owner, attribute, self._gradients)
        for modes in self._modes.values():
            clues += modes.report()
        places: set[tuple[Any, ...]] = set()
        for call in (*self._calls, *self._last.values()):
            clue = call.report(self._gradients)
            if clue is not None and call.key not in places:
                places.add(call.key)
                clues.append(clue)
        return clues


def _is_product(node: ast.AST) -> bool:
    parts = [node, *node.args] if isinstance(node, ast.Call) else [node]
    parts = [part.value if isinstance(part, ast.Starred) else part for part in parts]
    return any(isinstance(part, ast.BinOp) and isinstance(part.op, ast.Mult) for part in parts)


def _hidden(value: Any, registered: set[int], *, is_new: bool) -> tuple[str, list[torch.Tensor]]:
    """Return what an attribute holds that needs gradients and is not registered.

    Of a model that is new, no tensor was computed by a call: one that is no leaf is a parameter that was moved,
    unless it was computed from a registered one, as by `prune`.
    """
    items = _items(value)
    modules = [item for item in items if isinstance(item, _Module)]
    if modules:
        tensors = [tensor for module in modules for _, tensor in parameters(module)]
        return "layers", [each for each in tensors if each.requires_grad and id(each) not in registered]
    kind, candidates = ("tensors", items) if items else ("tensor", [value])
    return kind, [
        each
        for each in candidates
        if isinstance(each, _Tensor)
        and each.requires_grad
        and (each.is_leaf or (is_new and registered.isdisjoint(reached([each]))))
        and id(each) not in registered
    ]


def _items(value: Any, depth: int = 0) -> list[Any]:
    """Return what lists, tuples and dicts hold, those in each other, too."""
    if type(value) not in (list, tuple, dict) or depth > MAX_NESTED:
        return [value] if depth else []
    parts = list(value.values() if type(value) is dict else value)[:MAX_ITEMS]
    return [item for part in parts for item in _items(part, depth + 1)]


class _Unregistered:
    def __init__(
        self, kind: str, tensors: list[torch.Tensor], registered: set[int], place: dict[str, Any]
    ) -> None:
        self.kind, self.place, self._registered = kind, place, registered
        self._tensors = {id(tensor) for tensor in tensors}
        self._count = sum(tensor.numel() for tensor in tensors)

    def report(self, owner: str, attribute: str, gradients: GradientWatcher) -> list[dict[str, Any]]:
        """Return it as a clue, unless an optimizer had it all the same."""
        if self._tensors & gradients.optimized:
            return []
        return [
            {
                "clue": "unregistered",
                "place": self.place,
                "owner": text(owner),
                "attribute": text(attribute),
                "kind": self.kind,
                "count": self._count,
                "is_trained": gradients.updates > 0 and bool(self._registered & gradients.optimized),
            }
        ]


def _stochastic(model: torch.nn.Module) -> tuple[int, int]:
    """Count the layers that do something else in training mode: dropouts, and norms over a batch."""
    layers = [layer for _, layer in descendants(model)]
    dropouts = sum(isinstance(layer, _DropoutNd) and vars(layer).get("p", 0) > 0 for layer in layers)
    return dropouts, sum(isinstance(layer, _BatchNorm) for layer in layers)


class _EvaluationCall:
    """One call of a model in training mode that looks like an evaluation."""

    def __init__(
        self,
        event: Event,
        model: torch.nn.Module,
        dropouts: int,
        norms: int,
        gradients: GradientWatcher,
        *,
        is_loaded: bool,
    ) -> None:
        self.model, self.key = id(model), event.key
        self._place, self._name = event.place(), event.name_of(model) or type(model).__name__
        self._dropouts, self._norms = dropouts, norms
        self._updates, self._backwards = gradients.updates, gradients.backwards
        self._next: int | None = None
        self._is_grad_enabled, self._is_loaded = event.is_grad_enabled, is_loaded
        parts = (part for word in event.words() for part in _PART_OF_NAME.findall(word))
        self._has_name = any(part.lower() in _EVALUATING for part in parts)

    @property
    def is_eval(self) -> bool:
        """Whether it may turn out to be an evaluation."""
        return self._has_name or not self._is_grad_enabled

    def end(self, backwards: int) -> None:
        """Take notice of the next call of the model, by how many backward calls there were until then."""
        if self._next is None:
            self._next = backwards

    def _is_unused(self, gradients: GradientWatcher) -> bool:
        """Whether no backward call came before the next call of the model."""
        return (gradients.backwards if self._next is None else self._next) == self._backwards

    def report(self, gradients: GradientWatcher) -> dict[str, Any] | None:
        """Return it as a clue where the run shows that it was an evaluation."""
        if not self._is_grad_enabled and self._has_name:
            evidence = "name"
        elif not self._is_grad_enabled:
            if self._updates < gradients.updates:
                return None  # the model was trained on: it may be one of two that play against each other
            is_alone = (
                self._updates and gradients.stepping == 1
            )  # of models that play against each other, none is done
            evidence = "after" if is_alone else "loaded" if self._is_loaded else "no-grad"
        elif self._has_name and self._is_unused(gradients) and self._updates:
            evidence = "name"
        elif self._updates == gradients.updates > 0 and self._backwards == gradients.backwards:
            evidence = "last"
        else:
            return None
        return {
            "clue": "training-mode",
            "place": self._place,
            "model": text(self._name),
            "dropouts": self._dropouts,
            "norms": self._norms,
            "is_training": True,
            "evidence": evidence,
        }


class _Modes:
    """The mode in which a model was trained, update by update."""

    def __init__(
        self, name: str, dropouts: int, norms: int, model: torch.nn.Module, gradients: GradientWatcher
    ) -> None:
        self._name, self._dropouts, self._norms = name, dropouts, norms
        self._own = {id(parameter) for _, parameter in parameters(model)}
        self._gradients = gradients
        self._last: tuple[bool, int] | None = None
        self._trained = {True: 0, False: 0}
        self._place: dict[str, Any] | None = None

    def called(self, *, is_training: bool, place: dict[str, Any] | None) -> None:
        """Take notice of a call: the updates since the one before belong to the mode of that one."""
        self._last = is_training, self._count()
        if not is_training and self._place is None:
            self._place = place

    def _count(self) -> int:
        updates = self._gradients.updates_of(self._own)
        if self._last is not None:
            mode, before = self._last
            self._trained[mode] += updates - before
        return updates

    def report(self) -> Iterator[dict[str, Any]]:
        """Yield a clue where it was in training mode for some updates and in evaluation mode for others."""
        self._count()
        if self._place is not None and self._trained[True] and self._trained[False]:
            yield {
                "clue": "training-mode",
                "place": self._place,
                "model": self._name,
                "dropouts": self._dropouts,
                "norms": self._norms,
                "is_training": False,
                "evidence": "switched",
                "steps": self._trained[False],
            }
