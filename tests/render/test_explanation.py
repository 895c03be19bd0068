"""Explanations as screens, kept as files in golden/explanations/, and what holds of every one of them.

REGENERATE_SCREENS=1 pytest tests/render/test_explanation.py   writes the files anew; then read what changed.
"""

from __future__ import annotations

import io
import json
import os
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from rich.console import Console, RenderableType
from wcwidth import wcswidth

from tensordrill.drill.explaining import Comparison
from tensordrill.explanation.as_json import as_json
from tensordrill.explanation.explanation import Explanation
from tensordrill.explanation.tracing import explain
from tensordrill.messages import LANGUAGES, Language
from tensordrill.render.comparison import ComparisonScreen
from tensordrill.render.explanation import ExplanationScreen
from tensordrill.render.explanation_page import fragment, page, picture_html
from tensordrill.render.pictures import picture_text
from tensordrill.sandbox.client import Sandbox
from tensordrill.sandbox.protocol import Limits
from tests.explanation.programs import PROGRAMS, last_picture

_GOLDEN = Path(__file__).parent / "golden" / "explanations"
_WIDTHS = (80, 120)
_GIVEN = "v = torch.arange(6).view(2, 3)\n"
_ANSI = re.compile(r"\x1b\[[0-9;]*m")
_TAGS = frozenset(
    "section style ol ul li p span code div figure figcaption table caption tr th td dl dt dd h2 small strong pre mark "
    "html head meta link title body main h1".split()
)

Explanations = dict[str, Explanation]


@pytest.fixture(scope="module")
def explanations(sandbox: Sandbox) -> dict[Language, Explanations]:
    """Every program, explained in both languages."""
    limits = Limits(seconds=1.0)
    return {
        language: {
            name: explain(sandbox, source, language, limits=limits) for name, source in PROGRAMS.items()
        }
        for language in LANGUAGES
    }


@pytest.fixture(scope="module")
def pairs(sandbox: Sandbox) -> dict[Language, tuple[Explanation, Explanation]]:
    """A learner's program and a solution, in both languages."""
    codes = ("v.t().reshape(-1)[:4].clone()", "v.t()[:2].reshape(-1)")
    results = {}
    for language in LANGUAGES:
        yours, reference = (explain(sandbox, _GIVEN + code, language) for code in codes)
        results[language] = (yours, reference)
    return results


def _printed(part: RenderableType, width: int, *, has_colour: bool = False) -> str:
    console = Console(
        file=io.StringIO(),
        width=width,
        soft_wrap=True,
        force_terminal=has_colour,
        color_system="standard" if has_colour else None,
        highlight=False,
        emoji=False,
        markup=False,
        legacy_windows=False,
        _environ={},
    )
    console.print(part)
    assert isinstance(console.file, io.StringIO)
    return "".join(line.rstrip() + "\n" for line in console.file.getvalue().split("\n")[:-1])


