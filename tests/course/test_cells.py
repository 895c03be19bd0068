"""A file becomes cells, whatever editors, exports and systems did to it on the way."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tensordrill.bank.schema import AnyQuestion
from tensordrill.course.submission.answers import AnswerText
from tensordrill.course.submission.cells import Cell, notebook_cells, script_cells, source_cells
from tensordrill.course.submission.submission import from_cells, parse
from tensordrill.errors import CourseError
from tensordrill.kinds.answers import Unreadable

from .test_answers import EXPRESSION, FUNCTION, STATEMENTS

SCRIPT = """\
# %% hw1 · 김민지 (7)
# tensordrill-handout: {"assignment":"hw1","student":"7","name":"김민지","mark":"00"}
import torch

# %% 1. view/one (2 points)
# view/one@11
# 모양을 바꾸세요.
x = torch.zeros(2)

answer = x.t()

# %% 2. view/two (2 points)
# view/two@-22
answer = ...

# %% How am I doing?
tensordrill.check()
"""


def _answers(raw: bytes, name: str = "hw1.py") -> list[tuple[str | None, int | None, object]]:
    submission = parse(raw, name)
    return [
        (
            cell.question,
            cell.seed,
            getattr(submission.answer(cell.question, EXPRESSION, cell.seed or 0), "text", None),
        )
        for cell in submission.cells
        if cell.question
    ]


RIGHT = [("view/one", 11, "x.t()"), ("view/two", -22, None)]


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda text: text, id="as-handed-out"),
        pytest.param(lambda text: text.replace("# %%", "#%%"), id="no-space-before-the-marker"),
        pytest.param(lambda text: text.replace("# %%", "#  %%"), id="two-spaces-before-the-marker"),
        pytest.param(lambda text: text.replace("points)\n", "points)   \n"), id="trailing-spaces"),
        pytest.param(lambda text: text.replace("@11", "@11  \t"), id="spaces-after-the-address"),
        pytest.param(lambda text: text.replace("# view/", "#view/"), id="no-space-before-the-address"),
        pytest.param(lambda text: text.replace("# %% 1. view/one (2 points)\n", ""), id="marker-deleted"),
        pytest.param(
            lambda text: text.replace("# %% 2. view/two (2 points)\n# ", "# %% "), id="address-in-marker"
        ),
        pytest.param(lambda text: text.replace("# %%", "# In[3]:\n\n\n# ##"), id="exported-by-nbconvert"),
        pytest.param(lambda text: text.replace("# %%", "# %%\n\n#"), id="exported-by-vs-code"),
        pytest.param(lambda text: text.replace("# %% 1", "# %% [code] 1"), id="kind-of-cell-said"),
        pytest.param(lambda text: "#!/usr/bin/env python\n# coding: utf-8\n\n" + text, id="shebang"),
        pytest.param(lambda text: text.removesuffix("\n"), id="no-newline-at-the-end"),
    ],
)
def test_cells_are_found_after_editors_and_exports(change: Callable[[str], str]) -> None:
    assert _answers(change(SCRIPT).encode()) == RIGHT


@pytest.mark.parametrize(
    "encode",
    [
        pytest.param(lambda text: text.replace("\n", "\r\n").encode(), id="crlf"),
        pytest.param(lambda text: text.replace("\n", "\r").encode(), id="cr"),
        pytest.param(lambda text: text.encode("utf-8-sig"), id="bom"),
        pytest.param(lambda text: text.encode("utf-16"), id="utf-16"),
        pytest.param(lambda text: b"\xfe\xff" + text.encode("utf-16-be"), id="utf-16-big"),
        pytest.param(lambda text: text.replace("·", "-").encode("cp949"), id="cp949"),
        pytest.param(lambda text: unicodedata.normalize("NFD", text).encode(), id="nfd"),
    ],
)
def test_encodings_are_read(encode: Callable[[str], bytes]) -> None:
    submission = parse(encode(SCRIPT), "hw1.py")
    assert _answers(encode(SCRIPT)) == RIGHT
    assert submission.header is not None
    assert submission.header.name == "김민지"


def _notebook(*sources: object, **cell: object) -> bytes:
    cells = [{"cell_type": "code", "source": source, **cell} for source in sources]
    return json.dumps({"cells": cells, "nbformat": 4}).encode()


@pytest.mark.parametrize(
    "raw",
    [
        pytest.param(
            _notebook("# view/one@11\nanswer = x.t()", "# view/two@-22\nanswer = ..."), id="as-handed-out"
        ),
        pytest.param(
            _notebook(["# view/one@11\n", "answer = x.t()"], "# view/two@-22\nanswer = ..."),
            id="lists-of-lines",
        ),
        pytest.param(
            _notebook("# view/one@11\nanswer = x.t()\n\n# view/two@-22\nanswer = ..."), id="cells-merged"
        ),
        pytest.param(
            _notebook("%%time\n# view/one@11\nanswer = x.t()", "\n\n# view/two@-22\nanswer = ..."),
            id="magic-and-empty-lines-above",
        ),
    ],
)
def test_notebooks_are_read(raw: bytes) -> None:
    assert _answers(raw, "hw1.ipynb") == RIGHT


def test_an_address_that_jupytext_made_a_title_is_read() -> None:
    raw = _notebook("answer = x.t()", metadata={"title": "view/one@11"})
    assert _answers(raw, "hw1.ipynb") == RIGHT[:1]


def test_markdown_and_outputs_are_not_read() -> None:
    raw = _notebook("# view/one@11\nanswer = x", cell_type="markdown", outputs=["# view/two@22"])
    assert parse(raw, "hw1.ipynb").cells == ()


@pytest.mark.parametrize(
    ("raw", "name", "message"),
    [
        pytest.param(b"", "a.py", "the file is empty; hand in the file that has the answers", id="0-bytes"),
        pytest.param(
            b" \n\t\n", "a.py", "the file is empty; hand in the file that has the answers", id="blank"
        ),
        pytest.param(
            b"\x7fELF\0\0",
            "a.py",
            "this is not a text file; hand in the `.py` or `.ipynb` file itself",
            id="binary",
        ),
        pytest.param(
            b"\xff\xff\xff",
            "a.py",
            "this is neither UTF-8 nor CP949; save it as UTF-8 and hand that in",
            id="bytes",
        ),
        pytest.param(
            b"x" * 4_000_001,
            "a.py",
            "it has 4 MB, and a submission at most 4; hand in the file itself",
            id="too-large",
        ),
        pytest.param(
            b"{",
            "a.ipynb",
            "this is not a notebook: its JSON is broken; save it again and hand that in",
            id="half-a-notebook",
        ),
        pytest.param(
            b"[" * 100_000,
            "a.ipynb",
            "this is not a notebook: its JSON is broken; save it again and hand that in",
            id="a-deep-notebook",
        ),
        pytest.param(
            b"[1]",
            "a.ipynb",
            "this is not a notebook: it has no cells; save it again and hand that in",
            id="json-but-no-notebook",
        ),
    ],
)
def test_what_is_no_submission_says_so_in_one_sentence(raw: bytes, name: str, message: str) -> None:
    with pytest.raises(CourseError) as caught:
        parse(raw, name)
    assert str(caught.value) == message


# --- cells that moved, doubled or went away ---


def _changed(old: str, new: str) -> object:
    return parse(SCRIPT.replace(old, new).encode(), "hw1.py").answer("view/one", EXPRESSION, 11)


ONE = SCRIPT[SCRIPT.index("# %% 1") : SCRIPT.index("# %% 2")]


@pytest.mark.parametrize(
    ("new", "answer"),
    [
        pytest.param(ONE + ONE, "x.t()", id="copied-as-it-is"),
        pytest.param(ONE + ONE.replace("x.t()", "..."), "x.t()", id="copy-left-untouched"),
        pytest.param(ONE.replace("x.t()", "...") + ONE, "x.t()", id="answered-in-the-copy"),
        pytest.param(ONE + ONE.replace("answer", "print(x)\nanswer"), "x.t()", id="copied-with-scratch"),
        pytest.param("", None, id="deleted"),
        pytest.param(ONE.replace("# view/one@11\n", ""), None, id="address-deleted"),
    ],
)
def test_cells_copied_or_deleted(new: str, answer: str | None) -> None:
    assert getattr(_changed(ONE, new), "text", None) == answer


@pytest.mark.parametrize("copies", [pytest.param(1, id="alone"), pytest.param(3, id="copied")])
def test_an_untouched_definition_is_no_answer(copies: int) -> None:
    cell = "# %%\n# view/one@11\ndef twice(a):\n    ...\n"
    submission = parse((cell * copies).encode(), "hw1.py")
    assert submission.answer("view/one", FUNCTION, 11) is None
    answered = cell.replace("...", '"""Twice."""\n    return a + a')
    submission = parse((cell * copies + answered).encode(), "hw1.py")
    assert (
        getattr(submission.answer("view/one", FUNCTION, 11), "text", "")
        == answered.partition("@11\n")[2].strip()
    )


# --- large notebooks ---

_LARGE = [{"output_type": "display_data", "data": {"image/png": "x" * 5_000_000}}]


def test_the_outputs_of_a_large_notebook_are_not_read() -> None:
    raw = _notebook("# view/one@11\nanswer = x.t()", ["# view/two@-22\n", "answer = ..."], outputs=_LARGE)
    assert _answers(raw, "hw1.ipynb") == RIGHT
    raw = _notebook("answer = x.t()", outputs=_LARGE, metadata={"title": "view/one@11", "tags": []})
    assert _answers(raw, "hw1.ipynb") == RIGHT[:1]


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        pytest.param(
            _notebook("#" * 5_000_000),
            "it has 5 MB, and a submission at most 4; hand in the file itself",
            id="large-cells",
        ),
        pytest.param(
            b'{"cells": [' + b"{}," * 2_000_000 + b"{}]}",
            "this is not a notebook: it has no cells; save it again and hand that in",
            id="many-nothings",
        ),
        pytest.param(
            b'{"cells": ["' + b"x" * 4_000_000,
            "this is not a notebook: its JSON is broken; save it again and hand that in",
            id="cut-off",
        ),
        pytest.param(
            b'{"cells": [{"cell_type": "code", "outputs": ' + b"[" * 4_000_000,
            "this is not a notebook: its JSON is broken; save it again and hand that in",
            id="deep",
        ),
    ],
)
def test_a_large_notebook_that_is_none_says_so(raw: bytes, message: str) -> None:
    with pytest.raises(CourseError) as caught:
        parse(raw, "hw1.ipynb")
    assert str(caught.value) == message


# --- what is no student's ---

_CHECK = "\n\ntensordrill.check()\n"
_COLAB = '\n"""## 2. view/two (2 points)\n\nTurn it.\n"""\n'


