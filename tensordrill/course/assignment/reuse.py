"""An assignment made like another one: its questions anew, or the same ones, and always with a secret of its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from tensordrill.bank.load import Bank
from tensordrill.bank.schema import Compared
from tensordrill.bank.sources import find
from tensordrill.bank.topic import Entry
from tensordrill.course.assignment.assignment import SNAPSHOT_FILE, Assignment, Item, load_assignment
from tensordrill.course.assignment.bundle import open_bundle
from tensordrill.errors import CourseError
from tensordrill.messages import message


class Reuse(Struct, frozen=True):
    """The questions of an assignment that is made like `model`, and the bank that they come from."""

    model: Assignment
    bank: Bank
    items: tuple[Item, ...]

    @property
    def opaque(self) -> bool:
        """Whether the model's hand-outs do not tell ids."""
        return any(item.alias for item in self.model.questions)

    @property
    def same(self) -> int:
        """The number of questions that the model has as well."""
        return len({item.id for item in self.items} & {item.id for item in self.model.questions})


def reuse(path: Path, bank: Bank | None, *, same_questions: bool) -> Reuse:
    """Choose questions like those of the assignment at `path`, from a bank or from its own.

    A void question counts as one of the choice, but is not taken again while there is another. Neither the model's
    secret nor its bank's hash is read. Raises CourseError where its questions are not recorded.
    """
    folder = path if path.is_dir() else path.parent
    model = load_assignment(path)
    bank = bank or Bank(*(find(name, folder) for name in model.bank.names))
    entries = open_bundle(folder / SNAPSHOT_FILE).entries
    for item in model.questions:
        if item.id not in entries:
            raise CourseError(
                message("assignment-not-recorded", path=folder / SNAPSHOT_FILE, question=item.id)
            )
    chosen = (
        [bank.entry(item.id) for item in model.questions]
        if same_questions
        else _anew(bank, model.questions, entries)
    )
    items = (_item(item, entry) for item, entry in zip(model.questions, chosen, strict=True))
    return Reuse(model, bank, tuple(items))


def _anew(bank: Bank, items: Sequence[Item], entries: Mapping[str, Entry]) -> list[Entry]:
    """Return for each question another one of its topic, kind and level; the same where a bank has too few."""
    slots: dict[tuple[str, str, int], list[int]] = {}
    for index, item in enumerate(items):
        entry = entries[item.id]
        slots.setdefault((entry.topic, entry.kind, entry.question.level), []).append(index)
    chosen: dict[int, Entry] = {}
    for (topic, kind, level), indices in slots.items():
        others = [
            entry
            for entry in bank.topic(topic).entries
            if (entry.kind, entry.question.level) == (kind, level) and entry.id not in entries
        ]
        own = sorted((items[index] for index in indices), key=lambda item: item.void)
        count = min(len(others), len(indices))
        taken = [others[(2 * index + 1) * len(others) // (2 * count)] for index in range(count)]
        taken += [bank.entry(item.id) for item in own[: len(indices) - count]]
        chosen.update(zip(indices, taken, strict=True))
    return [chosen[index] for index in range(len(items))]


def _item(item: Item, entry: Entry) -> Item:
    """Return a question with another's points: by facet where it compares these facets, else as a whole."""
    must = entry.question.must if isinstance(entry.question, Compared) else ()
    is_split = isinstance(item.points, dict) and set(item.points) <= set(must)
    return replace(item, id=entry.id, points=item.points if is_split else item.total, void=False, alias=None)
