"""Screens of 80 and of 120 columns, in both languages, kept as files in golden/.

REGENERATE_SCREENS=1 pytest tests/render/test_screens.py   writes the files anew; then read what changed.
"""

from __future__ import annotations

import io
import os
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from msgspec.structs import replace
from rich.console import Console, RenderableType
from rich.text import Text
from wcwidth import wcswidth

from tensordrill.bank.contents import contents
from tensordrill.bank.load import Bank
from tensordrill.bank.topic import Entry
from tensordrill.bank.variant import make
from tensordrill.drill.changes import Changes
from tensordrill.drill.choices import choices_for
from tensordrill.drill.progress import IdeaRecord
from tensordrill.drill.session import Score, Summary
from tensordrill.drill.standing import Due
from tensordrill.drill.today import Today
from tensordrill.explanation.suspicious import explain
from tensordrill.explanation.tracing import LIMITS
from tensordrill.judging import QuestionSession
from tensordrill.kinds.answers import Verdict
from tensordrill.messages import LANGUAGES, Language, say
from tensordrill.render.answer import answer_sheet
from tensordrill.render.as_html import as_html, as_text
from tensordrill.render.changes import changed
from tensordrill.render.home import Offer, home, language_choice, level_choice
from tensordrill.render.question import intro, intro_value, question, shown_program
from tensordrill.render.statistics import statistics_screen
from tensordrill.render.summary import Commands, summary
from tensordrill.render.suspicious import SuspiciousPlaces
from tensordrill.render.topics import questions_table, topics_table
from tensordrill.render.verdict import Context, unreadable, verdict
from tensordrill.sandbox.client import Sandbox
from tests.explanation.programs import one_of_each_kind
from tests.html_text import text_of
from tests.needs import mostly

from .learners import IDEAS, STANDINGS, TOPICS, beginner, learner

_GOLDEN = Path(__file__).parent / "golden"
_FORMS_BANK = Path(__file__).parent.parent / "forms"
_WIDTHS = (80, 120)
_SEED = 1

_ANSWERS = {
    "flatten-a-transpose": ["raises", "2,5", "wide"],
    "shares-or-not": ["yes", "raises", "perhaps"],
    "first-line-that-raises": ["none", "3", "last"],
    "column-that-shares": [
        "v.unsqueeze(0)",
        "v.unsqueeze(1).clone()",
        "v.reshape(4, 1)",
        "v.expand(3, 3)",
        "v.unsqueeze(1",
        "v.unsqeeze(1)",
    ],
    "outer-product": [
        "return a * b[:, None]",
        "print('a is', a)\nreturn a[:, None] + b",
        "return a @ b",
        "rows = a[:, None]",
    ],
    "where-the-one-goes": ["0", "2", "5", "1 +"],
    "who-shares": ["2 3 4", "1", "7", "some"],
}
"""For each question: what an idea gives, other wrong answers, and what cannot be read."""

_FORMS = {
    "total-of-the-evens": ["v[-1]", "v.sum()", "v @", "v @ v"],
    "module-that-shifts": [
        "def __init__(self):\n    self.shift = nn.Parameter(torch.zeros(3))\ndef forward(self, x):\n    return x",
        "def forward(self, x): return x",
        "x + 1",
    ],
    "rows-and-columns": [":1; 1:", ":; :", "0", "9; 1:"],
    "two-steps-of-training": ["4 1 3 2", "4 3 2 1", "4 1 2", "1 2 3 4"],
    "printed-by-a-loop": ["[0, 2]\n[1, 3]", "raises", " ", "[0, 1]"],
    "conjugate-of-a-product": ["[-5+4j, 2+1j]", "raises", "1+2i", "[5+2j, 2]"],
    "rows-that-sum-to-one": ["3 5", "3 4 5 1", "9", "3 4"],
}
"""The same for forms that the lessons do without."""

_TALLIES = {
    "summary": Summary(
        7,
        4,
        1,
        {"lessons": Score(4, 3), "contiguity": Score(2, 0), "squeeze": Score(1, 1)},
        ("reshape-is-view", "row-not-column"),
        2,
    ),
    "summary-all-right": Summary(3, 3, 0, {"lessons": Score(3, 3)}, (), 0),
    "summary-nothing": Summary(0, 0, 0, {}, (), 0),
}
_COMMANDS: Commands = (
    ("replay", "tensordrill quiz --topic lessons --topic contiguity --topic squeeze -n 7 --seed 4711"),
    ("go-on", "tensordrill practice --topic contiguity"),
)
_TITLES: dict[Language, str] = {"en": "`view` copies when it has to", "ko": "`view`도 필요하면 복사합니다"}

_BACK = Today(
    due=Due(
        ("view/a", "view/b", "matmul/c", "dtype/d", "squeeze/e", "memory/f", "memory/g"),
        ("view-copies", "mm-broadcasts"),
    ),
    new=583,
    answers=212,
    run=6,
    seconds_an_answer=40.0,
)
_OFFERS = (
    Offer(("review",), "home-review"),
    Offer(("practice",), "home-practice"),
    Offer(("quiz",), "home-quiz"),
    Offer(("topics",), "home-topics"),
    Offer(("stats",), "home-stats"),
)


