"""Python's and torch's values as they travel: tagged JSON; a tensor as dtype, shape and base64 bytes.

Each is bounded by itself: what decodes can be walked through, shown and compared.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from itertools import chain
from typing import Annotated, TypeAlias

from msgspec import Meta, Struct

from tensordrill.sandbox.child.wire import ITEM_BYTES, MAX_DEPTH, MAX_DIMS, MAX_FRAME, MAX_TEXT

MAX_WORDS = 6 * MAX_TEXT
"""Letters of a text, with its escapes."""

Words: TypeAlias = Annotated[str, Meta(pattern=r"^[^\x00-\x08\x0b-\x1f\x7f-\x9f]*\Z", max_length=MAX_WORDS)]
"""Text that cannot steer a terminal; a child escapes what could, and a forger's is refused."""

Length: TypeAlias = Annotated[int, Meta(ge=-(2**63), le=2**63 - 1)]
"""An integer as torch has them."""
Shape: TypeAlias = Annotated[tuple[Annotated[int, Meta(ge=0, le=2**63 - 1)], ...], Meta(max_length=MAX_DIMS)]
"""The sizes of a tensor's dims."""


class _Value(Struct, frozen=True, forbid_unknown_fields=True, tag_field="t", omit_defaults=True):
    pass


class Nothing(_Value, frozen=True, tag="none"):
    """None."""


class Bool(_Value, frozen=True, tag="bool"):
    """True or False."""

    v: bool


class Int(_Value, frozen=True, tag="int"):
    """A Python integer, as decimal text."""

    v: Annotated[str, Meta(pattern=r"^-?[0-9]{1,4000}\Z")]


class Float(_Value, frozen=True, tag="float"):
    """A Python float, as `repr` gives it."""

    v: Annotated[str, Meta(pattern=r"^(-?[0-9]+(\.[0-9]+)?(e[-+][0-9]+)?|-?inf|nan)\Z", max_length=30)]


class Complex(_Value, frozen=True, tag="complex"):
    """A Python complex number."""

    real: Float
    imag: Float


class Text(_Value, frozen=True, tag="text"):
    """A string."""

    v: Words


class Dtype(_Value, frozen=True, tag="dtype"):
    """A torch.dtype, without `torch.`."""

    v: Words


class Class(_Value, frozen=True, tag="class"):
    """A class, by its name."""

    v: Words


class Size(_Value, frozen=True, tag="size"):
    """A torch.Size."""

    v: tuple[Length, ...]


class Tensor(_Value, frozen=True, tag="tensor"):
    """A plain tensor or Parameter; facets that were not asked for are None."""

    dtype: str
    shape: Shape
    data: bytes
    parameter: bool = False
    stride: tuple[Length, ...] | None = None
    contiguous: bool | None = None
    memory: tuple[Words, ...] | None = None

    def __post_init__(self) -> None:
        if cells(self.shape) > MAX_FRAME:
            raise ValueError("a shape that no tensor has")
        bytes_each = ITEM_BYTES.get(self.dtype)
        if bytes_each is None or bytes_each * math.prod(self.shape) != len(self.data):
            raise ValueError("bytes that do not fit dtype and shape")
        if self.stride is not None and len(self.stride) != len(self.shape):
            raise ValueError("strides that do not fit the shape")


def cells(shape: tuple[int, ...]) -> int:
    """Return how many elements a shape has, counting each dim of size 0 as one."""
    return math.prod(max(size, 1) for size in shape)


class Other(_Value, frozen=True, tag="other"):
    """Anything else, by the name of its type and its text."""

    type: Words
    text: Words


class _Container(_Value, frozen=True):
    def __post_init__(self) -> None:
        level: list[Value] = [self]  # type: ignore[list-item]  # each container is a value
        for _ in range(MAX_DEPTH + 1):
            level = [piece for value in level for piece in _pieces(value)]
            if not level:
                return
        raise ValueError("a value too deep to be walked through")


class Tuple(_Container, frozen=True, tag="tuple"):
    """A tuple, piece by piece."""

    v: tuple[Value, ...]


class List(_Container, frozen=True, tag="list"):
    """A list, piece by piece."""

    v: tuple[Value, ...]


class Dict(_Container, frozen=True, tag="dict"):
    """A dict, as pairs in its order."""

    v: tuple[tuple[Value, Value], ...]


Value: TypeAlias = (
    Nothing
    | Bool
    | Int
    | Float
    | Complex
    | Text
    | Dtype
    | Class
    | Size
    | Tensor
    | Other
    | Tuple
    | List
    | Dict
)


def _pieces(value: Value) -> Iterable[Value]:
    if isinstance(value, Tuple | List):
        return value.v
    return chain.from_iterable(value.v) if isinstance(value, Dict) else ()
