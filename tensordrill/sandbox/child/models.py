"""The layers that a program made, read from their own dictionaries: no method of the program's is called."""

from __future__ import annotations

import weakref
from collections.abc import Iterator

import torch
from events import Event

MAX_MODELS = 4000
MAX_PARAMETERS = 20_000

_Tensor, _Module = torch.Tensor, torch.nn.Module


def children(module: torch.nn.Module) -> dict[str, torch.nn.Module]:
    """Return the layers of a layer, by their names."""
    modules = vars(module).get("_modules") or {}
    return {name: child for name, child in modules.items() if isinstance(child, _Module)}


def descendants(module: torch.nn.Module) -> Iterator[tuple[str, torch.nn.Module]]:
    """Yield a layer and those below it, each once, with the path to it."""
    known: set[int] = set()
    todo = [("", module)]
    while todo and len(known) < MAX_MODELS:
        path, layer = todo.pop()
        if id(layer) in known:
            continue
        known.add(id(layer))
        yield path, layer
        below = [(f"{path}.{name}".lstrip("."), child) for name, child in children(layer).items()]
        todo += reversed(below)


def parameters(module: torch.nn.Module) -> Iterator[tuple[str, torch.Tensor]]:
    """Yield the registered parameters of a layer and of those below it, with the path to each."""
    for path, layer in descendants(module):
        for name, parameter in (vars(layer).get("_parameters") or {}).items():
            if isinstance(parameter, _Tensor):
                yield f"{path}.{name}".lstrip("."), parameter


class Models:
    """The layers that calls of the program gave, as long as they are there."""

    def __init__(self) -> None:
        self._known: dict[int, weakref.ref[torch.nn.Module]] = {}
        self.unregistered: set[int] = set()
        """The parameters, by identity, that a model has where `parameters()` does not look."""

    def add(self, module: torch.nn.Module) -> None:
        """Take a layer that may be known already."""
        if len(self._known) < MAX_MODELS:
            self._known[id(module)] = weakref.ref(module)

    def roots(self) -> list[torch.nn.Module]:
        """Return the layers that are no part of another one, the latest last."""
        alive = [module for known in self._known.values() if (module := known()) is not None]
        parts = {id(child) for module in alive for child in children(module).values()}
        return [module for module in alive if id(module) not in parts]

    def named_parameters(self, event: Event) -> Iterator[tuple[str, torch.Tensor, torch.nn.Module]]:
        """Yield all parameters as the running function names them, each with its model."""
        for root in self.roots():
            name = event.name_of(root)
            for count, (path, parameter) in enumerate(parameters(root)):
                if count >= MAX_PARAMETERS:
                    return
                yield f"{name}.{path}" if name else path, parameter, root
