"""A learner's statistics in a real browser: narrow, dark, readable, without scripts, and calling nobody."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import pytest
from selenium import webdriver

from tensordrill.messages import LANGUAGES
from tensordrill.render.statistics_page import page as statistics_page
from tests.render.pages import CONTRASTS, LEAST_CONTRAST, OVERFLOWING, OpenedPage

from .learners import IDEAS, beginner, learner

_PAGES = (*LANGUAGES, "beginner")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The pages that are looked at."""
    folder = tmp_path_factory.mktemp("pages")
    for language in LANGUAGES:
        (folder / f"{language}.html").write_text(
            statistics_page(learner(), IDEAS, language), encoding="utf-8"
        )
    (folder / "beginner.html").write_text(statistics_page(beginner(), {}, "en"), encoding="utf-8")
    return folder


@pytest.fixture
def page(browser: webdriver.Chrome, folder: Path) -> OpenedPage:
    """A page to open."""
    return OpenedPage(browser, folder)


@pytest.mark.parametrize("width", [320, 390, 1280])
@pytest.mark.parametrize("name", _PAGES)
def test_nothing_is_wider_than_the_screen(page: OpenedPage, name: str, width: int) -> None:
    page.open(name, width=width)
    assert page.run(OVERFLOWING) == []
    assert page.run("return document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_all_of_it_can_be_read(page: OpenedPage, scheme: Literal["light", "dark"]) -> None:
    page.open("en", scheme=scheme)
    contrasts = page.run(CONTRASTS)
    assert len(contrasts) > 5
    assert [entry for entry in contrasts if entry[1] < LEAST_CONTRAST] == []


def test_dark_is_dark(page: OpenedPage) -> None:
    page.open("en", scheme="light")
    light = page.color("body")
    page.look(scheme="dark")
    assert sum(page.color("body")) < 150 < sum(light)


def test_it_asks_nobody_and_complains_of_nothing(page: OpenedPage) -> None:
    page.open("ko")
    assert page.console() == []
    assert [address for address in page.requests() if not address.startswith(("file:", "data:"))] == []
