"""A learner's statistics as one page, readable offline and without scripts; the same statistics give the same bytes."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from jinja2 import Template
from msgspec import Struct

from tensordrill.bank.ideas import Ideas
from tensordrill.drill.statistics import IdeaSpan, Statistics
from tensordrill.messages import Language, choose, fill, say
from tensordrill.messages.progress import MONTHS
from tensordrill.render.bars import percent
from tensordrill.render.dates import WEEK, as_date, date_text, monday, weekday
from tensordrill.render.html import asset, environment
from tensordrill.render.statistics import duration, since_words

_WEEKS = 26
"""The weeks of the calendar: half a year."""
_CELL = 13
"""The size of a day's square in the calendar, with the gap to the next one."""
_SHADES = 4
_HIGHEST = 100
_WIDTH = 44
"""The most that a column of the week is high, and its width with the gap."""


class Square(Struct, frozen=True):
    """A day in the calendar: where it is, how dark from 0 to 4, and what it says."""

    x: int
    y: int
    shade: int
    words: str


class Label(Struct, frozen=True):
    """A word of a drawing, and where it is."""

    x: int
    words: str


class Bar(Struct, frozen=True):
    """A day of the week ahead: where its column is, how high, the count on it and the day below it."""

    x: int
    height: float
    count: int
    day: str


class IdeaSince(Struct, frozen=True):
    """An idea with its title, and since when it is held or overcome."""

    title: str
    since: str


def page(statistics: Statistics, ideas: Ideas, language: Language) -> str:
    """Return the page; ideas without a title are only counted."""
    total = statistics.total
    return _template().render(
        language=language,
        say=lambda name, **values: say(name, language, **values),
        style=asset("statistics.css"),
        statistics=statistics,
        total=total,
        until=date_text(statistics.today, statistics.today, language),
        time=duration(total.seconds, language),
        begun=[topic for topic in statistics.topics if topic.tally.asked],
        title=lambda topic: choose(topic.title, language),
        squares=_squares(statistics, language),
        months=_months(statistics, language),
        weeks=_WEEKS,
        cell=_CELL,
        bars=_bars(statistics, language),
        column=_WIDTH,
        held=_rows(statistics.held, statistics, ideas, language),
        overcome=_rows(statistics.overcome, statistics, ideas, language),
    )


@cache
def _template() -> Template:
    return environment(percent=percent).get_template("statistics.html.jinja")


def _first(statistics: Statistics) -> int:
    return monday(statistics.today) - WEEK * (_WEEKS - 1)


def _squares(statistics: Statistics, language: Language) -> list[Square]:
    first, today = _first(statistics), statistics.today
    counts = {
        day: statistics.days[day].asked if day in statistics.days else 0 for day in range(first, today + 1)
    }
    most = max(counts.values())
    return [
        Square(
            x=(day - first) // WEEK * _CELL,
            y=(day - first) % WEEK * _CELL,
            shade=-(-_SHADES * count // most) if most else 0,
            words=say("stats-answers-on", language, date=date_text(day, today, language), count=count),
        )
        for day, count in counts.items()
    ]


def _months(statistics: Statistics, language: Language) -> list[Label]:
    """Return the months, each above the first week that begins in it."""
    labels: list[Label] = []
    months = set()
    for week in range(1, _WEEKS):
        when = as_date(_first(statistics) + WEEK * week)
        if when.month not in months and when.day <= WEEK:
            labels.append(Label(week * _CELL, fill(MONTHS[str(when.month)], language)))
            months.add(when.month)
    return labels


def _bars(statistics: Statistics, language: Language) -> list[Bar]:
    most = max(statistics.week) or 1
    return [
        Bar(
            x=ahead * _WIDTH,
            height=round(_HIGHEST * count / most, 1),
            count=count,
            day=weekday(statistics.today + ahead, statistics.today, language),
        )
        for ahead, count in enumerate(statistics.week)
    ]


def _rows(
    records: Sequence[IdeaSpan], statistics: Statistics, ideas: Ideas, language: Language
) -> tuple[list[IdeaSince], int]:
    """Return the ideas with a title, and how many have none."""
    rows = [
        IdeaSince(choose(ideas[idea.name].title, language), since_words(idea, statistics, language))
        for idea in records
        if idea.name in ideas
    ]
    return rows, len(records) - len(rows)
