"""A child's steps are bounded and fit together, or they are no reply; those of honest programs are one."""

from __future__ import annotations

import base64
import copy
import json
from collections.abc import Mapping
from typing import Any

import pytest

from tensordrill.sandbox import values
from tensordrill.sandbox.child import wire
from tensordrill.sandbox.client import Sandbox
from tensordrill.sandbox.frames import Replies
from tensordrill.sandbox.protocol import Job, Limits, Program

PROGRAM = Program(given="x = torch.zeros(2, 3)", code="y = x.t()\ny.view(-1)", trace=True)
_PLACE = {"line": 1, "column": 4, "end_line": 1, "end_column": 21, "file": ""}
_ZEROS = base64.b64encode(bytes(24)).decode()
_VALUES = {"t": "tensor", "dtype": "float32", "shape": [2, 3], "data": _ZEROS}
_TENSOR = {
    "shape": [2, 3],
    "dtype": "float32",
    "device": "cpu",
    "stride": [3, 1],
    "storage_offset": 0,
    "values": _VALUES,
    "storage": {"id": 1, "cells": 6, "values": {**_VALUES, "shape": [6]}},
}
_STEP: dict[str, Any] = {
    "place": _PLACE,
    "tensor": _TENSOR,
    "memory": "new",
    "of": None,
    "changed": [],
    "depth": 0,
    "kind": "value",
}
_OPERAND = {"role": "self", "place": {**_PLACE, "line": 3, "end_line": 3}, "tensor": _TENSOR, "step": 1}
_CALL: dict[str, Any] = {
    "node": "call",
    "function": "view",
    "owner": "tensor",
    "operands": [_OPERAND, {"role": "0", "value": {"t": "int", "v": "-1"}}],
}
_FAILURE: dict[str, Any] = {
    "place": {**_PLACE, "line": 3, "end_line": 3},
    "call": _CALL,
    "inner": {"node": "call", "function": "view", "operands": [{"role": "x", "tensor": _TENSOR}]},
    "saved": [{"function": "ExpBackward0", "what": "result", "freed": 2, "step": 0}],
    "near": ["view_as"],
}
_STEP_CALL = {**_CALL, "operands": [{"role": "self", "step": 0}]}
TRACE: dict[str, Any] = {
    "steps": [
        _STEP,
        {**_STEP, "memory": "view", "of": 0, "call": {**_CALL, "operands": [{"role": "self", "step": 0}]}},
    ],
    "more": 0,
    "failure": _FAILURE,
}


def changed(path: str, value: object) -> dict[str, Any]:
    """Return the trace with another value at a path, as `steps.0.tensor.shape`."""
    trace = copy.deepcopy(TRACE)
    at: Any = trace
    *keys, last = [int(key) if key.isdigit() else key for key in path.split(".")]
    for key in keys:
        at = at[key]
    at[last] = value
    return trace


def nested(depth: int) -> dict[str, Any]:
    return {"role": "0", "items": [nested(depth - 1)] if depth else []}


def deep(depth: int) -> dict[str, Any]:
    return {"t": "list", "v": [deep(depth - 1)] if depth else []}


def frame(trace: Mapping[str, Any]) -> bytes:
    return json.dumps({"index": 0, "observation": {"trace": trace}}).encode()


