"""Bare `tensordrill`: what there is to do today and one key to start it; a newcomer is asked two things first."""

from __future__ import annotations

import os
import sys
from collections.abc import Collection, Sequence
from contextlib import suppress

from msgspec import Struct

from tensordrill.bank.contents import Content, contents
from tensordrill.bank.topic import in_order
from tensordrill.cli import clock
from tensordrill.cli.kernel import is_below_a_cell
from tensordrill.cli.key import has_keys, read_key
from tensordrill.cli.options import console, open_bank
from tensordrill.cli.store import open_existing, open_store
from tensordrill.cli.welcome import print_welcome
from tensordrill.drill.newcomer import foundations
from tensordrill.drill.progress import NO_TOTALS, Progress
from tensordrill.drill.today import Today, today
from tensordrill.errors import StoreError
from tensordrill.messages import LANGUAGES, Language
from tensordrill.messages.progress import LEVELS
from tensordrill.render.home import Offer, home, language_choice, level_choice

_FIRST = 5
"""Questions of a first round, and the topics that it asks somebody about who is new to PyTorch."""
_LEAVE = ("q", "\x1b")
_ENTER = "\n"
_REVIEW = Offer(("review",), "home-review")
_PRACTICE = Offer(("practice",), "home-practice")
_OTHERS = (Offer(("quiz",), "home-quiz"), Offer(("topics",), "home-topics"), Offer(("stats",), "home-stats"))


class Choice(Struct, frozen=True):
    """A command to go on with, as the words behind `tensordrill`, and the language to speak from now on."""

    words: Sequence[str]
    language: Language


def home_choice(language: Language, *, has_language: bool) -> Choice | None:
    """Show what there is to do; return what was chosen, None where nothing was, or nobody is there to choose.

    A newcomer is asked where they stand, and for their language unless they have said which one.
    """
    topics = in_order(contents(open_bank(None)))
    try:
        level, now = _standing(topics, language)
    except StoreError as error:
        print(f"tensordrill: {error.text(language)}", file=sys.stderr)
        print_welcome(language)
        return None
    if not has_keys() or is_below_a_cell(os.environ):
        if now.answers:
            console().print(home(now, _offers(now), language, is_waiting=False))
        else:
            print_welcome(language)
        return None
    try:
        if now.answers:
            return _choose(now, _offers(now), language)
        if level is not None:
            return _choose(now, [_first_round(topics, level), *_OTHERS], language)
        return _newcomer(topics, language, has_language=has_language)
    except EOFError:
        return None


def _standing(topics: Sequence[Content], language: Language) -> tuple[int | None, Today]:
    """Return the level that the learner chose, and what there is to do."""
    store = open_existing(language, topics)
    if store is None:
        return None, today(topics, Progress(), NO_TOTALS, clock.seconds())
    with store:
        level = store.setting("level")
        now = today(topics, store.progress(), store.totals(), clock.seconds())
        return int(level) if level else None, now


def _offers(now: Today) -> list[Offer]:
    return [_REVIEW, _PRACTICE, *_OTHERS] if now.due.count else [_PRACTICE, *_OTHERS]


def _first_round(topics: Sequence[Content], level: int) -> Offer:
    words = ["quiz", "-n", str(_FIRST)]
    if level == 1:
        words += ["--level", str(level)]
        words += [word for name in foundations(topics, _FIRST) for word in ("-t", name)]
    return Offer(words, "home-first")


def _choose(now: Today, offers: Sequence[Offer], language: Language) -> Choice | None:
    """Show home and wait for a key; return what it starts."""
    console().print(home(now, offers, language, is_waiting=True))
    keys = {str(number) if number else _ENTER: offer for number, offer in enumerate(offers)}
    key = _pressed({*keys, *_LEAVE})
    return Choice(keys[key].words, language) if key in keys else None


def _newcomer(topics: Sequence[Content], language: Language, *, has_language: bool) -> Choice:
    """Ask what a first round goes by, and keep it; raises EOFError for somebody who leaves."""
    screen = console()
    choices: dict[str, str] = {}
    if not has_language:
        screen.print(language_choice(language))
        numbers = dict(enumerate(LANGUAGES, 1))
        key = _pressed({_ENTER, *map(str, numbers), *_LEAVE})
        language = language if key == _ENTER else numbers[_number(key)]
        choices["language"] = language
    screen.print(level_choice(language))
    level = _number(_pressed({*LEVELS, *_LEAVE}))
    choices["level"] = str(level)
    # The round itself reports what cannot be kept.
    with suppress(StoreError), open_store(language) as store:
        store.set(**choices)
    return Choice(_first_round(topics, level).words, language)


def _pressed(keys: Collection[str]) -> str:
    """Wait for one of these keys."""
    while (key := read_key()) not in keys:
        pass
    return key


def _number(key: str) -> int:
    if key in _LEAVE:
        raise EOFError
    return int(key)
