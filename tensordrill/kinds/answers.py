"""Answers, parsed from what a learner typed, and verdicts on them."""

from __future__ import annotations

from typing import Literal, TypeAlias

from msgspec import UNSET, Struct, UnsetType

from tensordrill.bank.schema import Facet, PlainType
from tensordrill.bank.schema import Form as CodeForm
from tensordrill.sandbox.protocol import Refusal


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
    """`tensor(...)` as typed, with the dtype if one was, and the size that an empty one is printed with."""

    items: Typed
    dtype: str | None = None
    size: tuple[int, ...] | None = None


Typed: TypeAlias = None | bool | int | TypedFloat | TypedComplex | Word | TypedTensor | tuple["Typed", ...]
"""A typed value; lists are read as tuples."""


class Literally(Struct, frozen=True):
    """An answer that is a value."""

    value: Typed


class Raises(Struct, frozen=True, repr_omit_defaults=True):
    """The answer that the program raises, perhaps with a class.

    Where a text is asked for, `RuntimeError` may be the text as well: `typed` is what was typed.
    """

    name: str | None = None
    typed: str | None = None


class Picks(Struct, frozen=True):
    """The options picked, by their shown numbers."""

    numbers: tuple[int, ...]


class Code(Struct, frozen=True):
    """Code, ready to stand in the program; `preamble` are lines that run before it."""

    text: str
    preamble: str = ""


class Fillings(Struct, frozen=True):
    """The fillings of several blanks, in their order; `preamble` are lines that run before the code."""

    texts: tuple[str, ...]
    preamble: str = ""


class Arrangement(Struct, frozen=True):
    """Lines in an order, by their shown numbers; those that are left out belong nowhere."""

    numbers: tuple[int, ...]


Answer: TypeAlias = Literally | Raises | Picks | Code | Fillings | Arrangement


Form: TypeAlias = Literal[
    PlainType, CodeForm, "exception", "warning", "plea", "plea-in-a-file", "picks", "picks-range", "choice",
    "order", "order-range", "order-once", "order-all", "fillings",
    "filling", "empty-code", "too-long", "no-answer-line",
    "two-cells", "typo",
]  # fmt: skip
"""The forms of an answer, and what is wrong with one that has none of them."""


class Unreadable(Struct, frozen=True):
    """An answer that could not be read, with an example of what it should look like.

    `refusal` is set where code can be read and the sandbox does not run it, for which nobody is to blame.
    """

    example: Form
    detail: str = ""
    refusal: Refusal | None = None


Aspect: TypeAlias = Literal[
    Facet, "outcome", "type", "length", "value", "bool", "line", "output", "calls", "picks"
]
"""An aspect in which two results may differ: a facet, or what is compared before and in place of facets."""


class Difference(Struct, frozen=True):
    """One aspect in which two results differ; `on` is the operand where the shown one does not tell.

    `hidden` says that this operand comes from a hidden draw, so that only the facet may be told; `blank` is the
    number of the blank that leads to it, where there are several. `piece` is the number of the piece of a tuple that
    differs, `2`, or of the piece in a piece, `2.1`.
    """

    facet: Aspect
    expected: str
    got: str
    on: str = ""
    hidden: bool = False
    blank: int = 0
    operand: int = 0
    """The place of that operand among the question's."""
    piece: str | UnsetType = UNSET
    """Unset for what is no tuple: it is then left out of what is written."""

    @property
    def places(self) -> dict[str, object]:
        """The numbers of the piece and of the blank, by their names; those that there are."""
        return {name: place for name in ("piece", "blank") if (place := getattr(self, name))}


class Verdict(Struct, frozen=True):
    """The verdict on an answer."""

    outcome: Literal["correct", "incorrect", "unreadable", "skipped"]
    answer: str
    expected: str | None = None
    differences: tuple[Difference, ...] = ()
    misconception: str | None = None
    because: str | None = None
    """The misconception's own reason, else the question's."""
    error: tuple[str, str] | None = None
    error_operand: int = 0
    """The place of the operand that the error came on among the question's."""
    unreadable: Unreadable | None = None
    printed: str = ""
    is_of_idea: bool = False
    """Whether the reason is the misconception's own, which speaks of the answer and not of the key."""