GOOD: dict[str, tuple[str, object]] = {
    "as it is": ("more", 0),
    "a scalar": ("steps.0.tensor", {"shape": [], "dtype": "float32", "device": "cpu", "stride": []}),
    "without strides": ("steps.0.tensor.stride", None),
    "huge and empty": ("steps.0.tensor", {"shape": [0, 10**18], "dtype": "int64", "device": "cpu"}),
    "huge": (
        "steps.0.tensor",
        {"shape": [2**62, 2**62], "dtype": "int64", "device": "meta", "stride": [0, 0]},
    ),
    "corners": ("steps.0.tensor", {**_TENSOR, "shape": [2000, 3], "is_whole": False}),
    "first ones": (
        "steps.0.tensor",
        {
            **_TENSOR,
            "shape": [9] * 4,
            "stride": [1] * 4,
            "is_whole": False,
            "values": {**_VALUES, "shape": [6]},
        },
    ),
    "an offset beyond a storage that was resized": ("steps.0.tensor.storage_offset", 99),
    "the very end": ("failure.place", {**_PLACE, "line": 4, "end_line": 4}),
    "a module of the user's own": ("failure.place", {**_PLACE, "end_line": 999, "file": "a.py"}),
    "nested operands": ("failure.call.operands", [nested(wire.MAX_NESTED)]),
    "a deep value": ("failure.call.operands.1.value", deep(wire.MAX_DEPTH)),
    "a nested tensor": ("failure.call.operands.0.nested", {"count": 30, "shapes": [[2, 3]] * wire.MAX_ITEMS}),
}
BAD: dict[str, tuple[str, object]] = {
    # numbers
    "negative size": ("steps.0.tensor.shape", [-2, 3]),
    "huge size": ("steps.0.tensor.shape", [2**63, 3]),
    "float size": ("steps.0.tensor.shape", [2.5, 3]),
    "too many dims": ("steps.0.tensor", {"shape": [1] * 65, "dtype": "int64", "device": "cpu"}),
    "huge stride": ("steps.0.tensor.stride", [10**30, 1]),
    "negative offset": ("steps.0.tensor.storage_offset", -1),
    "negative cells": ("steps.0.tensor.storage", {"id": 1, "cells": -1}),
    "huge count": ("more", 2**63),
    "line 0": ("steps.0.place.line", 0),
    "negative column": ("steps.0.place.column", -1),
    "huge column": ("steps.0.place.end_column", 2**31),
    "negative depth": ("steps.0.depth", -1),
    # what fits together
    "strides of another rank": ("steps.0.tensor.stride", [1]),
    "values of another shape": ("steps.0.tensor.values.shape", [3, 2]),
    "too many values": (
        "steps.0.tensor",
        {**_TENSOR, "shape": [257], "stride": [1],
         "values": {"t": "tensor", "dtype": "bool", "shape": [257], "data": base64.b64encode(bytes(257)).decode()}},
    ),
    "values of too many empty rows": (
        "steps.0.tensor",
        {"shape": [10**6, 0], "dtype": "bool", "device": "cpu",
         "values": {"t": "tensor", "dtype": "bool", "shape": [10**6, 0], "data": ""}},
    ),
    "corners larger than the tensor": ("steps.0.tensor", {**_TENSOR, "shape": [1, 3], "is_whole": False}),
    "a storage's values of another shape": ("steps.0.tensor.storage.cells", 7),
    "a storage in a grid": ("steps.0.tensor.storage.values.shape", [2, 3]),
    "a step of itself": ("steps.1.of", 1),
    "a step of a later one": ("steps.0.of", 1),
    "a step of none": ("steps.1.of", -1),
    "an operand of a later step": ("failure.call.operands.0.step", 2),
    "an operand of the step itself": ("steps.1.call.operands.0.step", 1),
    "an operand inside of a later step": ("failure.inner.operands.0.step", 2),
    "a saved tensor of a later step": ("failure.saved.0.step", 2),
    "a step below the program": ("steps.0.place.end_line", 5),
    "a failure below the program": ("failure.place.line", 5),
    "a change below the program": ("failure.saved.0.changes", [{**_PLACE, "line": 5, "end_line": 5}]),
    "an operand below the program": ("failure.call.operands.0.place.line", 5),
    "an operand of a step below the program": ("steps.1.call.operands.0.place", {**_PLACE, "line": 5, "end_line": 5}),
    # lists
    "too many steps": ("steps", [_STEP] * (wire.MAX_STEPS + 1)),
    "too many changes": ("steps.0.changed", ["a"] * (wire.MAX_CHANGED + 1)),
    "too many operands": ("failure.call.operands", [{"role": "0"}] * (wire.MAX_OPERANDS + 1)),
    "too many operands of a step": ("steps.1.call.operands", [{"role": "0"}] * (wire.MAX_OPERANDS + 1)),
    "too many operands inside": ("failure.inner.operands", [{"role": "0"}] * (wire.MAX_OPERANDS + 1)),
    "too many items": ("failure.call.operands.0.items", [{"role": "0"}] * (wire.MAX_ITEMS + 1)),
    "too many pieces": ("failure.call.operands.0.nested", {"count": 17, "shapes": [[2]] * (wire.MAX_ITEMS + 1)}),
    "fewer pieces than shapes": ("failure.call.operands.0.nested", {"count": 1, "shapes": [[2], [2]]}),
    "too many saved": ("failure.saved", _FAILURE["saved"] * 5),
    "too many changes of a saved tensor": ("failure.saved.0.changes", [_PLACE] * 4),
    "too many carried": ("failure.carried", [{"name": "a"}] * 4),
    "too many near": ("failure.near", ["a"] * 4),
    "lists too deep": ("failure.call.operands", [nested(wire.MAX_NESTED + 1)]),
    "lists far too deep": ("failure.call.operands", [nested(300)]),
    "a value too deep": ("failure.call.operands.1.value", deep(wire.MAX_DEPTH + 1)),
    "bounds too deep": ("failure.call.operands.1.bounds", [deep(wire.MAX_DEPTH + 1), {"t": "none"}, {"t": "none"}]),
    # words
    "a long name": ("failure.call.function", "a" * (values.MAX_WORDS + 1)),
    "an escape": ("steps.0.expression", "\x1b[2J"),
    "another relation": ("steps.0.memory", "stolen"),
    "another kind": ("steps.0.kind", "verdict"),
    "another node": ("failure.call.node", "crime"),
    "another owner": ("failure.call.owner", "me"),
    "another use": ("failure.within", "reach"),
    # types
    "a text for a step": ("steps.0", "x"),
    "a number for a place": ("steps.0.place", 1),
    "nothing for a tensor": ("steps.0.tensor", None),
    "an unknown key": ("steps.0.correct", True),
    "a list for a failure": ("failure", []),
}  # fmt: skip


