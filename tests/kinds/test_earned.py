"""Points by facet of an answer that is not right: only for facets that nobody has by chance."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from tensordrill.bank.load import Bank
from tensordrill.bank.variant import make
from tensordrill.judging import LEARNER, QuestionSession
from tensordrill.kinds import KINDS
from tensordrill.kinds.answers import Code
from tensordrill.kinds.code_kinds import earned
from tensordrill.sandbox.client import Sandbox
from tensordrill.sandbox.protocol import Job

_ALL = ["shape", "dtype", "values", "stride", "contiguous", "memory"]


def _earned(
    must: list[str], given: str, solution: str, answer: str, folder: Path, sandbox: Sandbox
) -> set[str]:
    question = {
        "id": "q",
        "given": given,
        "task": "T",
        "write": "expression",
        "solution": solution,
        "must": must,
    }
    topic = {"format": 1, "topic": "t", "title": "T", "questions": [question]}
    (folder / "t.yaml").write_text(yaml.safe_dump(topic), encoding="utf-8")
    variant = make(Bank(folder).entry("t/q"), 1)
    observations = sandbox.run(
        Job(KINDS["write"].learner_programs(variant, Code(answer)), "learner", LEARNER)
    )
    return set(earned(variant, QuestionSession(sandbox, variant).key, tuple(observations)))


_X = "x = torch.arange(6.).view(2, 3)"


@pytest.mark.parametrize(
    ("answer", "facets"),
    [
        pytest.param("x", set(), id="the-input-as-it-is"),
        pytest.param("x.flatten()", set(_ALL), id="right"),
        pytest.param("x.flatten().clone()", set(_ALL) - {"memory"}, id="a-copy"),
        pytest.param("x.flatten().double()", set(_ALL) - {"dtype", "memory"}, id="another-dtype"),
        pytest.param("x.t().flatten()", {"shape", "dtype"}, id="another-order"),
        pytest.param("x.as_strided((6,), (0,))", {"shape", "dtype"}, id="one-number-shared"),
        pytest.param("x.shape", set(), id="no-tensor"),
        pytest.param("x.view(7)", set(), id="raises"),
    ],
)
def test_a_facet_is_earned_by_what_could_not_be_chance(
    answer: str, facets: set[str], tmp_path: Path, sandbox: Sandbox
) -> None:
    assert _earned(_ALL, _X, "x.view(-1)", answer, tmp_path, sandbox) == facets


@pytest.mark.parametrize(
    ("must", "facets"),
    [
        pytest.param(["dtype", "memory"], {"dtype", "memory"}, id="nothing-else-is-compared"),
        pytest.param(["shape", "memory"], set(), id="after-the-shape"),
        pytest.param(["values", "memory"], set(), id="after-the-values"),
    ],
)
def test_only_what_the_question_compares_has_to_agree_first(
    must: list[str], facets: set[str], tmp_path: Path, sandbox: Sandbox
) -> None:
    assert _earned(must, _X, "x.view(-1)", "x", tmp_path, sandbox) == facets


def test_leaving_everything_unchanged_earns_nothing(tmp_path: Path, sandbox: Sandbox) -> None:
    must = ["values", "changed"]
    assert _earned(must, _X, "x + 1", "x", tmp_path, sandbox) == set()
    assert _earned(must, _X, "x + 1", "x.add_(1)", tmp_path, sandbox) == {"values"}
