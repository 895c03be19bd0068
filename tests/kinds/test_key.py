"""A misconception whose `when` speaks of what the reference raised is in the key where it holds."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from tensordrill.bank.load import Bank
from tensordrill.bank.variant import Variant, make
from tensordrill.drill.choices import choices_for
from tensordrill.errors import DrawError
from tensordrill.judging import QuestionSession
from tensordrill.sandbox.client import Sandbox


def variant(folder: Path, code: str, **fields: object) -> Variant:
    question = {
        "id": "q",
        "draw": {"n": 2},
        "given": "x = torch.arange(6).reshape(2, 3)",
        "code": code,
        "ask": "y.shape",
        "misconceptions": [
            {"id": "copies", "when": "raised", "code": "y = x.t().reshape(-1)"},
            {"id": "fails", "when": "not raised", "answer": "raises"},
            {"id": "index", "when": "raised == 'IndexError' and n == 2", "answer": "raises ValueError"},
            {"id": "rows", "code": "y = x[0]"},
            {"id": "never", "when": "n == 3", "code": "y = x[0, :2]"},
        ],
        **fields,
    }
    topic = {"format": 1, "topic": "t", "title": "T", "questions": [question]}
    (folder / "t.yaml").write_text(yaml.safe_dump(topic), encoding="utf-8")
    return make(Bank(folder).entry("t/q"), 1)


@pytest.mark.parametrize(
    ("code", "names"),
    [
        pytest.param("y = x.t().view(-1)", ["copies", "rows"], id="it raises"),
        pytest.param("y = x.view(-1)", ["fails", "rows"], id="it does not"),
        pytest.param("y = x[2]", ["copies", "index", "rows"], id="it raises another class"),
    ],
)
def test_what_the_reference_raised_decides(
    tmp_path: Path, sandbox: Sandbox, code: str, names: list[str]
) -> None:
    made = variant(tmp_path, code)
    assert [wrong.name for wrong in made.wrong] == ["copies", "fails", "index", "rows"]
    assert [name for name, _ in QuestionSession(sandbox, made).misconceptions()] == names


def test_a_line_that_raises_is_known_as_well(tmp_path: Path, sandbox: Sandbox) -> None:
    wrong = [
        {"id": "never", "when": "raised", "answer": "none"},
        {"id": "always", "when": "not raised", "answer": "2"},
    ]
    for code, name in (("y = x[2]", "never"), ("y = x[1]", "always")):
        question_session = QuestionSession(sandbox, variant(tmp_path, code, ask="line", misconceptions=wrong))
        assert [each for each, _ in question_session.misconceptions()] == [name]


def test_choices_have_only_what_is_wrong_here(tmp_path: Path, sandbox: Sandbox) -> None:
    choices = choices_for(QuestionSession(sandbox, variant(tmp_path, "y = x.view(-1)")))
    assert choices is not None
    assert sorted(choices.options) == ["(3,)", "(6,)", "raises"]


def test_what_cannot_be_computed_is_said_before_it_runs(tmp_path: Path) -> None:
    wrong = [{"id": "m", "when": "raised and k", "answer": "raises"}]
    with pytest.raises(DrawError) as caught:
        variant(tmp_path, "y = x", misconceptions=wrong)
    assert str(caught.value) == "`raised and k` cannot be computed: 'k' is undefined"
