"""The questions that a round may ask: topics are read when one of theirs is wanted."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from itertools import islice
from typing import TypeVar

from tensordrill.bank.contents import Content, contents
from tensordrill.bank.draw import Parameters, shuffled
from tensordrill.bank.load import Bank
from tensordrill.bank.topic import Entry, in_order
from tensordrill.bank.variant import Selection, Variant, make, selected
from tensordrill.errors import BankError
from tensordrill.messages import message

_SEEDS_TO_TRY = 20

Item = TypeVar("Item")


class Deck:
    """The questions of a bank that were chosen, of one level or of all.

    `pick` gives a random number below its argument; with the same one, everything is given in the same order.
    """

    def __init__(self, bank: Bank, chosen: Selection, level: int | None, pick: Callable[[int], int]) -> None:
        self._bank = bank
        self._chosen = chosen
        self._level = level
        self._pick = pick
        self.topics = tuple(shuffled(list(chosen), pick))
        self._entries: dict[str, tuple[Entry, ...]] = {}

    def available(self, wanted: int) -> int:
        """Return how many questions there are, counting no further than wanted; raises BankError for none."""
        entries = (entry for name in self.topics for entry in self.entries(name))
        count = sum(1 for _ in islice(entries, wanted))
        if count == 0 and self._level:
            raise BankError(message("nothing-of-that-level", level=self._level))
        if count == 0:
            raise BankError(message("nothing-to-ask"))
        return count

    def entries(self, topic: str) -> tuple[Entry, ...]:
        """Return a topic's questions, shuffled."""
        if topic not in self._entries:
            entries = selected(self._bank, {topic: self._chosen[topic]})[topic]
            entries = [entry for entry in entries if self._level in (None, entry.question.level)]
            self._entries[topic] = tuple(shuffled(entries, self._pick))
        return self._entries[topic]

    def entry(self, id: str) -> Entry | None:
        """Return the question that has this id, or None where it is not among the chosen."""
        topic = id.partition("/")[0]
        if topic not in self._chosen:
            return None
        return next((entry for entry in self.entries(topic) if entry.id == id), None)

    def with_idea(self, idea: str) -> list[Entry]:
        """Return the questions in which an idea can show; only topics that have one are read."""
        topics = (name for name in self.topics if idea in self.contents[name].ideas)
        entries = (entry for name in topics for entry in self.entries(name))
        return [
            entry for entry in entries if any(wrong.name == idea for wrong in entry.question.misconceptions)
        ]

    @cached_property
    def contents(self) -> dict[str, Content]:
        """The topics in short, by name, each after those that it builds on."""
        return {topic.name: topic for topic in in_order(contents(self._bank, self._chosen))}

    def pick(self, items: Sequence[Item]) -> Item:
        """Return one of them at random."""
        return items[self._pick(len(items))]

    def fixed_seed(self, entry: Entry) -> int | None:
        """Return the seed that was fixed for a question, if one was."""
        return (self._chosen.get(entry.topic) or {}).get(entry.id)


def with_new_numbers(entry: Entry, seed: int, last: Parameters | None, idea: str | None = None) -> Variant:
    """Return a variant whose numbers differ from the last ones, and on which the idea can show.

    Where no such draw is soon found, the nearest to it.
    """
    variants: list[Variant] = []
    for number in range(_SEEDS_TO_TRY):
        variant = make(entry, seed + 1000 * number)
        shows = idea is None or any(wrong.name == idea for wrong in variant.wrong)
        if shows and variant.parameters != last:
            return variant
        variants = [variant, *variants] if shows and idea else [*variants, variant]
    return variants[0]
