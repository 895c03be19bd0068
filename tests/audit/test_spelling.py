"""Errors that a slip of the author makes, beside errors that a question may well be about."""

from __future__ import annotations

import pytest

from tests.audit.conftest import Lines
from tests.audit.topics import changed

CODE = "y = x.sum(dim={{ dim }})\n"
WRONG = "y = x.sum(dim={{ 1 - dim }})\n"
ENDS = "did you mean `{}`?"


@pytest.mark.parametrize(
    ("code", "word", "guess"),
    [
        pytest.param("y = x.unsqeeze(0)", "unsqeeze", "unsqueeze", id="a method"),
        pytest.param("y = torch.arnge(3)", "arnge", "arange", id="a function"),
        pytest.param("y = x.shpe", "shpe", "shape", id="an attribute"),
        pytest.param("y = x.sum(dimm=0)", "dimm", "dim", id="a keyword of a function in C++"),
        pytest.param(
            "y = torch.cat([x, x], dm=0)", "dm", "dim", id="a keyword of a function of one signature"
        ),
        pytest.param("y = F.softmax(x, dimm=0)", "dimm", "dim", id="a keyword of a function in Python"),
    ],
)
@pytest.mark.parametrize("where", [CODE, WRONG], ids=["the reference", "a misconception"])
def test_a_misspelt_name(lines: Lines, where: str, code: str, word: str, guess: str) -> None:
    spelled = [
        line for line in lines(changed("predict", where, code + "\n")) if f"`{word}` is no name" in line
    ]
    assert [line.rpartition("; ")[2] for line in spelled] == [ENDS.format(guess)]
    assert spelled[0].startswith("small.yaml:16:11: " if where is CODE else "small.yaml:23:15: ")


@pytest.mark.parametrize(
    "code",
    [
        pytest.param("y = x.astype(int)", id="a method of NumPy"),
        pytest.param("y = x.append(1)", id="a method of lists"),
        pytest.param("y = x.sum(keepdims=5)", id="a keyword of NumPy"),
        pytest.param("y = x.frobnicate()", id="nothing is near"),
        pytest.param("y = x.shape()", id="an attribute that is called"),
        pytest.param("y = nn.Bilinear(in_features=2)", id="a keyword of another class"),
        pytest.param("y = x.view('a')", id="arguments of another type"),
    ],
)
def test_an_error_that_a_question_may_be_about(lines: Lines, code: str) -> None:
    assert [line for line in lines(changed("predict", CODE, code + "\n")) if "is no name" in line] == []


@pytest.mark.parametrize(
    ("code", "name"),
    [
        pytest.param("y = x.frobnicate()", "AttributeError", id="an attribute"),
        pytest.param("assert x is None", "AssertionError", id="an assertion"),
        pytest.param("y = 1 / 0", "ZeroDivisionError", id="arithmetic"),
    ],
)
def test_a_misconception_that_only_raises_for_python(lines: Lines, code: str, name: str) -> None:
    assert lines(changed("predict", WRONG, code + "\n")) == [
        f"small.yaml:23:15: small/total@7: misconception `dim-stays` raises {name} on every draw, which is Python's "
        "error, not torch's; mend its program, or say `answer: raises` if that is the belief"
    ]


@pytest.mark.parametrize(
    "code",
    [
        pytest.param("y = x.view(7, 7, 7)", id="torch's own error"),
        pytest.param("y = x if {{ dim }} else 1 / 0", id="on some draws only"),
    ],
)
def test_a_misconception_that_raises_for_torch(lines: Lines, code: str) -> None:
    assert [line for line in lines(changed("predict", WRONG, code + "\n")) if "Python's" in line] == []