@pytest.mark.parametrize("mutation", GOOD.values(), ids=GOOD)
def test_a_trace(mutation: tuple[str, object]) -> None:
    reply = Replies((PROGRAM,)).decode(frame(changed(*mutation)))
    assert reply is not None
    assert reply.observation.trace is not None


@pytest.mark.parametrize("mutation", BAD.values(), ids=BAD)
def test_not_a_trace(mutation: tuple[str, object]) -> None:
    with pytest.raises(ValueError, match=r"^not a reply$|^a step outside of the program$"):
        Replies((PROGRAM,)).decode(frame(changed(*mutation)))


# ---- what children say ----

ODD = {
    "a dtype that is not read": "x = torch.zeros(2, 2, dtype=torch.float8_e4m3fn)\ny = x.t()",
    "half a complex": "x = torch.zeros(2, 2).to(torch.complex32)",
    "bits": "x = torch.zeros(4, dtype=torch.uint8).view(torch.bits8)",
    "quantized": "x = torch.quantize_per_tensor(torch.ones(3), 0.1, 0, torch.qint8)",
    "sparse": "x = torch.eye(3).to_sparse()",
    "nested": "x = torch.nested.nested_tensor([torch.ones(2), torch.ones(3)])",
    "jagged": "x = torch.nested.nested_tensor([torch.ones(2), torch.ones(3)], layout=torch.jagged)",
    "meta": "x = torch.zeros(3, 4, device='meta').t()",
    "empty and huge": "x = torch.zeros(0, 10**8)\ny = x[:, ::2]",
    "empty between huge": "x = torch.zeros(2**40, 0, 2**40).transpose(0, 1)",
    "huge and empty": "x = torch.zeros(10**8, 0)",
    "expanded": "x = torch.zeros(1).expand(2**62)",
    "many dims": "x = torch.zeros([1] * 70)\ny = torch.zeros([1] * 64)\nz = x + y",
    "memory taken away": "x = torch.ones(3)\nx.untyped_storage().resize_(0)\ny = x",
    "some memory taken away": "x = torch.ones(300)\nx.untyped_storage().resize_(8)\ny = x",
    "an offset in nothing": "x = torch.ones(3).as_strided((0,), (1,), 2)",
    "lists in lists": "x = torch.ones(2)\nfor _ in range(40):\n    x = [x]\ntorch.stack(x)",
    "displays in displays": f"x = torch.ones(2)\ntorch.stack({'[' * 40}x{']' * 40})",
    "many operands": f"x = torch.ones(2)\nmax({'x, ' * 100}x.view(7))\n",
    "many arguments": f"x = torch.ones(2)\ntorch.add({'x, ' * 100})\n",
    "many names": "x = torch.ones(2)\nfor i in range(1000):\n    exec(f'x{i} = x')\nx.add_(1)",
    "a line of nowhere": "x = torch.ones(2)\nraise SyntaxError('no', ('<program>', -5, 1, ''))",
    "a line of words": "x = torch.ones(2)\nraise SyntaxError('no', ('<program>', 'five', 1, ''))",
    "many classes": "C = ValueError\nfor i in range(300):\n    C = type(f'C{i}', (C,), {})\nraise C('x')",
    "an error at the end": "x = torch.ones(2)\nif True:",
    "an open bracket": "x = torch.ones(2\n\n\n",
    "carriage returns": "x = torch.ones(2)\r\rx.view(3)\r",
    "many backwards": "w = torch.ones(2, requires_grad=True)\nfor _ in range(500):\n    w.sum().backward()\nw.view(3)",
    "long values": "x = [torch.full((16, 16), i / 3, dtype=torch.complex128) for i in range(390)]",
    "Korean": "값 = torch.ones(2)\n값.view('" + "가" * 3000 + "')",
}