@pytest.mark.parametrize(
    ("question", "code"),
    [
        pytest.param(FUNCTION, "def twice(a):\n    return a + a", id="function"),
        pytest.param(STATEMENTS, "# answer:\nx.t_()", id="statements"),
        pytest.param(EXPRESSION, "z = x\nanswer = z.t()", id="expression"),
    ],
)
@pytest.mark.parametrize(
    "below",
    [
        pytest.param(_CHECK, id="check"),
        pytest.param(f"{_CHECK}# later", id="check-and-a-comment"),
        pytest.param("\ntensordrill.check()  # how am I doing?", id="check-with-a-comment"),
        pytest.param("\nimport tensordrill\ntensordrill.check_on_error()", id="head"),
        pytest.param(_COLAB, id="colab"),
        pytest.param("\n%timeit twice(1)", id="magic"),
        pytest.param("\n!ls -l", id="shell"),
        pytest.param("\ntwice?\n?torch.view\nx.t??", id="help"),
    ],
)
def test_lines_of_the_hand_out_and_of_ipython_belong_to_no_answer(
    question: AnyQuestion, code: str, below: str
) -> None:
    result, alone = (
        parse(f"# %%\n# view/one@11\n{text}".encode(), "hw1.py").answer("view/one", question, 11)
        for text in (code + below, code)
    )
    assert isinstance(result, AnswerText)
    assert isinstance(alone, AnswerText)
    lines = [line for line in result.text.splitlines() if line and not line.startswith("#")]
    assert ("\n".join(lines), result.above) == (alone.text, alone.above)


