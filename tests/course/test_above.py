"""What stands above `answer =` runs before it on every operand, and keeps to the question's rules."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from tensordrill.bank.load import Bank
from tensordrill.bank.variant import make
from tensordrill.course.gradebook import Mark
from tensordrill.course.judge import Judge
from tensordrill.course.sheet import Drawn
from tensordrill.course.submission import parse
from tensordrill.lab.client import Lab

_MEAN = {
    "id": "mean",
    "given": "x = torch.arange(6).view(2, 3)",
    "task": "The mean of each column.",
    "write": "expression",
    "solution": "x.float().mean(0)",
    "also_on": ["x = torch.arange(8).view(4, 2)"],
    "forbid": ["sum"],
}
_FILL = {
    "id": "fill",
    "given": "x = torch.arange(6).view(2, 3)",
    "task": "Flatten.",
    "fill": "y = x.flatten(____)",
    "solution": "0, 1",
}


def _mark(name: str, code: str, folder: Path, lab: Lab) -> Mark:
    topic = {"format": 1, "topic": "t", "title": "T", "questions": [_MEAN, _FILL]}
    (folder / "t.yaml").write_text(yaml.safe_dump(topic), encoding="utf-8")
    bank = Bank(folder)
    text = f"# %% 1\n# t/{name}@3\nx = torch.arange(6).view(2, 3)\n{code}"
    drawn, variant = Drawn(f"t/{name}", 3, 0), make(bank.entry(f"t/{name}"), 3)
    attempt = Judge.attempt(drawn, variant, parse(text.encode(), "hw1.py"))
    ((mark,),) = Judge(bank, lab, "en").marks([[attempt]])
    return mark


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
    name: str, code: str, outcome: str, tmp_path: Path, lab: Lab
) -> None:
    assert _mark(name, code, tmp_path, lab).outcome == outcome


def test_lines_above_that_raise_are_the_answer_s_error(tmp_path: Path, lab: Lab) -> None:
    mark = _mark("mean", "z = x.view(7)\nanswer = z", tmp_path, lab)
    assert mark.error is not None
    assert (mark.outcome, mark.error[0], mark.answer) == (
        "incorrect",
        "RuntimeError",
        "z = x.view(7)\nanswer = z",
    )
