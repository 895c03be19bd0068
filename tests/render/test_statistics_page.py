"""A learner's statistics as a page."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest
from msgspec.structs import replace

from tensordrill.messages import LANGUAGES, Language
from tensordrill.render.statistics_page import page
from tests.html_text import text_of

from .learners import IDEAS, TODAY, beginner, learner


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_says_what_the_screen_says(language: Language) -> None:
    text = " ".join(text_of(page(learner(), IDEAS, language)).split())
    sentences = {
        "en": [
            "Up to Apr 3", "2188", "29% right", "4 days in a row", "34 h 30 min", "828 of 1104 after a day or more",
            "81%", "90%", "4 due", "12 due", "1 topic not begun", "view copies when it has to",
            "held since Dec 24, 2025", "and 2 more", "overcome Apr 3", "today", "Thu", "25",
        ],
        "ko": [
            "4월 3일까지", "2188", "정답률 29%", "4일 연속", "34시간 30분", "하루 이상 지난 1104문제 중 828문제",
            "81%", "90%", "복습 4", "복습 12", "아직 시작하지 않은 주제 1개", "view는 필요하면 복사합니다",
            "2025년 12월 24일부터", "그 밖에 2개", "4월 3일 극복", "오늘", "목", "25",
        ],
    }  # fmt: skip
    assert [words for words in sentences[language] if words not in text] == []


def test_a_title_is_text() -> None:
    html = page(learner(), IDEAS, "en")
    assert "<b>" not in html
    assert "What &lt;b&gt;broadcasts&lt;/b&gt; in <code>a + b</code>" in html


def test_it_needs_nothing_else() -> None:
    html = page(learner(), IDEAS, "en")
    assert re.findall('<script|<link(?! rel="icon" href="data:,")|<img|url\\(|@import|https?:', html) == []
    assert html == page(learner(), IDEAS, "en")


def _squares(html: str) -> list[ElementTree.Element]:
    [svg] = re.findall('<svg class="calendar".*?</svg>', html, re.DOTALL)
    return ElementTree.fromstring(svg).findall("rect")  # noqa: S314 (our own page)


def test_the_calendar_has_a_square_a_day_up_to_today() -> None:
    squares = _squares(page(learner(), IDEAS, "en"))
    assert len(squares) == 25 * 7 + 5  # it is a Friday
    assert {square.get("class") for square in squares} == {"c0", "c1", "c2", "c3", "c4"}
    assert squares[-1].findtext("title") == "Apr 3: 0 answers"
    assert len({(square.get("x"), square.get("y")) for square in squares}) == len(squares)
    yesterday = learner().days[TODAY - 1].asked
    assert squares[-2].findtext("title") == f"Apr 2: {yesterday} answers"


def test_days_before_the_calendar_do_not_matter() -> None:
    last = {TODAY - 300: learner().days[TODAY - 1]}
    assert {square.get("class") for square in _squares(page(replace(learner(), days=last), IDEAS, "en"))} == {
        "c0"
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_beginner_has_a_page(language: Language) -> None:
    text = text_of(page(beginner(), {}, language))
    nothing = {"en": "None was found in two questions.", "ko": "두 문제 이상에서 드러난 오해는 없습니다."}
    assert nothing[language] in text
    assert "100%" in text
