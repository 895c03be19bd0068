"""A topic as a whole: no constant answer wins, no question is there twice, its worked example works."""

from __future__ import annotations

import keyword
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tensordrill.audit.topic import renamed
from tests.audit.conftest import Lines
from tests.audit.topics import TOPICS, changed

HEAD = "format: 1\ntopic: small\ntitle: {en: Small, ko: 작은}\nquestions:\n"
TEXT = "{en: Some text., ko: 글.}"
TWIN = "remove one of them, or ask something else"
MEND = "mend `given` or `ask`"


X = "x = torch.arange({{ n }} * 6).view({{ n }}, 6)"
N = "n: {int: [2, 4]}"


def question(name: str, code: str, ask: str, *wrong: str, given: str = X, draw: str = N) -> str:
    """Return a predict question whose misconceptions type the wrong answers."""
    misconceptions = "".join(
        f'      - {{id: {name}-{index}, title: {TEXT}, answer: "{answer}", because: {TEXT}}}\n'
        for index, answer in enumerate(wrong or ("77", "88"))
    )
    return f"""\
  - id: {name}
    draw:
      {draw}
    given: {given}
    code: {code}
    ask: {ask}
    constant: true
    because: {TEXT}
    hints:
      - {TEXT}
    misconceptions:
{misconceptions}    source: https://docs.pytorch.org
"""


OTHERS = [
    question("strides", "y = x.t()", "y.stride()"),
    question("sizes", "y = x.sum(0)", "y.shape"),
    question("count", "y = x.unsqueeze(0)", "y.numel()"),
]
RAISING = [
    question(f"raising-{i}", f"y = x.{code}", "y.dim()")
    for i, code in enumerate(("foo", "view(5)", "add(x.T)", "t(1)"))
]
CONTIGUOUS = [
    question(f"contiguous-{i}", f"y = {code}", "y.is_contiguous()", "no", "raises")
    for i, code in enumerate(("x[0]", "x[1:]", "x.t().clone().t()", "x.contiguous()"))
]  # fmt: skip
STRIDED = [
    question(f"strided-{i}", f"y = {code}", "y.is_contiguous()", "yes", "raises")
    for i, code in enumerate(("x[:, 0]", "x[:, 1:]", "x.t()", "x[:, ::2]"))
]
SHAPED = [
    question(f"shaped-{i}", f"y = {code}", "y.shape")
    for i, code in enumerate(("x + 1", "x.t().t()", "x.flip(0)", "x.long()"))
]


# Constant answers.


@pytest.mark.parametrize(
    ("constant", "label"),
    [
        pytest.param(RAISING, "raises", id="raises"),
        pytest.param(CONTIGUOUS, "yes", id="yes"),
        pytest.param(STRIDED, "no", id="no"),
        pytest.param(SHAPED, "the shape of x", id="the shape of x"),
    ],
)
def test_one_answer_that_is_right_too_often(lines: Lines, constant: list[str], label: str) -> None:
    assert lines(HEAD + "".join([*constant[:3], *OTHERS[:2]])) == []  # 60 % is not over 60 %
    assert lines(HEAD + "".join([*constant, OTHERS[0]])) == [
        f"small.yaml:5:5: small: the answer `{label}` is right on 80% of the predict draws; "
        "ask for other things, or let the draw decide"
    ]


def test_draws_of_a_question_count_by_their_share(lines: Lines) -> None:
    """Four questions raise on two draws in three, which is 67 % however many draws the fifth has."""
    odd = [
        question(f"odd-{i}", f"y = {code}", "y.dim()")
        for i, code in enumerate(("x[3]", "x[3:][0]", "x.unbind()[3]", "x.select(0, 3)"))
    ]
    assert lines(HEAD + "".join(odd)) == [
        "small.yaml:5:5: small: the answer `raises` is right on 67% of the predict draws; "
        "ask for other things, or let the draw decide"
    ]


# Twins.


