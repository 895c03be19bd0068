"""Programs of a check: each program of a question once, and with its calls where its result alone does not decide."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from pathlib import Path

import pytest

from tensordrill.audit.check import check
from tensordrill.audit.observe import Programs, observe, ran
from tensordrill.bank.load import Bank
from tensordrill.bank.variant import make
from tensordrill.errors import SandboxError
from tensordrill.sandbox.client import Sandbox
from tensordrill.sandbox.protocol import CRASHED, TIMED_OUT, Limits, Observation, Program
from tests.audit.topics import TOPICS, changed

ONE, OTHER = Program(ask="1"), Program(ask="2")
ENDS = Program(code="import os; os._exit(0)")


def test_a_program_runs_once(sandbox: Sandbox) -> None:
    programs = Programs(sandbox)
    programs.run([ONE, OTHER, ONE])
    first = programs.observations([ONE])
    programs.run([ONE])
    assert len(programs) == 2
    assert programs.observations([ONE, ONE])[1] is first[0]


@pytest.mark.parametrize(
    ("group", "expected"),
    [
        pytest.param(
            (ONE, ENDS, OTHER), [None, "crashed", "crashed"], id="what was given up after a failure"
        ),
        pytest.param((OTHER, ONE), [], id="what was given up because others failed"),
        pytest.param((ONE, ENDS), [None, "crashed"], id="nothing was given up"),
    ],
)
def test_what_was_given_up(sandbox: Sandbox, group: Sequence[Program], expected: list[str | None]) -> None:
    programs = Programs(sandbox)
    programs.run([ONE, ENDS, OTHER], Limits(patience=1))
    assert [result.failure for result in programs.observations(group)] == expected


def test_patience_is_used_up_by_failures() -> None:
    assert list(ran([TIMED_OUT, Observation(), CRASHED, CRASHED], 2)) == [
        TIMED_OUT,
        Observation(),
        CRASHED,
        None,
    ]


@pytest.mark.parametrize(
    ("pieces", "expected"),
    [
        pytest.param((), [False, False], id="each gives something else"),
        pytest.param(("x.sum(dim=1)", "x.sum(0, keepdim=True)"), [True, True], id="two give the same"),
        pytest.param(("x.sum(dim=1)", "x.mean(0) * len(x)"), [True, False], id="one gives what is right"),
    ],
)
def test_calls_are_noted_where_results_do_not_decide(
    pieces: tuple[str, ...], expected: list[bool], folder: Path, sandbox: Sandbox
) -> None:
    (folder / "small.yaml").write_text(
        changed("write", *pieces) if pieces else TOPICS["write"], encoding="utf-8"
    )
    (observation,) = observe([make(Bank(folder).entry("small/total"), 0)], Programs(sandbox))
    assert [all(run.calls for run in runs) for _, runs in observation.key.wrong] == expected


def test_what_is_undecided_and_given_up_is_left_out(tmp_path: Path, sandbox: Sandbox) -> None:
    """All three are right on the first operand; two never end on the other, and the last is given up for that."""
    (tmp_path / "given-up.yaml").write_text(_GIVEN_UP, encoding="utf-8")
    (observation,) = observe([make(Bank(tmp_path).entry("given-up/total"), 0)], Programs(sandbox))
    failures = {wrong.name: [run.failure for run in runs] for wrong, runs in observation.key.wrong}
    assert failures == {"first": [None, "timeout"], "second": [None, "timeout"]}


_GIVEN_UP = """
format: 1
topic: given-up
title: Given up
questions:
  - id: total
    task: Add it up.
    write: statements
    given: x = torch.ones(2)
    also_on: [x = torch.ones(3)]
    solution: y = x.sum()
    ask: y
    misconceptions:
      - {id: first, because: So., code: "while len(x) == 3: pass\\ny = x.sum()"}
      - {id: second, because: So., code: "while len(x) > 2: pass\\ny = x.sum()"}
      - {id: third, because: So., code: y = x.sum() * 1}
"""


def test_a_check_that_is_interrupted_leaves_nothing_running(forms: Bank) -> None:
    def interrupt(_: str) -> None:
        raise KeyboardInterrupt

    before = set(threading.enumerate())
    with Sandbox({}) as sandbox:
        with pytest.raises(KeyboardInterrupt):
            check(forms, dict.fromkeys(forms.names), 50, sandbox, interrupt)
        threads = set(threading.enumerate()) - before
        sandbox.close()
        for thread in threads:
            thread.join(60)
    assert threads
    assert not any(thread.is_alive() for thread in threads)
    with pytest.raises(SandboxError, match="torch was stopped"):
        sandbox.warm()
