"""The elements of a tensor that were reported, as Python numbers."""

from __future__ import annotations

import struct

from tensordrill.explanation.rules.shapes import numel
from tensordrill.sandbox.traced import TensorFact

_CODES = {
    "bool": "?", "uint8": "B", "int8": "b", "int16": "h", "uint16": "H", "int32": "i", "uint32": "I",
    "int64": "q", "uint64": "Q", "float32": "f", "float64": "d", "float16": "e",
}  # fmt: skip


def elements(tensor: TensorFact) -> list[float]:
    """Return the elements that are known: all of a small tensor, the corners of a large one."""
    found = tensor.values
    code = _CODES.get(found.dtype) if found is not None else None
    if found is None or code is None:
        return []
    count = numel(found.shape)
    return list(struct.unpack(f"<{count}{code}", found.data))


def outside(tensor: TensorFact, low: int, high: int) -> int | None:
    """Return the first element that is not from `low` to `high`."""
    return next((int(each) for each in elements(tensor) if not low <= each <= high and each == each), None)
