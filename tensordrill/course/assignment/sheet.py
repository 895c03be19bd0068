"""One student's sheet: every question of the assignment with that student's seeds."""

from __future__ import annotations

from msgspec import Struct

from tensordrill.bank import schema
from tensordrill.bank.load import Bank
from tensordrill.bank.variant import Rendered, Variant, make
from tensordrill.course.assignment.assignment import Assignment, Item
from tensordrill.course.assignment.seeds import EVERYBODY, Seeds

_KEPT = 4000
"""Rendered draws."""


class Drawn(Struct, frozen=True):
    """One question of a sheet: the seed of its variant, and that of its hidden draws."""

    question: str
    seed: int
    hidden_seed: int


class Sheet(Struct, frozen=True):
    """One student's questions, in the assignment's order."""

    student: str
    questions: tuple[Drawn, ...]


def sheet(assignment: Assignment, seeds: Seeds, student: str, drawn_for: str | None = None) -> Sheet:
    """Return the sheet of a student, whose questions may be drawn in another's name.

    Where variants are shared, everybody's is the same.
    """
    whose = student if drawn_for is None else drawn_for
    whose = EVERYBODY if assignment.variants == "shared" else whose
    return Sheet(student, tuple(_drawn(item, seeds, whose) for item in assignment.questions))


def _drawn(item: Item, seeds: Seeds, whose: str) -> Drawn:
    return Drawn(item.id, seeds.variant(whose, item.id), seeds.hidden(whose, item.id))


class Variants:
    """Makes the variants of many sheets; a draw that several students have is rendered once."""

    def __init__(self, bank: Bank) -> None:
        self._bank = bank
        self._known: Rendered = {}

    def handed_out(self, drawn: Sheet) -> list[Variant]:
        """Return the variants of a sheet as a student sees them."""
        return [
            make(self._bank.entry(each.question), each.seed, known=self._room()) for each in drawn.questions
        ]

    def graded(self, each: Drawn) -> Variant:
        """Return a variant as it is graded: a function also runs on the draws of the hidden seed."""
        hidden = f"{each.question}@hidden-{each.hidden_seed}"
        return make(self._bank.entry(each.question), each.seed, hidden, self._room())

    def _room(self) -> Rendered:
        if len(self._known) > _KEPT:
            self._known.clear()
        return self._known


def has_hidden_draws(question: schema.AnyQuestion) -> bool:
    """Whether answers also run on hidden draws."""
    return isinstance(question, schema.Write) and question.write == "function"
