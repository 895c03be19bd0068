"""`tensordrill assignment trend`: on the screen, as a page, and as JSON, in both languages."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.course.terms import graded
from tests.html_text import text_of

from .conftest import run

SCREENS = {
    "en": """\
view copies where it has to
  hw1: 2 of 2
  hw2: 1 of 3
  gone 1, stays 1
3 students, 1 idea: gone 1 time, not gone 1 time
""",
    "ko": """\
view는 필요하면 복사합니다
  hw1: 2명 중 2명
  hw2: 3명 중 1명
  사라짐 1, 남아 있음 1
학생 3명, 오해 1가지: 사라짐 1번, 남음 1번
""",
}


@pytest.fixture
def folders(tmp_path: Path) -> list[str]:
    """Two assignments of three students."""
    return [str(graded(tmp_path, "hw1", ["i+", "ii", ""])), str(graded(tmp_path, "hw2", ["++", "i-", "++"]))]


@pytest.mark.parametrize("language", SCREENS)
def test_the_screen(language: str, folders: list[str]) -> None:
    ran = run("assignment", "trend", *folders, "--lang", language)
    assert (ran.code, ran.err, ran.out) == (0, "", SCREENS[language])


@pytest.mark.parametrize(
    ("language", "texts"),
    [
        pytest.param(
            "en",
            [
                "hw1 → hw2",
                "view copies where it has to",
                "view never copies;",
                "held by 1",
                "Student 1s1",
                "50% 100%",
            ],
            id="en",
        ),
        pytest.param(
            "ko",
            [
                "hw1 → hw2",
                "view는 필요하면 복사합니다",
                "1명에게서 확인됨",
                "사라짐:",
                "Student 1s1",
                "50% 100%",
            ],
            id="ko",
        ),
    ],
)
def test_the_page(language: str, texts: list[str], folders: list[str], tmp_path: Path) -> None:
    page = tmp_path / "trend.html"
    ran = run("assignment", "trend", *folders, "--html", str(page), "--lang", language)
    assert (ran.code, ran.err, ran.out) == (0, "", f"{page}\n")
    text = " ".join(text_of(page.read_text(encoding="utf-8")).split())
    assert [each for each in texts if each not in text] == []


def test_json_has_an_event_an_idea_and_a_student(folders: list[str]) -> None:
    idea, first, second, third, whole = run("assignment", "trend", *folders, "--json").events
    assert idea == {
        "event": "idea",
        "idea": "view-copies",
        "title": "`view` copies where it has to",
        "rule": "`view` never copies; where strides are not enough it raises.",
        "counts": [{"given": 2, "graded": 2}, {"given": 1, "graded": 3}],
        "held": 1,
        "gone": ["s1"],
        "stays": ["s2"],
        "new": [],
        "open": [],
    }
    assert first == {
        "event": "student",
        "student": "s1",
        "name": "Student 1",
        "scores": [0.5, 1.0],
        "ideas": [{"idea": "view-copies", "given": [0], "is_held": False, "course": "gone"}],
    }
    assert second["ideas"][0]["course"] == "stays"
    assert (third["scores"], third["ideas"]) == ([None, 1.0], [])
    assert whole == {"event": "trend", "assignments": ["hw1", "hw2"], "students": 3}


@pytest.mark.parametrize(
    ("language", "problem"),
    [
        ("en", "one assignment has no trend; name two or more `grades.json`, or their folders"),
        ("ko", "과제 하나로는 변화를 볼 수 없습니다. `grades.json`이나 그 폴더를 둘 이상 적으세요."),
    ],
)
def test_one_assignment_has_no_trend(language: str, problem: str, folders: list[str]) -> None:
    ran = run("assignment", "trend", folders[0], "--lang", language)
    assert ran.code == 2
    assert problem in " ".join(ran.err.split())


def test_a_folder_without_grades_is_named(folders: list[str], tmp_path: Path) -> None:
    ran = run("assignment", "trend", folders[0], str(tmp_path / "nowhere.json"))
    problem = f"{tmp_path}/nowhere.json: the grades cannot be read: No such file or directory"
    assert (ran.code, ran.err) == (1, f"tensordrill: {problem}\n")
