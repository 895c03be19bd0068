"""One student's sheet: every question of the assignment with that student's seeds."""

from __future__ import annotations

from functools import cache
from typing import TypeAlias

from msgspec import Struct

from tensordrill.bank import schema
from tensordrill.bank.load import Bank
from tensordrill.bank.variant import Rendered, Variant, make
from tensordrill.course.assignment.assignment import Assignment
from tensordrill.course.assignment.seeds import EVERYBODY, Seeds

_KEPT = 4000
"""Rendered draws."""


class SheetItem(Struct, frozen=True):
    """One question of a sheet: the seed of its variant, and that of its hidden draws."""

    question: str
    seed: int
    hidden_seed: int
    alias: str | None = None

    @property
    def handed_out_as(self) -> str:
        """The name of its cell: the alias, else the id."""
        return self.alias or self.question


Sheet: TypeAlias = tuple[SheetItem, ...]
"""One student's questions, in the assignment's order."""


def sheet(assignment: Assignment, seeds: Seeds, student: str) -> Sheet:
    """Return the sheet that is drawn in a student's name; where variants are shared, everybody's is the same."""
    whose = EVERYBODY if assignment.variants == "shared" else student
    return tuple(
        SheetItem(item.id, seeds.variant(whose, item.id), seeds.hidden(whose, item.id), item.alias)
        for item in assignment.questions
    )


class Variants:
    """Makes the variants of many sheets; a draw that several students have is rendered once."""

    def __init__(self, bank: Bank) -> None:
        self._entry = cache(bank.entry)
        self._known: Rendered = {}

    def handed_out(self, sheet: Sheet) -> list[Variant]:
        """Return the variants of a sheet as a student sees them."""
        return [make(self._entry(item.question), item.seed, known=self._room()) for item in sheet]

    def graded(self, item: SheetItem) -> Variant:
        """Return a variant as it is graded: a function also runs on the draws of the hidden seed."""
        return make(self._entry(item.question), item.seed, hidden_draws(item), self._room())

    def _room(self) -> Rendered:
        if len(self._known) > _KEPT:
            self._known.clear()
        return self._known


def hidden_draws(item: SheetItem) -> str:
    """Return the text that fixes the hidden draws of a question."""
    return f"{item.question}@hidden-{item.hidden_seed}"


def has_hidden_draws(question: schema.AnyQuestion) -> bool:
    """Whether answers also run on hidden draws."""
    return isinstance(question, schema.Write) and question.write == "function"
