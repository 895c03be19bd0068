"""The object that `--json` prints."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tensordrill.explanation.as_json import as_json
from tensordrill.explanation.tracing import LIMITS, explain
from tensordrill.sandbox.client import Sandbox
from tensordrill.sandbox.protocol import Limits

_STEP = {
    "line", "column", "expression", "shape", "stride", "storage_offset", "dtype", "device", "contiguous",
    "memory", "of", "changed", "requires_grad", "values",
}  # fmt: skip


def _explained(sandbox: Sandbox, source: str, limits: Limits = LIMITS) -> dict[str, Any]:
    described = as_json(explain(sandbox, source, "en", limits=limits))
    assert json.loads(json.dumps(described, allow_nan=False)) == described
    return described


def test_a_failing_program_has_its_steps_and_its_error(sandbox: Sandbox) -> None:
    explanation = _explained(sandbox, "x = torch.arange(6).reshape(2, 3)\nprint('é')\ny = x.t().view(-1)")
    assert set(explanation) == {"steps", "error", "stdout", "suspicious"}
    assert [set(step) for step in explanation["steps"]] == [_STEP] * 4
    assert explanation["steps"][-1] == {
        "line": 3,
        "column": 5,
        "expression": "x.t()",
        "shape": [3, 2],
        "stride": [1, 3],
        "storage_offset": 0,
        "dtype": "int64",
        "device": "cpu",
        "contiguous": False,
        "memory": "view",
        "of": "x",
        "changed": [],
        "requires_grad": False,
        "values": [[0, 3], [1, 4], [2, 5]],
    }
    error = explanation["error"]
    assert set(error) == {"line", "expression", "type", "message", "reason", "operands"}
    assert (error["line"], error["expression"], error["type"]) == (3, "x.t().view(-1)", "RuntimeError")
    assert "view size" in error["message"]
    assert error["operands"] == [{"expression": "x.t()", "shape": [3, 2], "stride": [1, 3], "dtype": "int64"}]
    assert explanation["stdout"] == "é\n"


@pytest.mark.parametrize("layout", ["strided", "jagged"])
def test_a_nested_tensor_has_the_shapes_of_its_pieces(layout: str, sandbox: Sandbox) -> None:
    code = (
        f"x = torch.nested.nested_tensor([torch.ones(2, 3), torch.ones(4, 3)], layout=torch.{layout})\n"
        "w = torch.ones(4, 5)\nx @ w"
    )
    error = _explained(sandbox, code)["error"]
    assert error["operands"] == [
        {"expression": "w", "shape": [4, 5], "stride": [5, 1], "dtype": "float32"},
        {"expression": "x", "pieces": 2, "shapes": [[2, 3], [4, 3]]},
    ]


def test_a_class_of_tensors_may_say_what_it_likes_of_itself(sandbox: Sandbox) -> None:
    code = (
        "class Odd(torch.Tensor):\n    @property\n    def is_nested(self):\n        raise ValueError\n"
        "x = torch.ones(2, 3).as_subclass(Odd)\nx.view(5)"
    )
    error = _explained(sandbox, code)["error"]
    assert [operand["shape"] for operand in error["operands"]] == [[2, 3]]


@pytest.mark.parametrize(("dims", "shapes"), [((1, 2), [[3, 2], [3, 4]]), ((0, 0), [[2, 3], [4, 3]])])
def test_the_ragged_dim_of_a_nested_tensor_may_be_any(
    dims: tuple[int, int], shapes: list[list[int]], sandbox: Sandbox
) -> None:
    code = (
        "x = torch.nested.nested_tensor([torch.ones(2, 3), torch.ones(4, 3)], layout=torch.jagged)\n"
        f"y = x.transpose{dims} if {dims != (0, 0)} else x\ny.view(7)"
    )
    operands = _explained(sandbox, code)["error"]["operands"]
    assert operands == [{"expression": "y", "pieces": 2, "shapes": shapes}]


def test_a_layer_inside_a_call_gives_its_operands(sandbox: Sandbox) -> None:
    code = "net = nn.Sequential(nn.Linear(3, 4), nn.Linear(5, 2))\nx = torch.ones(2, 3)\nnet(x)"
    error = _explained(sandbox, code)["error"]
    assert (error["expression"], error["operands"]) == (
        "net(x)",
        [
            {"expression": "x", "shape": [2, 3], "stride": [3, 1], "dtype": "float32"},
            {"expression": "input", "shape": [2, 4], "stride": [4, 1], "dtype": "float32"},
            {"expression": "weight", "shape": [2, 5], "stride": [5, 1], "dtype": "float32"},
        ],
    )


def test_an_error_has_its_causes(sandbox: Sandbox) -> None:
    code = "net = nn.Sequential(nn.Linear(3, 4), nn.ReLU())\ndef f(x):\n    return net(x.flatten(1))\n"
    code += "f(torch.ones(2, 5, 2))"
    error = _explained(sandbox, code)["error"]
    causes = ("origins", "mend", "callers", "module", "module_type")
    assert [error.get(key) for key in causes] == [
        [
            {
                "line": 3,
                "expression": "x.flatten(1)",
                "kind": "merged",
                "dim": 1,
                "size": 10,
                "shape": [2, 10],
                "from": [2, 5, 2],
            }
        ],
        "nn.Linear(10, 4)",
        [{"line": 4, "expression": "f(torch.ones(2, 5, 2))"}],
        "[0]",
        "Linear",
    ]


def test_what_a_layer_was_given_itself_is_told_once(sandbox: Sandbox) -> None:
    error = _explained(sandbox, "x = torch.ones(2, 3)\nnn.Linear(4, 5)(x)")["error"]
    assert [operand["expression"] for operand in error["operands"]] == ["x", "weight"]


@pytest.mark.parametrize(
    ("code", "values"),
    [
        pytest.param("torch.tensor(2.5)", 2.5, id="no dims"),
        pytest.param("torch.tensor([0.1, 1e-8])", [0.1, 1e-8], id="float32 as it is written"),
        pytest.param("torch.tensor([True, False])", [True, False], id="bools"),
        pytest.param("torch.tensor([1 + 2j, 0.1 - 0.3j])", ["(1+2j)", "(0.1-0.3j)"], id="complex"),
        pytest.param(
            "torch.tensor([[float('nan'), float('-inf')]])",
            [["nan", "-inf"]],
            id="what JSON has no number for",
        ),
        pytest.param("torch.zeros(2, 0)", [[], []], id="no elements"),
        pytest.param("torch.zeros(1000)", None, id="too many"),
        pytest.param("torch.zeros(3, device='meta')", None, id="no memory"),
        pytest.param("torch.tensor([1.5, -0.0], dtype=torch.bfloat16)", [1.5, -0.0], id="bfloat16"),
    ],
)
def test_values_are_nested_lists(code: str, values: object, sandbox: Sandbox) -> None:
    assert _explained(sandbox, code)["steps"][-1]["values"] == values


@pytest.mark.parametrize(
    ("code", "ended"),
    [("while True: pass", "timeout"), ("import os; os._exit(3)", "crashed")],
    ids=["endless", "exits"],
)
def test_a_run_that_does_not_end_says_so(code: str, ended: str, sandbox: Sandbox) -> None:
    explanation = _explained(sandbox, code, Limits(seconds=0.5))
    assert explanation["error"]["type"] == ended
    assert set(explanation["error"]) == {"line", "expression", "type", "message", "reason", "operands"}


def test_the_values_of_all_steps_have_a_bound(sandbox: Sandbox) -> None:
    explanation = _explained(
        sandbox, "x = torch.ones(256)\ny = [x + n for n in range(40)]\nz = torch.ones(2)"
    )
    counts = [len(step["values"] or ()) for step in explanation["steps"]]
    assert (sum(counts), counts[0], counts[-1]) == (16_384, 256, 0)


def test_changes_name_their_tensors_and_a_cut_is_counted(sandbox: Sandbox) -> None:
    explanation = _explained(sandbox, "x = torch.zeros(2)\nz = x[1:]\nfor i in range(900):\n    z += 1")
    changed = [step["changed"] for step in explanation["steps"] if step["changed"]]
    assert {"x", "z"} <= set(changed[0])
    assert explanation["more"] > 0
