"""Strict comparing: type, shape, dtype, then values; never broadcast, never fuzzy.

`differences` compares two observations of programs on the facets of `must`; `shown` gives a value
as text that a learner could have typed; `matches` compares a typed value with a reported one.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal, DecimalException
from functools import lru_cache, partial
from itertools import chain
from typing import Any

from tensordrill.kinds.answers import (
    Aspect,
    Difference,
    Typed,
    TypedComplex,
    TypedFloat,
    TypedTensor,
    Word,
)
from tensordrill.kinds.numbers import PARTS, Number, coarser, elements, near, rounded, shortest
from tensordrill.sandbox import protocol
from tensordrill.sandbox.protocol import Observation, Value

SIGNIFICANT = 3
MOST_ROWS = 1000
A_VALUE = "a value"
"""How a run ended that did not raise."""
SHARES = "shares with "
NOTHING = "nothing"
UNCHANGED = " unchanged"
"""How differences are said in every language, as JSON has them; `asking.result_in_words` is for people."""
MOST_SHOWN = 10_000
"""Letters of a value's text: what is typed may not be longer either."""
_SMALL = 1000
"""Bytes of a tensor whose text is kept: a class sees the same few again and again."""


def shown(value: Value | None) -> str:
    """Return a value as a learner could have typed it, cut where it is longer than anything that is typed."""
    if isinstance(value, protocol.Tensor) and len(value.data) <= _SMALL:
        return _shown_again(value)
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


_shown_again = lru_cache(maxsize=1000)(lambda tensor: _cut(_pieces(tensor)))


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
            return shown(value)


def matches(typed: Typed, value: Value) -> bool:
    """Whether what was typed is this value; a typed list need not carry a dtype."""
    match value:
        case protocol.Tensor():
            return _matches_tensor(typed, value)
        case protocol.Tuple(items) | protocol.List(items):
            return _matches_pieces(_plain(typed), items)
        case protocol.Size(sizes):
            return isinstance(typed, tuple) and all(map(_is_plain_int, typed)) and typed == sizes
        case protocol.Int(v):
            return isinstance(typed, int) and not isinstance(typed, bool) and typed == int(v)
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
    if size[0] > MOST_ROWS:
        return None
    return (_empty(size[1:]),) * size[0] if size[0] else ()


def _matches_pieces(typed: Typed, items: Sequence[Value]) -> bool:
    if not isinstance(typed, tuple) or len(typed) != len(items):
        return False
    return all(matches(piece, item) for piece, item in zip(typed, items, strict=True))


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
        place = min(exponent, exact.adjusted() - SIGNIFICANT + 1)
        return abs(typed - exact) <= Decimal(5).scaleb(place - 1)
    except DecimalException:
        return False


def differences(expected: Observation, got: Observation, must: Sequence[str]) -> list[Difference]:
    """Return what differs between two runs, facet by facet; nothing where they are equal."""
    one, other = _outcome(expected), _outcome(got)
    if one or other:
        return [] if one == other else [Difference("outcome", one or A_VALUE, other or A_VALUE)]
    found = compare(expected.value, got.value, must)
    if "changed" in must:
        found += _compare_named("changed", expected.changed or {}, got.changed or {})
    if "grad" in must:
        found += _compare_named("grad", expected.grads or {}, got.grads or {})
    return found


def _outcome(observation: Observation) -> str:
    if observation.failure:
        return observation.failure
    raised = observation.raised
    return f"{raised.name}: {raised.message}" if raised and observation.value is None else ""


def compare(expected: Value | None, got: Value | None, must: Sequence[str]) -> list[Difference]:
    """Compare two values, tuples piece by piece."""
    if isinstance(expected, protocol.Tensor) and isinstance(got, protocol.Tensor):
        if expected.parameter != got.parameter:
            return [Difference("type", type_of(expected), type_of(got))]
        return _compare_tensors(expected, got, must)
    if type(expected) is not type(got):
        return [Difference("type", type_of(expected), type_of(got))]
    if isinstance(expected, protocol.Tuple | protocol.List) and isinstance(
        got, protocol.Tuple | protocol.List
    ):
        if len(expected.v) != len(got.v):
            return [Difference("length", str(len(expected.v)), str(len(got.v)))]
        return [
            difference
            for one, other in zip(expected.v, got.v, strict=True)
            for difference in compare(one, other, must)
        ]
    if isinstance(expected, protocol.Float) and isinstance(got, protocol.Float):
        equal = near(float(expected.v), float(got.v), "float64")
    else:
        equal = expected == got and not isinstance(expected, protocol.Other)
    return [] if equal else [Difference("values", shown(expected), shown(got))]


def type_of(value: Value | None) -> str:
    """Name a value's type as Python and torch do."""
    match value:
        case protocol.Tensor():
            return "Parameter" if value.parameter else "Tensor"
        case protocol.Other():
            return value.text if value.type == "Tensor" else value.type
        case protocol.Size():
            return "torch.Size"
        case protocol.Dtype():
            return "torch.dtype"
        case protocol.Nothing() | None:
            return "None"
        case protocol.Text():
            return "str"
        case _:
            return type(value).__name__.lower()


def _compare_tensors(
    expected: protocol.Tensor, got: protocol.Tensor, must: Sequence[str]
) -> list[Difference]:
    if expected.shape != got.shape and ("shape" in must or "values" in must):
        return [Difference("shape", repr(expected.shape), repr(got.shape))]
    found = []
    if "dtype" in must and expected.dtype != got.dtype:
        found.append(Difference("dtype", expected.dtype, got.dtype))
    if "values" in must and not _equal_values(expected, got):
        found.append(Difference("values", shown(expected), shown(got)))
    if "stride" in must and _strides(expected) != _strides(got):
        found.append(Difference("stride", repr(expected.stride), repr(got.stride)))
    if "contiguous" in must and expected.contiguous != got.contiguous:
        found.append(Difference("contiguous", str(expected.contiguous), str(got.contiguous)))
    if "memory" in must and set(expected.memory or ()) != set(got.memory or ()):
        found.append(Difference("memory", _sharing(expected), _sharing(got)))
    return found


def _equal_values(expected: protocol.Tensor, got: protocol.Tensor) -> bool:
    if expected.dtype == got.dtype and expected.data == got.data:
        return True
    dtype = coarser(expected.dtype, got.dtype)
    return all(near(a, b, dtype) for a, b in zip(elements(expected), elements(got), strict=True))


def _strides(tensor: protocol.Tensor) -> list[int] | None:
    if tensor.stride is None:
        return None
    if 0 in tensor.shape:
        return []
    return [stride for size, stride in zip(tensor.shape, tensor.stride, strict=True) if size != 1]


def _sharing(tensor: protocol.Tensor) -> str:
    return SHARES + (", ".join(tensor.memory) if tensor.memory else NOTHING)


def _compare_named(facet: Aspect, expected: dict[str, Value], got: dict[str, Value]) -> list[Difference]:
    found = []
    for name in {**expected, **got}:
        one, other = expected.get(name), got.get(name)
        if one is None or other is None or compare(one, other, ("shape", "dtype", "values")):
            found.append(Difference(facet, _named(name, one), _named(name, other)))
    return found


def _named(name: str, value: Value | None) -> str:
    return f"{name}{UNCHANGED}" if value is None else f"{name} = {shown(value)}"
