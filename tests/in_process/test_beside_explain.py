"""An untraced failure shows the same as the traced one, or less: tried on the shipped bank's programs."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tensordrill.bank.load import Bank
from tensordrill.bank.variant import make
from tensordrill.explanation.tracing import explain_beside, source_of
from tensordrill.kinds import KINDS
from tensordrill.sandbox.client import Sandbox
from tensordrill.sandbox.protocol import Program
from tests.needs import rarely

from . import driver

_TOPICS = ["view", "matmul", "indexing"]


def _programs(bank: Bank, topic: str) -> Iterator[Program]:
    """Yield programs of a topic's questions that need no set-up."""
    for entry in bank.topics([topic])[0].entries:
        for seed in (1, 2):
            variant = make(entry, seed)
            programs = KINDS[variant.kind].programs(variant, variant.question)
            yield from (program for program in programs if not program.setup)


@pytest.mark.parametrize("topics", [_TOPICS, *rarely([pytest.param(None, id="all topics")])])
def test_an_untraced_failure(
    topics: list[str] | None, sandbox: Sandbox, shipped_bank: Bank, tmp_path: Path
) -> None:
    known = {
        source_of(p): p for topic in topics or shipped_bank.names for p in _programs(shipped_bank, topic)
    }
    explained = explain_beside(sandbox, [(program, "bank") for program in known.values()], "en")
    failed = [
        explanation
        for explanation in explained
        if explanation.error is not None and not explanation.error.is_syntax
    ]
    answers = driver.ask(tmp_path, {f"p{n}": explanation.source for n, explanation in enumerate(failed)})[
        "answers"
    ]
    same = 0
    for answer, explanation in zip(answers.values(), failed, strict=True):
        error = explanation.error
        assert error is not None
        if answer is None:
            continue
        assert answer["expression"] == error.expression
        traced = {operand.name: operand.tensor for operand in error.operands if operand.tensor is not None}
        for name in answer["facts"].keys() & traced.keys():
            assert answer["facts"][name] == driver.fact(traced[name]), explanation.source
        is_of_steps = "backward(" in error.expression or "grad(" in error.expression
        reason = answer["reason"] or ""  # without the fixes, which are not tried in a process of one's own
        assert (error.reason or "").startswith(reason) or is_of_steps, explanation.source
        same += bool(answer["reason"]) == bool(error.reason)
    assert same > len(failed) * 3 / 4 > 10
