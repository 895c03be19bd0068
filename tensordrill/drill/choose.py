"""Which question comes next: balanced over topics, interleaved, and what went wrong comes back."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from msgspec import Struct

from tensordrill.bank.draw import Parameters, by_seed, shuffled
from tensordrill.bank.load import Bank, Entry
from tensordrill.bank.variant import Selection, Variant, make
from tensordrill.errors import BankError, DrawError, Problem
from tensordrill.text import message

RETURNS_AFTER = 3
_SEEDS_TO_TRY = 20


class Deck:
    """Hands out a bank's questions topic by topic in turn; a topic's file is read when its turn comes."""

    def __init__(self, bank: Bank, chosen: Selection, level: int | None, seed: int) -> None:
        self._bank = bank
        self._chosen = chosen
        self._level = level
        self._pick = by_seed(f"deck@{seed}")
        self._order = shuffled(list(chosen), self._pick)
        self._left: dict[str, list[Entry]] = {}

    def available(self, wanted: int) -> int:
        """Give how many questions there are, counting no further than wanted; raises BankError for none."""
        count = 0
        for name in self._order:
            if count >= wanted:
                break
            count += len(self._entries(name))
        if count == 0:
            if self._level:
                raise BankError(message("nothing-of-that-level", level=self._level))
            raise BankError(message("nothing-to-ask"))
        return min(count, wanted)

    def lap(self) -> Iterator[Entry]:
        """Give every question once, one topic after another."""
        left = {name: list(self._entries(name)) if name in self._left else None for name in self._order}
        while left:
            for name in list(left):
                entries = left[name]
                if entries is None:
                    entries = left[name] = list(self._entries(name))
                if entries:
                    yield entries.pop()
                if not entries:
                    del left[name]

    def with_idea(self, idea: str, but: str) -> list[Entry]:
        """Give other questions, of topics read so far, in which the idea can show."""
        return [
            entry
            for entries in self._left.values()
            for entry in entries
            if entry.id != but and any(m.name == idea for m in entry.question.misconceptions)
        ]

    def pick(self, entries: list[Entry]) -> Entry:
        """Give one of them at random."""
        return entries[self._pick(len(entries))]

    def fixed_seed(self, entry: Entry) -> int | None:
        """Return the seed that was fixed for a question, if one was."""
        return (self._chosen.get(entry.topic) or {}).get(entry.id)

    def reshuffle(self) -> None:
        """Change the order for another lap."""
        self._order = shuffled(self._order, self._pick)
        for name in self._left:
            self._left[name] = shuffled(self._left[name], self._pick)

    def _entries(self, name: str) -> list[Entry]:
        if name not in self._left:
            ids = self._chosen[name]
            entries = [
                entry
                for entry in self._bank.topic(name).entries
                if (ids is None or entry.id in ids) and self._level in (None, entry.question.level)
            ]
            self._left[name] = shuffled(entries, self._pick)
        return self._left[name]


class Return(Struct, frozen=True):
    """Something that went wrong and comes back once `at` questions have been asked.

    `noted` counts what went wrong, so that the last of it can be forgotten.
    """

    noted: int
    at: int
    entry: Entry
    idea: str | None

    def is_met_by(self, entry: Entry, asked: int) -> bool:
        """Tell whether asking this question is all that was waited for."""
        return self.idea is None and self.at <= asked and self.entry.id == entry.id


class Quiz:
    """A round of `count` questions, none twice; the seed fixes all of it."""

    def __init__(self, bank: Bank, chosen: Selection, count: int, level: int | None, seed: int) -> None:
        self._deck = Deck(bank, chosen, level, seed)
        self._seed = seed
        self.of: int | None = self._deck.available(count)
        self._entries = self._deck.lap()

    def next(self, asked: int, problem: Callable[[Problem], None]) -> Variant | None:
        """Give the next variant, or None when the round is over; a question that cannot be drawn is passed."""
        for entry in self._entries if asked < (self.of or 0) else ():
            try:
                fixed = self._deck.fixed_seed(entry)
                return make(entry, self._seed if fixed is None else fixed)
            except DrawError as error:
                problem(message("in-file", file=entry.id, problem=error.problem))
        return None

    def wrong(self, asked: int, entry: Entry, idea: str | None) -> None:
        """A quiz asks nothing twice."""

    def undone(self, entry: Entry) -> None:
        """Nothing was noted."""

    def leave_out(self, entry: Entry) -> None:
        """It would not be asked again anyway."""


class Practice:
    """Goes on until the learner stops; what went wrong returns with new numbers, and so does its idea."""

    of: int | None = None

    def __init__(self, bank: Bank, chosen: Selection, level: int | None, seed: int) -> None:
        self._deck = Deck(bank, chosen, level, seed)
        self._deck.available(1)
        self._seed = seed
        self._entries = self._deck.lap()
        self._returns: list[Return] = []
        self._noted = 0
        self._recent: list[str] = []
        self._parameters: dict[str, Parameters] = {}
        self._left_out: set[str] = set()
        self._met: set[str] = set()

    def next(self, asked: int, problem: Callable[[Problem], None]) -> Variant | None:
        """Give the next variant: what is due to return first, else the next question of the lap."""
        seed = self._seed + asked
        while choice := self._choose(asked):
            entry, idea = choice
            try:
                variant = self._first(entry) or self._showing(entry, seed, idea)
            except DrawError as error:
                problem(message("in-file", file=entry.id, problem=error.problem))
                self.leave_out(entry)
                continue
            self._recent = [*self._recent, entry.id][-RETURNS_AFTER:]
            self._parameters[entry.id] = variant.parameters
            self._returns = [item for item in self._returns if not item.is_met_by(entry, asked)]
            return variant
        return None

    def leave_out(self, entry: Entry) -> None:
        """Ask a question no more, because it is broken."""
        self._left_out.add(entry.id)
        self._returns = [item for item in self._returns if item.entry.id != entry.id]

    def wrong(self, asked: int, entry: Entry, idea: str | None) -> None:
        """Note what went wrong: the question returns, and its idea in another one."""
        self._noted += 1
        self._returns.append(Return(self._noted, asked + RETURNS_AFTER, entry, None))
        if idea is not None:
            self._returns.append(Return(self._noted, asked + RETURNS_AFTER + 2, entry, idea))

    def undone(self, entry: Entry) -> None:
        """Forget what was noted last of a question whose wrong answer was taken back."""
        last = max((item.noted for item in self._returns if item.entry.id == entry.id), default=0)
        self._returns = [item for item in self._returns if item.noted != last]

    def _choose(self, asked: int) -> tuple[Entry, str | None] | None:
        for due in [item for item in self._returns if item.at <= asked]:
            if due.idea is None:
                if due.entry.id not in self._recent:
                    return due.entry, None
                continue
            others = self._deck.with_idea(due.idea, due.entry.id)
            others = [entry for entry in others if entry.id not in self._left_out]
            fresh = [entry for entry in others if entry.id not in self._recent]
            if fresh or not others:
                self._returns.remove(due)
            if fresh:
                return self._deck.pick(fresh), due.idea
        entry = self._from_lap()
        return None if entry is None else (entry, None)

    def _from_lap(self) -> Entry | None:
        """Give the next question of the lap that was not asked lately; in a small bank, the least lately."""
        barred = {*self._left_out, *(item.entry.id for item in self._returns if item.idea is None)}
        for lately in range(RETURNS_AFTER, -1, -1):
            entry = self._not_in({*barred, *self._recent[len(self._recent) - lately :]})
            if entry is not None:
                return entry
            barred = self._left_out
        return None

    def _not_in(self, barred: set[str]) -> Entry | None:
        for entry in self._entries:
            if entry.id not in barred:
                return entry
        self._deck.reshuffle()
        self._entries = self._deck.lap()
        return next((entry for entry in self._entries if entry.id not in barred), None)

    def _first(self, entry: Entry) -> Variant | None:
        """Return a question whose seed was fixed, when it is asked for the first time."""
        fixed = self._deck.fixed_seed(entry)
        return None if fixed is None or entry.id in self._parameters else make(entry, fixed)

    def _showing(self, entry: Entry, seed: int, idea: str | None) -> Variant:
        """Give a variant with new numbers on whose draw the idea can show, where one is soon found."""
        found: list[Variant] = []
        for other in range(_SEEDS_TO_TRY):
            variant = make(entry, seed + 1000 * other)
            shows = idea is None or any(wrong.name == idea for wrong in variant.wrong)
            if shows and variant.parameters != self._parameters.get(entry.id):
                return variant
            found = [variant, *found] if shows and idea else [*found, variant]
        return found[0]
