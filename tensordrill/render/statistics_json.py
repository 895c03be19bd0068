"""A learner's statistics as one JSON object, which docs/scripting.md describes."""

from __future__ import annotations

import msgspec

from tensordrill.bank.ideas import Ideas
from tensordrill.drill.progress import DayTally
from tensordrill.drill.review import iso
from tensordrill.drill.statistics import IdeaSpan, Statistics, TopicStatistics
from tensordrill.messages import Language, choose
from tensordrill.render.dates import as_date


def as_json(statistics: Statistics, ideas: Ideas, language: Language) -> str:
    """Return the object; shares are from 0 to 1, days are the learner's, and times are UTC."""
    content = {
        "total": {**_tally(statistics.total), "days": len(statistics.days), "run": statistics.run},
        "days": [
            {"day": _day(day), "asked": tally.asked, "correct": tally.correct}
            for day, tally in statistics.days.items()
        ],
        "topics": [_topic(topic, language) for topic in statistics.topics],
        "ideas": [_idea(idea, ideas, language) for idea in (*statistics.held, *statistics.overcome)],
        "due": [
            {"day": _day(statistics.today + ahead), "count": count}
            for ahead, count in enumerate(statistics.week)
        ],
    }
    return msgspec.json.encode(content).decode()


def _tally(tally: DayTally) -> dict[str, object]:
    return {
        "asked": tally.asked,
        "correct": tally.correct,
        "seconds": round(tally.seconds),
        "recalls": tally.recalls,
        "retention": round(tally.recalled / tally.recalls, 4) if tally.recalls else None,
    }


def _topic(statistics: TopicStatistics, language: Language) -> dict[str, object]:
    topic, standing = statistics.topic, statistics.standing
    return {
        "topic": topic.name,
        "title": choose(topic.title, language),
        "questions": len(topic.ids),
        "new": standing.new,
        "due": standing.due,
        "mastery": round(standing.mastery, 4),
        "level": standing.level,
        **_tally(statistics.tally),
    }


def _idea(idea: IdeaSpan, ideas: Ideas, language: Language) -> dict[str, object]:
    return {
        "idea": idea.name,
        "title": choose(ideas[idea.name].title, language) if idea.name in ideas else None,
        "met": idea.met,
        "held_at": iso(idea.held_at),
        "overcome_at": None if idea.overcome_at is None else iso(idea.overcome_at),
    }


def _day(day: int) -> str:
    return as_date(day).isoformat()
