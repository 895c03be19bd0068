"""Valid frames as large as they may be, each of which could be larger in memory than others."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from typing import Any

from tensordrill.sandbox.calls import MAX_CALLS, MAX_REGIONS
from tensordrill.sandbox.child.wire import (
    MAX_CLASSES,
    MAX_CLUES,
    MAX_FRAME,
    MAX_ITEMS,
    MAX_OPERANDS,
    MAX_STEPS,
    MAX_VALUES,
)
from tensordrill.sandbox.protocol import MAX_NAMES
from tensordrill.sandbox.values import MAX_WORDS

_PLACE = {"line": 1, "column": 0, "end_line": 1, "end_column": 99}
_EMPTY = {"t": "tensor", "dtype": "bool", "shape": [10**6, 0], "data": ""}
_NONE = {"t": "none"}


def _tensor(dtype: str, item: int, shape: list[int]) -> dict[str, Any]:
    size = item
    for each in shape:
        size *= each
    return {"t": "tensor", "dtype": dtype, "shape": shape, "data": base64.b64encode(bytes(size)).decode()}


def _fact(shape: list[int], **more: Any) -> dict[str, Any]:
    return {"shape": shape, "dtype": "complex128", "device": "cpu", "stride": [2**62] * len(shape), **more}


def _full(piece: Any, around: int = 300) -> list[Any]:
    """Return a piece as often as a frame has room for it."""
    return [piece] * ((MAX_FRAME - around) // (len(json.dumps(piece)) + 2))


def _steps(tensor: dict[str, Any], **more: Any) -> dict[str, Any]:
    step = {"place": _PLACE, "tensor": tensor, "memory": "view", **more}
    return {"trace": {"steps": _full(step)[:MAX_STEPS]}}


_VALUES = _tensor("complex128", 16, [MAX_VALUES])
_OPERAND = {"role": "0", "items": [{"role": "0", "tensor": _fact([2**62] * 64)}] * MAX_ITEMS}
_OBSERVATIONS: Mapping[str, Mapping[str, Any]] = {
    "a list of nothing": {"value": {"t": "list", "v": _full(_NONE)}},
    "a list of empty tuples": {"value": {"t": "list", "v": _full({"t": "tuple", "v": []})}},
    "a list of integers": {"value": {"t": "list", "v": _full({"t": "int", "v": "1"})}},
    "a dict": {"value": {"t": "dict", "v": _full([_NONE, _NONE])}},
    "rows of nothing": {"value": {"t": "list", "v": _full(_EMPTY)}},
    "sizes": {"value": {"t": "size", "v": _full(0)}},
    "large sizes": {"value": {"t": "size", "v": _full(2**62)}},
    "a thin tensor": {"value": _tensor("uint8", 1, [786_000, *[1] * 63])},
    "a tensor of complex numbers": {"value": _tensor("complex128", 16, [49_000])},
    "texts": {"value": {"t": "tuple", "v": _full({"t": "text", "v": "가" * (MAX_WORDS // 6)})}},
    "shared names": {"value": {**_EMPTY, "memory": _full("")}},
    "changed tensors": {"changed": {str(at): _tensor("uint8", 1, [7_000, 1, 1]) for at in range(MAX_NAMES)}},
    "calls": {"calls": {"made": [{"function": "a" * 500}] * (MAX_CALLS - 100)}, "value": _NONE},
    "regions": {"calls": {"regions": _full([0, "", 0, [1], [1]])[:MAX_REGIONS]}, "value": _NONE},
    "classes": {"raised": {"classes": ["a" * 10_000] * MAX_CLASSES, "message": "", "line": 1, "where": "code"}},
    "steps with values": _steps(
        _fact([MAX_VALUES], values=_VALUES, storage={"id": 1, "cells": MAX_VALUES, "values": _VALUES})
    ),
    "steps of many dims": _steps(_fact([1] * 64, stride=[1] * 64)),
    "steps of huge sizes": _steps(_fact([2**62] * 60)),
    "empty steps": _steps(_fact([10**8, 0], storage={"id": 1, "cells": 2**62})),
    "changes": _steps(_fact([2]), changed=["a"] * 400),
    "warnings": {"clues": [{"clue": "warned", "place": _PLACE, "category": "W", "message": "a" * 15_000}] * MAX_CLUES},
    "operands": {
        "trace": {
            "failure": {
                "place": _PLACE,
                "call": {"node": "call", "function": "cat", "operands": _full(_OPERAND)[:MAX_OPERANDS]},
            }
        },
        "raised": {"classes": ["RuntimeError"], "message": "", "line": 1, "where": "code"},
    },
    "operands of many pieces": {
        "trace": {
            "failure": {
                "place": _PLACE,
                "call": {
                    "node": "call", "function": "view", "owner": "tensor",
                    "operands": [
                        {"role": "self", "tensor": _fact([2, 3])},
                        {"role": "0", "value": {"t": "list", "v": _full({"t": "int", "v": "9" * 28}, 9000)}},
                        *[{"role": "1"}] * (MAX_OPERANDS - 2),
                    ],
                },
            }
        },
        "raised": {"classes": ["RuntimeError"], "message": "", "line": 1, "where": "code"},
    },
}  # fmt: skip
LARGEST: Mapping[str, bytes] = {
    name: json.dumps({"index": 0, "observation": observation}, separators=(",", ":")).encode()
    for name, observation in _OBSERVATIONS.items()
}
