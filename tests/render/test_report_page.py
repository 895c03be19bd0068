"""The class report as a file: one page, inert whatever it quotes, the same bytes every time."""

from __future__ import annotations

import base64
import hashlib
import re
import tracemalloc
from collections import Counter
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from urllib.parse import unquote

import pytest
from msgspec import Struct
from msgspec.structs import replace

from tensordrill.course.assignment.assignment import Item
from tensordrill.course.gradebook import Gradebook, Override, QuestionResult
from tensordrill.course.results.analysis import analyse
from tensordrill.course.results.export import write_all
from tensordrill.messages import LANGUAGES, Language
from tensordrill.messages.report import WORDS
from tensordrill.render.feedback import FOLDER, write_feedback
from tensordrill.render.html import prose
from tensordrill.render.report_page import report
from tensordrill.render.report_words import Words
from tests.course.classes import book, book_of_marks, items, wrong
from tests.course.gradebooks import COLUMNS, HOSTILE, gradebook

_VOID_TAGS = frozenset({"meta", "link", "rect", "line"})
_TAGS = frozenset(
    "a bdi body caption code dd desc details div dl dt em figcaption figure h1 h2 h3 head header html li line "
    "link main meta nav ol p rect script section small span strong style summary svg table tbody td text th "
    "thead title tr ul".split()
)
_CONTROL = re.compile("[\0-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\uffff]")


class Element(Struct, frozen=True):
    """A start tag with its attributes."""

    tag: str
    attributes: dict[str, str]


class _ReportPage(HTMLParser):
    def __init__(self, source: str) -> None:
        super().__init__()
        self.source = source
        self.elements: list[Element] = []
        self.inside: dict[str, list[str]] = {}
        self.texts: list[str] = []
        self._open = ""
        self.feed(source)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(Element(tag, {name: value or "" for name, value in attrs}))
        if tag not in _VOID_TAGS:
            self._open = tag

    def handle_endtag(self, tag: str) -> None:
        if tag == self._open:
            self._open = ""

    def handle_data(self, data: str) -> None:
        self.inside.setdefault(self._open, []).append(data)
        if self._open not in ("style", "script"):
            self.texts.append(data)

    def all(self, tag: str) -> list[Element]:
        return [element for element in self.elements if element.tag == tag]

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.texts).split())


def _page(book: Gradebook) -> _ReportPage:
    return _ReportPage("".join(report(book)))


@pytest.fixture(scope="module", params=LANGUAGES)
def page(request: pytest.FixtureRequest) -> _ReportPage:
    """A class with hostile students, in each language."""
    return _page(gradebook(40, language=request.param))


def test_the_same_gradebook_gives_the_same_bytes() -> None:
    assert list(report(gradebook(40))) == list(report(gradebook(40)))


def test_the_page_is_made_of_known_elements_and_runs_nothing_else(page: _ReportPage) -> None:
    assert {element.tag for element in page.elements} == _TAGS
    assert len(page.all("script")) == len(page.all("style")) == 1
    for element in page.elements:
        assert not any(name.startswith("on") or name in ("src", "style") for name in element.attributes)
        assert re.fullmatch(r"#.*|data:,|feedback/[\w%@.=+-]+\.html", element.attributes.get("href", "#"))


def test_the_policy_allows_its_own_style_and_script_only(page: _ReportPage) -> None:
    (policy,) = (
        element.attributes["content"] for element in page.all("meta") if "http-equiv" in element.attributes
    )
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
    assert rules["default-src"] == rules["base-uri"] == rules["form-action"] == "'none'"
    for tag in ("style", "script"):
        digest = hashlib.sha256("".join(page.inside[tag]).encode()).digest()
        assert rules[f"{tag}-src"] == f"'sha256-{base64.b64encode(digest).decode()}'"


def test_hostile_texts_are_shown_and_steer_nothing(page: _ReportPage) -> None:
    assert not _CONTROL.search(page.source)
    page.source.encode()
    for shown in ("<script>alert(1)</script>", '"><img src=x', "{{ 7 * 7 }}", "=HYPERLINK(", "&#0; &nosuch;"):
        assert shown in page.text
    assert "\\x1b[31mred" in page.text
    assert "\\u202egnp.exe" in page.text
    assert "\\ud800" in page.text
    assert max(map(len, page.texts)) < 1500
    assert len(HOSTILE[-1]) > 100_000


def test_what_other_people_wrote_is_set_apart_from_its_surroundings(page: _ReportPage) -> None:
    quoted = {text for text in page.inside["bdi"] if "alert(1)" in text or "HYPERLINK" in text}
    assert quoted
    elsewhere = {tag for tag, texts in page.inside.items() if any("alert(1)" in text for text in texts)}
    assert elsewhere <= {"bdi"}


