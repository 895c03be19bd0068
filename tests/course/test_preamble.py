"""The preamble above `answer =` runs before it on every operand, and keeps to the question's rules."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tensordrill.course.gradebook import QuestionResult
from tensordrill.sandbox.client import Sandbox

from .homework import judged

_MEAN: dict[str, Any] = {
    "id": "mean",
    "given": "x = torch.arange(6).view(2, 3)",
    "task": "The mean of each column.",
    "write": "expression",
    "solution": "x.float().mean(0)",
    "also_on": ["x = torch.arange(8).view(4, 2)"],
    "forbid": ["sum"],
}
_FILL: dict[str, Any] = {
    "id": "fill",
    "given": "x = torch.arange(6).view(2, 3)",
    "task": "Flatten.",
    "fill": "y = x.flatten(____)",
    "solution": "0, 1",
}


def _mark(name: str, code: str, folder: Path, sandbox: Sandbox) -> QuestionResult:
    return judged({"mean": _MEAN, "fill": _FILL}[name], code, folder, sandbox)


@pytest.mark.parametrize(
    ("name", "code", "outcome"),
    [
        pytest.param("mean", "z = x.float()\nanswer = z.mean(0)", "correct", id="a-helper"),
        pytest.param("mean", "x = x.float()\nanswer = x.mean(0)", "correct", id="a-given-name-set-again"),
        pytest.param("mean", "print(x.sum())\nanswer = x.float().mean(0)", "correct", id="a-look-at-it"),
        pytest.param("mean", "z = x.sum(0)\nanswer = z / x.shape[0]", "incorrect", id="what-is-forbidden"),
        pytest.param("mean", "z = x[:2]\nanswer = z.float().mean(0)", "incorrect", id="fits-one-operand"),
        pytest.param("mean", "z = x.float()\nanswer = zz.mean(0)", "unreadable", id="a-slip"),
        pytest.param("fill", "n = 0\nanswer = n, 1", "correct", id="a-blank"),
    ],
)
def test_lines_above_run_before_the_answer(
    name: str, code: str, outcome: str, tmp_path: Path, sandbox: Sandbox
) -> None:
    assert _mark(name, code, tmp_path, sandbox).outcome == outcome


def test_lines_above_that_raise_are_the_answer_s_error(tmp_path: Path, sandbox: Sandbox) -> None:
    mark = _mark("mean", "z = x.view(7)\nanswer = z", tmp_path, sandbox)
    assert mark.error is not None
    assert (mark.outcome, mark.error[0], mark.answer) == (
        "incorrect",
        "RuntimeError",
        "z = x.view(7)\nanswer = z",
    )
