"""A tensor's bytes as Python numbers, and how near two computed numbers must be."""

from __future__ import annotations

import math
import struct
import sys
from collections.abc import Sequence
from typing import Any, TypeAlias

from tensordrill.sandbox.protocol import Tensor

Number: TypeAlias = bool | int | float | complex

_CODES = {
    "bool": "?", "uint8": "B", "int8": "b", "uint16": "H", "int16": "h", "uint32": "I", "int32": "i",
    "uint64": "Q", "int64": "q", "float16": "e", "float32": "f", "float64": "d", "complex64": "f", "complex128": "d",
}  # fmt: skip
"""Formats of the standard library's `struct`; of complex numbers, that of a part."""
_TOLERANCES = {
    "float16": (1e-3, 1e-5),
    "bfloat16": (1.6e-2, 1e-5),
    "float32": (1.3e-6, 1e-5),
    "complex64": (1.3e-6, 1e-5),
    "float64": (1e-7, 1e-7),
    "complex128": (1e-7, 1e-7),
}
"""Relative and absolute tolerance: https://docs.pytorch.org/docs/stable/testing.html#torch.testing.assert_close."""

PARTS = {"complex64": "float32", "complex128": "float64"}
"""The dtype of a complex number's two parts."""

ALIASES = {
    "float": "float32", "double": "float64", "half": "float16", "long": "int64", "int": "int32", "short": "int16",
    "cfloat": "complex64", "cdouble": "complex128",
    "floattensor": "float32", "doubletensor": "float64", "halftensor": "float16", "bfloat16tensor": "bfloat16",
    "longtensor": "int64", "inttensor": "int32", "shorttensor": "int16", "chartensor": "int8", "bytetensor": "uint8",
    "booltensor": "bool",
}  # fmt: skip
"""Other names of dtypes, in lower case; `LongTensor` is a type of tensors that names its dtype."""
_EXACT_INTEGERS = 1e16
"""Python prints larger floats with an exponent."""
DTYPES = frozenset({*_CODES, "bfloat16"})


def elements(tensor: Tensor) -> list[Number]:
    """Return a tensor's elements in row-major order.

    Raises ValueError where the bytes do not fit dtype and shape, which only a forged reply has.
    """
    count = math.prod(tensor.shape)
    if tensor.dtype == "bfloat16":
        halves = _unpack("H", tensor.data, count)
        return [struct.unpack("<f", struct.pack("<I", half << 16))[0] for half in halves]
    if tensor.dtype not in _CODES:
        raise ValueError(f"dtype {tensor.dtype} cannot be read")
    code = _CODES[tensor.dtype]
    if tensor.dtype.startswith("complex"):
        parts = _unpack(code, tensor.data, 2 * count)
        return [complex(parts[i], parts[i + 1]) for i in range(0, 2 * count, 2)]
    return list(_unpack(code, tensor.data, count))


def near(expected: Number, got: Number, dtype: str) -> bool:
    """Whether two numbers of a dtype are equal: exactly, or within its tolerance if floating."""
    if dtype not in _TOLERANCES:
        return expected == got
    if isinstance(expected, complex) or isinstance(got, complex):
        expected, got, part = complex(expected), complex(got), PARTS.get(dtype, "float64")
        return near(expected.real, got.real, part) and near(expected.imag, got.imag, part)
    if math.isnan(expected) or math.isnan(got):
        return math.isnan(expected) and math.isnan(got)
    if math.isinf(expected) or math.isinf(got):
        return expected == got
    relative, absolute = _TOLERANCES[dtype]
    return abs(got - expected) <= absolute + relative * abs(expected)


def coarser(first: str, second: str) -> str:
    """Return the dtype of the two with the wider tolerance."""
    return max(first, second, key=lambda dtype: _TOLERANCES.get(dtype, (0.0, 0.0)))


def shortest(value: float, dtype: str) -> str:
    """Return the shortest text that reads back as this number of this dtype, as torch prints it."""
    if not math.isfinite(value):
        return repr(value)
    if value.is_integer() and abs(value) < _EXACT_INTEGERS:
        return f"{value:.0f}."
    digits = {"float16": 5, "bfloat16": 4, "float32": 9}.get(dtype, 17)
    text = next(
        text
        for precision in range(1, digits + 1)
        if rounded(float(text := f"{value:.{precision}g}"), dtype) == value or precision == digits
    )
    if "e" in text:
        text = repr(float(text))
    if text.endswith(".0"):
        return text.removesuffix("0")
    return text if "." in text or "e" in text else f"{text}."


def rounded(value: float, dtype: str) -> float:
    """Return the number of a floating dtype that is nearest to a value."""
    code = {"float16": "e", "float32": "f", "bfloat16": "f"}.get(dtype, "d")
    try:
        packed = struct.pack(f"<{code}", value)
    except OverflowError:
        return math.copysign(math.inf, value)
    if dtype == "bfloat16":
        # The upper half of a float32, to the nearest and of two to the even one, as c10/util/BFloat16.h has it.
        (bits,) = struct.unpack("<I", packed)
        rounded = (bits + 0x7FFF + ((bits >> 16) & 1)) & 0xFFFF0000
        packed = struct.pack("<I", rounded & 0xFFFFFFFF)
    return float(struct.unpack(f"<{code}", packed)[0])


def _unpack(code: str, data: bytes, count: int) -> Sequence[Any]:
    if len(data) != count * struct.calcsize(f"={code}"):
        raise ValueError("a tensor whose bytes do not fit its shape")
    return struct.unpack(f"{'<' if sys.byteorder == 'little' else '>'}{count}{code}", data)
