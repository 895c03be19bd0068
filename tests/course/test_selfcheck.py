"""A student's own check: what it says, what it keeps back, and that it runs only what changed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from rich.console import Console

from tensordrill.bank.load import Bank
from tensordrill.bank.variant import make
from tensordrill.course.assignment.assignment import Item
from tensordrill.course.assignment.bundle import Bundle, pack, unpack
from tensordrill.course.grading.selfcheck import CheckResult, SelfCheck, bank_beside
from tensordrill.course.submission.submission import Submission, parse
from tensordrill.errors import CourseError
from tensordrill.render.check import as_events, checked
from tensordrill.sandbox.client import Pending, Sandbox
from tensordrill.sandbox.protocol import Job

from .homework import FILL, PREDICT, WRITE, assignment, cells, text_of

SEED = 7
ASKED = assignment(
    [
        Item(id=WRITE, points=2),
        Item(id=FILL, hidden=True),
        Item(id=PREDICT),
        Item(id="view/split-the-heads", void=True),
    ]
)


class Listening(Sandbox):
    """A sandbox that remembers what it was asked to run."""

    jobs: list[Job]

    def start(self, job: Job) -> Pending:
        self.jobs.append(job)
        return super().start(job)


@pytest.fixture(scope="module")
def listening() -> Iterator[Listening]:
    sandbox = Listening({})
    sandbox.jobs = []
    with sandbox:
        yield sandbox


@pytest.fixture(scope="module")
def bundle(shipped_bank: Bank) -> Bundle:
    return unpack(pack(ASKED, shipped_bank, handed_out=True), Path("hw1.bank"))


def _submission(bank: Bank, **answers: str) -> Submission:
    """Return a hand-out whose cells say these answers, by `write` and `predict`."""
    variants = [make(bank.entry(item.id), SEED) for item in ASKED.questions]
    text = text_of(cells(variants, "en", "hw1.py"), "hw1.py").decode()
    for name, answer in answers.items():
        question = {"write": WRITE, "predict": PREDICT}[name]
        before, after = text.split(f"# {question}@{SEED}\n")
        text = f"{before}# {question}@{SEED}\n{after.replace('answer = ...', f'answer = {answer}', 1)}"
    return parse(text.encode(), "hw1.py")


RIGHT = "x.transpose(1, 2).reshape(1, 2, 6)"


def _screen(result: CheckResult, bundle: Bundle, language: str = "en") -> list[str]:
    console = Console(width=80, soft_wrap=True, color_system=None, highlight=False, markup=False, emoji=False)
    with console.capture() as captured:
        console.print(checked(result, bundle.bank.ideas, "ko" if language == "ko" else "en"))
    return captured.get().splitlines()


def test_a_check_says_each_verdict_the_points_and_what_is_judged_later(
    shipped_bank: Bank, bundle: Bundle, listening: Listening
) -> None:
    result = SelfCheck(bundle, listening).check(_submission(shipped_bank, write=RIGHT, predict="(2, 3, 4)"))
    assert (result.points, result.max_points, result.is_right) == (2, 3, False)
    assert _screen(result, bundle) == [
        "",
        " ✓  1  2/2  view/join-the-heads",
        " ·  2  –/1  view/one-row-per-pixel  checked after you hand it in",
        " ✗  3  0/1  view/flatten-a-transpose  not right yet",
        "",
        " 2 of 3 points",
        " and 1 more after you hand it in",
        "",
    ]


def test_what_is_not_judged_is_named_as_such(
    shipped_bank: Bank, bundle: Bundle, listening: Listening
) -> None:
    result = SelfCheck(bundle, listening).check(_submission(shipped_bank, write="x.reshape(", predict="..."))
    assert {question.result.expected for question in result.questions} == {None}
    assert _screen(result, bundle, "ko") == [
        "",
        " ?  1  0/2  view/join-the-heads  읽을 수 없습니다",
        "            I could not read that as an expression. Python says: '(' was never",
        "            closed. An expression looks like x.t() or x[0] + 1",
        " ·  2  –/1  view/one-row-per-pixel  제출한 뒤에 채점합니다",
        " –  3  0/1  view/flatten-a-transpose  아직 답하지 않았습니다",
        "",
        " 3점 만점에 0점",
        " 제출한 뒤에 채점하는 1점이 더 있습니다",
        "",
    ]


def test_a_key_that_could_be_copied_is_kept_back(
    shipped_bank: Bank, bundle: Bundle, listening: Listening
) -> None:
    result = SelfCheck(bundle, listening).check(_submission(shipped_bank, write="x", predict="(2, 3, 4)"))
    write, predict, total = as_events(result)
    assert write["differences"][0]["expected"] == "(1, 2, 6)"
    assert {each["expected"] for each in predict["differences"]} <= {None}
    assert (predict["outcome"], predict["because"]) == ("incorrect", None)
    assert total == {"event": "total", "points": 0.0, "of": 3.0, "right": False, "later": [FILL]}


def test_a_cell_that_is_gone_is_said(bundle: Bundle, listening: Listening) -> None:
    result = SelfCheck(bundle, listening).check(parse(b"print(1)", "hw1.py"))
    assert [(each.result.outcome, each.result.detail) for each in result.questions] == [
        ("unanswered", f"Its cell is missing: put back the line `# {name}@SEED` above the answer.")
        for name in (WRITE, PREDICT)
    ]


def test_questions_are_named_as_the_hand_out_names_them(shipped_bank: Bank, listening: Listening) -> None:
    opaque = assignment([Item(id=WRITE, alias="hw1/1"), Item(id=PREDICT, alias="hw1/2")])
    checking = SelfCheck(unpack(pack(opaque, shipped_bank, handed_out=True), Path("hw1.bank")), listening)
    result = checking.check(parse(f"# hw1/1@{SEED}\nanswer = {RIGHT}".encode(), "hw1.py"))
    assert [(each.result.question, each.result.outcome, each.result.detail) for each in result.questions] == [
        ("hw1/1", "correct", ""),
        ("hw1/2", "unanswered", "Its cell is missing: put back the line `# hw1/2@SEED` above the answer."),
    ]


def test_only_what_changed_runs_again(shipped_bank: Bank, bundle: Bundle, listening: Listening) -> None:
    checking = SelfCheck(bundle, listening)
    checking.check(_submission(shipped_bank, write=RIGHT, predict="(2, 3)"))
    listening.jobs.clear()
    same = checking.check(_submission(shipped_bank, write=RIGHT, predict="(2, 3)"))
    assert (listening.jobs, same.points) == ([], 2)
    checking.check(_submission(shipped_bank, write=f"{RIGHT} + 0", predict="(2, 3)"))
    (job,) = [job for job in listening.jobs if job.trust == "learner"]
    assert all("+ 0" in f"{program}" for program in job.programs)
    listening.jobs.clear()
    checking.check(_submission(shipped_bank, write=f"{RIGHT} + 0", predict="(9, 9)"))
    assert [job for job in listening.jobs if job.trust == "learner"] == []


# --- the questions' file ---


def test_the_bank_is_the_one_that_the_header_names(tmp_path: Path) -> None:
    for name in ("hw1.bank", "hw2.bank"):
        (tmp_path / name).touch()
    headed = parse(b'# tensordrill-handout: {"assignment":"hw2"}\n', "a.py")
    assert bank_beside(headed, tmp_path, "en") == tmp_path / "hw2.bank"


@pytest.mark.parametrize(
    ("banks", "header", "message"),
    [
        pytest.param(
            ["hw2.bank"],
            b'# tensordrill-handout: {"assignment":"hw1"}',
            "{folder}/hw1.bank: the questions' file is missing; put it beside the hand-out, or name it with `--bank`",
            id="missing",
        ),
        pytest.param(
            ["hw2.bank"],
            b'# tensordrill-handout: {"assignment":"../../hw1"}',
            "{folder}/hw1.bank: the questions' file is missing; put it beside the hand-out, or name it with `--bank`",
            id="header-that-leads-out",
        ),
        pytest.param(
            [],
            b"x = 1",
            "a.py: there is no questions' file (`*.bank`) beside it; name it with `--bank`",
            id="none-without-a-header",
        ),
        pytest.param(
            ["hw1.bank", "hw2.bank"],
            b"x = 1",
            "a.py: there are several questions' files (`*.bank`) beside it; name it with `--bank`",
            id="several-without-a-header",
        ),
    ],
)
def test_a_bank_that_cannot_be_told(banks: list[str], header: bytes, message: str, tmp_path: Path) -> None:
    for name in banks:
        (tmp_path / name).touch()
    with pytest.raises(CourseError) as caught:
        bank_beside(parse(header, "a.py"), tmp_path, "en")
    assert str(caught.value) == message.format(folder=tmp_path)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        pytest.param(
            b'# tensordrill-handout: {"assignment":"hw1","language":"ko"}',
            "{folder}/hw1.bank: 문제 파일이 없습니다. 과제 파일과 같은 폴더에 두거나 `--bank`로 지정하세요.",
            id="the header's",
        ),
        pytest.param(
            b"x = 1",
            "a.py: 같은 폴더에 문제 파일(`*.bank`)이 없습니다. `--bank`로 지정하세요.",
            id="the one that is spoken",
        ),
    ],
)
def test_a_bank_that_is_missing_is_said_in_the_language(text: bytes, message: str, tmp_path: Path) -> None:
    with pytest.raises(CourseError) as caught:
        bank_beside(parse(text, "a.py"), tmp_path, "ko")
    assert str(caught.value) == message.format(folder=tmp_path)


def test_without_a_header_the_only_bank_is_taken(tmp_path: Path) -> None:
    (tmp_path / "any.bank").touch()
    assert bank_beside(parse(b"x = 1", "a.py"), tmp_path, "en") == tmp_path / "any.bank"
