"""Moments: a day, a time of day and a time zone, as people and learning platforms write them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

_ISO = re.compile(
    r"(\d{4})-(\d\d?)-(\d\d?)[T ]+(\d\d?):(\d\d)(?::(\d\d)(?:\.\d+)?)?(?:\s*(Z|[+-]\d\d:?\d\d|[A-Za-z]\S*))?"
)
"""ISO 8601, as Gradescope writes it too: `2027-03-19 14:59:00.123456000 Z`."""
_MOODLE = re.compile(
    r"(?:[A-Za-z]+, )?(\d\d?) ([A-Za-z]+) (\d{4}), (\d\d?):(\d\d)(?::(\d\d))?(?: ([AP]M))?", re.IGNORECASE
)
"""`strftimedatetime` and its kin in Moodle's English: `Friday, 19 March 2027, 11:59 PM`.

https://github.com/moodle/moodle/blob/main/public/lang/en/langconfig.php
"""
_KOREAN = re.compile(
    r"(\d{4})년 ?(\d\d?)월 ?(\d\d?)일[^\d오]*(오전|오후)? ?(\d\d?)(?::|시 ?)(\d\d?)(?::(\d\d)|분)?"
)
"""The same in Korean: `2027년 3월 19일 금요일, 오후 11:59`."""
_YEARS = range(1970, 3000)
"""Far enough from the first and the last year that there is, so that a moment can be told in any time zone."""
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def read_moment(text: str, zone: tzinfo | None = None) -> datetime | None:
    """Return the moment that a text names, None where it names none.

    `zone` is that of a text without one; without either, the moment has none.
    """
    try:
        moment = _iso(text, zone) or _moodle(text, zone) or _korean(text, zone)
    except ValueError:  # no such day, or no such zone
        return None
    return moment if moment and moment.year in _YEARS else None


def moment_text(moment: datetime) -> str:
    """Return a moment with its distance from UTC: `2027-03-19 23:59 +09:00`."""
    text = moment.isoformat(" ", "minutes")
    return f"{text[:16]} {text[16:]}"


def zoned_text(moment: datetime) -> str:
    """Return a moment with its time zone as people name it: `2027-03-19 23:59 Asia/Seoul (UTC+09:00)`."""
    text, offset = moment_text(moment)[:16], moment_text(moment)[17:]
    zone = str(moment.tzinfo)
    return f"{text} {zone}" if zone.startswith("UTC") else f"{text} {zone} (UTC{offset})"


def _iso(text: str, zone: tzinfo | None) -> datetime | None:
    match = _ISO.fullmatch(text)
    if match is None:
        return None
    *numbers, named = match.groups()
    year, month, day, hour, minute, second = (int(number or 0) for number in numbers)
    return datetime(year, month, day, hour, minute, second, tzinfo=_zone(named) if named else zone)


def _zone(name: str) -> tzinfo:
    """Return a time zone; raises ValueError where there is none of that name."""
    if name in ("Z", "UTC"):
        return UTC
    if name[0] in "+-":
        offset = timedelta(hours=int(name[1:3]), minutes=int(name[-2:]))
        return timezone(offset if name[0] == "+" else -offset)
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, OSError) as error:
        raise ValueError(name) from error


def _moodle(text: str, zone: tzinfo | None) -> datetime | None:
    match = _MOODLE.fullmatch(text)
    if match is None:
        return None
    day, month, year, hour, minute, second, half = match.groups()
    if month[:3].lower() not in _MONTHS:
        return None
    number = _MONTHS.index(month[:3].lower()) + 1
    hours = _hour(int(hour), {"am": False, "pm": True}, (half or "").lower())
    return datetime(int(year), number, int(day), hours, int(minute), int(second or 0), tzinfo=zone)


def _korean(text: str, zone: tzinfo | None) -> datetime | None:
    match = _KOREAN.fullmatch(text)
    if match is None:
        return None
    year, month, day, half, hour, minute, second = match.groups()
    hours = _hour(int(hour), {"오전": False, "오후": True}, half or "")
    return datetime(int(year), int(month), int(day), hours, int(minute), int(second or 0), tzinfo=zone)


def _hour(hour: int, halves: Mapping[str, bool], half: str) -> int:
    """Return an hour of 24: 12 AM is midnight, 12 PM noon."""
    return hour % 12 + 12 * halves[half] if half in halves else hour
