"""An explanation as plain data for `--json`.

Elements are nested lists: numbers and bools as they are; `"nan"`, `"inf"`, `"-inf"` and complex numbers as
strings, since JSON has none; null for the values of a tensor that is too large or can't be read, and after
MAX_VALUES elements in all. A run that did not end by itself has an error of type `timeout` or `crashed`. `more`,
there where steps were left out, counts them; `file` is there where a line is a module's of the script's folder.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

from tensordrill.explanation.explanation import Caller, Error, Explanation, Suspicious
from tensordrill.explanation.provenance import Origin
from tensordrill.explanation.step import Step
from tensordrill.kinds.numbers import Number, elements, shortest
from tensordrill.sandbox.trace import TensorFact

MAX_VALUES = 16_384


def as_json(explanation: Explanation) -> dict[str, Any]:
    """Return the steps, the error or null, what was printed, and what is suspicious; the rest where there is any."""
    described: dict[str, Any] = {
        "steps": list(_steps(explanation)),
        "error": _error(explanation),
        "stdout": explanation.stdout,
        "suspicious": [_suspicious(place) for place in explanation.suspicious],
    }
    known = {
        "more": explanation.more,
        "stderr": explanation.stderr,
        "adjustments": list(explanation.adjustments),
    }
    return described | {name: value for name, value in known.items() if value}


def _steps(explanation: Explanation) -> Iterator[dict[str, Any]]:
    room = MAX_VALUES
    for step in explanation.steps[explanation.first_step :]:
        shown = values(step.tensor) if math.prod(step.tensor.shape) <= room else None
        room -= 0 if shown is None else math.prod(step.tensor.shape)
        yield _step(step, explanation, shown)


def _step(step: Step, explanation: Explanation, shown: Any) -> dict[str, Any]:
    tensor = step.tensor
    return {
        "line": step.line,
        "column": step.column,
        "expression": step.expression,
        "shape": list(tensor.shape),
        "stride": _stride(tensor),
        "storage_offset": tensor.storage_offset,
        "dtype": tensor.dtype,
        "device": tensor.device,
        "contiguous": tensor.contiguous,
        "memory": step.memory,
        "of": None if step.of is None else explanation.steps[step.of].expression,
        "changed": list(step.changed),
        "requires_grad": tensor.requires_grad,
        "values": shown,
        **_file(step),
    }


def _suspicious(place: Suspicious) -> dict[str, Any]:
    return {
        "line": place.line,
        "column": place.column,
        "expression": place.expression,
        "kind": place.kind,
        "certainty": place.certainty,
        "text": place.text,
        **_file(place),
    }


def _file(where: Step | Error | Suspicious | Origin | Caller) -> dict[str, str]:
    return {"file": where.file} if where.file else {}


def _stride(tensor: TensorFact) -> list[int] | None:
    return None if tensor.stride is None else list(tensor.stride)


def values(tensor: TensorFact) -> Any:
    """Return all elements as nested lists, a 0-d tensor's as itself; None where not all are known."""
    if tensor.values is None or not tensor.is_whole:
        return None
    dtype = tensor.values.dtype
    return _nested([_number(value, dtype) for value in elements(tensor.values)], tensor.values.shape)


def _nested(flat: list[Any], shape: tuple[int, ...]) -> Any:
    if not shape:
        return flat[0]
    step = math.prod(shape[1:])
    return [_nested(flat[i * step : (i + 1) * step], shape[1:]) for i in range(shape[0])]


def _number(value: Number, dtype: str) -> bool | int | float | str:
    if isinstance(value, complex):
        part = "float32" if dtype == "complex64" else "float64"
        return str(complex(float(shortest(value.real, part)), float(shortest(value.imag, part))))
    if isinstance(value, float):
        return float(shortest(value, dtype)) if math.isfinite(value) else str(value)
    return value


def _error(explanation: Explanation) -> dict[str, Any] | None:
    if explanation.error is not None:
        return _raised(explanation.error)
    if explanation.ended is None:
        return None
    empty: dict[str, Any] = {"line": None, "expression": None, "message": "", "reason": None, "operands": []}
    return {**empty, "type": explanation.ended}


def _raised(error: Error) -> dict[str, Any]:
    return {
        "line": error.line,
        "expression": error.expression,
        "type": error.type,
        "message": error.message,
        "reason": error.reason,
        "operands": [
            {
                "expression": name,
                "shape": list(tensor.shape),
                "stride": _stride(tensor),
                "dtype": tensor.dtype,
            }
            for name, tensor in error.tensors
        ]
        + [
            {"expression": name, "pieces": nested.count, "shapes": list(map(list, nested.shapes))}
            for name, nested in error.nested
        ],
        **_causes(error),
        **_file(error),
    }


def _causes(error: Error) -> dict[str, Any]:
    """Return what is known of where the error came from: each key is there where it is."""
    callers = [{"line": call.line, "expression": call.expression, **_file(call)} for call in error.callers]
    known = {
        "origins": [_origin(origin) for origin in error.origins],
        "mend": error.mend.code if error.mend else "",
        "callers": callers,
        "module": error.module,
        "module_type": error.module_type,
    }
    return {name: value for name, value in known.items() if value}


def _origin(origin: Origin) -> dict[str, Any]:
    return {
        "line": origin.line,
        "expression": origin.expression,
        "kind": origin.kind,
        "dim": origin.dim,
        "size": origin.size,
        "shape": list(origin.shape),
        "from": list(origin.source),
        **_file(origin),
    }
