"""What one student is asked: every question of the assignment with that student's seeds."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from tensordrill.bank import schema
from tensordrill.bank.load import Bank
from tensordrill.bank.variant import Variant, make
from tensordrill.course.assignment import Assignment, Item
from tensordrill.course.seeds import EVERYBODY, Seeds


class Drawn(Struct, frozen=True):
    """One question of a sheet: the seed of its variant, and that of its hidden draws."""

    question: str
    seed: int
    hidden_seed: int


class Sheet(Struct, frozen=True):
    """One student's questions, in the assignment's order."""

    student: str
    questions: tuple[Drawn, ...]


def sheet(assignment: Assignment, seeds: Seeds, student: str) -> Sheet:
    """Give the sheet of a student; where variants are shared, everybody's is the same."""
    whose = EVERYBODY if assignment.variants == "shared" else student
    return Sheet(student, tuple(_drawn(item, seeds, whose) for item in assignment.questions))


def _drawn(item: Item, seeds: Seeds, whose: str) -> Drawn:
    return Drawn(item.id, seeds.variant(whose, item.id), seeds.hidden(whose, item.id))


def variants(drawn: Sheet, bank: Bank) -> Iterator[Variant]:
    """Make the variants of a sheet, without hidden draws."""
    for each in drawn.questions:
        yield make(bank.entry(each.question), each.seed)


def graded_variant(each: Drawn, bank: Bank) -> Variant:
    """Make a variant as it is graded: a function also runs on the draws of the hidden seed."""
    return make(bank.entry(each.question), each.seed, f"{each.question}@hidden-{each.hidden_seed}")


def has_hidden_draws(question: schema.AnyQuestion) -> bool:
    """Tell whether answers also run on hidden draws."""
    return isinstance(question, schema.Write) and question.write == "function"
