"""Values that go on from one round of a loop, or from one call of a function, to the next.

A loop carries what it reads before it assigns it; a module carries such attributes of its own from call to call.
"""

from __future__ import annotations

import ast
from itertools import islice
from types import FrameType
from typing import Any

import callee
import syntax
import torch
from models import descendants

MAX_MODULES = 60

_Module = torch.nn.Module


class CarriedValues:
    """Finds the values that are carried to a node of the program; what the code says is looked at once."""

    def __init__(self, trees: dict[str, list[ast.Module]]) -> None:
        self._trees = trees
        self._read: dict[tuple[str, syntax.Position], tuple[list[str], list[str]]] = {}
        self._attributes: dict[str, list[str]] = {}

    def at(self, file: str, node: ast.AST, frame: FrameType) -> dict[str, Any]:
        """Return the values that are carried to a node, by name, as they are now."""
        carried, read = self._names(file, node)
        values = {name: callee.variable(frame, name, None) for name in carried}
        for name in read:
            module = callee.variable(frame, name, None)
            if isinstance(module, _Module):
                values |= self._states(name, module)
        return values

    def constant(self, file: str, node: ast.AST, frame: FrameType) -> dict[str, Any]:
        """Return the other values that are read on each way to a node, by name."""
        carried, read = self._names(file, node)
        return {name: callee.variable(frame, name, None) for name in read if name not in carried}

    def _names(self, file: str, node: ast.AST) -> tuple[list[str], list[str]]:
        key = file, syntax.position(node)
        if key not in self._read:
            trees = self._trees[file]
            own = syntax.node_at(trees, key[1])
            loop = syntax.loop_around(trees, own)
            read = syntax.names_read(loop or syntax.function_around(trees, own))
            self._read[key] = syntax.carried_names(loop), read
        return self._read[key]

    def _states(self, name: str, module: torch.nn.Module) -> dict[str, Any]:
        """Return the attributes by which a module and those in it carry a value from one call to the next."""
        return {
            ".".join(filter(None, (name, path, attribute))): callee.attribute(inner, attribute, None)
            for path, inner in islice(descendants(module), MAX_MODULES)
            for attribute in self._attributes_of(type(inner))
        }

    def _attributes_of(self, kind: type[torch.nn.Module]) -> list[str]:
        if kind.__module__.startswith("torch."):
            return []
        if kind.__name__ not in self._attributes:
            trees = [tree for trees in self._trees.values() for tree in trees]
            self._attributes[kind.__name__] = syntax.carried_attributes(trees, kind.__name__)
        return self._attributes[kind.__name__]