@pytest.mark.parametrize("has_colour", [False, True], ids=["plain", "colour"])
@pytest.mark.parametrize("width", _WIDTHS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_an_explanation_is_what_it_was(
    language: Language,
    width: int,
    has_colour: bool,
    explanations: dict[Language, Explanations],
    pairs: dict[Language, tuple[Explanation, Explanation]],
) -> None:
    parts = [
        f"--- {name}\n" + _printed(ExplanationScreen(explanation, language), width, has_colour=has_colour)
        for name, explanation in explanations[language].items()
    ]
    parts.append(
        "--- compared\n"
        + _printed(
            ComparisonScreen(Comparison(*pairs[language], is_wrong=True), language),
            width,
            has_colour=has_colour,
        )
    )
    sentence = "".join(parts)
    file = _GOLDEN / f"{language}-{width}{'-colour' if has_colour else ''}.txt"
    if os.environ.get("REGENERATE_SCREENS"):
        file.parent.mkdir(exist_ok=True)
        file.write_text(sentence, encoding="utf-8")
    assert sentence.split("\n") == file.read_text(encoding="utf-8").split("\n")
    plain = _ANSI.sub("", sentence)
    assert [line for line in plain.split("\n") if wcswidth(line) > width] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_colour_never_carries_meaning_alone(
    language: Language, explanations: dict[Language, Explanations]
) -> None:
    for name, explanation in explanations[language].items():
        coloured = _printed(ExplanationScreen(explanation, language), 80, has_colour=True)
        plain = "\n".join(line.rstrip() for line in _ANSI.sub("", coloured).split("\n"))
        assert (name, plain) == (name, _printed(ExplanationScreen(explanation, language), 80))


@pytest.mark.parametrize("width", [20, 40, 60, 200])
def test_any_width_can_be_printed(width: int, explanations: dict[Language, Explanations]) -> None:
    for explanation in explanations["ko"].values():
        assert _printed(ExplanationScreen(explanation, "ko"), width)


def test_nothing_that_a_program_says_steers_the_terminal(explanations: dict[Language, Explanations]) -> None:
    shown = _printed(ExplanationScreen(explanations["en"]["hostile"], "en"), 80)
    assert not set(shown) & {"\x1b", "\x07", "\u202e"}
    assert "\\x1b[31m\\u202e" in shown


def test_a_picture_is_plain_text_in_files(explanations: dict[Language, Explanations]) -> None:
    picture = last_picture(explanations["en"]["overlapping"])
    assert picture is not None
    assert picture.expression == "x[1::3]"
    assert picture_text(picture.drawing, "en") == (
        "1  4  7    memory  0 [1] 2  3 [4] 5  6 [7] 8  9\n           order      1        2        3"
    )


HUGE = {
    "2,000 lines": "\n".join(f"x{n} = torch.arange({n + 2}).view(1, -1)[:, 1:].t()" for n in range(2000)),
    "large tensors": "x = torch.ones(10**7)\ny = (x * 2).view(1000, -1).t()\nx += 1\ny.view(-1)",
    "a long line": f"x = torch.tensor([{'1, ' * 30_000}])\ny = x" + ".neg()" * 390,
    "long names": "\n".join(f"{'n' * 3000}{n} = torch.ones(2).t()" for n in range(400)),
    "many changes": "x = torch.zeros(300)\ny = [x[n:] for n in range(300)]\nfor n in range(90): x += 1",
    "many values": "x = torch.rand(1000, dtype=torch.complex64)\ny = [x[n : n + 256] for n in range(400)]",
    "a flood": "for n in range(10**5): print(n, 'x' * 1000)",
    "a long message": "raise ValueError('x' * 10**7)",
}


@pytest.mark.parametrize("source", HUGE.values(), ids=HUGE)
def test_what_is_huge_is_not_shown_whole(source: str, sandbox: Sandbox) -> None:
    explanation = explain(sandbox, source, "en")
    assert explanation.ended is None
    assert explanation.steps or explanation.stdout or explanation.error
    shown = (
        _printed(ExplanationScreen(explanation, "en"), 80),
        page(explanation, "en"),
        json.dumps(as_json(explanation)),
    )
    assert [len(each) for each in shown if len(each) >= 1_000_000] == []


def test_what_is_printed_is_folded_beside_its_bar(sandbox: Sandbox) -> None:
    explanation = explain(sandbox, "print('가' * 60)\nprint()\nprint('a\\tb')", "ko")
    assert _printed(ExplanationScreen(explanation, "ko"), 80) == (
        f"\n 출력:\n │ {'가' * 37}\n │ {'가' * 23}\n │\n │ a       b\n 텐서를 만든 단계가 없습니다.\n\n"
    )


# --- pages ---


class _CheckedPage(HTMLParser):
    """The tags, attributes and texts of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: set[str] = set()
        self.attributes: set[tuple[str, str]] = set()
        self.texts: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {(tag, name) for name, _ in attrs}
        if tag not in ("meta", "link"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] != "style":
            self.texts.append(data)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", PROGRAMS)
def test_a_page_is_well_formed_and_does_nothing(
    name: str, language: Language, explanations: dict[Language, Explanations]
) -> None:
    report = explanations[language][name]
    for text in (page(report, language), fragment(report, language)):
        parsed_page = _CheckedPage(text)
        assert parsed_page.open == []
        assert parsed_page.tags <= _TAGS
        assert not {
            each for each in parsed_page.attributes if each[1].startswith("on") or each[1] in ("src", "style")
        }
        assert not set("".join(parsed_page.texts)) & {"\x1b", "\x07", "\u202e"}


def test_a_page_shows_a_hostile_program_as_it_is_written(explanations: dict[Language, Explanations]) -> None:
    texts = "".join(_CheckedPage(page(explanations["en"]["hostile"], "en")).texts)
    assert "# <script>alert(1)</script> \\u202e" in texts
    assert '</style></section><b onclick="alert(1)">\\x1b]0;title\\x07' in texts
    assert "<img src=x onerror=alert(1)>\\x1b[31m\\u202e" in texts


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("view of a transpose", "shape (3, 2), stride (1, 3). dims 0, 1: 1 ≠ 2 × 3, can't merge"),
        ("shapes that clash", "3 against 4: dims align from the right"),
        ("overlapping", "reads cells 1, 4, 7 of its memory, which hold 1, 4, 7"),
        ("large", "The 167000 of (167000,) needs dims 0 and 1 merged"),
    ],
)
def test_a_picture_can_be_heard(name: str, words: str, explanations: dict[Language, Explanations]) -> None:
    picture = last_picture(explanations["en"][name])
    assert picture is not None
    figure = picture_html(picture.drawing, "en")
    spoken = re.search(r'<figcaption class="td-spoken">(.*?)</figcaption>', figure, re.DOTALL)
    assert spoken is not None
    assert words in spoken[1].replace("&#39;", "'")
