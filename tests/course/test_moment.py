"""Moments as people and platforms write them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tensordrill.course.assignment.moment import moment_text, read_moment, zoned_text

MOMENTS = [
    ("2027-03-19 23:59 Asia/Seoul", "2027-03-19 23:59 +09:00"),
    ("2027-03-19T23:59:30+09:00", "2027-03-19 23:59 +09:00"),
    ("2027-03-19 23:59 -0730", "2027-03-19 23:59 -07:30"),
    ("2027-03-19 23:59Z", "2027-03-19 23:59 +00:00"),
    ("2027-07-01 09:05 Europe/Berlin", "2027-07-01 09:05 +02:00"),
    ("2027-01-01 9:05 Europe/Berlin", "2027-01-01 09:05 +01:00"),
    ("2024-09-20 22:01:33.123456000 Z", "2024-09-20 22:01 +00:00"),
    ("2018-07-01T14:22:32.365935-07:00", "2018-07-01 14:22 -07:00"),
    ("Friday, 19 March 2027, 11:59 PM", "2027-03-19 23:59 +00:00"),
    ("19 Mar 2027, 12:05 AM", "2027-03-19 00:05 +00:00"),
    ("2027년 3월 19일 금요일, 오후 11:59", "2027-03-19 23:59 +00:00"),
    ("2027년 3월 19일 오전 12시 5분", "2027-03-19 00:05 +00:00"),
    ("2027-03-19 23:59", "2027-03-19 23:59 +00:00"),
]


@pytest.mark.parametrize(("text", "shown"), MOMENTS)
def test_a_moment_is_read(text: str, shown: str) -> None:
    moment = read_moment(text, UTC)
    assert moment is not None
    assert moment_text(moment) == shown


ZONED = [
    ("2027-03-19 23:59 Asia/Seoul", "2027-03-19 23:59 Asia/Seoul (UTC+09:00)"),
    ("2027-07-01 09:05 Europe/Berlin", "2027-07-01 09:05 Europe/Berlin (UTC+02:00)"),
    ("2027-03-19 23:59 -0730", "2027-03-19 23:59 UTC-07:30"),
    ("2027-03-19 23:59 +00:00", "2027-03-19 23:59 UTC"),
    ("2027-03-19 23:59Z", "2027-03-19 23:59 UTC"),
    ("2027-03-19 23:59 UTC", "2027-03-19 23:59 UTC"),
]


@pytest.mark.parametrize(("text", "shown"), ZONED)
def test_a_time_zone_is_said_as_people_name_it(text: str, shown: str) -> None:
    moment = read_moment(text)
    assert moment is not None
    assert zoned_text(moment) == shown


@pytest.mark.parametrize(
    "text",
    [
        "", "tomorrow", "0001-01-01 00:00", "9999-12-31 23:59",
        "2027-02-30 10:00", "2027-03-19 25:00", "2027-03-19", "2027-03-19 23:59 Mars/Olympus",
        "2027-03-19 23:59 ../../etc/passwd",
        "2027-03-19 23:59 +99:00", "32 March 2027, 11:59 PM", "19 Foo 2027, 11:59 PM",
    ],
)  # fmt: skip
def test_what_is_no_moment_is_none(text: str) -> None:
    assert read_moment(text, UTC) is None


def test_without_any_time_zone_it_has_none() -> None:
    assert read_moment("2027-03-19 23:59") == datetime(2027, 3, 19, 23, 59)
