"""The order of questions in a quiz, which is a plain test, and in a review of what is due."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator

from tensordrill.bank.draw import by_seed
from tensordrill.bank.load import Bank
from tensordrill.bank.topic import Entry
from tensordrill.bank.variant import Selection, Variant, make
from tensordrill.drill.deck import Deck, with_new_numbers
from tensordrill.drill.progress import Progress
from tensordrill.drill.review import Review
from tensordrill.drill.standing import due_at, due_names
from tensordrill.errors import DrawError, Problem
from tensordrill.messages import message

LEVELS = 3

OnProblem = Callable[[Problem], None]
"""A function that shows what is wrong with a question that could not be asked."""


class QuestionOrder(ABC):
    """The order of a round; `total` is the number of questions, None where it goes on until the learner stops.

    A round that asks nothing twice has nothing to do about what was answered.
    """

    total: int | None = None

    @abstractmethod
    def next(self, asked: int, problem: OnProblem) -> Variant | None:
        """Return the next variant, after so many were asked, or None when the round is over."""

    def answered(self, asked: int, entry: Entry, review: Review) -> None:  # noqa: B027
        """Note an answer that was recorded."""

    def taken_back(self) -> None:  # noqa: B027
        """Forget the answer that was noted last."""

    def leave_out(self, entry: Entry) -> None:  # noqa: B027
        """Ask a question no more, because it is broken."""


class Quiz(QuestionOrder):
    """A round of `count` questions, none twice, easy ones first; the seed fixes all of it."""

    def __init__(self, bank: Bank, chosen: Selection, count: int, level: int | None, seed: int) -> None:
        self._deck = Deck(bank, chosen, level, by_seed(f"deck@{seed}"))
        self._seed = seed
        self._count = self._deck.available(count)
        self.total = self._count
        self._entries = self._lap()

    def next(self, asked: int, problem: OnProblem) -> Variant | None:
        """Return the next variant, or None when the round is over; a question that cannot be drawn is passed."""
        for entry in self._entries if asked < self._count else ():
            try:
                fixed = self._deck.fixed_seed(entry)
                return make(entry, self._seed if fixed is None else fixed)
            except DrawError as error:
                problem(message("in-file", file=entry.id, problem=error.problem))
        return None

    def _lap(self) -> Iterator[Entry]:
        """Yield every question once, one topic after another; levels rise over the round."""
        left: dict[str, list[Entry] | None] = dict.fromkeys(self._deck.topics)
        number = 0
        while left:
            for name in list(left):
                entries = left[name]
                if entries is None:
                    entries = left[name] = list(self._deck.entries(name))
                if entries:
                    level = 1 + LEVELS * min(number, self._count - 1) // self._count
                    entry = min(entries, key=lambda entry: abs(entry.question.level - level))
                    entries.remove(entry)
                    number += 1
                    yield entry
                if not entries:
                    del left[name]


class DueOnly(QuestionOrder):
    """The order of a review: what is due by `time`, each question once, the most forgotten first, with new numbers.

    What goes wrong becomes due again by FSRS.

    For a held idea that is due, a question in which it can show is asked: one that is due too, else another one.
    `next_due` is when the first card is due, in seconds since 1970; None where there is no card.
    """

    def __init__(
        self,
        bank: Bank,
        chosen: Selection,
        count: int | None,
        level: int | None,
        seed: int,
        progress: Progress,
        time: int,
    ) -> None:
        self._deck = Deck(bank, chosen, level, by_seed(f"deck@{seed}"))
        self._seed = seed
        questions = [key for key in progress.cards if key[0] == "question"]
        ideas = [key for key in progress.cards if key[0] == "idea" and progress.ideas[key[1]].is_held]
        entries = map(self._deck.entry, due_names(questions, progress, time))
        self._due: list[tuple[Entry, str | None]] = [(entry, None) for entry in entries if entry is not None]
        for key in ideas:
            if due_at(progress.cards[key], progress, time) <= time:
                self._add_idea(key[1])
        del self._due[len(self._due) if count is None else count :]
        self.total = len(self._due)
        cards = (progress.cards[key] for key in (*questions, *ideas))
        self.next_due = min((due_at(card, progress, time) for card in cards), default=None)

    def _add_idea(self, name: str) -> None:
        showing = self._deck.with_idea(name)
        for index, (entry, idea) in enumerate(self._due):
            if entry in showing and not idea:
                self._due[index] = entry, name
                return
        if showing:
            self._due.append((self._deck.pick(showing), name))

    def next(self, asked: int, problem: OnProblem) -> Variant | None:
        """Return the next variant, or None when nothing is due any more."""
        while self._due:
            entry, idea = self._due.pop(0)
            try:
                return with_new_numbers(entry, self._seed + asked, None, idea)
            except DrawError as error:
                problem(message("in-file", file=entry.id, problem=error.problem))
        return None
