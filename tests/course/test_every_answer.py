"""Every kind and type of question is answered in every way, graded and checked: each answer becomes a verdict."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple, get_args

import pytest
import yaml
from rich.console import Console

from tensordrill.bank.load import Bank
from tensordrill.bank.schema import AnswerType
from tensordrill.cli.grading import GradeOptions, grade_class
from tensordrill.course.assignment.assignment import Item
from tensordrill.course.assignment.bundle import open_bundle
from tensordrill.course.assignment.folder import create, open_folder, questions
from tensordrill.course.assignment.roster import ROSTER_FILE
from tensordrill.course.gradebook import Outcome
from tensordrill.course.grading.selfcheck import SelfCheck
from tensordrill.course.handout.build import build
from tensordrill.course.submission.submission import parse
from tensordrill.kinds.answers import Aspect
from tensordrill.messages import LANGUAGES
from tensordrill.render.check import as_events, checked
from tensordrill.sandbox.client import Sandbox
from tests.needs import mostly

GIVEN = "x = torch.arange(6).reshape(2, 3)"
LEAF = "w = torch.ones(2, 2, requires_grad=True)"


class WrittenQuestion(NamedTuple):
    """A question, the right answer as it stands in a cell, and wrong ones of its own."""

    question: dict[str, Any]
    right: str
    wrong: tuple[str, ...] = ()


def predict(id: str, ask: str, right: str, *wrong: str, **fields: str) -> WrittenQuestion:
    return WrittenQuestion({"id": id, "given": GIVEN, "ask": ask, **fields}, right, wrong)


def write(
    form: str, must: str, solution: str, *wrong: str, given: str = GIVEN, **fields: Any
) -> WrittenQuestion:
    name = f"{form}-{must.split()[-1]}"
    question = {
        "id": name,
        "given": given,
        "task": "Do it.",
        "write": form,
        "solution": solution,
        "must": must.split(),
    }
    return WrittenQuestion({**question, **fields}, solution, wrong)


PREDICTED = (
    predict("shape", "x.t().shape", "(3, 2)", "(2, 3)", type="shape"),
    predict("int", "x.numel()", "6", "5", type="int"),
    predict("float", "float(x.sum()) / 2", "7.5", "7.25", type="float"),
    predict("bool", "x.is_contiguous()", "True", "False", type="bool"),
    predict("dtype", "x.dtype", '"int64"', '"float32"', type="dtype"),
    predict("tensor", "x[0]", "[0, 1, 2]", "[0, 1]", type="tensor"),
    predict("tuple", "x.stride()", "(3, 1)", "(1, 3)", type="tuple"),
    predict("text", "type(x).__name__", '"Tensor"', '"Size"', type="text"),
    predict("line", "line", "3", "2", '"none"', code="y = x.t()\nz = y.view(6)"),
    predict("warns", "warns", '"UserWarning"', '"no"', code="import warnings\nwarnings.warn('so')"),
    predict("output", "output", '"6"', '"7"', code="print(x.numel())"),
    predict("raises", "x.view(7)", '"raises RuntimeError"', '"raises IndexError"', type="tensor"),
)
NONE_OR = tuple(
    predict(f"{word}-{type_}", f"{asked.question['ask']} if {word == 'value'} else None", right, type=type_)
    for type_ in get_args(AnswerType)
    if type_.startswith("none-or-")
    for asked in PREDICTED
    if asked.question["id"] == type_.removeprefix("none-or-")
    for word, right in (("value", asked.right), ("none", '"none"'))
)
CODED = (
    write("expression", "shape values memory", "x.t()", "x.t().clone()", "x", "x.t() + 1", "(x.t(), x)", "[x]"),
    write("expression", "shape values stride contiguous", "x.t()", "x.t().contiguous()"),
    write("expression", "values dtype", "x.float()", "x", "nn.Parameter(x.float())"),
    write("expression", "shape values", "(x, x)", "(x, x, x)", "x", id="pair", ask="it"),
    write("expression", "values grad", "w * 2", "w.detach() * 2", "w * 3", given=LEAF),
    write("expression", "values", "x + x", "x * 2", id="forbidden", forbid=["mul"]),
    write("statements", "values changed", "x[0] = 7", "x[1] = 7", "pass", "x = x + 1", "7", ask="x"),
    write(
        "function", "shape values dtype", "return x + 1", "return x", "return None", "print(x)",
        "raise ValueError('no')", "return {'x': x}", "import os; os._exit(0)", "return [x] * 3", **{"def": "more(x)"},
    ),
)  # fmt: skip
OTHERS = (
    WrittenQuestion(
        {"id": "blank", "given": GIVEN, "fill": "y = x.sum(____)", "solution": "0", "task": "Sum."},
        "0",
        ("1", "7", "None"),
    ),
    WrittenQuestion(
        {"id": "pick", "given": GIVEN, "options": ["x.t()", "x.view(3, 2)"], "which": "shares_memory(x, it)"},
        '"1 2"',
        ('"2"',),
    ),
)
ASKED = {asked.question["id"]: asked for asked in (*PREDICTED, *NONE_OR, *CODED, *OTHERS)}
ANYWHERE = {
    "a-shape": "(2, 3)", "an-integer": "4", "a-float": "0.5", "a-bool": "False", "a-dtype": "torch.float16",
    "a-tensor": "torch.tensor([[0, 1], [2, 3]])", "a-tuple": "(1, 'a')", "a-word": '"hello"', "none": '"none"',
    "null": "None", "raises": '"raises"', "raises-a-class": '"raises ValueError"', "picks": '"1 3"',
    "far-picks": '"7 9"', "not-a-value": '"?!"', "empty-text": '""', "nan": "float('nan')", "inf": "-float('inf')",
    "complex": "1j", "huge": "9" * 3000, "long": f'"{"a" * 20_000}"', "deep": "[" * 90 + "]" * 90, "broken": "(",
    "unknown": "nonsense", "failing": "1 / 0", "untouched": "...", "gone": "",
}  # fmt: skip
"""Answers that any question may get, as they stand in a cell."""


def classmates() -> Iterator[tuple[str, dict[str, str]]]:
    """Yield each student with an answer to each question."""
    yield "right", {name: asked.right for name, asked in ASKED.items()}
    for number in range(max(len(asked.wrong) for asked in ASKED.values())):
        yield (
            f"wrong-{number}",
            {
                name: asked.wrong[number % len(asked.wrong)] if asked.wrong else '"?!"'
                for name, asked in ASKED.items()
            },
        )
    for student, answer in ANYWHERE.items():
        yield student, dict.fromkeys(ASKED, answer)


CLASS = dict(classmates())


def answered(text: str, answers: Mapping[str, str]) -> str:
    """Write answers into the cells of a hand-out."""
    head, *cells = re.split(r"(?=^# %%)", text, flags=re.MULTILINE)[1:]
    return head + "".join(_cell(cell, answers) for cell in cells)


def _cell(cell: str, answers: Mapping[str, str]) -> str:
    address = re.search(r"^# t/([a-z-]+)@", cell, re.MULTILINE)
    if address is None:
        return cell
    asked, answer = ASKED[address[1]], answers[address[1]]
    match asked.question.get("write"):
        case "function":
            body = answer if re.match("return|print|raise|import|[.]{3}", answer) else f"return {answer}"
            return cell.replace("    ...\n", f"    {body}\n")
        case "statements":
            return cell.replace("# answer:\n...\n", f"# answer:\n{answer}\n")
    place = r'^answer = ("""\n\.\.\.\n"""|"...".*|\.\.\..*)$'
    return re.sub(place, lambda _: f"answer = {answer}", cell, flags=re.MULTILINE)


class GradedFolder(NamedTuple):
    """The class's results, and its hand-outs as they were filled in."""

    out: Path
    handed_in: Path
    handout: Path

    def students(self) -> dict[str, dict[str, dict[str, Any]]]:
        """Return each student's marks by question."""
        page_text = json.loads((self.out / "grades.json").read_text(encoding="utf-8"))
        assert page_text["listed"] == []
        return {
            each["student"]["id"]: {
                one["mark"]["question"].partition("/")[2]: one["mark"] for one in each["questions"]
            }
            for each in page_text["students"]
        }


