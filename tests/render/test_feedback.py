"""A student's page: everything that is told is there, and no text on it does anything."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from markdown_it import MarkdownIt
from markdown_it.token import Token

from tensordrill.course.gradebook import Gradebook, scored
from tensordrill.course.results.feedback import Feedback, feedback_on
from tensordrill.messages import LANGUAGES, Language
from tensordrill.render.feedback import SIGNS, html, markdown
from tests.course.gradebooks import gradebook, record
from tests.course.texts import ANYTHING, saying

ALLOWED = frozenset(
    "a article bdi body code div h1 h2 h3 head header html li main meta nav ol p pre span style title ul".split()
)
INERT = frozenset(
    "heading_open heading_close paragraph_open paragraph_close bullet_list_open bullet_list_close list_item_open "
    "list_item_close inline fence text text_special code_inline strong_open strong_close".split()
)


def _told(index: int, *, reveal: bool = False, language: Language = "en") -> Feedback:
    book = gradebook(0, language=language)
    grade = scored(record(index), book.assignment, book.overrides)
    return feedback_on(grade, book.assignment, book.ideas, reveal=reveal)


def _only(book: Gradebook) -> Feedback:
    (grade,) = book.grades()
    return feedback_on(grade, book.assignment, book.ideas, reveal=True)


class _FeedbackPage(HTMLParser):
    """The tags, attributes and texts of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.texts: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


def _shown(page: str) -> str:
    """Return a page's words, one text a line, without its style."""
    texts = _FeedbackPage(re.sub(r"<style>.*?</style>", "", page, flags=re.DOTALL)).texts
    return "\n".join(" ".join(text.split()) for text in texts if text.strip())


def test_markdown() -> None:
    lines = markdown(_told(2)).splitlines()
    assert lines[:4] == ["# Feedback: Views and copies", "", "이준호 2 (s00002): **5.5 of 11 points**", ""]
    assert [line for line in lines if line.startswith("## ")] == [
        "## 1. view/flatten-a-transpose: 2 of 2",
        "## 2. view/write-into-a-reshape: 0 of 1",
        "## 3. view/down-the-columns: 2.5 of 2.5",
        "## 4. view/before-the-view: 0 of 1.5",
        "## 5. view/split-the-heads: 0 of 3",
        "## 6. view/which-reshapes-share: 1 of 1",
        "## 7. view/what-minus-one-becomes: 0 of 0",
    ]


