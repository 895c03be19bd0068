"""A learner's statistics on a screen: days, topics, ideas and the week ahead."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, Group, RenderableType
from rich.text import Text

from tensordrill.bank.ideas import Ideas
from tensordrill.drill.progress import DayTally
from tensordrill.drill.statistics import IdeaSpan, Statistics, TopicStatistics
from tensordrill.messages import Language, Name, choose, say
from tensordrill.render.bars import BAR, bar, column, dots, percent
from tensordrill.render.code import prose
from tensordrill.render.dates import WEEK, date_text, monday, short, weekday
from tensordrill.render.layout import Sides, in_columns, indented
from tensordrill.render.standing_rows import StandingRows
from tensordrill.render.topics import due_cell

_WEEKS = 13
"""The most weeks that a strip of days shows; a quarter of a year."""
_IDEAS = 6
"""The most ideas that a screen lists of those held and of those overcome."""
_ROWS, _COLUMN, _GAP = 3, 4, 3
"""The height and width of a column of the week, and the gap between two, in cells."""


def statistics_screen(statistics: Statistics, ideas: Ideas, language: Language) -> RenderableType:
    """Return what a learner's reviews come to; ideas without a title are left out."""
    parts: list[RenderableType] = [_heading(statistics, language)]
    sections: list[tuple[Name, RenderableType]] = [
        ("stats-days", DayStrip(statistics.days, statistics.today, language)),
        ("stats-topics", _topics(statistics, language)),
        ("stats-ideas", _ideas(statistics, ideas, language)),
        ("stats-week", _week(statistics, language)),
    ]
    for name, section in sections:
        parts += [Text(), Text(say(name, language), "bold"), section]
    return indented(Group(*parts), (1, 1))


def _heading(statistics: Statistics, language: Language) -> RenderableType:
    total = statistics.total
    days = len(statistics.days)
    facts = [
        say("stats-answers", language, count=total.asked, days=days),
        say("stats-right", language, percent=percent(total.correct / max(total.asked, 1))),
        duration(total.seconds, language),
    ]
    run = say("home-run", language, count=statistics.run) if statistics.run > 1 else ""
    lines: list[RenderableType] = [Sides(Text(" · ".join(facts), "bold"), Text(run, "dim"))]
    if total.recalls:
        lines.append(indented(Text(remembered(total, language)), (0, 0)))
    return Group(*lines)


def duration(seconds: float, language: Language) -> str:
    """Return how long something took, in hours and minutes."""
    hours, minutes = divmod(math.ceil(seconds / 60), 60)
    name: Name = "stats-hours" if hours else "stats-minutes"
    values = {"hours": hours, "minutes": minutes} if hours else {"minutes": minutes}
    return say(name, language, **values)


def remembered(tally: DayTally, language: Language) -> str:
    """Return how many of the questions that came back were right."""
    share = percent(tally.recalled / tally.recalls)
    return say("stats-remembered", language, percent=share, recalled=tally.recalled, recalls=tally.recalls)


class DayStrip:
    """The days of the last weeks as one line, the higher the more answers; as many weeks as there is room for."""

    def __init__(self, days: Mapping[int, DayTally], today: int, language: Language) -> None:
        self.days, self.today, self.language = days, today, language

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[Text]:
        weeks = max(min((options.max_width + 1) // (WEEK + 1), _WEEKS), 1)
        start = monday(self.today) - WEEK * (weeks - 1)
        most = max((tally.asked for day, tally in self.days.items() if day >= start), default=0)
        strip, labels = Text(), Text(style="dim")
        for week in range(start, self.today + 1, WEEK):
            if week > start:
                strip.append(" ")
                labels.pad_right(week - start + (week - start) // WEEK - cell_len(labels.plain))
            labels.append(short(week, week - WEEK if week > start else None, self.language))
            for day in range(week, min(week + WEEK, self.today + 1)):
                tally = self.days.get(day)
                if tally is None:
                    strip.append("·", "dim")
                else:
                    strip.append(column(tally.asked, most, 1)[0], "green")
        yield strip
        yield labels


def _topics(statistics: Statistics, language: Language) -> RenderableType:
    begun = [topic for topic in statistics.topics if topic.tally.asked]
    heads = [say("head-mastery", language), say("head-remembered", language), say("head-level", language), ""]
    parts: list[RenderableType] = [
        StandingRows(heads, [(topic.topic, _cells(topic, language)) for topic in begun], language)
    ]
    if left := len(statistics.topics) - len(begun):
        parts.append(Text(say("stats-not-begun", language, count=left), "dim"))
    return Group(*parts)


def _cells(topic: TopicStatistics, language: Language) -> tuple[Text, ...]:
    standing, tally = topic.standing, topic.tally
    known = bar(standing.mastery, BAR).append(f" {percent(standing.mastery):>3}%", "not dim")
    kept = f"{percent(tally.recalled / tally.recalls):>3}%" if tally.recalls else "  –"
    return known, Text(kept), dots(standing.level), due_cell(standing, language)


def _ideas(statistics: Statistics, ideas: Ideas, language: Language) -> RenderableType:
    if not statistics.held and not statistics.overcome:
        return indented(Text(say("stats-no-ideas", language), "dim"), (0, 0))
    lines: list[RenderableType] = []
    for mark, style, records in (("✗", "red", statistics.held), ("✓", "green", statistics.overcome)):
        shown = [record for record in records if record.name in ideas][:_IDEAS]
        for record in shown:
            title = prose(choose(ideas[record.name].title, language))
            since = Text(since_words(record, statistics, language), "dim")
            lines.append(Sides(Text(f"{mark} ", style).append_text(title), since, hanging=2))
        if left := len(records) - len(shown):
            lines.append(Text(f"{mark} ", style).append(say("stats-more", language, count=left), "dim"))
    return Group(*lines)


def since_words(idea: IdeaSpan, statistics: Statistics, language: Language) -> str:
    """Return since when an idea is held, or when it was overcome."""
    name: Name = "stats-held" if idea.overcome_at is None else "stats-overcome"
    time = idea.held_at if idea.overcome_at is None else idea.overcome_at
    return say(name, language, date=date_text(statistics.day(time), statistics.today, language))


def _week(statistics: Statistics, language: Language) -> RenderableType:
    week, today = statistics.week, statistics.today
    if not any(week):
        return indented(Text(say("stats-nothing-due", language), "dim"), (0, 0))
    columns = [column(count, max(week), _ROWS) for count in week]
    labels = [weekday(today + ahead, today, language) for ahead in range(len(week))]
    lines = [_in_columns([str(count or "·") for count in week])]
    lines += [_in_columns([cell * _COLUMN for cell in row], "green") for row in zip(*columns, strict=True)]
    return Group(*lines, _in_columns(labels, "dim"))


def _in_columns(cells: Sequence[str], style: str = "") -> Text:
    return in_columns([Text(cell, style) for cell in cells], [_COLUMN] * len(cells), _GAP)
