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


def question(name: str, code: str, ask: str, *wrong: str, draw: str = "n: {int: [2, 4]}") -> str:
    """Give a predict question about an `x` of shape (n, 6), whose misconceptions type the wrong answers."""
    misconceptions = "".join(
        f'      - {{id: wrong-{index}, answer: "{answer}", because: {TEXT}}}\n'
        for index, answer in enumerate(wrong or ("77", "88"))
    )
    return f"""\
  - id: {name}
    draw:
      {draw}
    given: x = torch.arange({{{{ n }}}} * 6).view({{{{ n }}}}, 6)
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
RAISING = [question(f"raising-{name}", f"y = x.{name}", "y.dim()") for name in ("foo", "view(5)", "add(x.T)", "t(1)")]
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
        question(f"odd-{i}", f"y = {code}", "y.dim()", draw="n: {int: [2, 4]}")
        for i, code in enumerate(("x[3]", "x[3:][0]", "x.unbind()[3]", "x.select(0, 3)"))
    ]
    assert lines(HEAD + "".join(odd)) == [
        "small.yaml:5:5: small: the answer `raises` is right on 67% of the predict draws; "
        "ask for other things, or let the draw decide"
    ]


# Twins.


SUM = question("one", "y = x.sum(0)", "y.shape")


@pytest.mark.parametrize(
    "twin",
    [
        pytest.param(SUM.replace("id: one", "id: two"), id="a copy"),
        pytest.param(
            SUM.replace("id: one", "id: two").replace("x", "weights").replace("y", "total").replace("6", "8"),
            id="other names and numbers",
        ),
        pytest.param(
            SUM.replace("id: one", "id: two").replace("[2, 4]", "[3, 9]").replace("n", "m").replace("imt", "int"),
            id="another draw and parameter",
        ),
    ],
)
def test_two_questions_that_are_equal_but_for_names_and_numbers(lines: Lines, twin: str) -> None:
    twin = twin.replace("id: wromg", "id: wrong").replace("em:", "en:").replace("givem", "given")
    twin = twin.replace("amswer", "answer").replace("comstamt", "constant").replace("himts", "hints")
    twin = twin.replace("miscomceptioms", "misconceptions").replace("amge", "ange")
    assert lines(HEAD + SUM + twin) == [
        f"small.yaml:18:5: small/two: the question equals `small/one` but for names and numbers; {TWIN}"
    ]