EITHER = "n: {int: [2, 4]}\n      how: {choice: [x, x.t()]}"
MANY = "n: {int: [2, 900]}\n      how: {choice: [x, x.t(), x.t().t()]}"
SUM = question("one", "y = x.sum(0)", "y.shape")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param(SUM, question("two", "y = x.sum(0)", "y.shape"), id="a copy"),
        pytest.param(
            SUM,
            question("two", "z = w.sum(1)", "z.shape", given=X.replace("x =", "w =").replace("6", "8")),
            id="other names and numbers",
        ),
        pytest.param(
            SUM,
            question(
                "two", "y = x.sum(0)", "y.shape", given=X.replace("n }", "m }"), draw="m: {int: [3, 9]}"
            ),
            id="another parameter and draw",
        ),
        pytest.param(
            question("one", "y = {{ how }}.sum(0)", "y.shape", draw=EITHER),
            question("two", "y = {{ how }}.sum(0)", "y.shape", draw=EITHER.replace("x, x.t()", "x.t(), x")),
            id="the same choices in another order",
        ),
        pytest.param(
            question("one", "y = {{ how }}.sum(0)", "y.shape", draw=MANY),
            question("two", "y = {{ how }}.sum(0)", "y.shape", draw=MANY),
            id="a copy with too many draws to enumerate",
        ),
    ],
)
def test_two_questions_that_are_equal_but_for_names_and_numbers(lines: Lines, one: str, other: str) -> None:
    (result,) = [line for line in lines(HEAD + one + other) if "equals" in line]
    at = (HEAD + one).count("\n") + 1
    assert result == (
        f"small.yaml:{at}:5: small/two: the question equals `small/one` but for names and numbers; {TWIN}"
    )


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(question("two", "y = x.amax(0)", "y.shape"), id="another function"),
        pytest.param(question("two", "y = x.sum(0)", "y.stride()"), id="something else is asked"),
        pytest.param(question("two", "y = x.sum(-1)", "y.shape"), id="a sign"),
        pytest.param(
            question("two", "y = {{ how }}.sum(0)", "y.shape", draw=EITHER), id="more programs on other draws"
        ),
    ],
)
def test_two_questions_that_differ(lines: Lines, other: str) -> None:
    assert lines(HEAD + SUM + other) == []


def test_options_in_another_order_are_twins(lines: Lines) -> None:
    one = TOPICS["which"]
    two = (
        one.split("questions:\n")[1]
        .replace("id: sharing", "id: again")
        .replace('["x.t()", "x[0]", "x + 0", "x[[0]]"]', '["x[0]", "x.t()", "x + 0", "x[[0]]"]')
    )
    assert lines(one + two) == [
        f"small.yaml:22:5: small/again: the question equals `small/sharing` but for names and numbers; {TWIN}"
    ]


NAMES = st.from_regex(r"[a-z]{1,5}[0-9]?", fullmatch=True).filter(
    lambda name: (
        not keyword.iskeyword(name) and name not in ("torch", "it", "nn", "np", "math", "raised", "warned")
    )
)


@given(st.lists(NAMES, min_size=2, max_size=2, unique=True), st.integers(0, 999), st.integers(0, 999))
def test_renaming_makes_names_and_numbers_equal(names: list[str], one: int, other: int) -> None:
    """Any two names and two numbers in their places give the same renamed code; attributes stay."""
    code = "{0} = torch.zeros({2}, {3})\n{1} = {0}.sum({2}) + {1}[{3}]"
    renamed_code = renamed(code.format(*names, one, other))
    assert renamed_code == renamed(code.format("x", "y", 2, 3))
    assert re.findall(r"\. (\w+)", renamed_code) == ["zeros", "sum"]


# The worked example.


@pytest.mark.parametrize(
    ("pieces", "line"),
    [
        pytest.param(
            ("ask: x.sum()", "ask: z.sum()"),
            f"5:3: small: the worked example raises NameError: name 'z' is not defined; {MEND}",
            id="an unknown name",
        ),
        pytest.param(
            ("ask: x.sum()", "ask: x.sum("),
            "5:3: small: the worked example raises SyntaxError: '(' was never closed (<ask>, line 1); " + MEND,
            id="not Python",
        ),
        pytest.param(
            ("  given: x = torch.ones(2, 3)\n", "  given: 'import time; time.sleep(1000)'\n"),
            f"5:3: small: the worked example ran out of time; {MEND}",
            id="endless",
        ),
        pytest.param(
            ("  given: x = torch.ones(2, 3)\n", "  given: import os; os._exit(0)\n"),
            f"5:3: small: the worked example crashed; {MEND}",
            id="the process ends",
        ),
        pytest.param(
            ("  given: x = torch.ones(2, 3)\n", "  given: import pandas\n"),
            "5:3: small: the worked example raises ModuleNotFoundError: No module named 'pandas': the sandbox has "
            "no modules but Python's own, torch and what torch needs; leave the module out",
            id="a module that is not there",
        ),
    ],
)  # fmt: skip
def test_a_worked_example_that_does_not_work(lines: Lines, pieces: tuple[str, ...], line: str) -> None:
    assert lines(changed("predict", *pieces)) == [f"small.yaml:{line}"]


def test_a_worked_example_may_show_what_raises(lines: Lines) -> None:
    assert lines(changed("predict", "ask: x.sum()", "ask: x.sum(2)")) == []
