"""Strict comparing of two runs, facet by facet: type, shape, dtype, then values; never broadcast, never fuzzy."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from tensordrill.kinds.answers import Aspect, Difference
from tensordrill.kinds.format_value import format_value
from tensordrill.kinds.numbers import coarser, elements, near
from tensordrill.sandbox import protocol
from tensordrill.sandbox.protocol import Observation, Value

_SEQUENCES = (protocol.Tuple, protocol.List)
A_VALUE = "a value"
"""The outcome of a run that did not raise."""
SHARES = "shares with "
NOTHING = "nothing"
UNCHANGED = " unchanged"
"""Differences as JSON has them, in every language alike; `instructions.result_in_words` is for people."""


def differences(expected: Observation, got: Observation, must: Sequence[str]) -> list[Difference]:
    """Return what differs between two runs, facet by facet; nothing where they are equal."""
    outcomes = _outcome(expected), _outcome(got)
    if any(outcomes):
        if outcomes[0] == outcomes[1]:
            return []
        return [Difference("outcome", outcomes[0] or A_VALUE, outcomes[1] or A_VALUE)]
    result = compare(expected.value, got.value, must)
    if "changed" in must:
        result += _compare_named("changed", expected.changed or {}, got.changed or {})
    if "grad" in must:
        result += _compare_named("grad", expected.grads or {}, got.grads or {})
    return result


def _outcome(observation: Observation) -> str:
    if observation.failure:
        return observation.failure
    raised = observation.raised
    return f"{raised.name}: {raised.message}" if raised and observation.value is None else ""


def compare(expected: Value | None, got: Value | None, must: Sequence[str]) -> list[Difference]:
    """Compare two values; a difference between tuples has the number of the piece that differs.

    >>> expected, got = (protocol.Tuple((protocol.Int("1"), protocol.Int(last))) for last in "23")
    >>> [(difference.piece, difference.got) for difference in compare(expected, got, ["values"])]
    [('2', '3')]
    """
    if isinstance(expected, protocol.Tensor) and isinstance(got, protocol.Tensor):
        if expected.parameter != got.parameter:
            return [Difference("type", type_of(expected), type_of(got))]
        return _compare_tensors(expected, got, must)
    if type(expected) is not type(got):
        return [Difference("type", type_of(expected), type_of(got))]
    if isinstance(expected, _SEQUENCES) and isinstance(got, _SEQUENCES):
        if len(expected.v) != len(got.v):
            return [Difference("length", str(len(expected.v)), str(len(got.v)))]
        return [
            replace(difference, piece=f"{number}.{difference.piece}" if difference.piece else str(number))
            for number, pieces in enumerate(zip(expected.v, got.v, strict=True), 1)
            for difference in compare(*pieces, must)
        ]
    if isinstance(expected, protocol.Float) and isinstance(got, protocol.Float):
        equal = near(float(expected.v), float(got.v), "float64")
    else:
        equal = expected == got and not isinstance(expected, protocol.Other)
    return [] if equal else [Difference("values", format_value(expected), format_value(got))]


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
    result = []
    if "dtype" in must and expected.dtype != got.dtype:
        result.append(Difference("dtype", expected.dtype, got.dtype))
    if "values" in must and not _equal_values(expected, got):
        result.append(Difference("values", format_value(expected), format_value(got)))
    if "stride" in must and _strides(expected) != _strides(got):
        result.append(Difference("stride", repr(expected.stride), repr(got.stride)))
    if "contiguous" in must and expected.contiguous != got.contiguous:
        result.append(Difference("contiguous", str(expected.contiguous), str(got.contiguous)))
    if "memory" in must and set(expected.memory or ()) != set(got.memory or ()):
        result.append(Difference("memory", _sharing(expected), _sharing(got)))
    return result


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
    result = []
    for name in {**expected, **got}:
        values = expected.get(name), got.get(name)
        if None in values or compare(*values, ("shape", "dtype", "values")):
            result.append(Difference(facet, _named(name, values[0]), _named(name, values[1])))
    return result


def _named(name: str, value: Value | None) -> str:
    return f"{name}{UNCHANGED}" if value is None else f"{name} = {format_value(value)}"
