"""The first questions of somebody who is new to PyTorch."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from tensordrill.bank.contents import Content
from tensordrill.bank.topic import builds_on


def foundations(topics: Iterable[Content], count: int) -> list[str]:
    """Return the names of the topics that most others build on, none before one that it builds on itself."""
    after = {topic.name: topic.after for topic in topics}
    dependents = Counter(
        name for topic in after for name in builds_on(topic, lambda name: after.get(name, ()))
    )
    return sorted(after, key=lambda name: (-dependents[name], name))[:count]