@pytest.fixture(scope="module", params=mostly(*LANGUAGES))
def graded(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> GradedFolder:
    """The class, graded once in each language by what `assignment grade` calls."""
    around = tmp_path_factory.mktemp("class")
    (around / "bank").mkdir()
    topic = {
        "format": 1,
        "topic": "t",
        "title": "T",
        "questions": [asked.question for asked in ASKED.values()],
    }
    (around / "bank" / "t.yaml").write_text(yaml.safe_dump(topic), encoding="utf-8")
    items = [Item(id=f"t/{name}") for name in ASKED]
    create(around / "hw", Bank(around / "bank"), items, shared=True, language=request.param)
    roster = "".join(f"{student},,\n" for student in CLASS)
    (around / "hw" / ROSTER_FILE).write_text(f"id,name,email\n{roster}", encoding="utf-8")
    folder = open_folder(around / "hw")
    bundle = questions(folder, snapshot=False)
    build(folder, bundle, folder.roster(), around / "handout", as_notebook=False)
    (around / "in").mkdir()
    for student, answers in CLASS.items():
        text = (around / "handout" / f"hw-{student}.py").read_text(encoding="utf-8")
        (around / "in" / f"hw-{student}.py").write_text(answered(text, answers), encoding="utf-8")
    wanted = GradeOptions(
        path=folder.path, submissions=(around / "in",), out=around / "out", jobs=2, isolation="none", cluster=None,
        roster=None, snapshot=False, reveal=False, diff=None, language="en",
    )  # fmt: skip
    assert grade_class(wanted) == 0
    return GradedFolder(around / "out", around / "in", around / "handout")


def test_every_answer_becomes_a_verdict(graded: GradedFolder) -> None:
    students = graded.students()
    assert students.keys() == CLASS.keys()
    outcomes: dict[str, set[Outcome]] = defaultdict(set)
    for marks in students.values():
        assert marks.keys() == ASKED.keys()
        for name, mark in marks.items():
            outcomes[name].add(mark["outcome"])
            assert bool(mark.get("differences")) == (mark["outcome"] == "incorrect"), (name, mark)
    # a word is read as an answer to any question for a word, and so is code where code is asked for
    assert {
        name: set(get_args(Outcome)) - results for name, results in outcomes.items() if len(results) < 4
    } == {}


def test_the_right_answers_are_right(graded: GradedFolder) -> None:
    assert [name for name, mark in graded.students()["right"].items() if mark["outcome"] != "correct"] == []


def test_wrong_answers_of_its_own_are_wrong(graded: GradedFolder) -> None:
    students = graded.students()
    read = [
        (name, number)
        for name, asked in ASKED.items()
        for number in range(len(asked.wrong))
        if students[f"wrong-{number}"][name]["outcome"] != "incorrect"
    ]
    assert read == []


def test_everything_that_may_differ_did(graded: GradedFolder) -> None:
    facets = {
        difference["facet"]
        for marks in graded.students().values()
        for mark in marks.values()
        for difference in mark.get("differences", ())
    }
    assert facets == set(get_args(Aspect))


def test_every_student_has_feedback(graded: GradedFolder) -> None:
    for student in CLASS:
        for name in (f"feedback/{student}.md", f"feedback/{student}.html", f"gradescope/{student}.json"):
            assert (graded.out / name).read_text(encoding="utf-8").strip()
    assert (graded.out / "report.html").stat().st_size > 10_000


def test_every_file_can_be_checked(graded: GradedFolder, sandbox: Sandbox) -> None:
    grades = graded.students()
    console = Console(width=80, color_system=None)
    bundle = open_bundle(graded.handout / "hw.bank")
    checking = SelfCheck(bundle, sandbox)
    for student in CLASS:
        text = (graded.handed_in / f"hw-{student}.py").read_bytes()
        check = checking.check(parse(text, f"hw-{student}.py"))
        assert {each.result.question.partition("/")[2]: each.result.outcome for each in check.questions} == {
            name: mark["outcome"] for name, mark in grades[student].items()
        }
        json.dumps(list(as_events(check)))
        with console.capture() as captured:
            console.print(checked(check, bundle.bank.ideas, bundle.assignment.language))
        assert captured.get().strip()
