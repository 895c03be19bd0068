"""How long an explanation takes once torch is warm, and what the picture after a wrong answer adds to its verdict."""

from __future__ import annotations

import io
import os
import tempfile
from collections.abc import Iterator

from rich.console import Console

from bench.pairs import beyond, seconds, spread
from bench.verdict import MOMENT, SEEDS
from tensordrill.bank.load import Bank
from tensordrill.bank.sources import shipped
from tensordrill.bank.variant import make
from tensordrill.drill import explaining
from tensordrill.drill.order import Quiz
from tensordrill.drill.review_log import ReviewLog
from tensordrill.drill.session import AskedQuestion, Drill, JudgedAnswer, Rules
from tensordrill.explanation.tracing import explain
from tensordrill.render.explanation import ExplanationScreen
from tensordrill.render.verdict import Context, verdict
from tensordrill.sandbox.client import Sandbox
from tensordrill.sandbox.protocol import Job, Program

RUNS = 50
STEPS = 10
PROGRAM = """
a = torch.arange(24.).reshape(2, 3, 4)
b = a.transpose(1, 2)[:, ::2]
c = b.reshape(2, -1)
d = c.sum(1)
d.view(3)
"""


def main() -> None:
    """Explain one program again and again, and answer every question of the shipped bank wrongly."""
    with tempfile.TemporaryDirectory() as home, Sandbox() as sandbox:
        os.environ["TENSORDRILL_HOME"] = home
        sandbox.wait_ready()
        plain = Job((Program(code=PROGRAM),), "learner")

        def in_steps() -> float:
            return seconds(lambda: shown(sandbox))

        def untraced() -> float:
            return seconds(lambda: sandbox.run(plain))

        shown(sandbox)
        assert len(explain(sandbox, PROGRAM, "en").steps) == STEPS
        spread(f"explain of {STEPS} steps, onto the screen", [in_steps() for _ in range(RUNS)], 60, 120)
        beyond("the same, beyond the program without steps", in_steps, untraced, RUNS, 0.06)
        pictures = [
            added for judged in wrong_answers(sandbox) if (added := by_its_picture(judged)) is not None
        ]
        spread(f"picture after a wrong answer ({len(pictures)} of them)", pictures, 50, 100)


def shown(sandbox: Sandbox) -> None:
    """Explain the program and print it where nobody sees it."""
    screen().print(ExplanationScreen(explain(sandbox, PROGRAM, "en"), "en"))


def screen() -> Console:
    """Return a terminal of 80 columns that only remembers what it is shown."""
    return Console(file=io.StringIO(), width=80, force_terminal=True, color_system="256")


def wrong_answers(sandbox: Sandbox) -> Iterator[JudgedAnswer]:
    """Answer each question as somebody who holds one of its misconceptions would."""
    bank = Bank(shipped())
    recording = ReviewLog(os.environ, lambda name, problem: print(name, problem))
    drill = Drill(
        sandbox, Quiz(bank, dict.fromkeys(bank.names), 1, None, 1), Rules("en", "bench", {}), recording
    )
    for entry in (entry for topic in bank.topics() for entry in topic.entries):
        for seed in range(SEEDS):
            asked = AskedQuestion(1, make(entry, seed))
            for _, typed in drill.begin(asked).misconceptions()[:1]:
                yield drill.answer(asked, typed, MOMENT)
    recording.close()


def by_its_picture(judged: JudgedAnswer) -> float | None:
    """Return by how many seconds a verdict with its picture takes longer; None where it has no picture."""
    verdict_with(judged, has_picture=True)
    if explaining.picture(judged, "en") is None:
        return None
    with_it, without = (seconds(lambda p=p: verdict_with(judged, has_picture=p)) for p in (True, False))  # type: ignore[misc]  # mypy cannot infer defaults
    return with_it - without


def verdict_with(judged: JudgedAnswer, *, has_picture: bool) -> None:
    """Print a verdict where nobody sees it."""
    picture = explaining.picture(judged, "en") if has_picture else None
    context = Context(picture=picture)
    screen().print(verdict(judged.verdict, judged.asked.variant, "en", again=judged.again, context=context))


if __name__ == "__main__":
    main()
