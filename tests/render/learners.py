"""Learners whose statistics are looked at."""

from __future__ import annotations

from random import Random

from tensordrill.bank.contents import Content
from tensordrill.bank.ideas import Ideas
from tensordrill.bank.schema import Idea, Localized
from tensordrill.drill.progress import DayTally
from tensordrill.drill.review import DAY
from tensordrill.drill.standing import Standing
from tensordrill.drill.statistics import IdeaSpan, Statistics, TopicStatistics

TODAY = 20_546
"""2026-04-03, a Friday."""

TOPICS = [
    Content(
        name="view",
        title=Localized(en="view and reshape", ko="view와 reshape"),
        hash="",
        ideas=(),
        ids=("a",),
        was={},
    ),
    Content(
        name="incidents",
        title=Localized(
            en="bugs that people met in `training` and reported", ko="`training`에서 실제로 만나 신고한 버그"
        ),
        hash="",
        ideas=(),
        ids=("b",),
        was={},
    ),
    Content(name="dtype", title="dtype", hash="", ideas=(), ids=("c",), was={}),
    Content(
        name="matmul",
        title=Localized(en="matrix products", ko="행렬 곱"),
        hash="",
        ideas=(),
        ids=("d",),
        was={},
    ),
]
STANDINGS = {
    "view": Standing(0.806, 3, 0, 4),
    "incidents": Standing(0.0, 1, 44, 0),
    "dtype": Standing(0.004, 2, 27, 12),
    "matmul": Standing(1, 3, 0, 0),
}
IDEAS: Ideas = {
    "view-copies": Idea(
        title=Localized(en="`view` copies when it has to", ko="`view`는 필요하면 복사합니다"), rule=""
    ),
    "long": Idea(
        title=Localized(
            en="What <b>broadcasts</b> in `a + b` does so in `a += b` as well",
            ko="`a + b`에서 <b>브로드캐스팅</b>되면 `a += b`에서도 됩니다",
        ),
        rule="",
    ),
    "mm-broadcasts": Idea(title=Localized(en="`mm` broadcasts", ko="`mm`도 브로드캐스팅합니다"), rule=""),
}


def learner() -> Statistics:
    """Return those of somebody who came back for half a year, and today not yet."""
    pick = Random(1).random  # noqa: S311
    days = {
        day: DayTally(int(30 * pick()) + 1, int(10 * pick()), 8, 6, 900)
        for day in range(TODAY - 200, TODAY)
        if pick() < 0.7 or day > TODAY - 4
    }
    tallies = {
        "view": DayTally(700, 560, 300, 270, 9000),
        "dtype": DayTally(12, 3),
        "matmul": DayTally(90, 90, 20, 20, 60),
    }
    return Statistics(
        today=TODAY,
        utc_offset=9 * 3600,
        days=days,
        topics=[
            TopicStatistics(topic, tallies.get(topic.name, DayTally()), STANDINGS[topic.name])
            for topic in TOPICS
        ],
        held=[_idea("long", -100), _idea("view-copies", -2), *(_idea(f"untitled-{n}", -1) for n in range(2))],
        overcome=[_idea("mm-broadcasts", -150, -0.6)],
        week=(12, 0, 3, 1, 0, 25, 2),
    )


def beginner() -> Statistics:
    """Return those of somebody who has answered one question, today."""
    return Statistics(
        today=TODAY,
        utc_offset=0,
        days={TODAY: DayTally(1, 1, seconds=20)},
        topics=[TopicStatistics(TOPICS[0], DayTally(1, 1, seconds=20), Standing(0.03, 1, 33, 0))],
        held=[],
        overcome=[],
        week=(0,) * 7,
    )


def _idea(name: str, held: float, overcome: float | None = None) -> IdeaSpan:
    def time(days: float) -> int:
        return int((TODAY + 0.5 + days) * DAY)

    return IdeaSpan(name, (), 3, time(held), None if overcome is None else time(overcome))