@pytest.mark.parametrize("code", ODD.values(), ids=ODD)
def test_no_honest_program_is_said_to_have_crashed(sandbox: Sandbox, code: str) -> None:
    (observation,) = sandbox.run(Job((Program(code=code, trace=True),), "learner", Limits(seconds=30.0)))
    assert observation.failure is None
    assert observation.trace is not None
    assert observation.raised is not None or observation.trace.steps or observation.trace.more


_LOOP = """
x = torch.ones(2, 3, 4)
for i in range(200):
    y = x[:, :2] if i < 199 else x
    z = y.flatten(1)
    z.view(2, 8)
"""


def test_the_last_round_of_a_long_loop_has_its_steps(sandbox: Sandbox) -> None:
    (observation,) = sandbox.run(Job((Program(code=_LOOP, trace=True),), "learner", Limits(seconds=30.0)))
    assert observation.trace is not None
    assert observation.trace.failure is not None
    step = observation.trace.failure.call.operands[0].step
    trail = []
    while step is not None:
        trail.append((observation.trace.steps[step].place.line, observation.trace.steps[step].tensor.shape))
        call = observation.trace.steps[step].call
        step = call.operands[0].step if call and call.operands else observation.trace.steps[step].of
    assert trail[:4] == [(6, (2, 12)), (5, (2, 12)), (5, (2, 3, 4)), (4, (2, 3, 4))]
    assert len(observation.trace.steps) + observation.trace.more == 1 + 199 * 6 + 4


_TWELVE_LINES = "x = x + 1\n" * 12
"""More than there is room for after the loop, so that no step gave the operands."""


def test_a_trace_too_long_for_a_frame_is_counted_and_the_exception_stays(sandbox: Sandbox) -> None:
    code = f"""
x = torch.ones(16, 16, dtype=torch.complex128)
for _ in range(60):
    x = x + 1
{_TWELVE_LINES}
torch.add({"x, " * 60})
"""
    (observation,) = sandbox.run(Job((Program(code=code, trace=True),), "learner", Limits(seconds=30.0)))
    assert observation.raised is not None
    assert observation.raised.name == "TypeError"
    assert observation.trace is not None
    assert (observation.trace.steps, observation.trace.failure) == ((), None)
    assert observation.trace.more > 100
