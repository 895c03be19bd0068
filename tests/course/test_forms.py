"""Hand-outs with forms that the shipped questions do without: each can be answered in its cell."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from msgspec.structs import replace

from tensordrill.bank.load import Bank
from tensordrill.bank.schema import Fill
from tensordrill.bank.variant import Variant, make
from tensordrill.course.assignment.assignment import Item
from tensordrill.course.assignment.bundle import Bundle, pack, unpack
from tensordrill.course.assignment.sheet import SheetItem
from tensordrill.course.gradebook import QuestionResult
from tensordrill.course.grading.judge import Judge
from tensordrill.course.grading.keys import Keys
from tensordrill.course.grading.selfcheck import SelfCheck
from tensordrill.course.submission.answers import AnswerText, answer_in
from tensordrill.course.submission.submission import parse
from tensordrill.kinds import KINDS
from tensordrill.kinds.answers import Unreadable
from tensordrill.sandbox.client import Sandbox
from tests.course.homework import answered, assignment, cells, text_of

SEED = 7
_FILES = ["hw1.py", "hw1.ipynb"]


@pytest.fixture(scope="module")
def variants(forms: Bank) -> list[Variant]:
    return [make(entry, SEED) for entry in forms.topic("forms").entries]


@pytest.fixture(scope="module")
def keys(variants: list[Variant], sandbox: Sandbox) -> dict[str, str]:
    """The right answer to each question, as it is typed."""
    complete = Keys(sandbox).references(variants)
    return {
        variant.entry.id: KINDS[variant.kind].expected(variant, key)
        for variant, key in zip(variants, complete, strict=True)
    }


@pytest.fixture(scope="module")
def judge(forms: Bank, sandbox: Sandbox) -> Judge:
    return Judge(forms, sandbox, "en")


def _marks(judge: Judge, variants: list[Variant], raw: bytes, file: str) -> list[QuestionResult]:
    submission = parse(raw, file)
    attempts = [
        judge.attempt(SheetItem(variant.entry.id, SEED, 0), variant, submission) for variant in variants
    ]
    return judge.question_results([attempts])[0]


@pytest.mark.parametrize("file", _FILES)
def test_the_right_answer_in_its_cell_is_right(
    file: str, variants: list[Variant], keys: dict[str, str], judge: Judge
) -> None:
    solved = answered(cells(variants, "ko", file), variants, keys)
    marks = _marks(judge, variants, text_of(solved, file), file)
    assert [(mark.question, mark.outcome, mark.detail) for mark in marks] == [
        (variant.entry.id, "correct", "") for variant in variants
    ]


@pytest.mark.parametrize("file", _FILES)
def test_an_untouched_cell_is_unanswered(file: str, variants: list[Variant], judge: Judge) -> None:
    marks = _marks(judge, variants, text_of(cells(variants, "en", file), file), file)
    assert {mark.question: mark.outcome for mark in marks} == {
        variant.entry.id: "unanswered" for variant in variants
    }


def test_an_untouched_script_runs_to_its_end(variants: list[Variant], tmp_path: Path) -> None:
    parts = cells(variants, "en", "hw1.py")
    (tmp_path / "tensordrill.py").write_text(
        "def check_on_error(): pass\ndef check(): print('checked')\n", encoding="utf-8"
    )
    (tmp_path / "hw1.py").write_bytes(text_of(parts, "hw1.py"))
    ran = subprocess.run(
        [sys.executable, "hw1.py"], cwd=tmp_path, capture_output=True, timeout=120, check=False
    )
    assert (ran.returncode, ran.stdout, ran.stderr) == (0, b"checked\n", b"")


# --- setup ---

_SETUP = """\
def ones(n):
    return torch.zeros(n, dtype=torch.long).fill_(1)

def evens(n):
    return 2 * torch.arange(n)
