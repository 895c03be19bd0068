"""The keys of a class: what several students share runs once, however many of them ask."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from tensordrill.bank.load import Bank
from tensordrill.bank.variant import Variant, make
from tensordrill.course.grading import keys
from tensordrill.course.grading.keys import Keys
from tensordrill.kinds.answer_key import Key
from tensordrill.sandbox.client import Sandbox
from tensordrill.sandbox.protocol import Job, Observation, Size

_QUESTION = {
    "id": "q",
    "given": "x = torch.ones(2, 3)",
    "code": "y = x.t()",
    "ask": "y.shape",
    "misconceptions": [{"id": "nothing", "code": "y = x"}, {"id": "flat", "code": "y = x.reshape(-1)"}],
}


class _CountingSandbox:
    """A sandbox that counts the programs that it runs."""

    def __init__(self, sandbox: Sandbox) -> None:
        self._sandbox = sandbox
        self.counts: list[int] = []

    def run(self, job: Job) -> tuple[Observation, ...]:
        self.counts.append(len(job.programs))
        return self._sandbox.run(job)


@pytest.fixture
def variant(tmp_path: Path) -> Variant:
    """A question with two misconceptions."""
    topic = {"format": 1, "topic": "t", "title": "T", "questions": [_QUESTION]}
    (tmp_path / "t.yaml").write_text(yaml.safe_dump(topic), encoding="utf-8")
    return make(Bank(tmp_path).entry("t/q"), 0)


def _values(key: Key) -> tuple[object, ...]:
    return key.reference[0].value, [(wrong.name, observation[0].value) for wrong, observation in key.wrong]


def _ask_again_and_again(counting: _CountingSandbox, variant: Variant) -> None:
    """Ask for a key four times, and then for it with its misconceptions three times."""
    asked = Keys(counting)  # type: ignore[arg-type]  # it needs no more of a sandbox
    answers = [*asked.references([variant] * 3), *asked.references([variant])]
    assert list(map(_values, answers)) == [(Size((3, 2)), [])] * 4
    answers = [*asked.complete([variant]), *asked.complete([variant, variant])]
    wrong = [("nothing", Size((2, 3))), ("flat", Size((6,)))]
    assert list(map(_values, answers)) == [(Size((3, 2)), wrong)] * 3


def test_a_program_runs_once(variant: Variant, sandbox: Sandbox) -> None:
    counting = _CountingSandbox(sandbox)
    _ask_again_and_again(counting, variant)
    assert counting.counts == [1, 2]


def test_where_no_more_can_be_kept_a_program_runs_again(
    variant: Variant, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keys, "_KEPT", 2)
    counting = _CountingSandbox(sandbox)
    _ask_again_and_again(counting, variant)
    assert counting.counts == [1, 2, 3]
