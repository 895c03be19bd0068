"""The pages beside the report, in a real browser: before handing out, and a class over time.

Needs chromium and chromedriver; without them the tests are skipped.
"""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import pytest
from msgspec.structs import replace
from selenium import webdriver
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.keys import Keys

from tensordrill.bank.load import Bank
from tensordrill.bank.sources import find
from tensordrill.course.assignment.folder import questions
from tensordrill.course.gradebook import Gradebook
from tensordrill.course.handout.preview import preview
from tensordrill.course.results.export import GRADES_JSON
from tensordrill.course.results.read_grades_json import read_grades
from tensordrill.course.results.trend import trend
from tensordrill.messages import LANGUAGES
from tensordrill.render.preview import preview_page
from tensordrill.render.trend import trend_page
from tensordrill.sandbox.client import Sandbox
from tests.course.gradebooks import COLUMNS, FLATTEN, HEADS, IDEAS, WRITTEN, gradebook
from tests.course.homework import FILL, FUNCTION, WRITE, class_folder
from tests.course.terms import write_grades
from tests.render.pages import CONTRASTS, LEAST_CONTRAST, OVERFLOWING, OpenedPage

_PAGES = ("preview-en", "preview-ko", "trend-en", "trend-ko", "hostile-en")
_TABS = 60
_REACHED = "main .scroll, main .td-scroll[tabindex], main summary, th button"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, sandbox: Sandbox) -> Path:
    """The pages that are looked at."""
    folder = tmp_path_factory.mktemp("pages")
    assignment = class_folder(folder / "hw1", Bank(find("shipped")), WRITE, FILL, FUNCTION)
    for language in LANGUAGES:
        asked = replace(assignment, assignment=replace(assignment.assignment, language=language))
        looked_at = preview(asked, questions(asked, snapshot=False), (), sandbox)
        (folder / f"preview-{language}.html").write_text(preview_page(looked_at), encoding="utf-8")
    for name, hostile in (("trend", False), ("hostile", True)):
        gradebooks = (_class(hostile=hostile), _later(_class(hostile=hostile)))
        records = [write_grades(folder / f"{name}{place}", each) for place, each in enumerate(gradebooks)]
        class_trend = trend([read_grades(record / GRADES_JSON) for record in records])
        for language in LANGUAGES:
            (folder / f"{name}-{language}.html").write_text(
                trend_page(class_trend, language), encoding="utf-8"
            )
    return folder


def _class(*, hostile: bool) -> Gradebook:
    shows = dict.fromkeys(IDEAS, (FLATTEN, WRITTEN, COLUMNS, HEADS))
    return replace(gradebook(40, hostile=hostile), idea_questions=shows)


def _later(first: Gradebook) -> Gradebook:
    """Return the class again, in which each student has the marks of the next one."""
    results = list(first.results())
    following = zip(results, results[1:] + results[:1], strict=True)
    later = [replace(each, student=result.student) for result, each in following]
    return replace(first, results=lambda: later)


@pytest.fixture
def page(browser: webdriver.Chrome, folder: Path) -> OpenedPage:
    """A page to open."""
    return OpenedPage(browser, folder)


@pytest.mark.parametrize("name", _PAGES)
@pytest.mark.parametrize("width", [390, 1280])
def test_nothing_sticks_out_and_the_page_asks_for_nothing(page: OpenedPage, name: str, width: int) -> None:
    page.open(name, width)
    assert page.run("return document.documentElement.scrollWidth") <= width
    assert page.run(OVERFLOWING) == []
    assert page.console() == []
    asked = {address for address in page.requests() if not address.startswith("data:")}
    assert asked == {page.browser.current_url}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", _PAGES)
def test_all_text_has_the_contrast_that_is_asked_for(
    page: OpenedPage, name: str, scheme: Literal["light", "dark"]
) -> None:
    page.open(name, scheme=scheme)
    contrasts = page.run(CONTRASTS)
    assert len(contrasts) > 8
    assert [(what, ratio) for what, ratio in contrasts if ratio < LEAST_CONTRAST] == []


@pytest.mark.parametrize("name", ["preview-en", "trend-en"])
def test_the_keyboard_reaches_all_that_scrolls_or_folds(page: OpenedPage, name: str) -> None:
    page.open(name, 390)
    expected = page.run(f"return document.querySelectorAll('{_REACHED}').length")
    reached = set()
    for _ in range(_TABS):
        ActionChains(page.browser).send_keys(Keys.TAB).perform()
        reached.add(
            page.run(f"return [...document.querySelectorAll('{_REACHED}')].indexOf(document.activeElement)")
        )
    assert expected
    assert len(reached - {-1}) == expected


def test_ideas_sort_by_how_many_are_gone(page: OpenedPage) -> None:
    page.open("trend-en")
    page.run("document.querySelectorAll('#ideas ~ .scroll th button')[3].focus()")
    ActionChains(page.browser).send_keys(Keys.ENTER).perform()
    gone = page.run(
        "const body = document.querySelector('#ideas ~ .scroll tbody');"
        "return Array.from(body.rows, (row) => Number(row.cells[3].dataset.v))"
    )
    assert gone == sorted(gone)
    assert gone[-1] > gone[0]
    assert page.run("return document.activeElement.textContent") == "gone"
