"""Days as people write them; a day is the number that `Progress.day` gives."""

from __future__ import annotations

from datetime import date, timedelta

from tensordrill.messages import Language, fill, say
from tensordrill.messages.progress import MONTHS, WEEKDAYS

WEEK = 7


def as_date(day: int) -> date:
    """Return a day's date."""
    return date(1970, 1, 1) + timedelta(day)


def monday(day: int) -> int:
    """Return the first day of a day's week."""
    return day - as_date(day).weekday()


def date_text(day: int, today: int, language: Language) -> str:
    """Return a date in words, with its year where that is not this one."""
    when, month = _parts(day, language)
    if when.year == as_date(today).year:
        return say("date", language, month=month, day=when.day)
    return say("date-of-year", language, month=month, day=when.day, year=when.year)


def short(day: int, before: int | None, language: Language) -> str:
    """Return a day of the month, with the month where that is another one than of the day before it in a row."""
    when, month = _parts(day, language)
    is_same = before is not None and as_date(before).month == when.month
    return str(when.day) if is_same else say("date-short", language, month=month, day=when.day)


def weekday(day: int, today: int, language: Language) -> str:
    """Return a day of the week in short, or that it is today."""
    return say("today", language) if day == today else fill(WEEKDAYS[str(as_date(day).weekday())], language)


def _parts(day: int, language: Language) -> tuple[date, str]:
    when = as_date(day)
    return when, fill(MONTHS[str(when.month)], language)