"""


def _cell(variants: list[Variant], name: str) -> str:
    at = next(at for at, variant in enumerate(variants) if variant.question.id == name)
    return cells(variants, "en", "hw1.py")[at + 1].code


@pytest.mark.parametrize(
    ("name", "code"),
    [
        pytest.param(
            "total-of-the-evens",
            f"{_SETUP.strip()}\n\nv = evens(4) + 2\n\nanswer = ...",
            id="before the given",
        ),
        pytest.param(
            "total-by-a-function",
            f"{_SETUP.strip()}\n\n# It is called with values such as\n# v = evens(4) + 1\n\ndef total(v):\n    ...",
            id="before a function",
        ),
        pytest.param(
            "shape-of-constants",
            "# def ones(n):\n#     return torch.zeros(n, dtype=torch.long).fill_(1)\n#\n# def evens(n):\n"
            "#     return 2 * torch.arange(n)\n\n# x = torch.full((3, 2, 3), 2.5)\n"
            "# y = x.mean(dim=0, keepdim=False)\n\nanswer = ...",
            id="as a comment where the answer is a value",
        ),
    ],
)
def test_a_setup_stands_in_the_cell(name: str, code: str, variants: list[Variant]) -> None:
    assert _cell(variants, name) == code


@pytest.mark.parametrize(
    ("name", "answer", "answer_text"),
    [
        pytest.param(
            "total-of-the-evens", "w = 2 * v\nanswer = w", AnswerText("w", "w = 2 * v"), id="a line above"
        ),
        pytest.param("total-of-the-evens", "answer = v", AnswerText("v"), id="nothing else"),
        pytest.param(
            "total-by-a-function",
            "def total(v):\n    return v",
            AnswerText("def total(v):\n    return v"),
            id="a function",
        ),
    ],
)
def test_a_setup_is_no_part_of_an_answer(
    name: str, answer: str, answer_text: AnswerText, variants: list[Variant]
) -> None:
    variant = next(variant for variant in variants if variant.question.id == name)
    code = _cell(variants, name)
    empty = next(text for text in ("answer = ...", "def total(v):\n    ...") if text in code)
    assert answer_in(variant.question, code.replace(empty, answer)) == answer_text


# --- several blanks ---

_BLANKS = Fill(id="q", task="t", given="x = 1", fill="y = x[____, ____]", solution=("a", "1:"))


@pytest.mark.parametrize(
    ("cell", "answer_text"),
    [
        pytest.param('answer = [..., "..."]', None, id="untouched"),
        pytest.param('answer = [b, "2:"]', AnswerText("b\n2:"), id="both"),
        pytest.param('answer = ["b", "2:"]', AnswerText("b\n2:"), id="quotes around code"),
        pytest.param('answer = (b, "2:")', AnswerText("b\n2:"), id="a tuple"),
        pytest.param("answer = [b.t(\n), '2:']  # so", AnswerText("b.t()\n2:"), id="over lines"),
        pytest.param('answer = "b; 2:"', AnswerText("b; 2:"), id="as it is typed in a drill"),
        pytest.param('z = 1\nanswer = [z, "2:"]', AnswerText("z\n2:", "z = 1"), id="a line above"),
        pytest.param('answer = [..., "2:"]', Unreadable("fillings", "2"), id="one is open"),
        pytest.param('answer = [b, "..."]', Unreadable("fillings", "2"), id="the other one is"),
        pytest.param("answer = [b]", AnswerText("[b]"), id="too few"),
        pytest.param("answer = ...", None, id="dots alone"),
    ],
)
def test_fillings_are_found_in_a_cell(cell: str, answer_text: AnswerText | Unreadable | None) -> None:
    assert answer_in(_BLANKS, cell) == answer_text


def test_dots_may_be_the_solution() -> None:
    question = replace(_BLANKS, solution=("...", "0"))
    assert answer_in(question, "answer = [..., 0]") == AnswerText("...\n0")


def test_a_cell_has_a_place_for_each_blank(variants: list[Variant]) -> None:
    assert _cell(variants, "rows-and-columns").endswith('# y = x[____, ____]\nanswer = ["...", "..."]')


def test_which_blank_is_wrong_is_noted(variants: list[Variant], judge: Judge) -> None:
    (variant,) = [variant for variant in variants if variant.question.id == "rows-and-columns"]
    code = _cell(variants, "rows-and-columns").replace('["...", "..."]', '[":2", ":"]')
    (mark,) = _marks(judge, [variant], f"# {variant.address}\n{code}".encode(), "hw1.py")
    assert [(each.facet, each.blank) for each in mark.differences] == [("shape", 2)]
    assert (mark.outcome, mark.earned, mark.error_is_hidden) == ("incorrect", (), False)


# --- output ---


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        pytest.param('"""\n[0, 1] 1\n[2, 3] 5\n"""', "correct", id="lines"),
        pytest.param('"[0, 1] 1\\n[2, 3] 5"', "correct", id="one line"),
        pytest.param('"raises"', "incorrect", id="raises"),
        pytest.param("[0, 1]", "incorrect", id="no quotes"),
        pytest.param('"""\n...\n"""', "unanswered", id="untouched"),
        pytest.param('""', "unanswered", id="nothing"),
    ],
)
def test_an_output_is_found_in_a_cell(
    answer: str, outcome: str, variants: list[Variant], judge: Judge
) -> None:
    (variant,) = [variant for variant in variants if variant.question.id == "printed-by-a-loop"]
    code = _cell(variants, "printed-by-a-loop")
    assert code.endswith('\nanswer = """\n...\n"""')
    cell = code[: code.index("answer = ")] + f"answer = {answer}"
    (mark,) = _marks(judge, [variant], f"# {variant.address}\n{cell}".encode(), "hw1.py")
    assert mark.outcome == outcome


# --- order ---


def test_lines_to_be_put_in_order_stand_in_the_cell_with_their_numbers(variants: list[Variant]) -> None:
    assert _cell(variants, "two-steps-of-training").endswith(
        "# w = torch.tensor(1., requires_grad=True)\n# optimizer = Plain(w)\n\n"
        "#  1      loss.backward()\n#  2  for _ in range(2):\n#         loss = 3 * w\n"
        "#  3      optimizer.zero_grad()\n#  4      optimizer.step()\nanswer = ..."
    )


@pytest.mark.parametrize(
    ("answer", "outcome", "idea"),
    [
        pytest.param("[2, 1, 4, 3]", "correct", None, id="a list"),
        pytest.param("2, 1, 4, 3", "correct", None, id="a tuple"),
        pytest.param("'2 1 4 3'", "correct", None, id="a text"),
        pytest.param("[2, 1, 3, 4]", "incorrect", "cleared-before-the-step", id="an idea"),
        pytest.param("[2, 3, 1]", "unreadable", None, id="too few"),
        pytest.param("[...]", "unreadable", None, id="dots"),
    ],
)
def test_an_order_is_judged_in_its_cell(
    answer: str, outcome: str, idea: str | None, variants: list[Variant], judge: Judge
) -> None:
    (variant,) = [variant for variant in variants if variant.question.id == "two-steps-of-training"]
    code = _cell(variants, "two-steps-of-training").replace("answer = ...", f"answer = {answer}")
    (mark,) = _marks(judge, [variant], f"# {variant.address}\n{code}".encode(), "hw1.py")
    assert (mark.outcome, mark.idea) == (outcome, idea)


def test_a_check_keeps_the_right_order_back(forms: Bank, sandbox: Sandbox) -> None:
    asked = assignment([Item(id="forms/two-steps-of-training")])
    variant = make(forms.entry("forms/two-steps-of-training"), SEED)
    text = f"# {variant.address}\nanswer = [2, 1, 3, 4]".encode()
    (graded,) = SelfCheck(Bundle(asked, forms), sandbox).check(parse(text, "hw1.py")).questions
    assert (graded.result.outcome, graded.result.expected) == ("incorrect", None)
    assert [difference.expected for difference in graded.result.differences] == [""]


def test_an_assignment_takes_all_forms(forms: Bank) -> None:
    entries = forms.topic("forms").entries
    packed = pack(assignment([Item(id=entry.id) for entry in entries]), forms, handed_out=True)
    bundle = unpack(packed, Path("hw1.bank"))
    again = {name: entry.question for name, entry in bundle.entries.items()}
    assert again == {entry.id: entry.question for entry in entries}


def test_a_setup_that_was_edited_is_the_students_own(variants: list[Variant], judge: Judge) -> None:
    (variant,) = [variant for variant in variants if variant.question.id == "total-of-the-evens"]
    (part,) = cells([variant], "en", "hw1.py")[1:-1]
    code = part.code.replace(".fill_(1)", ".add(1)").replace("answer = ...", "answer = ones(len(v)) @ v")
    (mark,) = _marks(judge, [variant], f"# {variant.address}\n{code}".encode(), "hw1.py")
    assert mark.outcome == "correct"
