"""What a learner typed, parsed; and what became of it."""

from __future__ import annotations

from typing import Literal, TypeAlias

from msgspec import Struct


class TypedFloat(Struct, frozen=True):
    """A number with a point or exponent, kept as typed so that its digits count."""

    text: str

    @property
    def number(self) -> float:
        """The number that the digits say."""
        return float(self.text)


class TypedComplex(Struct, frozen=True):
    """A complex number, its parts as typed."""

    real: TypedFloat
    imag: TypedFloat

    @property
    def text(self) -> str:
        """The number as it is written in Python."""
        sign = "" if self.imag.text.startswith("-") else "+"
        return f"{self.real.text}{sign}{self.imag.text}j"


class Word(Struct, frozen=True):
    """A name: a dtype, a class, a text."""

    text: str


class TypedTensor(Struct, frozen=True):
    """`tensor(...)` as typed, with the dtype if one was."""

    items: Typed
    dtype: str | None = None


Typed: TypeAlias = None | bool | int | TypedFloat | TypedComplex | Word | TypedTensor | tuple["Typed", ...]
"""A typed value; lists are read as tuples."""


class Literally(Struct, frozen=True):
    """An answer that is a value."""

    value: Typed


class Raises(Struct, frozen=True):
    """The answer that the program raises, perhaps with a class."""

    name: str | None = None


class Picks(Struct, frozen=True):
    """The options picked, by their shown numbers."""

    numbers: tuple[int, ...]


class Code(Struct, frozen=True):
    """Code, ready to stand in the program; `above` are lines that run before it."""

    text: str
    above: str = ""


class Fillings(Struct, frozen=True):
    """What goes into several blanks, in their order; `above` are lines that run before the code."""

    texts: tuple[str, ...]
    above: str = ""


class Arrangement(Struct, frozen=True):
    """Lines in an order, by their shown numbers; those that are left out belong nowhere."""

    numbers: tuple[int, ...]


Answer: TypeAlias = Literally | Raises | Picks | Code | Fillings | Arrangement


class Unreadable(Struct, frozen=True):
    """What could not be read: what it should look like, as a key of the interface's sentences."""

    example: str
    detail: str = ""


class Difference(Struct, frozen=True):
    """One aspect in which two results differ; `on` is the operand where the shown one does not tell.

    `hidden` says that this operand comes from a hidden draw, so that only the facet may be told; `blank` is the
    number of the blank that leads to it, where there are several.
    """

    facet: str
    expected: str
    got: str
    on: str = ""
    hidden: bool = False
    blank: int = 0


class Verdict(Struct, frozen=True):
    """What became of an answer."""

    outcome: Literal["correct", "incorrect", "unreadable", "skipped"]
    answer: str
    expected: str | None = None
    differences: tuple[Difference, ...] = ()
    misconception: str | None = None
    because: str | None = None
    """The misconception's own reason, else the question's."""
    error: tuple[str, str] | None = None
    unreadable: Unreadable | None = None
    printed: str = ""
    is_of_idea: bool = False
    """Whether the reason is the misconception's own, which speaks of the answer and not of the key."""
