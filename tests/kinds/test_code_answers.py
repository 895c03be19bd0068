"""Code that a learner types is read as the form asked for; what Python could not run is unreadable."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from tensordrill.bank.load import Bank
from tensordrill.bank.schema import Write
from tensordrill.bank.variant import Variant, make
from tensordrill.kinds import fill
from tensordrill.kinds.answers import Code, Unreadable
from tensordrill.kinds.code import MAX_CODE, parsed, problem
from tensordrill.kinds.write import as_code, called


def write(form: Any, signature: str | None = None) -> Write:
    return Write(
        id="q", task="t", write=form, signature=signature, solution="x", must=("changed",), given="x = 1"
    )


EXPRESSION = write("expression")
STATEMENTS = write("statements")
FUNCTION = write("function", "outer(a, b=2)")


def filling(folder: Path, code: str) -> Variant:
    question = {"id": "q", "task": "t", "given": "x = torch.ones(2)", "fill": code, "solution": "1"}
    topic = {"format": 1, "topic": "t", "title": "T", "questions": [question]}
    (folder / "t.yaml").write_text(yaml.safe_dump(topic), encoding="utf-8")
    return make(Bank(folder).entry("t/q"), 1)


# --- an expression ---


@pytest.mark.parametrize(
    ("text", "code"),
    [
        pytest.param("x.t()", "x.t()", id="plain"),
        pytest.param("  x.t()  \n", "x.t()", id="space-around"),
        pytest.param("y = x.t()", "x.t()", id="assigned"),
        pytest.param("y = x.t();", "x.t()", id="assigned-semicolon"),
        pytest.param("x.t();", "x.t()", id="semicolon"),
        pytest.param("y = (x\n     .t())", "(x\n     .t())", id="assigned-over-lines"),
        pytest.param("(x\n .t())", "(x\n .t())", id="over-lines"),
        pytest.param("x.t()  # flips", "x.t()  # flips", id="comment"),
        pytest.param("# flips\nx.t()", "# flips\nx.t()", id="comment-above"),
        pytest.param("x, y", "x, y", id="tuple"),
        pytest.param("*x, y", "(*x, y)", id="starred"),
        pytest.param("lambda: x", "lambda: x", id="lambda"),
        pytest.param("x[..., 0]", "x[..., 0]", id="ellipsis-inside"),
        pytest.param("'\\d'", "'\\d'", id="escape-that-python-warns-of"),
        pytest.param("텐서.t()", "텐서.t()", id="korean-name"),
    ],
)
def test_an_expression_is_read(text: str, code: str) -> None:
    assert as_code(EXPRESSION, text) == Code(code)


@pytest.mark.parametrize(
    ("text", "unreadable"),
    [
        pytest.param("", Unreadable("empty-code"), id="nothing"),
        pytest.param(" \n ", Unreadable("empty-code"), id="space"),
        pytest.param("...", Unreadable("empty-code"), id="dots"),
        pytest.param("y = ...", Unreadable("empty-code"), id="assigned-dots"),
        pytest.param("(...)", Unreadable("empty-code"), id="dots-in-brackets"),
        pytest.param("x" * (MAX_CODE + 1), Unreadable("too-long"), id="too-long"),
        pytest.param("(" * 1_000_000, Unreadable("too-long"), id="a-megabyte"),
        pytest.param("x.t(", Unreadable("expression", "'(' was never closed"), id="open-bracket"),
        pytest.param("x t", Unreadable("expression", "invalid syntax"), id="syntax"),
        pytest.param("x.t()\n)", Unreadable("expression", "unmatched ')' (line 2)"), id="line-is-said"),
        pytest.param("(yield x)", Unreadable("expression", "'yield' outside function"), id="yield"),
        pytest.param("await x", Unreadable("expression", "'await' outside function"), id="await"),
        pytest.param(
            "x\x00", Unreadable("expression", "source code string cannot contain null bytes"), id="nul"
        ),
        pytest.param("return x", Unreadable("expression"), id="return"),
        pytest.param("x = 1; y = 2", Unreadable("expression"), id="two-statements"),
        pytest.param("x += 1", Unreadable("expression"), id="augmented"),
        pytest.param("x: int = 1", Unreadable("expression"), id="annotated"),
        pytest.param("a, b = x", Unreadable("expression"), id="unpacked"),
        pytest.param("import torch", Unreadable("expression"), id="import"),
        pytest.param("def f(): pass", Unreadable("expression"), id="def"),
        pytest.param("# nothing", Unreadable("expression"), id="only-a-comment"),
    ],
)
def test_what_is_no_expression_is_unreadable(text: str, unreadable: Unreadable) -> None:
    assert as_code(EXPRESSION, text) == unreadable


# --- statements ---


@pytest.mark.parametrize(
    ("text", "code"),
    [
        pytest.param("y = x.t()", "y = x.t()", id="one"),
        pytest.param("y = x\nz = y", "y = x\nz = y", id="two"),
        pytest.param("    y = x\n    z = y", "y = x\nz = y", id="indented"),
        pytest.param("\n\ny = x\n\n", "y = x", id="blank-lines"),
        pytest.param("for i in x:\n    y = i", "for i in x:\n    y = i", id="loop"),
        pytest.param("pass", "pass", id="pass"),
    ],
)
def test_statements_are_read(text: str, code: str) -> None:
    assert as_code(STATEMENTS, text) == Code(code)


@pytest.mark.parametrize(
    ("text", "unreadable"),
    [
        pytest.param("...", Unreadable("empty-code"), id="dots"),
        pytest.param("y = ", Unreadable("statements", "invalid syntax"), id="half"),
        pytest.param("return x", Unreadable("statements", "'return' outside function"), id="return"),
        pytest.param("y = x\nbreak", Unreadable("statements", "'break' outside loop (line 2)"), id="break"),
        pytest.param(
            "for i in x:\ny = i",
            Unreadable("statements", "expected an indented block after 'for' statement on line 1 (line 2)"),
            id="indentation",
        ),
        pytest.param("1" * 5000, Unreadable("statements", problem("1" * 5000)), id="endless-digits"),
    ],
)
def test_statements_that_cannot_run_are_unreadable(text: str, unreadable: Unreadable) -> None:
    assert as_code(STATEMENTS, text) == unreadable
    assert unreadable.detail or unreadable.example == "empty-code"


# --- a function ---


@pytest.mark.parametrize(
    ("text", "code"),
    [
        pytest.param("a + b", "def outer(a, b=2):\n    return a + b", id="expression"),
        pytest.param("return a + b", "def outer(a, b=2):\n    return a + b", id="body"),
        pytest.param("c = a\nreturn c", "def outer(a, b=2):\n    c = a\n    return c", id="longer-body"),
        pytest.param(
            "    c = a\n    return c", "def outer(a, b=2):\n    c = a\n    return c", id="indented-body"
        ),
        pytest.param("(a +\n b)", "def outer(a, b=2):\n    return (a +\n b)", id="expression-over-lines"),
        pytest.param("def outer(a, b):\n    return a", "def outer(a, b):\n    return a", id="whole"),
        pytest.param(
            "import math\n\ndef outer(p, q):\n    return helper(p)\n\ndef helper(p):\n    return p",
            "import math\n\ndef outer(p, q):\n    return helper(p)\n\ndef helper(p):\n    return p",
            id="whole-with-a-helper",
        ),
        pytest.param("def f():\n    return 1\nreturn f()", None, id="body-with-a-def"),
    ],
)
def test_a_function_is_read_whole_or_as_its_body(text: str, code: str | None) -> None:
    body = "def outer(a, b=2):\n    def f():\n        return 1\n    return f()"
    assert as_code(FUNCTION, text) == Code(code or body)


@pytest.mark.parametrize(
    ("text", "unreadable"),
    [
        pytest.param("...", Unreadable("empty-code"), id="dots"),
        pytest.param("def outer(a, b=2):\n    ...", Unreadable("empty-code"), id="unanswered"),
        pytest.param(
            'def outer(a, b=2):\n    """Do it."""\n    ...', Unreadable("empty-code"), id="docstring"
        ),
        pytest.param("c = a", Unreadable("function"), id="nothing-returned"),
        pytest.param("def inner(a):\n    pass", Unreadable("function"), id="another-name"),
        pytest.param("f = lambda a: a", Unreadable("function"), id="lambda"),
        pytest.param("return (a", Unreadable("function", "'(' was never closed"), id="syntax"),
        pytest.param("return a\nbreak", Unreadable("function", "'break' outside loop (line 3)"), id="break"),
        pytest.param(
            "def outer(a, a):\n    return a",
            Unreadable("function", "duplicate argument 'a' in function definition (line 1)"),
            id="twice-an-argument",
        ),
    ],
)
def test_a_function_that_cannot_run_is_unreadable(text: str, unreadable: Unreadable) -> None:
    assert as_code(FUNCTION, text) == unreadable


@pytest.mark.parametrize(
    ("signature", "call"),
    [
        ("outer(a, b)", "outer(a, b)"),
        ("outer(a, b=2)", "outer(a, b)"),
        ("f(x: torch.Tensor, /, n: int = 3) -> torch.Tensor", "f(x, n)"),
        ("f( )", "f()"),
    ],
)
def test_a_function_is_called_with_the_given_operands(signature: str, call: str) -> None:
    assert called(write("function", signature)) == call


# --- a filling ---


@pytest.mark.parametrize(
    ("code", "text", "read"),
    [
        pytest.param("y = x.sum(____)", "0", "0", id="plain"),
        pytest.param("y = x.sum(____)", "  -1 ", "-1", id="space"),
        pytest.param("y = x.view(____)", "2, 3", "2, 3", id="two-arguments"),
        pytest.param("y = x.view(____)", "*x.shape", "*x.shape", id="starred"),
        pytest.param("y = x.sum(____)", "dim=0", "dim=0", id="keyword"),
        pytest.param("y = x[____]", "..., None", "..., None", id="ellipsis"),
        pytest.param("y = x[____]", "...", "...", id="only-ellipsis"),
        pytest.param("y = x[____]", "1:", "1:", id="slice"),
        pytest.param("y = x.____", "view(2, 1).t()", "view(2, 1).t()", id="method"),
        pytest.param("y = x.sum(____)", "y = x.sum(0)", "0", id="whole-line"),
        pytest.param("y = x\nz = x.sum(____)", "z = x.sum(0)", "0", id="whole-line-of-two"),
        pytest.param("y = ____", "y = x.t()", "x.t()", id="blank-at-the-end"),
        pytest.param("y = x ____ x", "@", "@", id="operator"),
        pytest.param("y = x.sum(____)", "(0)", "(0)", id="brackets"),
    ],
)
def test_a_filling_is_read(tmp_path: Path, code: str, text: str, read: str) -> None:
    assert fill.read(filling(tmp_path, code), text) == Code(read)


@pytest.mark.parametrize(
    ("code", "text", "unreadable"),
    [
        pytest.param("y = x.sum(____)", "", Unreadable("filling"), id="nothing"),
        pytest.param("y = x.sum(____)", "____", Unreadable("filling"), id="the-blank"),
        pytest.param("y = x.sum(____)", "0) + (1", Unreadable("filling"), id="out-of-the-brackets"),
        pytest.param("y = x.sum(____)", "0); y = (1", Unreadable("filling"), id="another-statement"),
        pytest.param("y = ____", "x; y = 1", Unreadable("filling"), id="semicolon"),
        pytest.param("y = ____", "x\ny = 1", Unreadable("filling"), id="two-lines"),
        pytest.param("y = x.sum(____)", "'''", Unreadable("filling"), id="open-string"),
        pytest.param(
            "y = x.sum(____)", "0 # ok", Unreadable("filling", "'(' was never closed"), id="comment"
        ),
        pytest.param("y = x.sum(____)", "0 0", None, id="syntax"),
        pytest.param(
            "y = x.sum(____)", "(yield)", Unreadable("filling", "'yield' outside function"), id="yield"
        ),
        pytest.param("y = x.sum(____)", "0" * 20_001, Unreadable("too-long"), id="too-long"),
    ],
)
def test_what_cannot_stand_in_the_blank_is_unreadable(
    tmp_path: Path, code: str, text: str, unreadable: Unreadable | None
) -> None:
    words = "invalid syntax. Perhaps you forgot a comma?"
    assert fill.read(filling(tmp_path, code), text) == (unreadable or Unreadable("filling", words))


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("y = x.t()", "y"),
        ("y = x\nz = y", "z"),
        ("x += 1", "x"),
        ("y: int = 1", "y"),
        ("x.add_(1)", "None"),
        ("a, b = x", "None"),
        ("x[0] = 1", "None"),
        ("", "None"),
        ("y = (", "None"),
    ],
)
def test_what_the_last_line_assigns_is_compared(code: str, name: str) -> None:
    assert fill.assigned(code) == name


# --- laws ---

words = (
    "x|1|...|return|yield|await|def outer(a, b):|lambda|\n    |\x00|\ud800|class|for i in x:|____|y =|import|"
    "global x|f'{"
)
pieces = st.sampled_from([*"()[]{}.,:;=+-*/@ \n\t#'\"\\_", *words.split("|")])
texts = st.one_of(st.text(), st.lists(pieces).map("".join))


@given(texts)
@example("(" * MAX_CODE)
@example("-" * (MAX_CODE - 1) + "1")
@example("x" + ".y" * (MAX_CODE // 2 - 1))
@example("a if " * (MAX_CODE // 5))
def test_any_text_is_code_that_compiles_or_unreadable(text: str) -> None:
    """as_code never raises, and the Code that it gives compiles as what it will run as."""
    for question in (EXPRESSION, STATEMENTS, FUNCTION):
        answer = as_code(question, text)
        if isinstance(answer, Code):
            assert problem(answer.text, "eval" if question is EXPRESSION else "exec") == ""
        else:
            assert isinstance(answer, Unreadable)


@pytest.fixture(scope="module")
def blanks(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Variant]:
    """Questions with a blank, by their code."""
    codes = ("y = x.sum(____)", "y = ____", "y = x[____] + 1\nz = y")
    return {code: filling(tmp_path_factory.mktemp("blanks"), code) for code in codes}


@given(text=texts)
def test_any_filling_leaves_a_program_or_is_unreadable(blanks: dict[str, Variant], text: str) -> None:
    """fill.read never raises, and what it gives makes code that compiles, of as many statements as before."""
    for code, variant in blanks.items():
        answer = fill.read(variant, text)
        if isinstance(answer, Code):
            filled = code.replace("____", answer.text)
            tree = parsed(filled)
            assert tree is not None
            assert problem(filled) == ""
            assert len(tree.body) == code.count("\n") + 1


@given(st.text())
def test_code_parses_exactly_where_no_problem_is_said(text: str) -> None:
    """problem(code) is empty only for code that parses, and never for code that does not."""
    assert problem(text) == "" or problem(text).strip()
    if parsed(text) is None:
        assert problem(text)


def test_a_syntax_warning_is_no_problem() -> None:
    assert (
        problem(
            dedent("""\
        x = 1 is 1
        y = "\\d"
        """)
        )
        == ""
    )
