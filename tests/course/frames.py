"""Frames that a submission writes in place of the sandbox's own, to every descriptor that it finds."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any


def _observation(**observation: Any) -> str:
    return json.dumps({"index": 0, "observation": observation})


def _value(**value: Any) -> str:
    return _observation(value=value)


def _empty_tensor(**changes: Any) -> dict[str, Any]:
    return {"t": "tensor", "dtype": "int64", "shape": [0], "data": "", **changes}


def _raised(**changes: Any) -> str:
    return _observation(raised={"classes": ["E"], "message": "", "line": 1, "where": "code", **changes})


_BODIES = {
    "verdict": '{"outcome": "correct", "points": 1}',
    "true": _value(t="bool", v=True),
    "correct": _observation(value={"t": "text", "v": "correct"}, outcome="correct"),
    "nothing": "{}",
    "null": "null",
    "not-json": "correct",
    "later-index": '{"index": 7, "observation": {}}',
    "earlier-index": '{"index": -1, "observation": {}}',
    "failure": _observation(failure="timeout"),
    "no-class": _raised(classes=[]),
    "huge-line": _raised(line=10**4200),
    "unknown-dtype": _observation(changed={"x": _empty_tensor(dtype="evil")}),
    "unknown-dtype-value": _value(**_empty_tensor(dtype="evil")),
    "huge-sizes": _value(t="size", v=[10**4200]),
    "huge-strides": _value(**_empty_tensor(stride=[10**4200])),
    "huge-shape": _value(**_empty_tensor(shape=[0, 10**4200])),
    "negative-shape": _value(**_empty_tensor(shape=[-1, 0])),
    "short-data": _value(**_empty_tensor(shape=[9])),
    "deep": '{"index": 0, "observation": {"value": %s}}' % ('{"t":"tuple","v":[' * 400 + "]}" * 400),
    "deeper": '{"index": 0, "observation": {"value": %s}}' % ("[" * 9000 + "]" * 9000),
    "escapes": _observation(stdout="\x1b[31m", value={"t": "none"}),
    "surrogate": '{"index": 0, "observation": {"stdout": "\\ud800"}}',
    "many-calls": _observation(calls=["a"] * 100_000),
    "many-names": _observation(changed={str(number): {"t": "none"} for number in range(20_000)}),
    "hostile-names": _observation(
        changed={"<script>alert(1)</script>": {"t": "other", "type": "=1", "text": "]]>"}}
    ),
    "two-types": _value(t="dict", v=[[{"t": "dict", "v": []}, {"t": "none"}]]),
}
_WRITTEN = {
    **dict.fromkeys(_BODIES, "len(body).to_bytes(4, 'big') + body"),
    "too-long": "b'\\xff' * 64",
    "cut-off": "(999).to_bytes(4, 'big') + body",
    "flood": "(len(body).to_bytes(4, 'big') + body) * 9999",
}


def _code(body: str, sentence: str) -> str:
    return f"""
        import os
        body = {body!r}.encode()
        frame = {sentence}
        for number in range(64):
            try:
                os.write(number, frame)
            except OSError:
                pass
        return x"""


_PLACE = {"line": 1, "column": 0, "end_line": 9, "end_column": 9}


def _steps(*tensors: dict[str, Any], **changes: Any) -> str:
    steps = [
        {
            "place": _PLACE,
            "tensor": {"dtype": "int64", "device": "cpu", **tensor},
            "memory": "view",
            **changes,
        }
        for tensor in tensors
    ]
    return _observation(trace={"steps": steps})


_STRIDED = {"shape": [2, 2], "stride": [1, 2], "contiguous": False, "storage": {"id": 1, "cells": 4}}
_TRACED = {
    "strides": _steps({**_STRIDED, "stride": [1]}),
    "empty-and-huge": _steps({**_STRIDED, "shape": [0, 10**8]}),
    "huge": _steps({**_STRIDED, "shape": [2**62, 2**62], "stride": [2**62, 2**62], "storage_offset": 2**62}),
    "of-itself": _steps(_STRIDED, kind="statement", of=0),
    "of-none": _steps(_STRIDED, of=7),
    "far-away": _observation(
        trace={
            "steps": [],
            "failure": {"place": {**_PLACE, "line": 2**31 - 1}, "call": {"node": "call", "operands": []}},
        },
        raised={"classes": ["E"], "message": "", "line": 2**31 - 1, "where": "code"},
    ),
    "deep": _observation(
        trace={"failure": {"place": _PLACE, "call": {"node": "call", "operands": ["DEEP"]}}}
    ).replace('"DEEP"', '{"role": "0", "items": [' * 300 + "]}" * 300),
}
"""Claims that only a run that reports its steps may make, in place of what it did."""


def _traced(body: str) -> str:
    return f"""
        import os, sys
        body = {body!r}.encode()
        up = sys._getframe()
        while up and 'tracer' not in up.f_locals:
            up = up.f_back
        for number in range(64 if up else 0):
            try:
                os.write(number, len(body).to_bytes(4, 'big') + body)
            except OSError:
                pass
        return x"""


FORGED: Mapping[str, str] = {
    **{name: _code(_BODIES.get(name, _BODIES["true"]), written) for name, written in _WRITTEN.items()},
    **{f"steps-{name}": _traced(body) for name, body in _TRACED.items()},
}
