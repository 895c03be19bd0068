"""A remark that belongs to a picture, in either language."""

from __future__ import annotations

from msgspec import Struct

from tensordrill.messages import Language, Name, say


class Note(Struct, frozen=True):
    """A sentence of the interface, by its name, with the values that it speaks of."""

    name: Name
    values: tuple[tuple[str, int | str], ...] = ()

    def said(self, language: Language) -> str:
        """Return the sentence."""
        return say(self.name, language, **dict(self.values))


def note(name: Name, /, **values: int | str) -> Note:
    """Make a note from a sentence's name and its values."""
    return Note(name, tuple(values.items()))


def shown_tuple(numbers: tuple[int, ...]) -> str:
    """Return sizes or strides as Python prints a tuple."""
    return f"({numbers[0]},)" if len(numbers) == 1 else f"({', '.join(map(str, numbers))})"