def test_markdown_of_a_wrong_answer() -> None:
    parts = markdown(_told(0)).split("## ")
    assert parts[2].splitlines() == [
        "2. view/write-into-a-reshape: 0 of 1",
        "",
        f"✗ Wrong. `{_told(0).questions[1].address}`",
        "",
        "Your answer:",
        "",
        "```python",
        "[[9, 1, 2], [3, 4, 5]]",
        "```",
        "",
        "- Perhaps you thought: `reshape` always shares memory",
        "- `reshape` had to copy here, so `x` never sees the write.",
        "- The rule: `reshape` copies where a view is not possible.",
        "",
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_both_pages_say_everything_that_is_told(language: Language) -> None:
    for index in range(40):
        feedback = _told(index, reveal=True, language=language)
        if feedback.absence:
            continue
        pages = _shown(html(feedback)), markdown(feedback)
        for page in pages:
            plain = page.replace("\\", "").replace("`", "").replace("\n", "")
            for question in feedback.questions:
                told_of = [question.outcome, question.answer, question.key, question.because, *question.facts]
                told_of += [question.idea, question.rule]
                for text in told_of:
                    expected = text.replace("\\", "").replace("`", "")
                    assert _letters(expected) in _letters(plain)


def _letters(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize(
    ("language", "sentence"), [("en", "Nothing was handed in."), ("ko", "제출한 파일이 없습니다.")]
)
def test_whoever_handed_nothing_in_is_told_only_that(language: Language, sentence: str) -> None:
    feedback = _told(10, language=language)
    assert markdown(feedback).splitlines()[-2] == sentence
    assert sentence in html(feedback)
    assert "<article" not in html(feedback)


@pytest.mark.parametrize("reveal", [False, True])
def test_keys_are_on_the_page_only_when_revealed(reveal: bool) -> None:
    feedback = _told(5, reveal=reveal)
    assert ("The answer" in markdown(feedback)) is reveal
    assert ("The answer" in html(feedback)) is reveal


def test_the_page_needs_nothing_else_and_runs_nothing() -> None:
    page = html(_told(0))
    assert "default-src 'none'" in page
    assert not re.search(r"<script|<link|<img|url\(|@import|https?://", page)
    assert page.startswith('<!doctype html>\n<html lang="en">')


def test_signs_are_said_in_words_too() -> None:
    shown = _FeedbackPage(html(_told(0)))
    labels = [value for name, value in shown.attributes if name == "aria-label"]
    assert labels[1:3] == ["1. view/flatten-a-transpose: Wrong.", "2. view/write-into-a-reshape: Wrong."]
    assert len(set(SIGNS.values())) == len(SIGNS)


@given(text=ANYTHING)
def test_any_text_on_the_page_stays_text(text: str) -> None:
    page = html(_only(saying(text)))
    parsed = _FeedbackPage(page)
    assert set(parsed.tags) <= ALLOWED
    assert parsed.tags.count("article") == 7
    assert not [name for name, _ in parsed.attributes if name.startswith("on") or name in ("src", "style")]
    assert {value for name, value in parsed.attributes if name == "href"} == {f"#q{n}" for n in range(1, 8)}
    page.encode()


def _tokens(tokens: list[Token]) -> list[Token]:
    return [each for token in tokens for each in (token, *_tokens(token.children or []))]


@given(text=ANYTHING)
def test_any_text_in_markdown_stays_text(text: str) -> None:
    feedback = _only(saying(text))
    content = markdown(feedback)
    tokens = _tokens(
        MarkdownIt("gfm-like", {"linkify": False}).enable(["table", "strikethrough"]).parse(content)
    )
    assert {token.type for token in tokens} <= INERT
    assert [token.tag for token in tokens if token.type == "heading_open"] == ["h1", *["h2"] * 7]
    fences = [token.content.rstrip("\n") for token in tokens if token.type == "fence"]
    answers = [part for each in feedback.questions for part in (each.answer, each.printed, each.key) if part]
    assert fences == [answer.rstrip("\n") for answer in answers]


LINES = [
    pytest.param(
        "<b>bold</b> & [x](javascript:1)", r"\<b\>bold\</b\> \& \[x\]\(javascript:1\)", id="tags and links"
    ),
    pytest.param("see https://example.org", r"see https\://example.org", id="addresses"),
    pytest.param("# heading", r"\# heading", id="heading"),
    pytest.param("1. item", r"1\. item", id="list"),
    pytest.param("- item", r"\- item", id="bullet"),
    pytest.param("use `x.t()` so", "use `x.t()` so", id="code"),
    pytest.param("one ` alone", r"one \` alone", id="a backtick alone"),
    pytest.param("``` fence", r"\`\`\` fence", id="fence"),
    pytest.param("`a``<b>`", r"\`a\`\`\<b\>\`", id="backticks side by side"),
]


@pytest.mark.parametrize(("text", "content"), LINES)
def test_a_note_in_markdown(text: str, content: str) -> None:
    feedback = _only(saying(text))
    assert markdown(feedback).splitlines()[6] == f"- {content}"


def test_a_fence_is_longer_than_any_in_the_answer() -> None:
    assert "\n`````python\n````\n`````\n" in markdown(_only(saying("````")))


PAIRS = [
    (ink, ground)
    for ink in ("text", "quiet", "right", "partly", "wrong", "other")
    for ground in ("page", "card")
]
PAIRS.append(("text", "code"))


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("ink", "ground"), PAIRS)
def test_contrast_is_enough_to_read(scheme: int, ink: str, ground: str) -> None:
    colours = re.findall(rf"--({ink}|{ground}): #([0-9a-f]{{6}});", html(_told(0)))
    chosen = dict(colours[2 * scheme : 2 * scheme + 2])
    light, dark = sorted((_luminance(chosen[ink]), _luminance(chosen[ground])), reverse=True)
    assert (light + 0.05) / (dark + 0.05) >= 4.5


def _luminance(colour: str) -> float:
    """Return the relative luminance as WCAG 2 computes it."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
