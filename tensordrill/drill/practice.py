"""The order of questions in a practice: what went wrong, what is due, ideas that are held, and new ones."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from msgspec import Struct

from tensordrill.bank.draw import Parameters, by_seed
from tensordrill.bank.load import Bank
from tensordrill.bank.topic import Entry
from tensordrill.bank.variant import Selection, Variant, make
from tensordrill.drill.deck import Deck, with_new_numbers
from tensordrill.drill.order import OnProblem, QuestionOrder
from tensordrill.drill.progress import Progress
from tensordrill.drill.review import Review
from tensordrill.drill.schedule import AGAIN, Card
from tensordrill.drill.standing import level as level_of
from tensordrill.errors import DrawError
from tensordrill.messages import message

RETURNS_AFTER = (3, 8, 20)
"""The number of other questions before a question that went wrong for the first, second and any later time."""
IDEA_RETURNS_AFTER = (3, 6, 20)
"""The same for an idea that a wrong answer showed: it is looked for in another question."""
RECENT = 3
MIX = ("due", "new", "idea", "due", "new")
"""The sort that is looked for first at each place in turn; where there is none of it, the others follow."""
EASED_MIX = ("due", "due", "idea", "due", "new")
STRETCHED_MIX = ("new", "new", "idea", "due", "new")
"""The same while fewer, or more, answers are right than should be."""
RIGHT_SHARE = 0.75, 0.85
"""The share of right answers to aim at: fewer discourage, more teach little."""
SHARE_OF = 8
"""The last answers by which that is judged."""
BEGUN = 1 / 6
"""The share of a topic's questions to have met before the topics that build on it are begun."""


class Return(Struct, frozen=True):
    """A question, or an idea that showed in it, that comes back once `at` questions have been asked.

    `noted` is the number of the answer that it comes from.
    """

    noted: int
    at: int
    entry: Entry
    idea: str | None


