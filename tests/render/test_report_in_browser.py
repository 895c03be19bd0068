"""The class report in a real browser: sorting, quiet, narrow, dark, readable, and it calls nobody.

Needs chromium and chromedriver; without them the tests are skipped.
"""

from __future__ import annotations

import socket
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Literal

import pytest
from msgspec.structs import replace
from selenium import webdriver
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement

from tensordrill.course.assignment.late import LatePolicy, SubmissionTimes
from tensordrill.course.gradebook import Gradebook
from tensordrill.render.report_page import report
from tests.course.classes import book
from tests.course.gradebooks import gradebook
from tests.render.pages import CONTRASTS, LEAST_CONTRAST, OVERFLOWING, OpenedPage

_PAGES = ("en", "ko", "hostile")
_FOREIGN = """
const script = document.createElement("script");
script.textContent = "window.foreign = 1";
const image = document.createElement("img");
image.src = arguments[0];
document.body.append(script, image);
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The pages that are looked at."""
    made: dict[str, Gradebook] = {
        "en": gradebook(40, hostile=False),
        "ko": _late(gradebook(40, hostile=False, language="ko")),
        "hostile": _late(gradebook(12)),
        "backwards": book(["++++-", "+++--", "++---", "+---+", "----+"] * 4),
        "large": gradebook(5200, hostile=False),
    }
    folder = tmp_path_factory.mktemp("pages")
    for name, graded in made.items():
        (folder / f"{name}.html").write_text("".join(report(graded)), encoding="utf-8")
    return folder


def _late(graded: Gradebook) -> Gradebook:
    """Return a class of whom some came late, and some nobody knows when."""
    due = replace(graded.assignment, due="2027-03-19 23:59 Asia/Seoul", late=LatePolicy(percent_a_day=10))
    day = datetime(2027, 3, 19, 12, tzinfo=UTC)
    ids = [grade.student.id for grade in graded.grades()]
    moments = {student: day + timedelta(minutes=97 * number) for number, student in enumerate(ids[:9])}
    return replace(graded, assignment=due, times=SubmissionTimes(moments, frozenset(ids[9:])))


class _Report(OpenedPage):
    """The report, with its tables."""

    def header(self, section: str, words: str) -> WebElement:
        path = f"//section[@aria-labelledby='{section}']//th[@data-sort][starts-with(normalize-space(.), '{words}')]"
        return self.browser.find_element(By.XPATH, path)

    def column(self, section: str, place: int) -> list[str]:
        cells: list[str] = self.run(
            "return Array.from(document.querySelector(`section[aria-labelledby=${arguments[0]}] table`)"
            ".tBodies[0].rows, (row) => row.cells[arguments[1]].textContent.trim())",
            section,
            place,
        )
        return cells


@pytest.fixture
def page(browser: webdriver.Chrome, folder: Path) -> _Report:
    """A page to open."""
    return _Report(browser, folder)


def _click(header: WebElement) -> None:
    header.find_element(By.TAG_NAME, "button").click()


def test_a_click_sorts_and_another_turns_it_around(page: _Report) -> None:
    page.open("en")
    points = [float(shown) for shown in page.column("students", 2)]
    assert points != sorted(points)
    header = page.header("students", "points")
    assert header.get_attribute("aria-sort") == "none"
    _click(header)
    assert header.get_attribute("aria-sort") == "ascending"
    assert [float(shown) for shown in page.column("students", 2)] == sorted(points)
    _click(header)
    assert header.get_attribute("aria-sort") == "descending"
    assert [float(shown) for shown in page.column("students", 2)] == sorted(points, reverse=True)
    status = page.browser.find_element(By.ID, "sorted").get_attribute("textContent")
    assert status == "Sorted, largest first: points"


def test_one_column_of_a_table_is_the_sorted_one(page: _Report) -> None:
    page.open("en")
    _click(page.header("students", "points"))
    _click(page.header("questions", "difficulty"))
    _click(page.header("students", "student"))
    sorts = page.run("return Array.from(document.querySelectorAll('th[aria-sort]'), (th) => th.ariaSort)")
    assert sorts.count("ascending") == 2
    assert set(sorts) == {"ascending", "none"}
    assert page.header("students", "student").get_attribute("aria-sort") == "ascending"
    assert page.column("students", 1) != sorted(page.column("students", 1))


def test_the_keyboard_sorts(page: _Report) -> None:
    page.open("en")
    page.run("document.querySelector('[aria-labelledby=questions] .scroll').focus()")
    ActionChains(page.browser).send_keys(Keys.TAB, Keys.TAB, Keys.TAB).perform()
    assert page.run("return document.activeElement.textContent") == "difficulty"
    ActionChains(page.browser).send_keys(Keys.ENTER).perform()
    facilities = [float(shown.partition("%")[0]) for shown in page.column("questions", 2)]
    assert facilities == sorted(facilities)
    ActionChains(page.browser).send_keys(Keys.SPACE).perform()
    assert [float(shown.partition("%")[0]) for shown in page.column("questions", 2)] == facilities[::-1]
    assert page.header("questions", "difficulty").get_attribute("aria-sort") == "descending"
    assert page.run("return document.activeElement.textContent") == "difficulty"