@pytest.fixture(scope="module")
def lessons() -> Bank:
    """The bank of the golden screens, which has been read: a bank knows the ideas of what was."""
    bank = Bank(_GOLDEN)
    bank.topic("lessons")
    return bank


Parts = Iterable[RenderableType]


def _question(entry: Entry, language: Language, sandbox: Sandbox) -> Parts:
    """Yield a question, each verdict on it, and its answer sheet."""
    variant = make(entry, _SEED)
    question_session = QuestionSession(sandbox, variant)
    yield question(variant, 3, 10, language)
    typed = {**_ANSWERS, **_FORMS}[entry.question.id]
    shown = [question_session.judge(text, language) for text in (question_session.expected, *typed)]
    for judgement in [*shown, question_session.skip(language)]:
        yield _rule(judgement.answer or judgement.outcome)
        if judgement.unreadable:
            yield unreadable(judgement.unreadable, language)
        else:
            options = question_session.options(judgement.answer)
            context = Context(options=options, idea=_TITLES[language] if judgement.misconception else None)
            yield verdict(judgement, variant, language, again=False, context=context)
        if judgement.misconception:
            yield _rule("another try")
            context = Context(
                idea=_TITLES[language], history=IdeaRecord(met=3, right_since=2), guess=say("guess", language)
            )
            yield verdict(judgement, variant, language, again=True, context=context)
    yield _rule("answer sheet")
    yield answer_sheet(question_session, {}, language)
    choices = choices_for(question_session)
    if choices:
        yield _rule("choices")
        yield question(variant, None, None, language, choices.options)


def _rule(text: str) -> RenderableType:
    line = " ⏎ ".join(text.splitlines())
    return Text(f"\n--- {line if len(line) <= 70 else line[:70] + '…'}")


def _tally(name: str) -> Callable[[Bank, Language, Sandbox], Parts]:
    return lambda bank, language, _: summary(_TALLIES[name], bank.ideas, _COMMANDS, language)


def _topics(bank: Bank, language: Language, _: Sandbox) -> Parts:
    (topic,) = bank.topics()
    assert topic.intro
    yield topics_table(contents(bank), language)
    yield questions_table(topic, language)
    yield intro(topic.title, topic.intro, language)
    yield intro_value(topic.intro, "[[0, 1], [2, 3], [4, 5]]")


def _changed(bank: Bank, language: Language, _: Sandbox) -> Parts:
    changes = Changes(("reshape-is-view", "untitled"), ("squeeze",), is_perfect=True)
    tally = Summary(5, 5, 0, {"squeeze": Score(5, 5)}, (), 0)
    return summary(tally, bank.ideas, _COMMANDS[:1], language, changed(changes, bank.ideas, language))


def _home(today: Today) -> Callable[[Bank, Language, Sandbox], Parts]:
    def parts(_: Bank, language: Language, __: Sandbox) -> Parts:
        yield home(today, _OFFERS, language, is_waiting=True)
        yield _rule("nobody there to press a key")
        yield home(today, _OFFERS, language, is_waiting=False)

    return parts


def _suspicious(_: Bank, language: Language, sandbox: Sandbox) -> Parts:
    for source in one_of_each_kind():
        explanation = explain(sandbox, source, language, replace(LIMITS, seconds=60.0))
        own_words = tuple(place for place in explanation.suspicious if place.certainty != "warned")
        yield _rule(source.split("\n", 1)[0])
        yield SuspiciousPlaces(replace(explanation, suspicious=own_words), language)


def _first_run(_: Bank, language: Language, __: Sandbox) -> Parts:
    yield language_choice(language)
    yield level_choice(language)


def _statistics(_: Bank, language: Language, __: Sandbox) -> Parts:
    yield statistics_screen(learner(), IDEAS, language)
    yield _rule("little")
    yield statistics_screen(beginner(), {}, language)


def _known_topics(_: Bank, language: Language, __: Sandbox) -> Parts:
    yield topics_table(TOPICS, language, STANDINGS)


def _of(name: str) -> Callable[[Bank, Language, Sandbox], Parts]:
    return lambda bank, language, sandbox: _question(bank.entry(f"lessons/{name}"), language, sandbox)


def _form(name: str) -> Callable[[Bank, Language, Sandbox], Parts]:
    return lambda _, language, sandbox: _question(Bank(_FORMS_BANK).entry(f"forms/{name}"), language, sandbox)


_SCREENS: dict[str, Callable[[Bank, Language, Sandbox], Parts]] = {
    **{name: _of(name) for name in _ANSWERS},
    **{name: _form(name) for name in _FORMS},
    **{name: _tally(name) for name in _TALLIES},
    "topics": _topics,
    "topics-known": _known_topics,
    "stats": _statistics,
    "summary-changed": _changed,
    "suspicious": _suspicious,
    "home": _home(_BACK),
    "home-nothing-due": _home(replace(_BACK, due=Due((), ()), run=0)),
    "first-run": _first_run,
}


