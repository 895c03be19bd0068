"""The questions that come with tensordrill."""

from __future__ import annotations

from collections.abc import Iterator

from tensordrill.bank.load import Bank
from tensordrill.bank.sources import shipped
from tensordrill.bank.topic import Entry
from tensordrill.bank.variant import Variant, make

TOPICS = Bank(shipped()).names
WIDEST = 74
"""Characters of a line of code that stands beside its number in 80 columns."""


def entries(bank: Bank, topic: str) -> tuple[Entry, ...]:
    """Return a topic's questions."""
    return bank.topic(topic).entries


def variants(entry: Entry, seeds: int) -> Iterator[Variant]:
    """Yield the variants of the first seeds; two seeds that draw the same are one variant."""
    results = []
    for seed in range(seeds):
        variant = make(entry, seed)
        drawn = (variant.parameters, variant.order, variant.hidden)
        if drawn not in results:
            results.append(drawn)
            yield variant
