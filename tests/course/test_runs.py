"""A submission runs: shown, in steps where it is wrong, hidden."""

from __future__ import annotations

from pathlib import Path

import pytest

from tensordrill.bank.load import Bank
from tensordrill.course.assignment.sheet import SheetItem, Variants
from tensordrill.course.grading.keys import Keys
from tensordrill.course.grading.runs import Attempt, runs
from tensordrill.kinds.answers import Code
from tensordrill.sandbox.client import Sandbox
from tests.course.exploits import ACCOMPLICES, BANK, THRICE

QUESTION = "view/split-the-heads"


@pytest.mark.parametrize(
    ("body", "failures", "is_explained"),
    [
        pytest.param("import time; time.sleep(1000)", {"timeout"}, False, id="endless"),
        pytest.param("import os; os._exit(1)", {"crashed"}, False, id="exits"),
        pytest.param("return x", {None}, True, id="wrong"),
    ],
)
def test_a_function_alone_is_seen_on_every_operand(
    body: str, failures: set[str | None], is_explained: bool, shipped_bank: Bank, sandbox: Sandbox
) -> None:
    drawn = SheetItem(QUESTION, 1, 2)
    variant = Variants(shipped_bank).graded(drawn)
    assert variant.hidden
    (key,) = Keys(sandbox).references([variant])
    attempt = Attempt(drawn, variant, body, Code(f"def split(x, heads):\n    {body}"))
    ((run,),) = runs(sandbox, [[(attempt, key)]])
    assert len(run.observations) == len(key.reference) > len(run.shown)
    assert ({each.failure for each in run.observations}, bool(run.differences())) == (failures, True)
    assert (run.steps is not None) is is_explained


@pytest.mark.parametrize(("mode", "outcomes"), [("fork", [True, False]), ("spawn", [True, True])])
def test_an_answer_answers_for_another_only_where_nothing_forks(
    mode: str, outcomes: list[bool], tmp_path: Path, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sandbox, "mode", mode)
    (tmp_path / "crack.yaml").write_text(BANK)
    variants = Variants(Bank(tmp_path))
    answers = {"double(x)": ACCOMPLICES["rewrites-the-next-program"], "thrice(x)": THRICE}
    attempts = [
        Attempt(item := SheetItem(f"crack/{name}", 1, 2), variants.graded(item), body, _function(head, body))
        for name, (head, body) in zip(("double", "sum"), answers.items(), strict=True)
    ]
    keys = Keys(sandbox).references([attempt.variant for attempt in attempts])
    (done,) = runs(sandbox, [list(zip(attempts, keys, strict=True))])
    assert [not run.differences() for run in done] == outcomes


def _function(head: str, body: str) -> Code:
    return Code(f"def {head}:\n        {body.lstrip()}")
