"""How long a verdict takes after Enter once torch is warm, the review on disk included."""

from __future__ import annotations

import os
import tempfile

from bench.pairs import seconds, spread
from tensordrill.bank.load import Bank
from tensordrill.bank.sources import shipped
from tensordrill.bank.topic import Entry
from tensordrill.bank.variant import make
from tensordrill.drill.order import Quiz
from tensordrill.drill.review_log import ReviewLog
from tensordrill.drill.session import AskedQuestion, Drill, Moment, Rules
from tensordrill.sandbox.client import Sandbox

SEEDS = 3
MOMENT = Moment("2026-01-01T00:00:00+00:00", 1.0)


def main() -> None:
    """Answer every question of the shipped bank, rightly, and time each answer."""
    bank = Bank(shipped())
    entries = [entry for topic in bank.topics() for entry in topic.entries]
    with tempfile.TemporaryDirectory() as home, Sandbox() as sandbox:
        os.environ["TENSORDRILL_HOME"] = home
        sandbox.wait_ready()
        recording = ReviewLog(os.environ, lambda name, problem: print(name, problem))
        quiz = Quiz(bank, dict.fromkeys(bank.names), 1, None, 1)
        drill = Drill(sandbox, quiz, Rules("en", "bench", {}), recording)
        by_value = [e for e in entries if e.kind in ("predict", "which")]
        by_code = [e for e in entries if e.kind in ("write", "fill")]
        spread("verdict, predict and which", answered(drill, by_value), 10, 60)
        spread("verdict, write and fill", answered(drill, by_code), 25, 60)
        recording.close()


def answered(drill: Drill, entries: list[Entry]) -> list[float]:
    """Return the seconds that each answer takes, the key having been computed while the learner reads."""
    times = []
    for entry in entries:
        for seed in range(SEEDS):
            asked = AskedQuestion(1, make(entry, seed))
            expected = drill.begin(asked).expected
            times.append(seconds(lambda a=asked, e=expected: drill.answer(a, e, MOMENT)))  # type: ignore[misc]  # mypy cannot infer defaults
    return times


if __name__ == "__main__":
    main()