class Practice(QuestionOrder):
    """A round that goes on until the learner stops; `progress` has what they know, and is kept up by the caller.

    A question that was right is not asked again on the same day, unless nothing else is left.

    Its state: `_returns` has the questions and ideas that come back, `_wrongs` how often each of them went wrong,
    `_rights` whether each answer so far was right, `_last` the ids in the order in which they were asked last, and
    `_parameters` the numbers that each was asked with.
    """

    def __init__(
        self, bank: Bank, chosen: Selection, level: int | None, seed: int, progress: Progress, time: int
    ) -> None:
        self._deck = Deck(bank, chosen, level, by_seed(f"deck@{seed}"))
        self._deck.available(1)
        self._seed = seed
        self._progress = progress
        self._time = time
        self._returns: list[Return] = []
        self._noted = 0
        self._wrongs: Counter[str] = Counter()
        self._rights: list[bool] = []
        self._last: list[str] = []
        self._parameters: dict[str, Parameters] = {}
        self._left_out: set[str] = set()

    def next(self, asked: int, problem: OnProblem) -> Variant | None:
        """Return the next variant; None only where no question can be drawn."""
        mix = (MIX, STRETCHED_MIX, EASED_MIX)[self._stretch()]
        while choice := self._returning(asked) or self._mixed(mix[asked % len(mix)]) or self._again():
            entry, idea = choice
            try:
                variant = self._first(entry) or with_new_numbers(
                    entry, self._seed + asked, self._parameters.get(entry.id), idea
                )
            except DrawError as error:
                problem(message("in-file", file=entry.id, problem=error.problem))
                self.leave_out(entry)
                continue
            self._last = [id for id in self._last if id != entry.id] + [entry.id]
            self._parameters[entry.id] = variant.parameters
            self._returns = [
                item for item in self._returns if item.idea or item.at > asked or item.entry.id != entry.id
            ]
            return variant
        return None

    def answered(self, asked: int, entry: Entry, review: Review) -> None:
        """Note an answer; one that went wrong, or was a guess, comes back, and so does the idea that it showed."""
        self._time = max(self._time, review.time)
        self._noted += 1
        is_right = review.outcome == "correct" and not review.unsure
        self._rights.append(is_right)
        if is_right:
            return
        self._come_back(asked, RETURNS_AFTER, entry, None)
        if review.idea is not None:
            self._come_back(asked, IDEA_RETURNS_AFTER, entry, review.idea)

    def _come_back(self, asked: int, after: tuple[int, ...], entry: Entry, idea: str | None) -> None:
        name = idea or entry.id
        at = asked + after[min(self._wrongs[name], len(after) - 1)]
        self._wrongs[name] += 1
        self._returns.append(Return(self._noted, at, entry, idea))

    def taken_back(self) -> None:
        """Forget the answer that was noted last."""
        for item in [item for item in self._returns if item.noted == self._noted]:
            self._wrongs[item.idea or item.entry.id] -= 1
            self._returns.remove(item)
        self._noted -= 1
        self._rights.pop()

    def leave_out(self, entry: Entry) -> None:
        """Ask a question no more, because it is broken."""
        self._left_out.add(entry.id)
        self._returns = [item for item in self._returns if item.entry.id != entry.id]

    def _returning(self, asked: int) -> tuple[Entry, str | None] | None:
        for item in [item for item in self._returns if item.at <= asked]:
            if item.idea is None:
                if item.entry.id not in self._last[-RECENT:]:
                    return item.entry, None
                continue
            self._returns.remove(item)
            if others := self._showing(item.idea, but={item.entry.id}):
                return self._deck.pick(others), item.idea
        return None

    def _stretch(self) -> int:
        """Return 1 while more answers are right than should be, -1 while fewer are, else 0."""
        low, high = RIGHT_SHARE
        share = sum(self._rights[-SHARE_OF:]) / SHARE_OF
        return (share > high) - (share < low) if len(self._rights) >= SHARE_OF else 0

    def _mixed(self, first: str) -> tuple[Entry, str | None] | None:
        kinds = {"due": self._due, "idea": self._idea, "new": self._new}
        for kind in (first, *(kind for kind in kinds if kind != first)):
            if choice := kinds[kind]():
                return choice
        return None

    def _due(self) -> tuple[Entry, None] | None:
        """Return the question that is due and most forgotten."""
        due = sorted(
            (-card.forgetting(self._time), name)
            for (kind, name), card in self._progress.cards.items()
            if kind == "question" and card.is_due(self._time) and not self._is_done(name, card)
        )
        for _, name in due:
            entry = self._deck.entry(name)
            if entry is not None and self._may_come(entry):
                return entry, None
        return None

    def _idea(self) -> tuple[Entry, str] | None:
        """Return a question in which an idea can show that is suspected, or is held and was not avoided today."""
        today = self._progress.day(self._time)
        ideas = self._progress.ideas
        suspected = [name for name, idea in ideas.items() if idea.is_suspected]
        held = [name for name, idea in ideas.items() if idea.is_held and idea.last_right_day != today]
        held.sort(key=lambda name: self._progress.cards["idea", name].forgetting(self._time), reverse=True)
        returning = {item.idea for item in self._returns}
        for name in (*suspected, *held):
            if name not in returning and (entries := self._showing(name, but=set(ideas[name].questions))):
                return self._deck.pick(entries), name
        return None

    def _showing(self, idea: str, but: set[str]) -> list[Entry]:
        """Return the questions of open topics in which an idea can show: new ones within reach, else others.

        Those left out by `but` are taken where there are no others.
        """
        shares = self._shares()
        of_open_topics = [entry for entry in self._deck.with_idea(idea) if self._is_open(entry.topic, shares)]
        entries = [entry for entry in of_open_topics if self._may_come(entry)]
        others = [entry for entry in entries if entry.id not in but]
        new = [entry for entry in others if self._card(entry) is None]
        easy = [entry for entry in new if entry.question.level <= level_of(entry.topic, self._progress)]
        return easy or others or entries

    def _new(self) -> tuple[Entry, None] | None:
        """Return a question that was never asked, of the topic that is least known of those that may begin."""
        for name in self._topics_to_begin():
            level = level_of(name, self._progress) + self._stretch()
            new = [entry for entry in self._deck.entries(name) if self._card(entry) is None]
            if entries := [entry for entry in new if self._may_come(entry)]:
                distances = [(abs(entry.question.level - level), entry.question.level) for entry in entries]
                return entries[distances.index(min(distances))], None  # easier ones come before harder ones
        return None

    def _topics_to_begin(self) -> list[str]:
        """Return the topics, those first that are open, were not asked lately, and of which the least was met."""
        shares = self._shares()
        recent = [id.partition("/")[0] for id in self._last[-RECENT:]]
        return sorted(
            shares, key=lambda topic: (not self._is_open(topic, shares), topic in recent, shares[topic])
        )

    def _shares(self) -> dict[str, float]:
        """Return how much of each topic was met, from 0 to 1."""
        met = Counter(name.partition("/")[0] for kind, name in self._progress.cards if kind == "question")
        return {name: met[name] / max(len(topic.ids), 1) for name, topic in self._deck.contents.items()}

    def _is_open(self, topic: str, shares: Mapping[str, float]) -> bool:
        """Whether enough was met of the topics that one builds on; all are open to who knows the basics."""
        after = self._deck.contents[topic].after
        return self._progress.level > 1 or all(shares.get(name, 1) >= BEGUN for name in after)

    def _again(self) -> tuple[Entry, None] | None:
        """Return the question that was asked least lately, where nothing else is left."""
        for id in self._last:
            entry = self._deck.entry(id)
            if entry is not None and id not in self._left_out:
                return entry, None
        entries = (entry for name in self._deck.topics for entry in self._deck.entries(name))
        return next(((entry, None) for entry in entries if entry.id not in self._left_out), None)

    def _may_come(self, entry: Entry) -> bool:
        if entry.id in self._left_out or entry.id in self._last[-RECENT:]:
            return False
        if any(item.entry.id == entry.id and item.idea is None for item in self._returns):
            return False
        card = self._card(entry)
        return card is None or not self._is_done(entry.id, card)

    def _is_done(self, id: str, card: Card) -> bool:
        """Whether a question was asked today and need not come again: it was right, or went wrong in this round."""
        is_of_today = self._progress.day(card.last_review) == self._progress.day(self._time)
        return is_of_today and (card.rating != AGAIN or id in self._parameters)

    def _card(self, entry: Entry) -> Card | None:
        return self._progress.cards.get(("question", entry.id))

    def _first(self, entry: Entry) -> Variant | None:
        """Return a question whose seed was fixed, when it is asked for the first time."""
        fixed = self._deck.fixed_seed(entry)
        return None if fixed is None or entry.id in self._parameters else make(entry, fixed)
