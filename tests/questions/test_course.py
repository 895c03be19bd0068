"""The shipped topics as a course: what each has, what it builds on, and the ideas that span them."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from tensordrill.bank.contents import CONTENTS_FILE, contents_file
from tensordrill.bank.index import index
from tensordrill.bank.load import Bank
from tensordrill.bank.schema import KINDS, Write
from tensordrill.bank.sources import shipped
from tensordrill.bank.topic import in_order
from tensordrill.messages import Language
from tests.questions import TOPICS, entries

_PAGES = Path(__file__).parent.parent.parent / "docs"
_COURSE = (
    "creation device dtype indexing numpy squeeze broadcasting reductions functional view contiguity matmul "
    "autograd graphs memory module puzzles training incidents notes project"
).split()
_OF_ONE_KIND = {"puzzles"}
_MET_ONCE = {
    "a-vector-transposes-to-a-column",
    "channels-last-changes-the-shape",
    "contiguous-means-no-gaps",
    "message-shows-my-shapes",
}
"""Ideas so special that one question meets them; every other one is met by several."""


def test_the_topics_are_these_and_build_on_each_other_in_this_order(shipped_bank: Bank) -> None:
    assert [topic.name for topic in in_order(shipped_bank.topics())] == _COURSE


@pytest.mark.parametrize("topic", TOPICS)
def test_a_topic_has_enough_of_everything(topic: str, shipped_bank: Bank) -> None:
    kinds = Counter(entry.kind for entry in entries(shipped_bank, topic))
    levels = Counter(entry.question.level for entry in entries(shipped_bank, topic))
    short = {
        "questions": kinds.total() < 14,
        "kinds": len(kinds) < (1 if topic in _OF_ONE_KIND else 4),
        "levels": any(levels[level] < kinds.total() / 5 for level in (1, 2, 3)),
        "intro": shipped_bank.topic(topic).intro is None,
    }
    assert [what for what, is_short in short.items() if is_short] == []


def test_the_course_has_enough_of_everything(shipped_bank: Bank) -> None:
    asked = [entry for topic in TOPICS for entry in entries(shipped_bank, topic)]
    kinds = Counter(entry.kind for entry in asked)
    levels = Counter(entry.question.level for entry in asked)
    forms = {entry.question.write for entry in asked if isinstance(entry.question, Write)}
    assert len(asked) >= 600
    assert kinds.keys() == KINDS.keys()
    assert all(0.27 < levels[level] / len(asked) < 0.4 for level in (1, 2, 3)), levels
    assert forms == {"expression", "statements", "function", "class"}


@pytest.mark.parametrize("page", ["README.md", "README.ko.md", "CHANGELOG.md"])
def test_the_pages_count_rightly(page: str, shipped_bank: Bank) -> None:
    text = (_PAGES.parent / page).read_text(encoding="utf-8")
    asked = sum(len(entries(shipped_bank, topic)) for topic in TOPICS)
    assert re.search(rf"\b{asked} ?(?:questions|문제)", text)
    assert re.search(rf"\b{len(TOPICS)} ?(?:topics|개 주제)", text)


def test_ideas_span_questions_and_every_idea_of_a_question_is_named(shipped_bank: Bank) -> None:
    met = Counter(
        idea
        for topic in TOPICS
        for entry in entries(shipped_bank, topic)
        for idea in {wrong.idea for wrong in entry.question.misconceptions if wrong.idea}
    )
    assert met.keys() == shipped_bank.named_ideas.keys()
    assert {idea for idea, count in met.items() if count == 1} == _MET_ONCE


@pytest.mark.parametrize(("language", "page"), [("en", "misconceptions.md"), ("ko", "misconceptions.ko.md")])
def test_the_page_of_ideas_is_what_the_command_prints(
    language: Language, page: str, shipped_bank: Bank
) -> None:
    command = f"tensordrill bank index --lang {language} > docs/{page}"
    assert (_PAGES / page).read_text(encoding="utf-8") == index(shipped_bank, language), (
        f"write it anew: {command}"
    )


def test_the_contents_are_what_the_command_prints(shipped_bank: Bank) -> None:
    command = "tensordrill bank contents > questions/contents.json"
    kept = (shipped() / CONTENTS_FILE).read_bytes()
    assert kept == contents_file(shipped_bank), f"write them anew: {command}"
