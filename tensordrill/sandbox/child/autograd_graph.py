"""The autograd graph after backward calls: freed nodes, and saved tensors that were changed since."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

import torch
from encode import text

MAX_NODES = 300
MAX_GRAPHS = 40
MAX_BROKEN = 4


class Backwards:
    """The backward calls of one program, with the nodes whose saved tensors each of them freed."""

    def __init__(self) -> None:
        self._freed: list[tuple[int, list[Any]]] = []

    def ended(self, line: int, roots: Iterable[torch.Tensor]) -> None:
        """Note that a backward ended well."""
        if len(self._freed) < MAX_GRAPHS:
            self._freed.append((line, [node for node, _ in _unreadable(nodes_of(roots))]))

    def broken(
        self, roots: Iterable[torch.Tensor], step_of: Callable[[Any], int | None]
    ) -> list[dict[str, Any]]:
        """Describe the saved tensors that a new backward could not read: which node's, and why."""
        reports = []
        for node, name in _unreadable(nodes_of(roots)):
            line = self._freed_by(node)
            if line is None and _is_freed(node, name):
                continue  # by the backward that failed, on its way
            reports.append(
                {"function": text(node.name()), "what": text(name), "freed": line, "step": step_of(node)}
            )
        return reports[:MAX_BROKEN]

    def _freed_by(self, node: Any) -> int | None:
        return next((line for line, nodes in self._freed if any(node is each for each in nodes)), None)


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
