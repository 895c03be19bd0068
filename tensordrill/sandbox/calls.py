"""A child's report of a program's torch calls, by which two programs can be compared by what they did."""

from __future__ import annotations

from itertools import chain
from typing import Annotated, TypeAlias

from msgspec import Meta, Struct

from tensordrill.sandbox.child.wire import MAX_PIECES
from tensordrill.sandbox.values import Length, Words

MAX_CALLS = 2000
"""The most calls of a report; a child describes 300, and adds each further name once."""
MAX_NAMES = 200
MAX_REGIONS = 50_000

Number: TypeAlias = Annotated[int, Meta(ge=0, le=2**63 - 1)]
Numbers: TypeAlias = Annotated[tuple[Number, ...], Meta(max_length=MAX_PIECES)]
Token: TypeAlias = Annotated[str, Meta(max_length=200)]
"""A word that is compared and never shown."""


class Region(Struct, frozen=True, forbid_unknown_fields=True, array_like=True):
    """The elements that a tensor reads: of which memory, from which byte on, in which steps of elements.

    `memory` numbers the storages of one run. A tensor without one, such as a sparse tensor, has a number
    of its own and no shape.
    """

    memory: Number
    dtype: Token
    offset: Length
    shape: tuple[Length, ...]
    stride: tuple[Length, ...]


class LoggedCall(Struct, frozen=True, forbid_unknown_fields=True):
    """One call of a torch function, method, operator or property.

    `operands` are the regions of its tensors, `plain` its other arguments, both in the order of the call.
    `wrote` are the memories that it changed, and `values` is a checksum of what it wrote there and into new
    memory, where that is known.
    """

    function: Words
    operands: Numbers = ()
    plain: Annotated[tuple[Length | Token, ...], Meta(max_length=MAX_PIECES)] = ()
    results: Numbers = ()
    wrote: Numbers = ()
    values: Token = ""
    raised: bool = False


class CallLog(Struct, frozen=True, forbid_unknown_fields=True):
    """The calls of one run, in their order; `more` counts those that are not described.

    Tensors stand in it as places in `regions`. `given` are those of the names that the program was given,
    `bound` of the names that it bound itself or bound anew, and `result` those of the value asked for.
    Raises ValueError where a place is none.
    """

    regions: Annotated[tuple[Region, ...], Meta(max_length=MAX_REGIONS)] = ()
    made: Annotated[tuple[LoggedCall, ...], Meta(max_length=MAX_CALLS)] = ()
    more: Number = 0
    given: Annotated[dict[Token, Numbers], Meta(max_length=MAX_NAMES)] = {}
    bound: Annotated[dict[Token, Numbers], Meta(max_length=MAX_NAMES)] = {}
    result: Numbers = ()

    def __post_init__(self) -> None:
        named = chain(self.given.values(), self.bound.values(), [self.result])
        called = ((*call.operands, *call.results) for call in self.made)
        if max(chain.from_iterable(chain(named, called)), default=-1) >= len(self.regions):
            raise ValueError("a region that was not reported")

    @property
    def names(self) -> tuple[str, ...]:
        """The functions called, each once."""
        return tuple(dict.fromkeys(call.function for call in self.made))
