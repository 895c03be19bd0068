"""The first questions of somebody who is new to PyTorch."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from tensordrill.bank.contents import Content


def foundations(topics: Iterable[Content], count: int) -> list[str]:
    """Return the names of the topics that most others build on, none before one that it builds on itself."""
    after = {topic.name: topic.after for topic in topics}
    needed = {name: _needed(name, after) for name in after}
    dependents = {name: sum(name in others for others in needed.values()) for name in after}
    return sorted(after, key=lambda name: (-dependents[name], name))[:count]


def _needed(name: str, after: Mapping[str, tuple[str, ...]]) -> set[str]:
    """Return all topics that a topic builds on, directly or not."""
    needed: set[str] = set()
    waiting = [name]
    while waiting:
        new = set(after.get(waiting.pop(), ())) - needed
        needed |= new
        waiting += new
    return needed - {name}