@pytest.mark.parametrize("line", ["%time z = x", "!pip list", "x?"])
def test_magics_above_an_answer_cost_no_helper(line: str) -> None:
    submission = parse(f"# view/one@11\nz = x.t()\n{line}\nanswer = z".encode(), "hw1.py")
    assert submission.answer("view/one", EXPRESSION, 11) == AnswerText("z", "z = x.t()")


def test_what_python_runs_is_no_magic() -> None:
    submission = parse(b"# view/one@11\nanswer = (x\n% 2)", "hw1.py")
    assert getattr(submission.answer("view/one", EXPRESSION, 11), "text", "") == "(x\n% 2)"


def test_two_different_answers_are_not_chosen_between() -> None:
    assert _changed(ONE, ONE + ONE.replace("x.t()", "x.mT")) == Unreadable("two-cells")


@pytest.mark.parametrize(("seed", "above"), [(11, "z = x.t()"), (12, "")], ids=["own", "of another"])
def test_lines_above_an_answer_count_in_cells_of_ones_own(seed: int, above: str) -> None:
    submission = parse(SCRIPT.replace("answer = x.t()", "z = x.t()\nanswer = z").encode(), "hw1.py")
    assert submission.answer("view/one", EXPRESSION, seed) == AnswerText("z", above)


