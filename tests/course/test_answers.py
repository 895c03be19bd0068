"""Answers in cells, in whatever way they are written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tensordrill.bank.schema import AnyQuestion, Fill, Predict, Which, Write
from tensordrill.course.submission.answers import AnswerText, answer_in, in_quotes
from tensordrill.kinds.answers import Unreadable
from tensordrill.kinds.code import MAX_CODE

EXPRESSION = Write(id="q", task="t", given="x = 1", write="expression", solution="x.t()")
TEXT = Write(id="q", task="t", given="x = 1", write="expression", solution="'ij->ji'")
STATEMENTS = Write(id="q", task="t", given="x = 1", write="statements", solution="x.t_()", must=("changed",))
FUNCTION = Write(
    id="q", task="t", given="a = 1", write="function", signature="twice(a)", solution="return 2 * a"
)
ENDLESS = "0x" + "f" * 6000
"""An integer that Python reads and does not write: it has more than 4300 decimal digits."""
FILL = Fill(id="q", task="t", given="x = 1", fill="y = x.flatten(____)", solution="1")
NAME = Fill(id="q", task="t", given="x = 1", fill="y = torch.____(x)", solution="addbmm")
EQUATION = Fill(id="q", task="t", given="x = 1", fill="y = torch.einsum(____, x)", solution='"ij->ji"')
PREDICT = Predict(id="q", given="x = 1", ask="x.shape")
WHICH = Which(id="q", given="x = 1", which="it", options=("x", "y"))


def _found(question: AnyQuestion, body: str) -> str | Unreadable | None:
    answer = answer_in(question, body)
    return answer.text if isinstance(answer, AnswerText) else answer


GIVEN = Write(
    id="q", task="t", given="x = torch.ones(2, 3)\ny = x.t()", write="expression", solution="x.mean(0)"
)
_ABOVE = "x = torch.ones(2, 3)\ny = x.t()\n\n"
_MANY = "z = 1\n" * MAX_CODE


@pytest.mark.parametrize(
    ("body", "above"),
    [
        pytest.param(f"{_ABOVE}answer = x", "", id="as-handed-out"),
        pytest.param(f"{_ABOVE}z = x.float()\nanswer = z", "z = x.float()", id="a-helper"),
        pytest.param(f"# a\n{_ABOVE}z  =  x.float()  # b\n\nanswer = z", "z = x.float()", id="comments"),
        pytest.param(f"{_ABOVE}x = x.float()\nanswer = x", "x = x.float()", id="a-given-name-set-again"),
        pytest.param(f"{_ABOVE}x += 1\nanswer = x", "x += 1", id="a-given-name-changed"),
        pytest.param(f"{_ABOVE}import math; z = 1\nanswer = z", "import math\nz = 1", id="an-import"),
        pytest.param(
            f"{_ABOVE}def f(a):\n    return a\nanswer = f(x)", "def f(a):\n    return a", id="a-function"
        ),
        pytest.param(f"{_ABOVE}print(x.sum())\n'note'\n...\nanswer = x", "", id="only-says-something"),
        pytest.param("x = torch.zeros(2, 3)\ny = x.t()\nanswer = x", "", id="a-given-line-edited"),
        pytest.param("y = x.t()\nz = y\nanswer = z", "z = y", id="a-given-line-deleted"),
        pytest.param(f"{_ABOVE}answer = y\nanswer = x", "", id="an-earlier-answer"),
        pytest.param(f"{_ABOVE}answer = y\nanswer = answer + 1", "answer = y", id="an-answer-in-steps"),
        pytest.param(f"{_ABOVE}z = x.float()\nanswer = z\nanswer = ...", "z = x.float()", id="dots-below"),
        pytest.param(f"{_ABOVE}z = (\nanswer = x", "", id="no-python"),
        pytest.param(f"{_ABOVE}return x\nanswer = x", "", id="no-program"),
        pytest.param(f"{_MANY[: 2 * MAX_CODE]}\nanswer = x", None, id="too-long"),
    ],
)
def test_lines_above_an_answer_are_part_of_it(body: str, above: str | None) -> None:
    answer = answer_in(GIVEN, body)
    assert answer == Unreadable("too-long") if above is None else getattr(answer, "above", None) == above


def test_lines_above_are_shown_with_the_answer() -> None:
    answer = answer_in(EXPRESSION, "x = 1\nz = x.t()\nanswer = z")
    assert isinstance(answer, AnswerText)
    assert (answer.text, answer.shown) == ("z", "z = x.t()\nanswer = z")


def test_a_value_has_no_lines_above() -> None:
    assert answer_in(PREDICT, "x = 1\nz = 2\nanswer = 3") == AnswerText("3")


@pytest.mark.parametrize(
    ("body", "text"),
    [
        pytest.param("answer = x.t()", "x.t()", id="plain"),
        pytest.param("answer=x.t()", "x.t()", id="no-spaces"),
        pytest.param("answer  =  x.t()  ", "x.t()", id="many-spaces"),
        pytest.param("answer: object = x.t()", "x.t()", id="annotated"),
        pytest.param("answer = x.t()  # flips", "x.t()", id="comment-after"),
        pytest.param("answer = x.t();", "x.t()", id="semicolon"),
        pytest.param("answer = x.t(); print(answer)", "x.t()", id="print-on-the-line"),
        pytest.param("answer = x.t()\nprint(answer)\nassert answer", "x.t()", id="scratch-below"),
        pytest.param("y = 1\nprint(y)\nanswer = x.t()", "x.t()", id="scratch-above"),
        pytest.param("answer = x.t()\nif (:", "x.t()", id="broken-scratch-below"),
        pytest.param("answer = x.mT\nanswer = x.t()", "x.t()", id="twice-the-last-counts"),
        pytest.param("answer = x.t()\n\nanswer = ...", "x.t()", id="above-the-untouched-line"),
        pytest.param(
            "answer = x.view(\n    2,  # rows\n    3,\n)",
            "x.view(\n    2,  # rows\n    3,\n)",
            id="call-over-lines",
        ),
        pytest.param("answer = (\n    x.t()\n)", "x.t()", id="brackets-around"),
        pytest.param("answer = (x\n          .t())", "(x\n          .t())", id="chain-over-lines"),
        pytest.param("answer = x.t() \\\n    + 1", "x.t() \\\n    + 1", id="backslash"),
        pytest.param("answer = '''\n'''\n", "'''\n'''", id="text-over-lines"),
        pytest.param("answer = x, 1", "x, 1", id="tuple"),
        pytest.param("answer = 'x.t()'", "x.t()", id="code-in-quotes"),
        pytest.param("answer = 'cpu'", "'cpu'", id="a-word-stays-a-text"),
        pytest.param("answer = x.t(", "x.t(", id="syntax-error"),
        pytest.param("answer = x.t(\nprint(1)", "x.t(", id="syntax-error-with-scratch"),
        pytest.param("answer = ...", None, id="untouched"),
        pytest.param("answer =", None, id="nothing"),
        pytest.param("answer = …", None, id="one-letter-of-dots"),
        pytest.param("answer = ''", None, id="empty-text"),
        pytest.param("answer = ...  # todo", None, id="untouched-with-a-comment"),
        pytest.param("print(x)", Unreadable("no-answer-line"), id="line-lost"),
        pytest.param("answer == x", Unreadable("no-answer-line"), id="compared-not-set"),
        pytest.param("", Unreadable("no-answer-line"), id="empty-cell"),
        pytest.param("x" * (4 * MAX_CODE + 1), Unreadable("too-long"), id="too-long"),
    ],
)
def test_an_expression(body: str, text: str | Unreadable | None) -> None:
    assert _found(EXPRESSION, body) == text


@pytest.mark.parametrize(
    ("question", "body", "text"),
    [
        pytest.param(TEXT, "answer = 'ij->ji'", "'ij->ji'", id="the-solution-is-a-text"),
        pytest.param(FILL, "answer = 1, 2", "1, 2", id="fill"),
        pytest.param(FILL, "answer = '1'", "1", id="fill-in-quotes"),
        pytest.param(FILL, "answer = (\n  1,\n  2)", "(1, 2)", id="fill-over-lines"),
        pytest.param(FILL, "answer = ____", None, id="fill-left-blank"),
        pytest.param(NAME, 'answer = "addbmm"', "addbmm", id="name-in-quotes"),
        pytest.param(NAME, "answer = addbmm", "addbmm", id="name-without-quotes"),
        pytest.param(NAME, 'answer = "..."', None, id="name-untouched"),
        pytest.param(EQUATION, 'answer = "ij->ji"', '"ij->ji"', id="a-text-that-is-code"),
        pytest.param(PREDICT, "answer = (2, 3)", "(2, 3)", id="value"),
        pytest.param(PREDICT, "answer = torch.Size([2, 3])", "torch.Size([2, 3])", id="as-torch-prints-it"),
        pytest.param(PREDICT, 'answer = "2x3"', "2x3", id="value-in-quotes"),
        pytest.param(PREDICT, "answer = 2x3", "2x3", id="value-that-is-no-python"),
        pytest.param(
            PREDICT, "answer = 2x3  # rows x columns\nprint(x)", "2x3", id="no-python-with-a-comment"
        ),
        pytest.param(PREDICT, 'answer = "raises"', "raises", id="raises"),
        pytest.param(PREDICT, "answer = 에러", "에러", id="raises-in-korean"),
        pytest.param(
            PREDICT, "answer = [\n  [1, 2],\n  [3, 4],\n]", "[[1, 2], [3, 4]]", id="list-over-lines"
        ),
        pytest.param(WHICH, "answer = [1, 3]", "[1, 3]", id="numbers"),
        pytest.param(WHICH, 'answer = "none"', "none", id="none"),
        pytest.param(WHICH, "answer = 1 3", "1 3", id="numbers-that-are-no-python"),
    ],
)
def test_other_kinds(question: AnyQuestion, body: str, text: str | None) -> None:
    assert _found(question, body) == text


@pytest.mark.parametrize(
    ("body", "text"),
    [
        pytest.param("# answer:\nx.t_()", "x.t_()", id="one"),
        pytest.param(
            "x = 1\n\n# answer:\ny = 1\nx.t_()\n\nprint(x)", "y = 1\nx.t_()\n\nprint(x)", id="several"
        ),
        pytest.param("#Answer :  here\nx.t_()", "x.t_()", id="the-line-changed-a-little"),
        pytest.param("# answer:\n# first\nx.t_()", "# first\nx.t_()", id="comments"),
        pytest.param("# answer:\n...\nx.t_()", "...\nx.t_()", id="dots-left"),
        pytest.param("# answer:\n...", None, id="untouched"),
        pytest.param("# answer:\n# later\n", None, id="only-a-comment"),
        pytest.param("x.t_()", Unreadable("no-answer-line"), id="line-lost"),
    ],
)
def test_statements(body: str, text: str | Unreadable | None) -> None:
    assert _found(STATEMENTS, body) == text


_HELPED = "import math\n\ndef helper(a):\n    return a\n\ndef twice(a):\n    return 2 * helper(a)\n\nprint(twice(1))"


@pytest.mark.parametrize(
    ("body", "text"),
    [
        pytest.param(
            "# task\n\ndef twice(a):\n    return 2 * a", "def twice(a):\n    return 2 * a", id="def"
        ),
        pytest.param(_HELPED, _HELPED, id="helpers-imports-prints"),
        pytest.param("def twice(a):\n    return (", "def twice(a):\n    return (", id="syntax-error"),
        pytest.param("def double(a):\n    return 2 * a", Unreadable("no-answer-line"), id="renamed"),
        pytest.param("return 2 * a", Unreadable("no-answer-line"), id="def-lost"),
        pytest.param("# only comments", Unreadable("no-answer-line"), id="nothing-left"),
    ],
)
def test_a_function(body: str, text: str | Unreadable) -> None:
    assert _found(FUNCTION, body) == text


@pytest.mark.parametrize(
    ("question", "quoted"),
    [
        pytest.param(FILL, False, id="a-value"),
        pytest.param(NAME, True, id="a-name-after-a-dot"),
        pytest.param(EQUATION, False, id="a-text"),
    ],
)
def test_quotes_are_asked_for_where_python_needs_them(question: Fill, quoted: bool) -> None:
    assert in_quotes(question) is quoted


# --- laws ---

_QUESTIONS = st.sampled_from([EXPRESSION, TEXT, STATEMENTS, FUNCTION, FILL, NAME, EQUATION, PREDICT, WHICH])
_PIECES = st.sampled_from(
    [
        "answer",
        " = ",
        "(",
        ")",
        "[",
        "'",
        '"""',
        "\n",
        "\\",
        "# answer:",
        "def twice(a):",
        "    ",
        "...",
        "x",
        ";",
        "\f",
        "\0",
        "\u2028",
        "\ud800",
        "é",
        ENDLESS,
    ]
)