def _printed(parts: Parts, width: int) -> str:
    """Print without colour; give the lines without the spaces at their ends."""
    console = Console(
        file=io.StringIO(),
        width=width,
        soft_wrap=True,
        color_system=None,
        highlight=False,
        emoji=False,
        markup=False,
    )
    for part in parts:
        console.print(part)
    assert isinstance(console.file, io.StringIO)
    return "".join(line.rstrip() + "\n" for line in console.file.getvalue().splitlines())


def _file(name: str, language: str, width: int) -> Path:
    return _GOLDEN / f"{name}-{language}-{width}.txt"


@pytest.mark.parametrize("width", mostly(*_WIDTHS))
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", _SCREENS)
def test_a_screen_is_what_it_was(
    name: str, language: Language, width: int, lessons: Bank, sandbox: Sandbox
) -> None:
    file = _file(name, language, width)
    screen = _printed(_SCREENS[name](lessons, language, sandbox), width)
    if os.environ.get("REGENERATE_SCREENS"):
        file.write_text(screen, encoding="utf-8")
    assert screen.splitlines() == file.read_text(encoding="utf-8").splitlines()
    wide = [line for line in screen.splitlines() if wcswidth(line) > width]
    assert [line for line in wide if "  tensordrill " not in line] == []


@pytest.mark.parametrize("language", mostly(*reversed(LANGUAGES)))
@pytest.mark.parametrize("name", _SCREENS)
def test_a_notebook_says_the_same(name: str, language: Language, lessons: Bank, sandbox: Sandbox) -> None:
    parts = list(_SCREENS[name](lessons, language, sandbox))
    for part in parts:
        printed = as_text(part)
        html = as_html(part, language)
        assert "".join(text_of(html).split()) == "".join(printed.split())
        assert html.startswith(f'<section class="td-round" lang="{language}">')


def test_every_golden_file_belongs_to_a_screen() -> None:
    wanted = {
        _file(name, language, width) for name in _SCREENS for language in LANGUAGES for width in _WIDTHS
    }
    assert set(_GOLDEN.glob("*.txt")) == wanted


def test_each_question_of_the_screens_has_answers_of_every_outcome(lessons: Bank, sandbox: Sandbox) -> None:
    assert [entry.question.id for entry in lessons.topic("lessons").entries] == list(_ANSWERS)
    for name, answers in _ANSWERS.items():
        question_session = QuestionSession(sandbox, make(lessons.entry(f"lessons/{name}"), _SEED))
        verdicts = [question_session.judge(text, "en") for text in answers]
        named = [_named(judgement) for judgement in verdicts]
        assert (name, named[0], {*named}) == (name, "named", {"named", "not named", "unreadable"})


def _named(judgement: Verdict) -> str:
    if judgement.outcome == "unreadable":
        return "unreadable"
    return "named" if judgement.misconception else "not named"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_second_try_does_not_show_the_key(language: Language, lessons: Bank, sandbox: Sandbox) -> None:
    for name, (first, *_) in _ANSWERS.items():
        variant = make(lessons.entry(f"lessons/{name}"), _SEED)
        question_session = QuestionSession(sandbox, variant)
        shown = _printed(
            [verdict(question_session.judge(first, language), variant, language, again=True)], 80
        )
        lines = [line for line in shown.splitlines() if question_session.expected in line]
        assert (name, [line for line in lines if len(question_session.expected) > 2]) == (name, [])


# --- the shipped bank ---


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("topic", ["contiguity", "matmul", "squeeze", "view"])
def test_every_shipped_question_fits_80_columns_with_its_program_unfolded(
    topic: str, language: Language, shipped_bank: Bank, thorough: bool
) -> None:
    for entry in shipped_bank.topic(topic).entries:
        for seed in range(5 if thorough else 1):
            variant = make(entry, seed)
            lines = _printed([question(variant, 10, 10, language)], 80).splitlines()
            assert (variant.address, [line for line in lines if wcswidth(line) > 80]) == (variant.address, [])
            program = [line[6:] for line in lines if line[:4].strip().isdigit() and line[4:6] == "  "]
            shown = shown_program(variant).splitlines()
            assert (variant.address, program[: len(shown)]) == (variant.address, shown)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("topic", ["contiguity", "matmul", "squeeze", "view"])
def test_no_shipped_text_shows_a_template_or_a_mark_of_code(
    topic: str, language: Language, shipped_bank: Bank, sandbox: Sandbox, thorough: bool
) -> None:
    for entry in shipped_bank.topic(topic).entries[:: 1 if thorough else 3]:
        question_session = QuestionSession(sandbox, make(entry, _SEED))
        parts = [
            question(question_session.variant, 1, 10, language),
            answer_sheet(question_session, {}, language),
        ]
        text = _printed(parts, 80)
        results = [mark for mark in ("{{", "}}", "{%", "`") if mark in text]
        assert (entry.id, results) == (entry.id, [])