def test_headings_tables_and_names_are_what_a_screen_reader_needs(page: _ReportPage) -> None:
    levels = [int(element.tag[1]) for element in page.elements if element.tag in ("h1", "h2", "h3")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert len(page.all("caption")) == len(page.all("table")) > 4
    assert {element.attributes.get("scope") for element in page.all("th")} == {"col", "row"}
    ids = Counter(element.attributes["id"] for element in page.elements if "id" in element.attributes)
    assert set(ids.values()) == {1}
    for element in page.elements:
        named = element.attributes.get("aria-labelledby", "").split()
        link = element.attributes["href"] if element.tag == "a" else ""
        linked = [link[1:]] if link.startswith("#") else []
        assert {*named, *linked} <= set(ids)
    regions = [element for element in page.elements if element.attributes.get("role") == "region"]
    assert all(region.attributes["aria-label"] and region.attributes["tabindex"] == "0" for region in regions)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_speaks_one_language(language: Language) -> None:
    page = _page(gradebook(40, hostile=False, language=language))
    assert page.all("html")[0].attributes["lang"] == language
    title = {"en": "Views and copies: class report", "ko": "뷰와 복사: 학급 보고서"}[language]
    assert page.inside["title"][0] == title
    other = 1 - LANGUAGES.index(language)
    foreign = [pair[other] for pair in WORDS.values() if "{" not in pair[other] and len(pair[other]) > 12]
    assert len(foreign) > 20
    assert not [sentence for sentence in foreign if sentence in page.text]


def test_the_class_in_one_line() -> None:
    page = _page(book(["++++", "+++-", "++--", ""]))
    assert "3 of 4 students were graded. Half of them have 75% or more of the 4 points." in page.text


def test_ideas_come_with_their_rule_and_both_counts() -> None:
    page = _page(gradebook(200, hostile=False))
    start = page.text.index("wrong idea: view swaps dims")
    assert re.match(
        r"wrong idea: view swaps dims ✓ the rule: view keeps the order of the numbers; permute swaps dims\. "
        r"given by \d+ of 182 students · [1-9]\d* of them in two questions or more, which is hardly chance · "
        r"in questions 3 \(\d+\) , 5 \(\d+\) [^·]+ \d+ , ",
        page.text[start:],
    )
    assert "`" not in page.text
    assert "· only one question here can show it: ask before you rely on it ·" in page.text


def test_names_lead_to_feedback(tmp_path: Path) -> None:
    class_ = gradebook(30)
    write_all(class_, tmp_path, reveal=False, also={FOLDER: write_feedback})
    links = {element.attributes["href"] for element in _page(class_).all("a")}
    pages = {unquote(link) for link in links if link.startswith("feedback/")}
    assert pages == {path.relative_to(tmp_path).as_posix() for path in (tmp_path / FOLDER).glob("*.html")}


def test_wrong_answers_that_no_idea_explains_are_listed_with_who_gave_them() -> None:
    rows = [(replace(wrong("t/q1"), answer="x.t()"),)] * 2
    rows += [(replace(wrong("t/q1"), answer=f"x.{n}", error=("KeyError", "1")),) for n in "ab"]
    rows += [(replace(wrong("t/q1"), error=("timeout", "")),)] * 2
    page = _page(book_of_marks(rows, items(1)))
    assert (
        "Wrong answers that no idea explains No. answer gave it student "
        "1 x.t() 2 Student 1 , Student 2 1 code that raises KeyError 2 Student 3 , Student 4 "
        "1 code that ran out of time 2 Student 5 , Student 6"
    ) in page.text


def test_a_question_is_read_in_plain_words() -> None:
    lines = ["++++-", "+++--", "++---", "+---+", "----+"] * 4
    page = _page(book(lines))
    assert "t/q2 60% medium 0.33 separates well 60% 40% 0% 0% different values (8)" in page.text
    assert "t/q5 40% hard ! −0.87 backwards: look at it 40% 60% 0% 0% different values (12)" in page.text


def test_of_a_small_class_no_question_is_judged() -> None:
    page = _page(book(["+++-", "++--", "+---", "---+"]))
    assert "too few students to tell" in page.text
    assert "backwards: look at it" not in page.text
    few = "Only 4 were graded: with fewer than 20, discrimination and reliability are mostly chance."
    assert few in page.text
    assert "reliability (Cronbach's α, n = 4)" in page.text


@pytest.mark.parametrize(("students", "is_judged"), [(19, False), (20, True)])
def test_questions_are_judged_from_twenty_students_on(students: int, is_judged: bool) -> None:
    lines = (["++++-", "+++--", "++---", "+---+", "----+"] * 4)[:students]
    page = _page(book(lines))
    assert ("backwards: look at it" in page.text) == is_judged
    assert ("are mostly chance. Questions, in percent" in page.text) != is_judged


@pytest.mark.parametrize(
    ("alpha", "says"),
    [
        pytest.param(1.0, "High: ", id="the most there is"),
        pytest.param(0.8, "High: ", id="the least that is high"),
        pytest.param(0.799, "Fair: ", id="just not high"),
        pytest.param(0.6, "Fair: ", id="the least that is fair"),
        pytest.param(0.599, "Low: ", id="just not fair"),
        pytest.param(-0.3, "Low: ", id="below zero"),
    ],
)
def test_reliability_is_high_fair_or_low(alpha: float, says: str) -> None:
    analysis = replace(analyse(book(["+++-", "++--", "+---", "---+", "++++"] * 4)), alpha=alpha)
    tile = Words("en", {}).tiles(analysis)[-1]
    assert tile.label == "reliability (Cronbach's α, n = 20)"
    assert tile.note.startswith(says)
    assert ("A score may be off by" in tile.note) == (alpha >= 0)


def test_numbers_that_do_not_exist_say_why() -> None:
    page = _page(book(["+-"] * 12))
    assert "– (all have the same points)" in page.text


def test_students_to_talk_to_come_with_reasons_and_the_absent_last() -> None:
    lines = ["+" * 10] * 18 + ["", "++++++????", "+---------"]
    page = _page(book(lines, items(10)))
    start, end = page.text.index("Each reason is"), page.text.index("All students, ordered")
    talk = page.text[start:end]
    assert "Far below the class: 10%, where half have 100% or more." in talk
    assert "4 of 10 answers could not be read" in talk
    places = [talk.index(f"Student {number}") for number in (21, 20, 19)]
    assert [*places, talk.index("Handed in nothing.")] == sorted([*places, talk.index("Handed in nothing.")])
    assert "Student 3" not in talk


def test_a_student_has_a_sign_for_each_mark() -> None:
    questions = (
        *items(4),
        Item(id="t/void", void=True),
        Item(id="t/parts", points={"shape": 1, "values": 2}),
    )
    marks = (
        QuestionResult("t/q1", "correct", 1),
        wrong("t/q2"),
        QuestionResult("t/q3", "unreadable", 1),
        QuestionResult("t/parts", "incorrect", 1, earned=("shape",)),
    )
    overrides = (Override("s1", "t/q2", 0.5, "half is right"),)
    page = _page(book_of_marks([marks], questions, overrides))
    assert "Student 1 s1 2.5 ✓ 0.5* ? – 1 " in page.text
    assert "half is right" in page.text
    assert "Void, and part of no number here: t/void" in page.text


def test_points_set_by_a_person_are_listed() -> None:
    page = _page(gradebook(5, hostile=False))
    assert f"s00001 {COLUMNS} 2 the memory was right on paper" in page.text
    assert "=2+2 was copied from <b>elsewhere</b>" in page.text


@pytest.mark.parametrize(
    ("made", "message"),
    [
        (book(["", ""], items(2)), "Nobody is graded yet. Students on the roster: 2."),
        (
            book(["+-"], tuple(Item(id=f"t/q{n}", void=True) for n in (1, 2))),
            "No question is worth any points.",
        ),
        (book(["+"]), "it takes two questions"),
    ],
)
def test_classes_with_nothing_to_compute_have_a_page(made: Gradebook, message: str) -> None:
    assert message in _page(made).text


def test_a_very_large_class_is_cut_and_the_page_says_so() -> None:
    many = tuple(Item(id=f"t/q{number}") for number in range(1, 61))
    page = "".join(report(gradebook(5100, hostile=False)))
    assert "the first 5000 of 5100 students" in page
    assert page.count("<tr><th scope=row>") == 5000
    assert len(page.encode()) < 3_000_000
    wide = "".join(report(gradebook(1800, hostile=False, items=many)))
    shown = 2_000_000 // (300 + 16 * 60)
    assert f"the first {shown} of 1800 students" in wide
    assert wide.count("<tr><th scope=row>") == shown
    assert len(wide.encode()) < 3_000_000


def test_memory_does_not_grow_with_the_class() -> None:
    def peak(students: int) -> int:
        tracemalloc.start()
        try:
            size = sum(map(len, report(gradebook(students, hostile=False))))
            assert size > 100 * students
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    "".join(report(gradebook(1)))
    assert peak(1200) < peak(400) + 150_000


def test_code_in_a_sentence_is_an_element_and_the_rest_is_escaped() -> None:
    assert prose("`a < b` is <b>`") == "<code>a &lt; b</code> is &lt;b&gt;`"
