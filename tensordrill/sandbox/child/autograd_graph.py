"""The autograd graph after backward calls: freed nodes, and saved tensors that were changed since."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, NamedTuple, Protocol

import torch
from encode import text
from wire import MAX_CHANGES, MAX_SAVED

MAX_NODES = 300
MAX_GRAPHS = 40
MAX_CARRIED = 3


class InPlaceChange(NamedTuple):
    """A place of the program that changed tensors in place, and how many steps there were then."""

    step: int
    place: dict[str, Any]
    storages: set[int]
    is_update: bool
    """By an optimizer."""


class GraphHistory(Protocol):
    """The part of a traced run that this module reads."""

    def origin(self, node: Any) -> tuple[int | None, bool]:
        """Return the step in which a node was made, and whether the step's tensor is what it gave."""

    def changed_by(self, storage: int, after: int) -> list[InPlaceChange]:
        """Return what changed a storage after a step, the latest first."""


class Backwards:
    """The backward calls of one program: the nodes whose saved tensors each of them freed, and what a loop carried."""

    def __init__(self) -> None:
        self._freed: list[tuple[int, list[Any]]] = []
        self._carried: dict[str, list[Any]] = {}
        self._newest = -1
        """The sequence number of the newest node of these graphs."""

    def ended(
        self, line: int, roots: Iterable[torch.Tensor], carried: Callable[[], Mapping[str, Any]]
    ) -> None:
        """Note that a backward ended well; `carried` gives the values that go on from it to the next one."""
        roots = list(roots)
        self._newest = max(
            (root.grad_fn._sequence_nr() for root in roots if root.grad_fn), default=self._newest
        )
        if len(self._freed) < MAX_GRAPHS:
            self._freed.append((line, [node for node, _ in _unreadable(nodes_of(roots))]))
            for name, value in carried().items():
                self._carried.setdefault(name, []).extend(_grad_fns(value))

    def carried(self, roots: Iterable[torch.Tensor], values: Mapping[str, Any]) -> list[dict[str, Any]]:
        """Describe the names whose value of an earlier round is part of this graph."""
        nodes, reports = nodes_of(roots), []
        for name, value in values.items():
            unchanged = [node for node in _grad_fns(value) if node._sequence_nr() <= self._newest]
            earlier = [*self._carried.get(name, ()), *unchanged]
            if any(node is each for each in earlier for node in nodes):
                reports.append({"name": text(name), "is_sequence": type(value) in (list, tuple)})
        return reports[:MAX_CARRIED]

    def kept(self, roots: Iterable[torch.Tensor], values: Mapping[str, Any]) -> str:
        """Return the name of a tensor that was there as the last backward ended and is part of this graph; else ""."""
        nodes = nodes_of(roots)
        for name, value in values.items():
            known = value.grad_fn if isinstance(value, torch.Tensor) else None
            if known is not None and known._sequence_nr() <= self._newest and known in nodes:
                return text(name)
        return ""

    def broken(
        self, roots: Iterable[torch.Tensor], leaves: Iterable[tuple[str, torch.Tensor]], run: GraphHistory
    ) -> list[dict[str, Any]]:
        """Describe the saved tensors that a new backward could not read: which node's, and why."""
        names = {tensor.untyped_storage()._cdata: name for name, tensor in leaves}
        reports = []
        for node, what in _unreadable(nodes_of(roots)):
            freed = (line for line, nodes in self._freed if any(node is each for each in nodes))
            line = next(freed, None)
            if line is None and _is_freed(node, what):
                continue  # by the backward that failed, on its way
            step, is_whole = run.origin(node)
            tensor = (
                getattr(getattr(node, f"_raw_saved_{what}", None), "data", None) if line is None else None
            )
            storage = tensor.untyped_storage()._cdata if isinstance(tensor, torch.Tensor) else 0
            changes = run.changed_by(storage, -1 if step is None else step)[:MAX_CHANGES]
            reports.append(
                {
                    "function": text(node.name()),
                    "what": text(what),
                    "freed": line,
                    "step": step,
                    "is_whole": is_whole,
                    "name": text(names.get(storage, "")),
                    "changes": [change.place for change in changes],
                    "is_update": bool(changes and changes[0].is_update),
                }
            )
        return reports[:MAX_SAVED]


def _grad_fns(value: Any) -> list[Any]:
    """Return the nodes of a tensor with a graph, or of those in a list or tuple."""
    parts = value if type(value) in (list, tuple) else [value]
    nodes = (part.grad_fn for part in parts if isinstance(part, torch.Tensor))
    return [node for node in nodes if node is not None]


def nodes_of(roots: Iterable[torch.Tensor], most: int = MAX_NODES) -> list[Any]:
    """Return the nodes of the graph that tensors were computed by, `most` of them."""
    nodes: dict[Any, None] = {}
    todo = [root.grad_fn for root in roots]
    while todo and len(nodes) < most:
        node = todo.pop()
        if node is not None and node not in nodes:
            nodes[node] = None
            todo += [following for following, _ in node.next_functions]
    return list(nodes)


def viewed_shape(tensor: torch.Tensor) -> list[int] | None:
    """Return the shape of which a view made a tensor's, through functions that keep the shape; None of no view."""
    node = tensor.grad_fn
    while node is not None and node.name() in _KEEPING:
        node = node.next_functions[0][0]
    sizes = getattr(node, "_saved_self_sym_sizes", None) if node and node.name() == "ViewBackward0" else None
    return None if sizes is None else [int(size) for size in sizes]


_KEEPING = frozenset(
    f"{function}Backward0"
    for function in ("Relu", "LeakyRelu", "Tanh", "Sigmoid", "Gelu", "Silu", "Elu", "NativeDropout")
)


def _unreadable(nodes: Iterable[Any]) -> Iterator[tuple[Any, str]]:
    """Yield the nodes with a saved tensor that can't be read, with its name in torch's derivative formula."""
    for node in nodes:
        for name in dir(node):
            if name.startswith("_saved_") and not _is_readable(node, name):
                yield node, name.removeprefix("_saved_")
                break


def _is_readable(node: Any, name: str) -> bool:
    raw = getattr(node, f"_raw_saved_{name}", None)
    if getattr(raw, "unpack_hook", None) is not None:
        return True  # to read it would run the program's own hook
    try:
        getattr(node, name)
    except RuntimeError:
        return False
    except Exception:  # a formula's own property, which says nothing here
        return True
    return True


def _is_freed(node: Any, name: str) -> bool:
    """Whether a saved tensor that can't be read is gone; one that was changed in place is still there."""
    raw: Any = getattr(node, f"_raw_saved_{name}", None)
    if hasattr(raw, "data"):
        return bool(raw.data is None)
    try:  # torch 2.4 says it in words alone
        getattr(node, name)
    except RuntimeError as error:
        return "already been freed" in str(error)
    return False
