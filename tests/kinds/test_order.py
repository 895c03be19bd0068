"""Lines in an order: read by their shown numbers, run as a program, and judged by what it does."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from tensordrill.bank.load import Bank
from tensordrill.bank.variant import Variant, make
from tensordrill.judging import QuestionSession
from tensordrill.kinds import order
from tensordrill.kinds.answers import Arrangement, Unreadable
from tensordrill.kinds.order import parts_at, shown_lines
from tensordrill.kinds.words import MAX_LENGTH
from tensordrill.sandbox.client import Sandbox

LINES = ["y = x + 1", "z = y * 2", "z = z - y"]


def variant(folder: Path, seed: int = 0, **fields: object) -> Variant:
    question = {
        "id": "q",
        "task": "t",
        "given": "x = torch.arange(3)\nk = 1",
        "order": LINES,
        "distractors": ["y = x", "z = z + y"],
        "ask": "z",
        "also_on": ["x = torch.tensor([5])"],
        "misconceptions": [
            {"id": "adds", "order": [1, 2, 5]},
            {"id": "too-early", "order": [2, 1, 3]},
            {"id": "no-sum", "order": [4, 2, 3]},
        ],
        **fields,
    }
    topic = {"format": 1, "topic": "t", "title": "T", "questions": [question]}
    (folder / "t.yaml").write_text(yaml.safe_dump(topic), encoding="utf-8")
    return make(Bank(folder).entry("t/q"), seed)


def numbers(made: Variant, *lines: str) -> str:
    """Return what is typed for some lines."""
    shown = shown_lines(made)
    return " ".join(str(shown.index(line) + 1) for line in lines)


def test_lines_are_shown_in_a_drawn_order_that_never_changes(tmp_path: Path) -> None:
    orders = [variant(tmp_path, seed).order for seed in (0, 1, 7)]
    assert orders == [(4, 2, 0, 3, 1), (3, 0, 1, 4, 2), (4, 3, 0, 2, 1)]
    assert shown_lines(variant(tmp_path, 1)) == ("y = x", "y = x + 1", "z = y * 2", "z = z + y", "z = z - y")


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        pytest.param("3 1 2", Arrangement((3, 1, 2)), id="spaces"),
        pytest.param("3,1, 2", Arrangement((3, 1, 2)), id="commas"),
        pytest.param("[3, 1, 2]", Arrangement((3, 1, 2)), id="a list"),
        pytest.param("3 -> 1 → 2", Arrangement((3, 1, 2)), id="arrows"),
        pytest.param("3\n1\n2\n", Arrangement((3, 1, 2)), id="a line each"),
        pytest.param("3번 1번 2번", Arrangement((3, 1, 2)), id="korean"),
        pytest.param("３ １ ２", Arrangement((3, 1, 2)), id="full width"),
        pytest.param("5", Arrangement((5,)), id="one"),
        pytest.param("", Unreadable("order"), id="nothing"),
        pytest.param("none", Unreadable("order"), id="a word"),
        pytest.param("3 1 x", Unreadable("order"), id="a letter"),
        pytest.param("3-1", Unreadable("order"), id="a range"),
        pytest.param("3 1 6", Unreadable("order-range", "5"), id="too large"),
        pytest.param("0 1 2", Unreadable("order-range", "5"), id="too small"),
        pytest.param("312", Unreadable("order-range", "5"), id="no spaces"),
        pytest.param("3 1 3", Unreadable("order-once"), id="one twice"),
        pytest.param("1 " * MAX_LENGTH, Unreadable("too-long"), id="too long"),
    ],
)
def test_an_order_is_read(tmp_path: Path, text: str, answer: Arrangement | Unreadable) -> None:
    assert order.read(variant(tmp_path), text) == answer


def test_where_all_lines_are_needed_all_are_typed(tmp_path: Path) -> None:
    made = variant(tmp_path, distractors=[], misconceptions=[])
    assert order.read(made, "3 1") == Unreadable("order-all", "3")
    assert order.read(made, "3 1 2") == Arrangement((3, 1, 2))


@pytest.mark.parametrize(
    ("lines", "idea", "facets", "error"),
    [
        pytest.param(LINES, None, [], None, id="right"),
        pytest.param(["y = x", *LINES], None, [], None, id="right with a line that changes nothing"),
        pytest.param([*LINES[:2], "z = z + y"], "adds", ["values"], None, id="an idea"),
        pytest.param(
            ["y = x", *LINES[:2], "z = z + y"], "adds", ["values"], None, id="does what the idea does"
        ),
        pytest.param([LINES[0], "z = z + y"], None, ["outcome"], "NameError", id="raises elsewhere"),
        pytest.param(
            [LINES[1], LINES[0], LINES[2]], "too-early", ["outcome"], "NameError", id="an idea that raises"
        ),
        pytest.param(
            [LINES[1], LINES[2], LINES[0]],
            "too-early",
            ["outcome"],
            "NameError",
            id="raises in the same line",
        ),
        pytest.param(LINES[:1], None, ["outcome"], "NameError", id="what is asked for is not there"),
        pytest.param(LINES[:2], None, ["values"], None, id="a line is missing"),
    ],
)
def test_an_order_is_judged_by_what_it_does(
    tmp_path: Path, sandbox: Sandbox, lines: list[str], idea: str | None, facets: list[str], error: str | None
) -> None:
    made = variant(tmp_path)
    verdict = QuestionSession(sandbox, made).judge(numbers(made, *lines), "en")
    assert (verdict.outcome, verdict.misconception) == ("incorrect" if facets else "correct", idea)
    assert [each.facet for each in verdict.differences] == facets
    assert (verdict.error and verdict.error[0]) == error


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        pytest.param(["z = y * 2", "y = x + 1"], "name 'y' is not defined ({}: z = y * 2)", id="a name"),
        pytest.param(["y = x + 1"], "name 'z' is not defined", id="what is asked for"),
        pytest.param(["y = x + 1", "    z = y"], "unexpected indent ({}: z = y)", id="an indent"),
        pytest.param(
            ["y = x + 1", "for i in range(2):\n    z = y\n    z = q"],
            "name 'q' is not defined ({}: z = q)",
            id="within a block",
        ),
    ],
)
def test_an_error_says_in_which_line(
    tmp_path: Path, sandbox: Sandbox, lines: list[str], message: str
) -> None:
    rest = [
        line
        for line in ("z = y * 2", "    z = y", "for i in range(2):\n    z = y\n    z = q")
        if line not in lines
    ]
    made = variant(
        tmp_path, distractors=[*(line for line in lines if line not in LINES), *rest], misconceptions=[]
    )
    verdict = QuestionSession(sandbox, made).judge(numbers(made, *lines), "en")
    at = numbers(made, lines[-1] if "indent" in message or "'q'" in message else lines[0])
    assert verdict.error is not None
    assert verdict.error[1] == message.format(at)


def test_an_error_in_a_line_that_is_given_has_no_number(tmp_path: Path, sandbox: Sandbox) -> None:
    given = "x = torch.arange(3)\ndef f(v): return v if len(v) < 4 else v[9]"
    made = variant(tmp_path, given=given, distractors=["y = f(x.repeat(2))"], misconceptions=[])
    typed = numbers(made, "y = f(x.repeat(2))", *LINES[1:])
    verdict = QuestionSession(sandbox, made).judge(typed, "en")
    assert verdict.error == ("IndexError", "index 9 is out of bounds for dimension 0 with size 6")


@pytest.mark.parametrize(
    ("lines", "parting"),
    [
        pytest.param(LINES, None, id="the same"),
        pytest.param([LINES[1], LINES[0], LINES[2]], (1, "z = y * 2"), id="the first"),
        pytest.param([*LINES[:2], "z = z + y"], (3, "z = z + y"), id="the last"),
        pytest.param([*LINES, "y = x"], (4, "y = x"), id="one more"),
        pytest.param(LINES[:2], (3, ""), id="one less"),
    ],
)
def test_where_an_order_parts_from_the_one_written(
    tmp_path: Path, lines: list[str], parting: tuple[int, str] | None
) -> None:
    made = variant(tmp_path)
    answer = order.read(made, numbers(made, *lines))
    assert not isinstance(answer, Unreadable)
    assert parts_at(made, answer) == parting


def test_what_a_misconception_types_names_it(tmp_path: Path, sandbox: Sandbox) -> None:
    made = variant(tmp_path)
    question_session = QuestionSession(sandbox, made)
    assert question_session.expected == numbers(made, *LINES)
    assert question_session.misconceptions() == [
        ("adds", numbers(made, *LINES[:2], "z = z + y")),
        ("too-early", numbers(made, LINES[1], LINES[0], LINES[2])),
        ("no-sum", numbers(made, "y = x", *LINES[1:])),
    ]
    for name, typed in question_session.misconceptions():
        assert question_session.judge(typed, "en").misconception == name