@given(_QUESTIONS, st.one_of(st.text(), st.lists(_PIECES).map("".join)))
def test_no_text_breaks_the_search(question: AnyQuestion, body: str) -> None:
    answer = answer_in(question, body)
    assert answer is None or (answer.example if isinstance(answer, Unreadable) else answer.text.strip())


@given(st.integers(), st.lists(st.integers(), min_size=1), st.booleans())
def test_what_python_can_write_is_found_again(number: int, numbers: list[int], many: bool) -> None:
    value = numbers if many else number
    assert _found(PREDICT, f"x = 1\n\nanswer = {value!r}\nprint(answer)\n") == repr(value)


def test_a_long_unclosed_answer_takes_no_time() -> None:
    body = "answer = (" + "1,\n" * (MAX_CODE // 3)
    assert _found(EXPRESSION, body) == "(1,"


@pytest.mark.parametrize(
    ("body", "answer"),
    [
        pytest.param(f"z = {ENDLESS}\nanswer = x", AnswerText("x"), id="above-it"),
        pytest.param(f"answer = {ENDLESS}", AnswerText(ENDLESS), id="alone"),
        pytest.param(f"answer = ({ENDLESS},\n 2)", AnswerText(f"({ENDLESS},\n 2)"), id="over-lines"),
    ],
)
def test_an_integer_that_python_does_not_write_is_left_as_it_is(body: str, answer: AnswerText) -> None:
    assert answer_in(EXPRESSION, body) == answer
    assert isinstance(answer_in(FILL, body), AnswerText)
    assert isinstance(answer_in(PREDICT, body), AnswerText)
