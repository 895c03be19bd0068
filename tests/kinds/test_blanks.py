"""Several blanks: read together, right together, and told apart by what each filling does alone."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from tensordrill.bank.load import Bank
from tensordrill.bank.schema import Fill
from tensordrill.bank.variant import Variant, make
from tensordrill.judging import QuestionSession
from tensordrill.kinds import fill
from tensordrill.kinds.answers import Fillings, Unreadable
from tensordrill.kinds.blanks import filled, one_by_one, split
from tensordrill.kinds.code import MAX_CODE
from tensordrill.sandbox.client import Sandbox

INDEX = Fill(id="q", task="t", fill="y = x[____, ____]", solution=("0", "1"))
LINES = Fill(id="q", task="t", fill="a = ____\nb = 2\nc = a + ____", solution=("1", "b"))
BARE = Fill(id="q", task="t", fill="____\n____", solution=("a = 1", "b = 2"))


@pytest.mark.parametrize(
    ("question", "text", "fillings"),
    [
        pytest.param(INDEX, "0\n1", ("0", "1"), id="a line each"),
        pytest.param(INDEX, "\n 0 \n\n1\n", ("0", "1"), id="space and empty lines"),
        pytest.param(INDEX, "0; 1", ("0", "1"), id="one line"),
        pytest.param(INDEX, "';'; [a;b]", ("';'", "[a;b]"), id="semicolons within"),
        pytest.param(INDEX, "0;", ("0", ""), id="an empty one"),
        pytest.param(INDEX, "0", ("0",), id="too few"),
        pytest.param(INDEX, "0; 1; 2", ("0", "1", "2"), id="too many"),
        pytest.param(INDEX, "", (), id="nothing"),
        pytest.param(INDEX, "y = x[0, 1]", ("0", "1"), id="the whole line"),
        pytest.param(INDEX, "y = x[f(0, 1), 2]", ("f(0", "1), 2"), id="a whole line that cannot be cut"),
        pytest.param(INDEX, "('", ("('",), id="what is left open"),
        pytest.param(LINES, "a = 3\nc = a + 4", ("3", "4"), id="whole lines"),
        pytest.param(LINES, "a = 3; c = a + 4", ("a = 3", "c = a + 4"), id="whole lines on one"),
        pytest.param(BARE, "a = 1\nb = 2", ("a = 1", "b = 2"), id="blanks that are lines"),
    ],
)
def test_fillings_of_a_text(question: Fill, text: str, fillings: tuple[str, ...]) -> None:
    assert split(question, text) == fillings


def test_blanks_are_filled_in_their_order() -> None:
    assert filled(LINES, ("____", "7")) == "a = ____\nb = 2\nc = a + 7"
    assert list(one_by_one(LINES, ("3", "4"))) == [("3", "b"), ("1", "4")]


def variant(folder: Path, **fields: object) -> Variant:
    question = {
        "id": "q",
        "task": "t",
        "given": "x = torch.arange(6).reshape(2, 3)",
        "fill": "y = x[____, ____]",
        "solution": ["0", "1:"],
        "misconceptions": [
            {"id": "rows-from-one", "code": ["1", "____"]},
            {"id": "columns-from-one", "code": ["____", "2:"]},
            {"id": "columns-first", "code": ["1:", "0"]},
        ],
        **fields,
    }
    topic = {"format": 1, "topic": "t", "title": "T", "questions": [question]}
    (folder / "t.yaml").write_text(yaml.safe_dump(topic), encoding="utf-8")
    return make(Bank(folder).entry("t/q"), 1)


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        pytest.param("0\n1:", Fillings(("0", "1:")), id="lines"),
        pytest.param("y = x[0, 1:]", Fillings(("0", "1:")), id="the whole line"),
        pytest.param("...; 0", Fillings(("...", "0")), id="dots are code"),
        pytest.param("0; 1; 2", Unreadable("fillings", "2"), id="too many"),
        pytest.param("0", Unreadable("fillings", "2"), id="too few"),
        pytest.param("0;", Unreadable("fillings", "2"), id="an empty one"),
        pytest.param("0; ____", Unreadable("fillings", "2"), id="a blank"),
        pytest.param("0], x[0; 1", Unreadable("fillings", "2"), id="brackets of the surroundings"),
        pytest.param("0; (", Unreadable("fillings", "2"), id="a bracket left open"),
        pytest.param("0; 1 +", Unreadable("filling", "invalid syntax"), id="no program"),
        pytest.param("0" * (MAX_CODE + 1), Unreadable("too-long"), id="too long"),
    ],
)
def test_fillings_are_read(tmp_path: Path, text: str, answer: Fillings | Unreadable) -> None:
    assert fill.read(variant(tmp_path), text) == answer


@pytest.mark.parametrize(
    ("text", "idea", "differences"),
    [
        pytest.param("0; 1:", None, [], id="right"),
        pytest.param("-2; 1:3", None, [], id="right in other words"),
        pytest.param(
            "1; 1:", "rows-from-one", [("values", 1, "[1, 2]", "[4, 5]")], id="the first alone, and its idea"
        ),
        pytest.param("0; :2", None, [("values", 2, "[1, 2]", "[0, 1]")], id="the second alone"),
        pytest.param(
            "1; 2:",
            "rows-from-one",
            [("values", 1, "[1, 2]", "[4, 5]"), ("shape", 2, "(2,)", "(1,)")],
            id="both: the idea of one of them",
        ),
        pytest.param(
            "1:; 0",
            "columns-first",
            [("shape", 1, "(2,)", "(1, 2)"), ("shape", 2, "(2,)", "()")],
            id="an idea about both",
        ),
        pytest.param(
            "5; 1:",
            None,
            [("outcome", 1, "a value", "IndexError: index 5 is out of bounds for dimension 0 with size 2")],
            id="an error",
        ),
    ],
)
def test_blanks_are_told_apart(
    tmp_path: Path,
    sandbox: Sandbox,
    text: str,
    idea: str | None,
    differences: list[tuple[str, int, str, str]],
) -> None:
    verdict = QuestionSession(sandbox, variant(tmp_path)).judge(text, "en")
    results = [(each.facet, each.blank, each.expected, each.got) for each in verdict.differences]
    assert (verdict.misconception, results) == (idea, differences)


@pytest.mark.parametrize(
    ("code", "solution", "text", "differences"),
    [
        pytest.param("y = ____ - ____", ["2", "1"], "3; 2", [], id="right only together"),
        pytest.param(
            "y = min(____, ____)", ["3", "3"], "4; 5", [("values", 0, "3", "4")], id="wrong only together"
        ),
    ],
)
def test_the_whole_answer_decides(
    tmp_path: Path,
    sandbox: Sandbox,
    code: str,
    solution: list[str],
    text: str,
    differences: list[tuple[str, int, str, str]],
) -> None:
    made = variant(tmp_path, fill=code, solution=solution, misconceptions=[])
    verdict = QuestionSession(sandbox, made).judge(text, "en")
    results = [(each.facet, each.blank, each.expected, each.got) for each in verdict.differences]
    assert (verdict.outcome, results) == ("incorrect" if differences else "correct", differences)


def test_what_a_misconception_types_names_it(tmp_path: Path, sandbox: Sandbox) -> None:
    question_session = QuestionSession(sandbox, variant(tmp_path))
    assert question_session.expected == "0; 1:"
    assert question_session.misconceptions() == [
        ("rows-from-one", "1; 1:"),
        ("columns-from-one", "0; 2:"),
        ("columns-first", "1:; 0"),
    ]
    for name, typed in question_session.misconceptions():
        assert question_session.judge(typed, "en").misconception == name