def test_a_cell_may_move() -> None:
    moved = SCRIPT.replace(ONE, "") + ONE
    assert sorted(_answers(moved.encode()), key=str) == sorted(RIGHT, key=str)


def test_a_syntax_error_stays_in_its_cell() -> None:
    broken = SCRIPT.replace("answer = ...", "answer = ((((")
    submission = parse(broken.encode(), "hw1.py")
    assert getattr(submission.answer("view/one", EXPRESSION, 11), "text", None) == "x.t()"
    assert getattr(submission.answer("view/two", EXPRESSION, -22), "text", None) == "(((("


def test_of_cells_that_ran_again_the_last_counts() -> None:
    ran = ["# view/one@11\nanswer = 1", "print(2)", "# view/one@11\nanswer = 2", "# view/one@11\nanswer = 3"]
    submission = from_cells(ran, "the notebook")
    assert getattr(submission.answer("view/one", EXPRESSION, 11), "text", None) == "3"


def test_two_headers_that_differ_are_noticed() -> None:
    second = SCRIPT.splitlines()[1].replace('"7"', '"8"')
    assert not parse((SCRIPT + SCRIPT.splitlines()[1]).encode(), "a.py").has_two_headers
    assert parse(f"{SCRIPT}{second}\n".encode(), "a.py").has_two_headers


# --- laws ---


@given(st.text())
def test_no_text_is_lost_between_cells(text: str) -> None:
    assert "".join(cell.text for cell in script_cells(text)) == text


@given(st.lists(st.text()))
def test_the_cells_of_any_notebook_texts_can_be_written(texts: list[str]) -> None:
    cells: list[Cell] = source_cells(texts)
    assert all(cell.text.encode() for cell in cells)


_PIECES = st.sampled_from(
    [
        "# %%",
        "# view/one@11",
        "\n",
        "answer =",
        " x",
        "(",
        "'''",
        "\\",
        "# answer:",
        "def f(a):",
        "\t...",
        "\0",
        "é",
    ]
)


@given(
    st.one_of(st.binary(), st.lists(_PIECES).map("".join).map(str.encode)),
    st.sampled_from(["a.py", "a.ipynb"]),
)
def test_any_bytes_are_cells_or_one_sentence(raw: bytes, name: str) -> None:
    try:
        is_sound: object = parse(raw, name).questions <= {"view/one"}
    except CourseError as error:
        is_sound = str(error).count("\n") == 0
    assert is_sound


_JSON = st.recursive(
    st.none() | st.integers() | st.text(),
    lambda inner: (
        st.lists(inner) | st.dictionaries(st.sampled_from(["cells", "source", "metadata", "title"]), inner)
    ),
    max_leaves=10,
)


@given(_JSON)
def test_any_json_is_a_notebook_or_one_sentence(value: object) -> None:
    text = json.dumps({"cells": [{"cell_type": "code", "source": value, "metadata": value}, value]})
    assert all(isinstance(cell, Cell) for cell in notebook_cells(text))
