"""What a long history costs: a home with a million reviews beside an empty one.

`python -m bench history [REVIEWS]`. The reviews are drawn over ten years and the questions of the shipped bank.
"""

from __future__ import annotations

import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Literal

from bench.pairs import beyond, command, most, seconds
from bench.start import TENSORDRILL, first_question
from tensordrill.bank.load import Bank
from tensordrill.drill.history import History
from tensordrill.drill.review import DAY, Review, iso
from tensordrill.drill.store import Store

REVIEWS = 1_000_000
A_SESSION = 20
YEARS = 10
_OUTCOMES: tuple[Literal["correct", "incorrect", "skipped"], ...] = ("correct", "incorrect", "skipped")
RUNS = 9


def main() -> None:
    """Measure the file, the first question of a round and `stats`."""
    count = int(sys.argv[2]) if len(sys.argv) > 2 else REVIEWS
    os.environ["PROMPT_TOOLKIT_NO_CPR"] = "1"  # this terminal does not answer where its cursor is
    with tempfile.TemporaryDirectory() as name:
        homes = {"full": Path(name) / "full", "empty": Path(name) / "empty"}
        started = time.perf_counter()
        with Store.open(homes["full"]) as store:
            store.merge(History(reviews(count, int(time.time())), starting_level=1))
            size = store.path.stat().st_size
        for home in homes.values():
            with Store.open(home) as store:
                for topic in _bank().names:  # their worked examples would come before the first question
                    store.mark_topic_seen(topic, iso(0))
        print(
            f"     {count:,} reviews merged into an empty home in {time.perf_counter() - started:.0f} s",
            flush=True,
        )
        most("the file, in bytes a review", size / count, 200)
        for words in (("practice",), ("practice", "--topic", "view")):
            full, empty = (partial(_first_question, homes[home], *words) for home in homes)
            beyond(f"first question of {' '.join(words)}, beyond an empty home", full, empty, RUNS, 0.05)
        for words in (("stats",), ("stats", "--topic", "view"), ("topics",)):
            timed = [_seconds(homes["full"], *words) for _ in range(RUNS)]
            most(f"tensordrill {' '.join(words)}, median in s", statistics.median(timed), 0.5)


def _first_question(home: Path, *words: str) -> float:
    """Return the seconds until the first question is on screen."""
    os.environ["TENSORDRILL_HOME"] = str(home)
    return first_question(*words)


def _seconds(home: Path, *words: str) -> float:
    """Return the seconds that a command takes."""
    environment = {**os.environ, "TENSORDRILL_HOME": str(home)}
    return seconds(partial(command, [TENSORDRILL, *words], environment))


def _bank() -> Bank:
    return Bank(Path(__file__).parents[1] / "questions")


def reviews(count: int, now: int) -> Iterator[Review]:
    """Yield reviews of the shipped bank's questions, the last of them an hour before `now`."""
    choice = random.Random("history")  # noqa: S311 (nothing is secret)
    bank = _bank()
    entries = [entry for topic in bank.topics(bank.names) for entry in topic.entries]
    ideas_of = {e.id: tuple(dict.fromkeys(w.name for w in e.question.misconceptions)) for e in entries}
    first, step = now - YEARS * 365 * DAY, (YEARS * 365 * DAY - 3600) / count
    for number in range(count):
        entry = choice.choice(entries)
        outcome = choice.choices(_OUTCOMES, (80, 17, 3))[0]
        ideas = ideas_of[entry.id]
        yield Review(
            address=f"{entry.id}@{choice.randrange(1_000_000)}",
            question=entry.id,
            topic=entry.topic,
            bank="0123456789abcdef",
            task="0123456789abcdef",
            kind=entry.kind,
            answer_type="shape",
            level=entry.question.level,
            at=iso(round(first + number * step)),
            answer=f"({choice.randrange(9)}, {choice.randrange(9)})",
            outcome=outcome,
            idea=choice.choice(ideas) if ideas and outcome == "incorrect" and choice.random() < 0.6 else None,
            ideas=ideas,
            hints=int(choice.random() < 0.1),
            unsure=choice.random() < 0.1,
            seconds=choice.lognormvariate(3, 1),
            session=f"{number // A_SESSION:016x}",
            versions={"tensordrill": "0.1.0", "torch": "2.13.0"},
        )
