"""The text of a value, as a learner could have typed it, and the Python value that it stands for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache, partial
from itertools import chain
from typing import Any

from tensordrill.kinds.numbers import PARTS, Number, elements, shortest
from tensordrill.sandbox import protocol
from tensordrill.sandbox.protocol import Value

MOST_SHOWN = 10_000
"""Letters of a value's text: what is typed may not be longer either."""
_SMALL = 1000
"""Bytes of a tensor whose text is kept: a class sees the same few again and again."""


def format_value(value: Value | None) -> str:
    """Return a value as a learner could have typed it, cut where it is longer than anything that is typed."""
    if isinstance(value, protocol.Tensor) and len(value.data) <= _SMALL:
        return _format_again(value)
    return _cut(_pieces(value))


def _cut(pieces: Iterator[str]) -> str:
    """Join what a value is written with; no more of it is made than is kept."""
    kept, room = [], MOST_SHOWN
    for piece in pieces:
        kept.append(piece)
        room -= len(piece)
        if room < 0:
            return "".join(kept)[: MOST_SHOWN - 1] + "…"
    return "".join(kept)


_format_again = lru_cache(maxsize=1000)(lambda tensor: _cut(_pieces(tensor)))


def _pieces(value: Value | None) -> Iterator[str]:
    match value:
        case protocol.Tensor():
            yield from _nested(map(partial(_number, dtype=value.dtype), elements(value)), value.shape)
        case protocol.Tuple(items):
            yield from _enclosed("(", map(_pieces, items), ",)" if len(items) == 1 else ")")
        case protocol.List(items):
            yield from _enclosed("[", map(_pieces, items), "]")
        case protocol.Dict(pairs):
            yield from _enclosed("{", (chain(_pieces(k), (": ",), _pieces(v)) for k, v in pairs), "}")
        case protocol.Size(sizes):
            yield repr(sizes)
        case protocol.Nothing() | None:
            yield "None"
        case protocol.Bool(v):
            yield str(v)
        case protocol.Complex(real, imag):
            yield str(complex(float(real.v), float(imag.v)))
        case protocol.Other():
            yield value.text
        case _:
            yield value.v


def _nested(numbers: Iterator[str], shape: tuple[int, ...]) -> Iterator[str]:
    """Yield numbers in row-major order as nested lists, or the one number of a 0-d tensor."""
    if shape:
        yield from _enclosed("[", (_nested(numbers, shape[1:]) for _ in range(shape[0])), "]")
    else:
        yield next(numbers)


def _enclosed(opening: str, parts: Iterable[Iterator[str]], closing: str) -> Iterator[str]:
    yield opening
    for index, part in enumerate(parts):
        if index:
            yield ", "
        yield from part
    yield closing


def _number(number: Number, dtype: str) -> str:
    if isinstance(number, complex):
        part = PARTS.get(dtype, "float64")
        imag = shortest(number.imag, part)
        return f"{shortest(number.real, part)}{'' if imag.startswith('-') else '+'}{imag}j"
    return shortest(number, dtype) if isinstance(number, float) else str(number)


def native(value: Value | None) -> Any:
    """Return a value as a Python value that a text may compute with, where it is one."""
    match value:
        case protocol.Size(sizes):
            return sizes
        case protocol.Int(v):
            return int(v)
        case protocol.Float(v):
            return float(v)
        case protocol.Bool(v):
            return v
        case protocol.Nothing():
            return None
        case protocol.Tuple(items):
            return tuple(native(item) for item in items)
        case protocol.List(items):
            return [native(item) for item in items]
        case _:
            return format_value(value)
