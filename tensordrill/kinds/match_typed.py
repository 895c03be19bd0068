"""Whether what was typed is a value: type, shape, then elements, each as exactly as it was typed."""

from __future__ import annotations

import math
from collections.abc import Iterator
from decimal import Decimal, DecimalException

from tensordrill.kinds.answers import Typed, TypedComplex, TypedFloat, TypedTensor, Word
from tensordrill.kinds.numbers import PARTS, Number, elements, rounded
from tensordrill.sandbox import protocol
from tensordrill.sandbox.protocol import Value

_SIGNIFICANT = 3
"""Digits of a float that have to be typed at least: `0.333` is a third, `0.33` is not."""
_MOST_ROWS = 1000


def matches(typed: Typed, value: Value) -> bool:
    """Whether what was typed is this value; a typed list need not carry a dtype."""
    match value:
        case protocol.Tensor():
            return _matches_tensor(typed, value)
        case protocol.Tuple(items) | protocol.List(items):
            typed = _plain(typed)
            if not isinstance(typed, tuple) or len(typed) != len(items):
                return False
            return all(map(matches, typed, items))
        case protocol.Size(sizes):
            return isinstance(typed, tuple) and all(map(_is_plain_int, typed)) and typed == sizes
        case protocol.Int(v):
            return _is_plain_int(typed) and typed == int(v)
        case protocol.Bool(v):
            return typed is v
        case protocol.Float(v):
            return _matches_number(typed, float(v), "float64")
        case protocol.Complex(real, imag):
            return _matches_number(typed, complex(float(real.v), float(imag.v)), "complex128")
        case protocol.Nothing():
            return typed is None
        case protocol.Text(v) | protocol.Dtype(v) | protocol.Class(v):
            return isinstance(typed, Word) and typed.text == v
        case _:
            return False


def _plain(typed: Typed) -> Typed:
    if not isinstance(typed, TypedTensor):
        return typed
    return typed.items if typed.size is None else _empty(typed.size)


def _empty(size: tuple[int, ...]) -> Typed:
    """Return the nested tuples that an empty tensor is as a list; none for one that no answer is."""
    if size[0] > _MOST_ROWS:
        return None
    return (_empty(size[1:]),) * size[0] if size[0] else ()


def _matches_tensor(typed: Typed, tensor: protocol.Tensor) -> bool:
    if isinstance(typed, TypedTensor):
        if typed.dtype is not None and typed.dtype != tensor.dtype:
            return False
        if typed.size is not None:
            return typed.size == tensor.shape
    return _matches_nested(_plain(typed), iter(elements(tensor)), tensor.shape, tensor.dtype)


def _matches_nested(typed: Typed, numbers: Iterator[Number], shape: tuple[int, ...], dtype: str) -> bool:
    """Whether typed lists are these numbers in row-major order."""
    if shape:
        if not isinstance(typed, tuple) or len(typed) != shape[0]:
            return False
        return all(_matches_nested(part, numbers, shape[1:], dtype) for part in typed)
    number = next(numbers)
    if isinstance(number, bool):
        return typed is number or (typed in (0, 1) and _is_plain_int(typed) and bool(typed) is number)
    return _matches_number(typed, number, dtype)


def _is_plain_int(typed: Typed) -> bool:
    return isinstance(typed, int) and not isinstance(typed, bool)


def _matches_number(typed: Typed, number: Number, dtype: str) -> bool:
    if isinstance(number, complex):
        real, imag = (typed.real, typed.imag) if isinstance(typed, TypedComplex) else (typed, 0)
        part = PARTS.get(dtype, "float64")
        return _matches_number(real, number.real, part) and _matches_number(imag, number.imag, part)
    if not isinstance(typed, int | TypedFloat) or isinstance(typed, bool):
        return False
    value = typed.number if isinstance(typed, TypedFloat) else typed
    if value == number or (value != value and number != number):
        return True
    if isinstance(value, float) and isinstance(number, float) and rounded(value, dtype) == number:
        return True
    return isinstance(number, float) and _rounds_to(number, str(getattr(typed, "text", typed)))


def _rounds_to(number: float, digits: str) -> bool:
    if not math.isfinite(number) or number == 0:
        return False
    try:
        typed = Decimal(digits)
        exact = Decimal(number)
        exponent = typed.as_tuple().exponent
        if not isinstance(exponent, int):
            return False
        place = min(exponent, exact.adjusted() - _SIGNIFICANT + 1)
        return abs(typed - exact) <= Decimal(5).scaleb(place - 1)
    except DecimalException:
        return False