def test_marks_sort_from_open_to_right(page: _Report) -> None:
    page.open("en")
    _click(page.header("students", "Q3"))
    shown = list(dict.fromkeys(mark.rstrip("*") for mark in page.column("students", 5)))
    known = [mark for mark in ("–", "?", "✗", "1", "1.5", "2", "✓") if mark in shown]
    assert len(known) >= 5
    assert shown == known


def test_backwards_questions_sort_by_number_not_by_words(page: _Report) -> None:
    page.open("backwards")
    _click(page.header("questions", "discrimination"))
    first, *_, last = page.column("questions", 3)
    assert first.startswith("! −0.87")
    assert last == "0.65 separates well"


@pytest.mark.thorough
def test_five_thousand_students_can_be_sorted(page: _Report) -> None:
    page.open("large")
    points = [float(shown) for shown in page.column("students", 2)]
    assert len(points) == 5000
    page.run("arguments[0].click()", page.header("students", "points").find_element(By.TAG_NAME, "button"))
    assert [float(shown) for shown in page.column("students", 2)] == sorted(points)


@pytest.mark.parametrize("name", _PAGES)
def test_the_page_is_quiet_and_asks_for_nothing(page: _Report, name: str) -> None:
    page.open(name)
    page.run("for (const button of document.querySelectorAll('th button')) button.click()")
    assert page.console() == []
    requests = page.requests()
    assert requests
    assert {address for address in requests if not address.startswith("data:")} == {page.browser.current_url}
    assert page.run("return document.querySelectorAll('img, iframe, object').length") == 0


def test_the_policy_stops_what_is_not_the_pages_own(page: _Report) -> None:
    page.open("en")
    with socket.create_server(("127.0.0.1", 0)) as server:
        address = f"http://127.0.0.1:{server.getsockname()[1]}/"
        page.run(_FOREIGN, address)
        sent = page.browser.execute_async_script(
            "fetch(arguments[0]).then(() => arguments[1]('sent'), () => arguments[1]('stopped'))", address
        )
        server.settimeout(0.5)
        with pytest.raises(TimeoutError):
            server.accept()
    assert sent == "stopped"
    assert page.run("return window.foreign") is None
    assert len([text for text in page.console() if "Content Security Policy" in text]) >= 3


@pytest.mark.parametrize("name", _PAGES)
@pytest.mark.parametrize("width", [320, 768, 1280])
def test_nothing_sticks_out_of_the_screen(page: _Report, name: str, width: int) -> None:
    page.open(name, width)
    assert page.run("return innerWidth") == width
    assert page.run("return document.documentElement.scrollWidth") <= width
    assert page.run(OVERFLOWING) == []
    page.run("for (const details of document.querySelectorAll('details')) details.open = true")
    assert page.run("return document.documentElement.scrollWidth") <= width


def test_wide_tables_scroll_by_themselves_and_keep_the_name_in_view(page: _Report) -> None:
    page.open("en", 320)
    left = page.run(
        "const scroll = document.querySelector('[aria-labelledby=students] .scroll');"
        "scroll.scrollLeft = 1000; const name = scroll.querySelector('tbody th').getBoundingClientRect();"
        "return [scroll.scrollLeft, name.left - scroll.getBoundingClientRect().left]"
    )
    assert left[0] > 0
    assert left[1] == pytest.approx(0, abs=1)


def test_dark_is_dark_and_light_is_light(page: _Report) -> None:
    for selector in ("body", "section"):
        page.open("en", scheme="dark")
        assert max(page.color(selector)) < 60
        page.open("en", scheme="light")
        assert min(page.color(selector)) > 230


def test_paper_is_white_and_wide_enough_even_in_the_dark(page: _Report) -> None:
    a4_between_margins = 717
    page.open("en", a4_between_margins, "dark", "print")
    assert page.run("return document.documentElement.scrollWidth") <= a4_between_margins
    assert page.color("body") == [255, 255, 255]
    assert page.run("return getComputedStyle(document.querySelector('nav')).display") == "none"
    assert len(page.browser.print_page()) > 10_000


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", [*_PAGES, "backwards"])
def test_all_text_has_the_contrast_that_is_asked_for(
    page: _Report, name: str, scheme: Literal["light", "dark"]
) -> None:
    page.open(name, scheme=scheme)
    _click(page.header("questions", ""))
    contrasts = page.run(CONTRASTS)
    assert len(contrasts) > 20
    assert [(what, ratio) for what, ratio in contrasts if ratio < LEAST_CONTRAST] == []


def test_without_its_script_the_page_says_the_same(page: _Report) -> None:
    page.open("en")
    with_script = page.run("return document.querySelector('main').textContent")
    without = page.run(
        "const plain = new DOMParser().parseFromString(arguments[0], 'text/html');"
        "return plain.querySelector('main').textContent",
        (page.folder / "en.html").read_text(encoding="utf-8"),
    )
    assert without == with_script
