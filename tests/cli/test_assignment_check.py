"""`tensordrill assignment check`: on the screen, as a page, and as JSON, in both languages."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.course.previews import small_folder
from tests.html_text import text_of

from .conftest import run

SCREENS = {
    "en": """\
1. t/fixed (1 point)
 about 3 minutes
 numbers: all 30 students have the same, so an answer can be copied

 Turn x around.
 answer is one expression.

    x = torch.arange(6).view(2, 3)

    answer = ...

 ✓  x.t()
    t exchanges the dims.

 ✗  x.reshape(3, 2)   reshape turns
    The order stays.
    x.reshape(3, 2)
    (2, 3)  0 1 2│3 4 5
    (3, 2)  0 1│2 3│4 5

Wrong ideas that the questions can show
 · reshape turns (question 1)

1 question, 1 point, about 3 minutes
The minutes are a rule of thumb by kind and level, not a measurement.
Numbers are compared for 30 imaginary students; with a roster, for the class.
There is no due date; due in assignment.yaml sets one, and hand-outs then say
it.
Every question can be graded.
""",
    "ko": """\
1. t/fixed (1점)
 약 3분
 숫자: 학생 30명이 모두 같아 답을 베낄 수 있음

 x를 돌리세요.
 answer에는 표현식 하나를 적으세요.

    x = torch.arange(6).view(2, 3)

    answer = ...

 ✓  x.t()
    t는 두 차원을 맞바꿉니다.

 ✗  x.reshape(3, 2)   reshape은 돌립니다
    순서는 그대로입니다.
    x.reshape(3, 2)
    (2, 3)  0 1 2│3 4 5
    (3, 2)  0 1│2 3│4 5

이 과제로 알아볼 수 있는 오해
 · reshape은 돌립니다 (1번)

1문제, 1점, 약 3분
시간은 문제 종류와 난이도로 어림한 값이며, 측정한 값이 아닙니다.
가상의 학생 30명의 숫자를 비교했습니다. 명단이 있으면 학급의 숫자를 비교합니다.
마감일이 없습니다. assignment.yaml에 due를 적으면 과제 파일에도 나옵니다.
모든 문제를 채점할 수 있습니다.
""",
}


@pytest.mark.parametrize("language", SCREENS)
def test_the_screen(language: str, tmp_path: Path) -> None:
    folder = small_folder(tmp_path, "fixed")
    file = folder.path / "assignment.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("language: en", f"language: {language}"))
    ran = run("assignment", "check", "hw1", "--lang", language, cwd=tmp_path)
    assert (ran.code, ran.err, ran.out) == (0, "", SCREENS[language])


@pytest.mark.parametrize(
    ("questions", "shared", "sentence"),
    [
        pytest.param(
            ["drawn"],
            False,
            "numbers: 2 different sets among 3 students; 33% of all pairs have the same",
            id="own",
        ),
        pytest.param(["drawn"], False, "Numbers are compared for the 3 students of the roster.", id="roster"),
        pytest.param(
            ["drawn"], True, "Everybody has the same numbers, as variants: shared says.", id="shared"
        ),
        pytest.param(
            ["ends", "fixed"],
            False,
            "1 question cannot be graded: repair it before you hand out.",
            id="problem",
        ),
    ],
)
def test_sentences_that_not_every_assignment_has(
    questions: list[str], shared: bool, sentence: str, tmp_path: Path
) -> None:
    small_folder(tmp_path, *questions, shared=shared)
    (tmp_path / "roster.csv").write_text("id\n1\n2\n3\n", encoding="utf-8")
    ran = run("assignment", "check", "hw1", "--roster", "roster.csv", cwd=tmp_path)
    assert ran.code == ("ends" in questions)
    assert sentence in " ".join(ran.out.split())


@pytest.mark.parametrize(
    ("language", "words"),
    [
        pytest.param(
            "en",
            [
                "Before handing out",
                "1. t/fixed (1 point)",
                "What an imaginary student gets",
                "right",
                "x.t()",
                "reshape turns",
                "The order stays.",
                "(question 1)",
                "Every question can be graded.",
            ],
            id="en",
        ),
        pytest.param(
            "ko",
            [
                "나눠 주기 전 점검",
                "1. t/fixed (1점)",
                "가상의 학생이 받는 문제",
                "정답",
                "x.t()",
                "reshape은 돌립니다",
                "순서는 그대로입니다.",
                "(1번)",
                "모든 문제를 채점할 수 있습니다.",
            ],
            id="ko",
        ),
    ],
)
def test_the_page_says_what_the_screen_says(language: str, words: list[str], tmp_path: Path) -> None:
    folder = small_folder(tmp_path, "fixed")
    file = folder.path / "assignment.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("language: en", f"language: {language}"))
    ran = run("assignment", "check", "hw1", "--html", "hw1.html", cwd=tmp_path)
    assert (ran.code, ran.err, ran.out) == (0, "", "hw1.html\n")
    html = (tmp_path / "hw1.html").read_text(encoding="utf-8")
    text = " ".join(text_of(html).split())
    assert [each for each in words if each not in text] == []
    assert "style=" not in html, "the page's policy forbids it"


def test_json_has_an_event_a_question_and_a_sum(tmp_path: Path) -> None:
    small_folder(tmp_path, "fixed", "ends")
    ran = run("assignment", "check", "hw1", "--json", cwd=tmp_path)
    fixed, ends, idea, whole = ran.events
    assert ran.code == 1
    assert fixed["misconceptions"] == [
        {
            "idea": "reshape-turns",
            "title": "`reshape` turns",
            "answer": "x.reshape(3, 2)",
            "because": "The order stays.",
            "picture": True,
        }
    ]
    assert (fixed["expected"], fixed["different"], fixed["same_share"]) == ("x.t()", 1, 1.0)
    assert "expected" not in ends
    assert ends["problem"].startswith("cannot be graded: t/ends@")
    assert idea == {"event": "idea", "idea": "reshape-turns", "title": "`reshape` turns", "questions": [1]}
    assert whole == {
        "event": "preview",
        "assignment": "hw1",
        "questions": 2,
        "points": 2.0,
        "due": None,
        "late": None,
        "minutes": 4.0,
        "students": 30,
        "imaginary": True,
        "problems": 1,
    }
