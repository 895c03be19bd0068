"""The choice of an assignment's questions: balanced over topics, and over the levels within a topic."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from tensordrill.bank.load import Bank
from tensordrill.bank.topic import Entry
from tensordrill.bank.variant import Selection
from tensordrill.errors import CourseError
from tensordrill.messages import Message, message


def choose(bank: Bank, selection: Selection, kinds: Iterable[str], count: int) -> list[Entry]:
    """Choose `count` questions of these kinds; the same call gives the same questions.

    Raises CourseError where there are fewer.
    """
    wanted = frozenset(kinds)
    pools = {
        name: [
            entry
            for entry in bank.topic(name).entries
            if entry.kind in wanted and (not ids or entry.id in ids)
        ]
        for name, ids in selection.items()
    }
    available = sum(map(len, pools.values()))
    if available < count:
        raise CourseError(_too_few(available, sorted(wanted), count))
    shares = _shares({name: len(pool) for name, pool in pools.items()}, count)
    return [entry for name, pool in pools.items() for entry in _spread(pool, shares[name])]


def _too_few(available: int, kinds: Iterable[str], count: int) -> Message:
    first, *rest = kinds
    named: Message | str = first
    for kind in rest:
        named = message("and", one=named, other=kind)
    return message("assignment-too-few", available=available, kinds=named, count=count)


def named(selection: Selection) -> int:
    """Return how many questions were named by their ids; nothing where whole topics were."""
    return 0 if None in selection.values() else sum(len(ids or {}) for ids in selection.values())


def _shares(sizes: dict[str, int], count: int) -> dict[str, int]:
    """Divide `count` among topics as evenly as their sizes allow."""
    shares = dict.fromkeys(sizes, 0)
    while sum(shares.values()) < count:
        for name, size in sizes.items():
            if shares[name] < size and sum(shares.values()) < count:
                shares[name] += 1
    return shares


def _spread(pool: Sequence[Entry], count: int) -> list[Entry]:
    """Take entries at even distances from the easiest to the hardest."""
    ordered = sorted(pool, key=lambda entry: entry.question.level)
    return [ordered[(2 * index + 1) * len(ordered) // (2 * count)] for index in range(count)]
