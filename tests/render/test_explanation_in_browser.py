"""Explanations in a real browser: narrow, light and dark, readable, silent. Needs chromium and chromedriver."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import pytest
from selenium import webdriver

from tensordrill.explanation.suspicious import explain
from tensordrill.messages import LANGUAGES
from tensordrill.render.explanation_page import page as explanation_page
from tensordrill.sandbox.client import Sandbox
from tensordrill.sandbox.protocol import Limits
from tests.explanation.programs import PROGRAMS, SILENT
from tests.render.pages import CONTRASTS, LEAST_CONTRAST, OVERFLOWING, OpenedPage

_SUSPICIOUS = {
    path.stem: path.read_text(encoding="utf-8")
    for path in SILENT
    if path.stem in ("huber_in_a_method", "nhwc_to_nchw", "sequential_softmax")
}
_PAGES = [
    f"{name}-{language}".replace(" ", "-") for name in (*PROGRAMS, *_SUSPICIOUS) for language in LANGUAGES
]
_HOSTILE = "hostile-en"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, sandbox: Sandbox) -> Path:
    """The pages that are looked at."""
    folder = tmp_path_factory.mktemp("explanations")
    for name, source in {**PROGRAMS, **_SUSPICIOUS}.items():
        for language in LANGUAGES:
            limits = Limits(seconds=60.0 if name in _SUSPICIOUS else 1.0)
            explanation = explain(sandbox, source, language, limits)
            file = folder / f"{name}-{language}.html".replace(" ", "-")
            file.write_text(explanation_page(explanation, language), encoding="utf-8")
    return folder


@pytest.fixture
def opened(browser: webdriver.Chrome, folder: Path) -> OpenedPage:
    """A page to open."""
    return OpenedPage(browser, folder)


def test_nothing_sticks_out_of_the_screen(opened: OpenedPage, thorough: bool) -> None:
    overflowing = OVERFLOWING.replace(".scroll > *", ".td-scroll > *, .td-spoken")
    for name in _PAGES:
        opened.open(name)
        for width in (320, 768, 1280) if thorough else (320,):
            opened.look(width)
            assert opened.run("return document.documentElement.scrollWidth") <= width, name
            assert (name, width, opened.run(overflowing)) == (name, width, [])


def test_a_long_strip_scrolls_inside_its_box(opened: OpenedPage) -> None:
    opened.open("reshape-copies-en", 320)
    scrolled = opened.run(
        "const box = document.querySelector('.td-scroll'); box.scrollLeft = 1000; return box.scrollLeft"
    )
    assert scrolled > 0


def test_all_text_has_the_contrast_that_is_asked_for(opened: OpenedPage, thorough: bool) -> None:
    schemes: tuple[Literal["light", "dark"], ...] = ("light", "dark")
    result = 0
    for name in sorted(_PAGES)[:: 1 if thorough else 3]:
        opened.open(name)
        for scheme in schemes:
            opened.look(scheme=scheme)
            contrasts = opened.run(CONTRASTS)
            result += len(contrasts)
            low = [(what, ratio) for what, ratio in contrasts if ratio < LEAST_CONTRAST]
            assert (name, scheme, low) == (name, scheme, [])
    assert result > (400 if thorough else 130)


def test_dark_is_dark_and_light_is_light(opened: OpenedPage) -> None:
    for selector in ("body", ".td-explanation"):
        opened.open("view-of-a-transpose-en", scheme="dark")
        assert max(opened.color(selector)) < 60
        opened.open("view-of-a-transpose-en", scheme="light")
        assert min(opened.color(selector)) > 230


def test_pages_are_silent_and_ask_for_nothing(opened: OpenedPage) -> None:
    for name in _PAGES:
        opened.open(name)
        assert (name, opened.console()) == (name, [])
        asked = {address for address in opened.requests() if not address.startswith("data:")}
        assert asked == {opened.browser.current_url}


def test_a_hostile_program_puts_nothing_active_on_a_page(opened: OpenedPage) -> None:
    opened.open(_HOSTILE)
    active = "script, img, iframe, object, embed, form, svg, b, [onclick], [onerror]"
    assert opened.run(f"return document.querySelectorAll('{active}').length") == 0
    assert "</style></section><b onclick=" in opened.run("return document.body.textContent")


def test_pictures_are_heard_as_a_sentence_and_not_cell_by_cell(opened: OpenedPage) -> None:
    opened.open("expanded-en")
    heard = opened.run(
        "return Array.from(document.querySelectorAll('.td-picture'), (figure) => {"
        "figure.querySelectorAll('[aria-hidden=true]').forEach((part) => part.remove());"
        "return figure.textContent.trim()})"
    )
    assert heard
    assert all("each cell is read 3 times" in text and "7, 7, 7" in text for text in heard[:1])
